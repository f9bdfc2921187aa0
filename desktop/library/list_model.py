"""The project's articles as a Qt list, one filter at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from db.values import ArticleRow, ArticleStatus

Index = QModelIndex | QPersistentModelIndex


class Shelf(Enum):
    """The three filters of the library."""

    TODO = (ArticleStatus.TODO, ArticleStatus.IN_PROGRESS)
    UNSURE = (ArticleStatus.FLAGGED,)
    DONE = (ArticleStatus.DONE,)

    def holds(self, row: ArticleRow) -> bool:
        """Tell whether an article belongs on this shelf."""
        return row.status in self.value


class ArticleList(QAbstractListModel):
    """Rows of :class:`db.values.ArticleRow`, in the project's order."""

    ROW = Qt.ItemDataRole.UserRole

    def __init__(self) -> None:
        super().__init__()
        self._all: list[ArticleRow] = []
        self._shown: list[ArticleRow] = []
        self.shelf = Shelf.TODO

    @property
    def rows(self) -> list[ArticleRow]:
        """Every article, whatever the filter."""
        return self._all

    def set_rows(self, rows: Iterable[ArticleRow]) -> None:
        """Show another state of the whole list."""
        self.beginResetModel()
        self._all = list(rows)
        self._shown = [row for row in self._all if self.shelf.holds(row)]
        self.endResetModel()

    def set_shelf(self, shelf: Shelf) -> None:
        """Show another shelf."""
        self.shelf = shelf
        self.set_rows(self._all)

    def update(self, changed: ArticleRow) -> None:
        """Show one article as it is now; it may leave or enter the shelf, or be new."""
        for place, row in enumerate(self._all):
            if row.id == changed.id:
                if row == changed:
                    return
                self._all[place] = changed
                break
        else:
            self._all.append(changed)
        at = self._place(changed.id)
        if not self.shelf.holds(changed):
            if at is not None:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._shown[at]
                self.endRemoveRows()
        elif at is not None:
            self._shown[at] = changed
            self.dataChanged.emit(self.index(at), self.index(at))
        else:
            shown = [row for row in self._all if self.shelf.holds(row)]
            at = next(i for i, row in enumerate(shown) if row.id == changed.id)
            self.beginInsertRows(QModelIndex(), at, at)
            self._shown = shown
            self.endInsertRows()

    def get(self, article: UUID) -> ArticleRow | None:
        """Return an article's row, whatever the filter."""
        return next((row for row in self._all if row.id == article), None)

    def progress(self, article: UUID, status: ArticleStatus, decided: int, pending: int) -> None:
        """Show how far the analyst is with one article."""
        if row := self.get(article):
            self.update(replace(row, status=status, decided=decided, pending=pending))

    def index_of(self, article: UUID) -> QModelIndex:
        """Return where an article is shown; invalid if this shelf does not hold it."""
        place = self._place(article)
        return QModelIndex() if place is None else self.index(place)

    def count(self, shelf: Shelf) -> int:
        """Return how many articles a shelf holds."""
        return sum(1 for row in self._all if shelf.holds(row))

    def _place(self, article: UUID) -> int | None:
        return next((i for i, row in enumerate(self._shown) if row.id == article), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                said = (row.title, row.publication, self._status_name(row.status))
                return ", ".join(part for part in said if part)
            case self.ROW:
                return row
            case _:
                return None

    def _status_name(self, status: ArticleStatus) -> str:
        return {
            ArticleStatus.TODO: self.tr("To do"),
            ArticleStatus.IN_PROGRESS: self.tr("In progress"),
            ArticleStatus.DONE: self.tr("Done"),
            ArticleStatus.FLAGGED: self.tr("Unsure"),
        }[status]
