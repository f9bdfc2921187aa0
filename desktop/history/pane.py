"""The history beside the article: a list to look through, and a card for what is chosen in it."""

from __future__ import annotations

from enum import Enum
from functools import partial
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.history_list import Done, Turn
from desktop.history.bin_model import BinModel
from desktop.history.details import Details
from desktop.history.filters import Filters
from desktop.history.list_model import HistoryModel
from desktop.history.rows import RowList
from desktop.history.wording import Told, tr
from desktop.menu import Menu
from desktop.scrolled import Scrolled

_LEAST = 90  # pixels of the list
_PASSING = 60  # milliseconds an act is chosen, after which its details are read


class View(Enum):
    """What the pane lists."""

    ARTICLE = "article"
    PROJECT = "project"
    BIN = "bin"


class HistoryPane(QWidget):
    """Shows acts and the bin, and asks for what is to be done about them; it does none of it."""

    view_changed = Signal()
    """Something else is to be listed: :attr:`view`."""
    chosen = Signal(object, bool)  # Done: go to its place; and whether to take the keys along
    details_wanted = Signal(object)  # Done
    look_wanted = Signal(object)  # Done
    preview_wanted = Signal(object)  # Done
    undo_wanted = Signal(object)  # list[UUID] of acts
    take_back_wanted = Signal(object)  # Done
    restore_wanted = Signal(object)  # bin_model.Row
    export_wanted = Signal()
    left = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector")  # dressed as the panel it lies in
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("History"))
        self.acts = HistoryModel()
        self.bin = BinModel()
        self.view = View.ARTICLE
        self._article: UUID | None = None
        self._past = False
        self._views = QButtonGroup(self)
        self.filters = Filters()
        self.list, self.bin_list = RowList(tr("Acts")), RowList(tr("Bin"))
        self.details = Details()
        self._nothing = QLabel(alignment=Qt.AlignmentFlag.AlignHCenter, wordWrap=True)
        self._nothing.setProperty("role", "muted")
        self._nothing.setContentsMargins(24, 40, 24, 24)
        self._lists = QStackedWidget()
        self._settling = QTimer(self, singleShot=True, interval=_PASSING)
        self._build()
        self._connect()

    # What it shows

    def show_view(self, view: View) -> None:
        """List something else."""
        chip = self._views.button(list(View).index(view))
        if chip.isChecked():
            self._set_view(view)
        chip.setChecked(True)

    def show_article(self, article: UUID | None) -> None:
        """Know which article is open: the acts of this one are listed, if any one's are."""
        if article != self._article:
            self._article = article
            if self.view is not View.PROJECT:
                self._set_view(self.view)

    def show_details(self, act: Done, told: list[Told], turns: list[Turn]) -> None:
        """Show what an act changed, if it is still the chosen one."""
        if act == self.act:
            self.details.show_act(act, told, turns)
            self._offer(act)

    def show_preview(self, acts: list[Done]) -> None:
        """Show what going back would undo, and ask once more."""
        if not acts:
            self.details.say(tr("Nothing came after it that is not undone already."))
            return
        self.details.show_preview(acts)
        many = tr("Undo 1 act") if len(acts) == 1 else tr("Undo {} acts").format(len(acts))
        undo = partial(self.undo_wanted.emit, [act.id for act in acts])
        self.details.offer(
            ("undo-these", many, True, undo), ("keep", tr("Keep"), True, self.look_again)
        )
        self.details.buttons[0].setProperty("primary", True)
        self.details.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_past(self, past: bool) -> None:
        """Know whether the article is looked at as it was: nothing is changed meanwhile."""
        if past == self._past:
            return
        self._past = past
        if self.view is View.BIN:
            self._choose()
        elif act := self.details.act:
            self._offer(act)

    def select(self, seq: int) -> None:
        """Choose an act, if it is in the list by now."""
        index = self.acts.index_of(seq)
        if index.isValid() and index != self.list.currentIndex():
            self.list.setCurrentIndex(index)

    def start(self) -> None:
        """Begin the list anew."""
        self.details.hide()
        if self.view is not View.BIN:
            article = self._article if self.view is View.ARTICLE else None
            self.acts.start(self.filters.wanted(article))
        self._tell_nothing()

    def forget(self) -> None:
        """Know nothing: no project is open."""
        self._article = None
        self.filters.forget()
        self.acts.forget()
        self.bin.show((), (), None)
        self.details.hide()

    def take_keys(self) -> None:
        """Take the keys, to the list or to what finds something in it."""
        shown = self.bin_list if self.view is View.BIN else self.list
        model = shown.model()
        if model.rowCount() and not shown.currentIndex().isValid():
            first = self.bin.first() if self.view is View.BIN else self.acts.index(0)
            shown.setCurrentIndex(first)
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def act(self) -> Done | None:
        """The chosen act."""
        return self.acts.act(self.list.currentIndex())

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # What it is made of

    def _top(self) -> QHBoxLayout:
        heading = QLabel(tr("History").upper())
        heading.setProperty("role", "section")
        more = _sign("⋯", "history-menu", tr("More"))
        menu = Menu(more)
        menu.addAction(tr("Export the history…")).triggered.connect(self.export_wanted)
        more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        close = _sign("✕", "close-history", tr("Close the history (Ctrl+H)"))
        close.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(more)
        top.addWidget(close)
        return top

    def _chips(self) -> QHBoxLayout:
        chips = QHBoxLayout()
        chips.setSpacing(6)
        words = {
            View.ARTICLE: tr("This article"),
            View.PROJECT: tr("Project"),
            View.BIN: tr("Bin"),
        }
        for number, view in enumerate(View):
            chip = QPushButton(words[view])
            chip.setObjectName(f"view-{view.value}")
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setChecked(view is self.view)
            self._views.addButton(chip, number)
            chips.addWidget(chip)
        chips.addStretch(1)
        return chips

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(10)
        head.addLayout(self._top())
        head.addLayout(self._chips())
        head.addWidget(self.filters)
        self.list.setModel(self.acts)
        self.list.setUniformItemSizes(True)
        self.bin_list.setModel(self.bin)
        for each in (self.list, self.bin_list):
            self._lists.addWidget(each)
        self._lists.setMinimumHeight(_LEAST)
        content = QWidget()
        content.setObjectName("inspector")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self._lists, 1)
        column.addWidget(self.details)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolled(content))

    def _connect(self) -> None:
        # Not on a click: assistive technology toggles them.
        self._views.idToggled.connect(lambda at, on: on and self._set_view(list(View)[at]))
        self.filters.changed.connect(self.start)
        self.filters.found.connect(self.take_keys)
        self._settling.timeout.connect(self._settle)
        for each in (self.list, self.bin_list):
            each.left.connect(self.left)
            each.selectionModel().currentChanged.connect(lambda *_: self._choose())
        self.list.typed.connect(self.filters.type)
        self.list.clicked.connect(lambda _: self._go(keys=False))
        self.list.activated.connect(lambda _: self._go(keys=True))
        self.list.customContextMenuRequested.connect(self._menu)
        self.bin_list.activated.connect(lambda _: self._restore())
        self.acts.looked.connect(self._on_looked)
        self.acts.modelReset.connect(self._choose)
        self.acts.dataChanged.connect(self._on_turned)
        self.bin.modelReset.connect(self._on_bin)

    # What is chosen

    def _choose(self) -> None:
        if self.view is View.BIN:
            row = self.bin.row(self.bin_list.currentIndex())
            self.details.setVisible(row is not None and row.item is not None)
            if row is not None and row.item is not None:
                self.details.show_row(row)
                self.details.offer(("restore", tr("Restore"), not self._past, self._restore))
        elif self.act:
            self._settling.start()
        else:
            self.details.hide()

    def _settle(self) -> None:
        if (act := self.act) and self.view is not View.BIN:
            self.details_wanted.emit(act)

    def _offer(self, act: Done) -> None:
        free = not self._past
        here = act.article is not None or self._article is not None
        self.details.offer(
            ("look", tr("Look at it as it was then"), here, partial(self.look_wanted.emit, act)),
            ("back", tr("Undo back to here…"), free, partial(self._preview, act)),
            (
                "take-back",
                tr("Take back just this"),
                free and not act.undone,
                partial(self.take_back_wanted.emit, act),
            ),
        )

    def _preview(self, act: Done) -> None:
        self._settling.stop()  # else what the act changed comes later, in the preview's place
        self.preview_wanted.emit(act)

    def _menu(self, place: QPoint) -> None:
        if self.list.indexAt(place).isValid():
            self.list.setCurrentIndex(self.list.indexAt(place))
        if self.act is None:
            return
        menu = Menu(self)
        for button in self.details.buttons:
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
        menu.open_once(self.list.viewport().mapToGlobal(place))

    def _go(self, *, keys: bool) -> None:
        if act := self.act:
            self.chosen.emit(act, keys)

    def _restore(self) -> None:
        row = self.bin.row(self.bin_list.currentIndex())
        if row is not None and row.item is not None and not self._past:
            self.restore_wanted.emit(row)

    def look_again(self) -> None:
        """Show what is chosen as it is now, with the keys in the list."""
        self._choose()
        self.take_keys()

    # What is listed

    def _set_view(self, view: View) -> None:
        self.view = view
        self._lists.setCurrentIndex(int(view is View.BIN))
        self.filters.setVisible(view is not View.BIN)
        self.start()
        self.view_changed.emit()

    def _on_looked(self) -> None:
        self._tell_nothing()
        if self.list.hasFocus() and not self.list.currentIndex().isValid() and self.acts.rowCount():
            self.list.setCurrentIndex(self.acts.index(0))

    def _on_turned(self, first: QModelIndex, last: QModelIndex) -> None:
        if first.row() <= self.list.currentIndex().row() <= last.row():
            self._choose()

    def _on_bin(self) -> None:
        self._tell_nothing()
        if self.view is View.BIN:
            if self.bin_list.hasFocus():
                self.bin_list.setCurrentIndex(self.bin.first())
            self._choose()

    def _tell_nothing(self) -> None:
        empty = not (self.bin if self.view is View.BIN else self.acts).rowCount()
        if self.view is View.BIN:
            words = tr(
                "Nothing here. The bin holds articles that were removed, and what was rejected or "
                "deleted in the one that is open."
            )
        elif self.acts.looking:
            words = tr("Looking…")
        elif self.filters.active:
            words = tr("No act is like that.")
        else:
            words = tr("Nothing was done yet.")
        self._nothing.setText(words)
        self._nothing.setVisible(empty)


def _sign(sign: str, name: str, words: str) -> QPushButton:
    button = QPushButton(sign)
    button.setObjectName(name)
    button.setProperty("flat", True)
    button.setAccessibleName(words)
    button.setToolTip(words)
    return button
