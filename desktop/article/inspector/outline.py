"""Everything on the article as a list: the way through it for screen readers, and for looking up.

The colours and underlines of the text say nothing to a screen reader; each line here says in words
what is labelled, as what, and whether it is decided.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from desktop import theme
from desktop.article.places import Place
from desktop.article.session import ArticleSession
from desktop.article.wording import kind_name, status_name, summary, tr

_FEW = 40  # above so many changes at once the list is built anew
Index = QModelIndex | QPersistentModelIndex


class OutlineModel(QAbstractTableModel):
    """Lines in reading order: words, label or side, decision.

    Empty until it is woken: a long article has thousands of lines, and mostly nobody looks.
    """

    def __init__(self, session: ArticleSession) -> None:
        super().__init__(session)
        self._session = session
        self._places: list[Place] = []
        self._place_of: dict[UUID, Place] = {}
        self._awake = False
        session.article_changed.connect(self._rebuild)
        session.annotations_changed.connect(self._update)

    def wake(self, awake: bool) -> None:
        """Follow the article, or forget it."""
        if awake != self._awake:
            self._awake = awake
            self._rebuild()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Words"), tr("Label"), tr("Decision"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
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
        return self._places[index.row()][3] if index.isValid() else None

    def index_of(self, identifier: UUID | None) -> QModelIndex:
        """Return the line of an annotation, invalid where it has none."""
        place = None if identifier is None else self._place_of.get(identifier)
        return QModelIndex() if place is None else self.index(self._row(place), 0)

    def _row(self, place: Place) -> int:
        return bisect_left(self._places, place)

    def _rebuild(self) -> None:
        self.beginResetModel()
        state = self._session.state if self._awake else None
        self._places = state.places() if state else []
        self._place_of = {place[3]: place for place in self._places}
        self.endResetModel()

    def _update(self, touched: set[UUID]) -> None:
        if not self._awake:
            return
        if len(touched) > _FEW:
            self._rebuild()
            return
        for identifier in touched:
            state = self._session.state
            old = self._place_of.get(identifier)
            new = state.place(identifier) if state else None
            if old is not None and old == new:
                row = self._row(old)
                self.dataChanged.emit(self.index(row, 0), self.index(row, 2))
                continue
            if old is not None:
                self._take_out(old)
            if new is not None:
                self._put_in(new)

    def _take_out(self, place: Place) -> None:
        row = self._row(place)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._places[row]
        del self._place_of[place[3]]
        self.endRemoveRows()

    def _put_in(self, place: Place) -> None:
        row = self._row(place)
        self.beginInsertRows(QModelIndex(), row, row)
        self._places.insert(row, place)
        self._place_of[place[3]] = place
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

    def _follow(self, identifier: UUID | None) -> None:
        found = self._lines.index_of(identifier)
        if found != self.currentIndex():
            self.setCurrentIndex(found)
