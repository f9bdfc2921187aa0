"""The window of keywords in context: one line a place, the keyword in the middle."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.library.list_view import short_date

if TYPE_CHECKING:
    from db.contexts import Context

Index = QModelIndex | QPersistentModelIndex

_SIZE = QSize(1080, 560)  # pixels
_ROW = 28
_PAUSE = 250  # ms without a key before it is looked for
_WIDTHS = {3: 210, 4: 96}


class Column(IntEnum):
    """The columns, in order."""

    LEFT = 0
    KEYWORD = 1
    RIGHT = 2
    ARTICLE = 3
    DATE = 4


class Contexts(QAbstractTableModel):
    """Lines of :class:`db.contexts.Context`, sorted by one column or in the order they came."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Context] = []
        self._sorted: tuple[Column, Qt.SortOrder] | None = None

    def begin(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._lines = []
        self.endResetModel()

    def add(self, lines: list[Context]) -> None:
        """Show more lines, where the order has them."""
        if not lines:
            return
        if self._sorted:
            self.layoutAboutToBeChanged.emit()
            self._lines += lines
            self._sort()
            self.layoutChanged.emit()
            return
        first = len(self._lines)
        self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
        self._lines += lines
        self.endInsertRows()

    def line(self, index: Index) -> Context:
        """Return a row's line."""
        return self._lines[index.row()]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column < 0:
            return
        self.layoutAboutToBeChanged.emit()
        self._sorted = Column(column), order
        self._sort()
        self.layoutChanged.emit()

    def _sort(self) -> None:
        assert self._sorted
        column, order = self._sorted
        keys: dict[Column, Callable[[Context], object]] = {
            # The word next to the keyword counts first.
            Column.LEFT: lambda line: line.left.casefold().split()[::-1],
            Column.KEYWORD: lambda line: line.keyword.casefold(),
            Column.RIGHT: lambda line: line.right.casefold().split(),
            Column.ARTICLE: lambda line: (line.title or "").casefold(),
            Column.DATE: lambda line: line.published or "",
        }
        self._lines.sort(
            key=keys[column],  # type: ignore[arg-type]
            reverse=order is Qt.SortOrder.DescendingOrder,
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(Column(section))
        if role == Qt.ItemDataRole.DisplayRole:
            return {
                Column.LEFT: self.tr("Left"),
                Column.KEYWORD: self.tr("Keyword"),
                Column.RIGHT: self.tr("Right"),
                Column.ARTICLE: self.tr("Article"),
                Column.DATE: self.tr("Date"),
            }[Column(section)]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return {
                    Column.LEFT: line.left.strip(),
                    Column.KEYWORD: line.keyword,
                    Column.RIGHT: line.right.strip(),
                    Column.ARTICLE: line.title or "",
                    Column.DATE: short_date(line.published),
                }[column]
            case Qt.ItemDataRole.ToolTipRole if column is Column.ARTICLE:
                return " · ".join(part for part in (line.title, line.publication) if part)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column) | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ForegroundRole if column is Column.KEYWORD:
                return theme.current().focus
            case Qt.ItemDataRole.ForegroundRole if column >= Column.ARTICLE:
                return theme.current().muted
            case Qt.ItemDataRole.FontRole if column is Column.KEYWORD:
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
            case Qt.ItemDataRole.AccessibleTextRole if column is Column.KEYWORD:
                return f"{line.left}{line.keyword}{line.right}"
            case _:
                return None


class ContextsDialog(QDialog):
    """Asks for words to be looked for; it reads none itself."""

    wanted = Signal(str)  # a query
    more_wanted = Signal()
    chosen = Signal(object)  # db.contexts.Context: to be shown in its article

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyword in context"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE.boundedTo(parent.size()))
        self.contexts = Contexts()
        self.field = QLineEdit()
        self.field.setObjectName("keyword")
        self.field.setPlaceholderText(
            self.tr("A word, “a phrase”, or the beginning of one: minist*")
        )
        self.field.setAccessibleName(self.tr("Keyword"))
        self.field.setClearButtonEnabled(True)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self.look)
        self.field.textEdited.connect(lambda _: self._soon.start())
        self.table = _Table()
        self.table.setModel(self.contexts)
        self.table.setAccessibleName(self.tr("Places"))
        self.table.chosen.connect(lambda index: self.chosen.emit(self.contexts.line(index)))
        header = self.table.horizontalHeader()
        for column in Column:
            mode = QHeaderView.ResizeMode.Stretch
            if column is Column.KEYWORD:
                mode = QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Interactive if column in _WIDTHS else mode
            )
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self._said = QLabel()
        self._said.setObjectName("said")
        self._said.setProperty("role", "muted")
        self.more = QPushButton(self.tr("Look through &more"))
        self.more.setObjectName("more")
        self.more.clicked.connect(self._ask_more)
        self.more.hide()
        below = QHBoxLayout()
        below.addWidget(self._said, 1)
        below.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 14)
        layout.setSpacing(12)
        layout.addWidget(self.field)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)
        self.setTabOrder(self.field, self.table)
        self.field.setFocus()

    @property
    def said(self) -> str:
        """What stands below the lines."""
        return self._said.text()

    def look_for(self, text: str) -> None:
        """Look for words at once."""
        self.field.setText(text)
        self.look()

    def look(self) -> None:
        """Look for what stands in the field."""
        self._soon.stop()
        self.contexts.begin()
        self.more.hide()
        self._said.setText(self.tr("Looking…") if self.field.text().strip() else "")
        self.wanted.emit(self.field.text())

    def take(self, lines: list[Context]) -> None:
        """Show more lines."""
        self.contexts.add(lines)

    def stop(self, articles: int, of: int) -> None:
        """Say how much was looked through."""
        number = QLocale().toString
        lines = self.contexts.rowCount()
        words = (
            self.tr("{} places in {} articles")
            if articles >= of
            else self.tr("{} places in the first {} of {} articles")
        )
        self._said.setText(words.format(number(lines), number(articles), number(of)))
        if not self.field.text().strip():
            self._said.setText("")
        self.more.setVisible(articles < of)

    def say(self, words: str) -> None:
        """Say what is wrong with the query."""
        self._said.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            if self.field.hasFocus():
                if self._soon.isActive():
                    self.look()
                self.table.begin()
            return
        super().keyPressEvent(event)

    def _ask_more(self) -> None:
        self.more.hide()
        self._said.setText(self.tr("Looking…"))
        self.more_wanted.emit()


class _LeftPainter(QStyledItemDelegate):
    """Leaves out the beginning of what is too long: the end stands next to the keyword."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft  # type: ignore[attr-defined]


class _Table(QTableView):
    chosen = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("contexts")
        self.setItemDelegateForColumn(Column.LEFT, _LeftPainter(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(self.chosen)

    def begin(self) -> None:
        """Take the keys, on the first line if none is chosen."""
        if self.model().rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, Column.KEYWORD))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _alignment(column: Column) -> Qt.AlignmentFlag:
    return {
        Column.LEFT: Qt.AlignmentFlag.AlignRight,
        Column.KEYWORD: Qt.AlignmentFlag.AlignHCenter,
    }.get(column, Qt.AlignmentFlag.AlignLeft)
