"""Everything on the article as a list: the way through it for screen readers, and for looking up.

On top are the stances of the article as a whole, under a heading of their own.

The colours and underlines of the text say nothing to a screen reader; each line here says in words
what is labelled, as what, and whether it is decided.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from desktop import theme
from desktop.article.places import AFTER_TEXT, Place
from desktop.article.session import ArticleSession
from desktop.article.wording import kind_name, status_name, summary, tr

_FEW = 40  # above so many changes at once the list is built anew
Index = QModelIndex | QPersistentModelIndex
_NOBODY = UUID(int=0)
_WHOLE: Place = (-1, -1, 0, _NOBODY)  # the headings, where they stand among the lines
_TEXT: Place = (-1, 1, 0, _NOBODY)


class OutlineModel(QAbstractTableModel):
    """Lines in reading order, under headings where stances of the whole article come first.

    Their columns: words, label or side, decision. Empty until it is woken: a long article has
    thousands of lines, and mostly nobody looks.
    """

    def __init__(self, session: ArticleSession) -> None:
        super().__init__(session)
        self._session = session
        self._lines: list[Place] = []
        self._line_of: dict[UUID, Place] = {}
        self._awake = False
        session.article_changed.connect(self._rebuild)
        session.annotations_changed.connect(self._update)

    def wake(self, awake: bool) -> None:
        """Follow the article, or forget it."""
        if awake != self._awake:
            self._awake = awake
            self._rebuild()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Words"), tr("Label"), tr("Decision"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.NoItemFlags if self.is_heading(index) else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.is_heading(index):
            return self._heading(index, role)
        state = self._session.state
        annotation = state.get(self.identifier(index)) if state else None
        if state is None or annotation is None:
            return None
        words = summary(state, annotation)
        label, status = kind_name(annotation), status_name(annotation.decision.status)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (words, label, status)[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{words}, {label}, {status}" if index.column() == 0 else None
            case Qt.ItemDataRole.ToolTipRole:
                return f"{words}\n{label} · {status}"
            case Qt.ItemDataRole.ForegroundRole:
                quiet = index.column() == 2
                return theme.current().muted if quiet else None
            case _:
                return None

    def identifier(self, index: Index) -> UUID | None:
        """Return the annotation of a line."""
        if not index.isValid() or self.is_heading(index):
            return None
        return self._lines[index.row()][3]

    def is_heading(self, index: Index) -> bool:
        """Tell a heading from the line of an annotation."""
        return index.isValid() and self._lines[index.row()][3] == _NOBODY

    def is_whole(self, index: Index) -> bool:
        """Tell the line of a stance of the article as a whole."""
        return index.isValid() and _is_whole(self._lines[index.row()])

    def headings(self) -> list[int]:
        """Return the rows of the headings."""
        found = (bisect_left(self._lines, each) for each in (_WHOLE, _TEXT))
        return [row for row in found if self.is_heading(self.index(row, 0))]

    def index_of(self, identifier: UUID | None) -> QModelIndex:
        """Return the line of an annotation, invalid where it has none."""
        line = None if identifier is None else self._line_of.get(identifier)
        return QModelIndex() if line is None else self.index(self._row(line), 0)

    def _heading(self, index: Index, role: int) -> Any:
        whole = self._lines[index.row()] == _WHOLE
        words = tr("The article as a whole") if whole else tr("In the text")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return words.upper() if index.column() == 0 else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return words if index.column() == 0 else None
            case Qt.ItemDataRole.ForegroundRole:
                return theme.current().muted
            case Qt.ItemDataRole.FontRole:
                return _small()
            case _:
                return None

    def _row(self, line: Place) -> int:
        return bisect_left(self._lines, line)

    def _rebuild(self) -> None:
        self.beginResetModel()
        state = self._session.state if self._awake else None
        self._lines = [_line(place) for place in state.places()] if state else []
        self._line_of = {line[3]: line for line in self._lines}
        if any(_is_whole(line) for line in self._lines):
            self._lines += [_WHOLE, _TEXT]
        self._lines.sort()
        self.endResetModel()

    def _update(self, touched: set[UUID]) -> None:
        if not self._awake:
            return
        if len(touched) > _FEW:
            self._rebuild()
            return
        for identifier in touched:
            state = self._session.state
            old = self._line_of.get(identifier)
            place = state.place(identifier) if state else None
            new = None if place is None else _line(place)
            if old is not None and old == new:
                row = self._row(old)
                self.dataChanged.emit(self.index(row, 0), self.index(row, 2))
                continue
            if any(line is not None and _is_whole(line) for line in (old, new)):
                self._rebuild()  # the headings may come, or go
                return
            if old is not None:
                self._take_out(old)
            if new is not None:
                self._put_in(new)

    def _take_out(self, line: Place) -> None:
        row = self._row(line)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._lines[row]
        del self._line_of[line[3]]
        self.endRemoveRows()

    def _put_in(self, line: Place) -> None:
        row = self._row(line)
        self.beginInsertRows(QModelIndex(), row, row)
        self._lines.insert(row, line)
        self._line_of[line[3]] = line
        self.endInsertRows()


class Outline(QTreeView):
    """The list of everything; a line chosen here is in focus everywhere."""

    def __init__(self, session: ArticleSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines = OutlineModel(session)
        self.setModel(self._lines)
        self.setAccessibleName(tr("All names and stances"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.dress()
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in ((1, 82), (2, 84)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        self._lines.modelReset.connect(self._on_reset)
        self.selectionModel().currentChanged.connect(self._look_at)
        session.focus_changed.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        self._lines.wake(True)
        self._follow(self._session.focus)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._lines.wake(False)

    def dress(self) -> None:
        """Take the theme's colours."""
        colours = theme.current()
        self.setStyleSheet(
            "QTreeView::item { padding: 4px 2px;"
            f" border-bottom: 1px solid {colours.rule.name()}; }}"
            f"QTreeView::item:selected {{ background: {colours.fill('focus').name()};"
            f" color: {colours.ink.name()}; }}"
            f"QTreeView:focus {{ border: 1px solid {colours.focus.name()}; }}"
            f"QHeaderView::section {{ background: {colours.panel.name()}; padding: 4px 2px;"
            f" color: {colours.muted.name()}; border: none; font-size: 11px; }}"
        )

    def _look_at(self, current: QModelIndex) -> None:
        identifier = self._lines.identifier(current)
        if identifier is not None and self.hasFocus():
            self._session.set_focus(identifier)

    def _on_reset(self) -> None:
        for row in self._lines.headings():
            self.setFirstColumnSpanned(row, QModelIndex(), True)
        self._follow(self._session.focus)

    def _follow(self, identifier: UUID | None) -> None:
        found = self._lines.index_of(identifier)
        if found != self.currentIndex():
            self.setCurrentIndex(found)
        if self._lines.is_whole(found):  # their heading is to be seen as well, where it can be
            self.scrollToTop()
            self.scrollTo(found)


def _line(place: Place) -> Place:
    """Return where a place stands in the list: what comes after the text is on top here."""
    return (-1, *place[1:]) if place[0] == AFTER_TEXT else place


def _is_whole(line: Place) -> bool:
    return line[0] < 0


def _small() -> QFont:
    font = QFont()
    font.setPixelSize(theme.INTERFACE_SIZE - 2)
    font.setWeight(QFont.Weight.DemiBold)
    return font
