"""Everything on the article as a list: the way through it for screen readers, and for looking up.

The colours and underlines of the text say nothing to a screen reader; each line here says in words
what is labelled, as what, and whether it is decided.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from desktop import theme
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from desktop.article.wording import kind_name, status_name, summary, tr

_FEW = 40  # above so many changes at once the list is built anew
Index = QModelIndex | QPersistentModelIndex


class OutlineModel(QAbstractTableModel):
    """Lines in reading order: words, label or side, decision."""

    def __init__(self, session: ArticleSession) -> None:
        super().__init__(session)
        self._session = session
        self._ids: list[UUID] = []
        session.article_changed.connect(self._rebuild)
        session.annotations_changed.connect(self._update)
        self._rebuild()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

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
        return self._ids[index.row()] if index.isValid() else None

    def index_of(self, identifier: UUID | None) -> QModelIndex:
        """Return the line of an annotation, invalid where it has none."""
        try:
            return self.index(self._ids.index(identifier), 0)  # pyright: ignore[reportArgumentType]
        except ValueError:
            return QModelIndex()

    def _rebuild(self) -> None:
        self.beginResetModel()
        state = self._session.state
        self._ids = [annotation.id for annotation in state.visible] if state else []
        self.endResetModel()

    def _update(self, touched: set[UUID]) -> None:
        state = self._session.state
        if state is None or len(touched) > _FEW:
            self._rebuild()
            return
        order = [annotation.id for annotation in state.visible]
        for identifier in touched:
            self._take_out(identifier, state, order)
        for row, identifier in enumerate(order):
            if row >= len(self._ids) or self._ids[row] != identifier:
                self.beginInsertRows(QModelIndex(), row, row)
                self._ids.insert(row, identifier)
                self.endInsertRows()

    def _take_out(self, identifier: UUID, state: ArticleState, order: list[UUID]) -> None:
        """Tell a line's change; one that is gone, or stands elsewhere now, is removed."""
        found = self.index_of(identifier)
        if not found.isValid():
            return
        row = found.row()
        if state.get(identifier) is not None and self._stays(row, identifier, order):
            self.dataChanged.emit(found, self.index(row, self.columnCount() - 1))
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._ids[row]
        self.endRemoveRows()

    def _stays(self, row: int, identifier: UUID, order: list[UUID]) -> bool:
        at = order.index(identifier)
        before = self._ids[row - 1] if row else None
        after = self._ids[row + 1] if row + 1 < len(self._ids) else None
        return (order[at - 1] if at else None) == before and (
            order[at + 1] if at + 1 < len(order) else None
        ) == after


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
        self._follow(session.focus)

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
