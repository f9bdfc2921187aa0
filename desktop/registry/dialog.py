"""The window of the project's actors: a table to look through, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from db.actor_book import ActorBook
from db.values import Actor
from desktop.menu import Menu
from desktop.registry.model import ActorsTable, Column, Index
from desktop.said import Said

if TYPE_CHECKING:
    from db.registry import Uses

_SIZE = QSize(880, 560)  # pixels
_WIDTHS = {  # pixels; the others share the rest
    Column.KIND: 74,
    Column.ARTICLES: 64,
    Column.MENTIONS: 70,
    Column.STANCES: 64,
}
_AT_ONCE = 100  # actors counted in one go
_PAUSE = 80  # ms


class ActorsDialog(QDialog):
    """Shows actors and asks for changes of them; it changes none itself."""

    changed = Signal(object)  # db.values.Actor
    merged = Signal(object, object)  # UUID into, list[UUID]
    split = Signal(object, str)  # UUID, alias
    removed = Signal(object)  # list[UUID]
    uses_wanted = Signal(object)  # list[UUID] to be counted, for :meth:`take_uses`

    def __init__(self, book: Callable[[], ActorBook], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Actors"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE.boundedTo(parent.size()))
        self._counting = False
        self._pending: set[UUID] | None = set()
        self._book = book
        self.actors = ActorsTable(book())
        self.filter = QLineEdit()
        self.filter.setObjectName("filter")
        self.filter.setPlaceholderText(self.tr("Find by name, alias or affiliation"))
        self.filter.setAccessibleName(self.tr("Find an actor"))
        self.filter.setClearButtonEnabled(True)
        self.table = _Table()
        self.table.setModel(self.actors)
        self.table.setAccessibleName(self.tr("Actors"))
        self.merge = QPushButton(self.tr("&Merge"))
        self.part = QPushButton(self.tr("&Split off…"))
        self.remove = QPushButton(self.tr("&Delete"))
        self._said = Said()
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._refresh)
        self._build()
        self._connect()
        self._show_count()
        self._follow_selection()
        self.filter.setFocus()

    @property
    def said(self) -> str:
        """What the window says now."""
        return self._said.text()

    @property
    def chosen(self) -> list[Actor]:
        """The chosen actors, the current one first."""
        rows = self.table.selectionModel().selectedRows()
        current = self.table.currentIndex().row()
        rows.sort(key=lambda index: (index.row() != current, index.row()))
        return [actor for index in rows if (actor := self.actors.actor(index))]

    def begin(self) -> None:
        """Have the actors counted."""
        self._count_some()

    def follow(self, touched: set[UUID] | None) -> None:
        """Show the actors as they are now, a moment later; see :meth:`ActorsTable.follow`."""
        if touched is None or self._pending is None:
            self._pending = None
        else:
            self._pending |= touched
        self._soon.start()

    def count_anew(self) -> None:
        """Have the actors counted again, a moment later."""
        self.actors.doubt_uses()
        self._soon.start()

    def say(self, words: str) -> None:
        """Say why what was asked for is not so."""
        self._said.say(words, wrong=True)

    # --- what it is made of

    def _build(self) -> None:
        intro = QLabel(
            self.tr(
                "Everybody who is named across the project, whatever articles call them. Click a "
                "cell twice, or press F2, to write in it; choose several to merge them."
            ),
            wordWrap=True,
        )
        intro.setProperty("role", "muted")
        close = QPushButton(self.tr("&Close"))
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        for button in (self.merge, self.part, self.remove):
            buttons.addWidget(button)
        buttons.addWidget(self._said, 1)
        buttons.addWidget(close)
        for button in (self.merge, self.part, self.remove, close):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(intro)
        layout.addWidget(self.filter)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.filter.returnPressed.connect(self._into_table)
        self.actors.asked.connect(self._ask)
        self.actors.told.connect(self.say)
        self.merge.clicked.connect(self._merge)
        self.part.clicked.connect(self._offer_aliases)
        self.remove.clicked.connect(self._remove)
        self.table.selectionModel().selectionChanged.connect(self._follow_selection)
        self.table.customContextMenuRequested.connect(self._offer)
        keys = {
            QKeySequence(Qt.Key.Key_Delete): self._remove,
            QKeySequence(Qt.Key.Key_J): self._merge,
        }
        for key, do in keys.items():
            shortcut = QShortcut(key, self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(do)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.filter)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._into_table)

    # --- what it shows

    def _filter(self, text: str) -> None:
        with_rows = self._chosen_ids()
        self.actors.filter(text)
        self._choose_again(*with_rows)
        self._show_count()
        self._count_some()

    def _refresh(self) -> None:
        if self.table.editing:  # what is being written would go
            self._soon.start()
            return
        with_rows = self._chosen_ids()
        self.actors.follow(self._book(), self._pending)
        self._pending = set()
        self._choose_again(*with_rows)
        if not self._said.wrong:  # why something is not so stays to be read
            self._show_count()
        self._count_some()

    def _chosen_ids(self) -> tuple[list[UUID], int]:
        return [actor.id for actor in self.chosen], self.table.verticalScrollBar().value()

    def _choose_again(self, chosen: list[UUID], scrolled: int) -> None:
        select = QItemSelectionModel.SelectionFlag
        model = self.table.selectionModel()
        for nth, identifier in enumerate(reversed(chosen), start=1):
            row = self.actors.row_of(identifier)
            if row is None:
                continue
            index = self.actors.index(row, 0)
            model.select(index, select.Select | select.Rows)
            if nth == len(chosen):
                model.setCurrentIndex(index, select.NoUpdate)
        self.table.verticalScrollBar().setValue(scrolled)
        self._follow_selection()

    def _show_count(self) -> None:
        shown, there = self.actors.rowCount(), len(self._book())
        if not there:
            self._said.say(self.tr("Nobody yet: actors come with the names you accept."))
            return
        words = self.tr("1 actor") if there == 1 else self.tr("{} actors").format(there)
        self._said.say(words if shown == there else self.tr("{} of {}").format(shown, words))

    def _count_some(self) -> None:
        """Have the actors on top counted, and the next ones when these are."""
        wanted = [] if self._counting else self.actors.uncounted(_AT_ONCE)
        if wanted:
            self._counting = True
            self.uses_wanted.emit(wanted)

    def take_uses(self, uses: dict[UUID, Uses]) -> None:
        """Show how often some actors are met, and ask for the next."""
        self._counting = False
        self.actors.take_uses(uses)
        self._follow_selection()
        self._count_some()

    def _follow_selection(self, *_: object) -> None:
        chosen = self.chosen
        self.merge.setEnabled(len(chosen) > 1)
        into = chosen[0].name if len(chosen) > 1 else ""
        named = self.tr("&Merge into “{}”").format(_short(into))
        self.merge.setText(named if into else self.tr("&Merge"))
        self.part.setEnabled(len(chosen) == 1 and bool(chosen[0].aliases))
        used = [self.actors.uses(actor.id) for actor in chosen]
        self.remove.setEnabled(
            bool(chosen) and all(not (each and (each.mentions or each.stances)) for each in used)
        )

    # --- what it asks for

    def _ask(self, actor: Actor) -> None:
        self._said.say("")
        self.changed.emit(actor)

    def _merge(self) -> None:
        chosen = self.chosen
        if len(chosen) > 1:
            self._said.say("")
            self.merged.emit(chosen[0].id, [actor.id for actor in chosen[1:]])

    def _remove(self) -> None:
        if self.chosen:
            self._said.say("")
            self.removed.emit([actor.id for actor in self.chosen])

    def _offer_aliases(self) -> None:
        self._alias_menu(self.part.mapToGlobal(QPoint(0, self.part.height())))

    def _alias_menu(self, at: QPoint) -> None:
        menu = Menu(self)
        self._add_aliases(menu)
        menu.open_once(at)

    def _add_aliases(self, menu: QMenu) -> None:
        for actor in self.chosen[:1]:
            for alias in actor.aliases:
                words = alias.replace("&", "&&")
                menu.addAction(words, partial(self.split.emit, actor.id, alias))

    def _offer(self, at: QPoint) -> None:
        if not self.chosen:
            return
        menu = Menu(self)
        here = self.table.currentIndex()
        if len(self.chosen) == 1:
            menu.addAction(self.tr("&Edit") + "\tF2", partial(self.table.edit, here))
        if self.merge.isEnabled():
            menu.addAction(self.merge.text() + "\tJ", self._merge)
        if self.part.isEnabled():
            aliases = Menu(self.tr("&Split off"), menu)
            menu.addMenu(aliases)
            self._add_aliases(aliases)
        if self.remove.isEnabled():
            menu.addAction(self.tr("&Delete") + "\tDel", self._remove)
        menu.open_once(self.table.viewport().mapToGlobal(at))

    def _into_table(self) -> None:
        """Go from the field to the first actor found."""
        if self.actors.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.table.selectionModel().hasSelection():
                self.table.setCurrentIndex(self.actors.index(0, 0))


class _Table(QTreeView):
    """Rows of one height, so that twenty thousand cost no more than the ones on screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setItemDelegate(_Editing(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSortingEnabled(True)
        self.setProperty("framed", True)

    @property
    def editing(self) -> bool:
        """Whether a cell is being written in."""
        return self.state() == QAbstractItemView.State.EditingState

    def setModel(self, model: ActorsTable) -> None:  # type: ignore[override]
        super().setModel(model)
        self.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        for column in Column:
            if column in _WIDTHS:
                header.resizeSection(column, _WIDTHS[column])
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)


class _Editing(QStyledItemDelegate):
    """Writes in a cell; who an actor belongs to is completed from the names there are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 30)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        editor = QLineEdit(parent)
        editor.setStyleSheet("QLineEdit { padding: 2px 4px; border-radius: 4px; }")
        model = index.model()
        if index.column() == Column.AFFILIATION and isinstance(model, ActorsTable):
            completer = QCompleter(model.names, editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            editor.setCompleter(completer)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        assert isinstance(editor, QLineEdit) and isinstance(model, ActorsTable)
        model.setData(index, editor.text())


def _short(name: str) -> str:
    return name if len(name) <= 24 else name[:23] + "…"
