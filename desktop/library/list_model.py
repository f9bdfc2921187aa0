"""The project's articles as a Qt list: those found, on the shelf that is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import compress
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from db.values import ArticleRow, ArticleStatus
from desktop.library.lines import MARKS, Lines, count
from desktop.library.shelf import Shelf

Index = QModelIndex | QPersistentModelIndex


def _held(shelf: Shelf) -> bytes:
    """Return, of each mark, whether the shelf holds what has it."""
    marks = {MARKS[status] for status in shelf.value}
    return bytes(mark in marks for mark in range(256))


_HELD = {shelf: _held(shelf) for shelf in Shelf}


class ArticleList(QAbstractListModel):
    """Rows of :class:`db.values.ArticleRow`, in the order of the search or else of the project.

    All rows are held, by number: a search is answered with numbers alone, and jumping to any row
    reads nothing. What is one article's never walks over all.
    """

    ROW = Qt.ItemDataRole.UserRole
    TWINS = ROW + 1
    """How many twins it has."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = Lines()
        self._found: list[int] | None = None  # of the search, in its order
        self._shown: list[int] = []
        self._counts = Counter[str]()  # of what was found, by status
        self.shelf = Shelf.TODO

    @property
    def rows(self) -> list[ArticleRow]:
        """Every article, whatever the filter, in the project's order."""
        return list(map(self._lines.rows.__getitem__, self._lines.order))

    def named(self, words: Iterable[str]) -> Iterator[ArticleRow]:
        """Yield articles with all these words, without capitals, in title or publication."""
        return self._lines.named(words)

    @property
    def lines(self) -> Lines:
        """All of it, whatever the filter."""
        return self._lines

    @property
    def total(self) -> int:
        """How many articles there are, whatever the filter."""
        return len(self._lines.rows)

    @property
    def done(self) -> int:
        """How many articles are done, whatever the filter."""
        return self._lines.counts[ArticleStatus.DONE]

    @property
    def whole(self) -> bool:
        """Whether all rows are there; at first it is a screenful."""
        return self._lines.whole

    @property
    def searched(self) -> bool:
        """Whether what is shown was searched for."""
        return self._found is not None

    def set_lines(self, lines: Lines) -> None:
        """Show another state of the whole list."""
        self._lines = lines
        self._show()

    def show_found(self, found: Iterable[int] | None) -> None:
        """Show what a search found, by its numbers in its order; None for the whole library."""
        self._found = None if found is None else list(found)
        self._show()

    def set_shelf(self, shelf: Shelf) -> None:
        """Show another shelf."""
        self.shelf = shelf
        self._show()

    def twins(self, article: UUID) -> int:
        """Return how many twins an article has."""
        return self._lines.twins.get(self._lines.numbers.get(str(article), 0), 0)

    def shown(self) -> list[int]:
        """Return the numbers of what is shown, in order."""
        return list(self._shown)

    def update(self, changed: ArticleRow) -> None:
        """Show one article as it is now; it may leave or enter the shelf, or be new."""
        number, before = changed.number, self._lines.rows.get(changed.number)
        if before == changed:
            return
        self._lines.put(changed)
        base = self._base()
        if number not in base:
            return
        if self._found is not None:
            self._counts[changed.state] += 1
            if before is not None:
                self._counts[before.state] -= 1
        shown = before is not None and self.shelf.holds(before)
        at = self._shown.index(number) if shown else self._place(base, number)
        if not self.shelf.holds(changed):
            if shown:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._shown[at]
                self.endRemoveRows()
        elif shown:
            self.dataChanged.emit(self.index(at), self.index(at))
        else:
            self.beginInsertRows(QModelIndex(), at, at)
            self._shown.insert(at, number)
            self.endInsertRows()

    def get(self, article: UUID) -> ArticleRow | None:
        """Return an article's row, whatever the filter."""
        number = self._lines.numbers.get(str(article))
        return None if number is None else self._lines.rows[number]

    def numbered(self, number: int) -> ArticleRow | None:
        """Return the row of an article by its number, whatever the filter."""
        return self._lines.rows.get(number)

    def progress(self, article: UUID, status: ArticleStatus, decided: int, pending: int) -> None:
        """Show how far the analyst is with one article."""
        if row := self.get(article):
            self.update(row._replace(state=status.value, decided=decided, pending=pending))

    def index_of(self, article: UUID) -> QModelIndex:
        """Return where an article is shown; invalid if it is not found, or on another shelf."""
        row = self.get(article)
        if row is None or not self.shelf.holds(row):
            return QModelIndex()
        try:
            return self.index(self._shown.index(row.number))
        except ValueError:
            return QModelIndex()

    def count(self, shelf: Shelf) -> int:
        """Return how many of the articles found a shelf holds."""
        return sum(self._counts[status] for status in shelf.value)

    def _base(self) -> list[int]:
        return self._lines.order if self._found is None else self._found

    def _show(self) -> None:
        """Lay out what is to be seen; what goes on where a part of it was is added to that."""
        base = self._base()
        # What was found may be in the bin by now: it has no status here, and is on no shelf.
        marks = self._lines.marks(base)
        shown = list(compress(base, marks.translate(_HELD[self.shelf])))
        self._counts = self._lines.counts if self._found is None else count(marks)
        before = len(self._shown)
        if before and len(shown) > before and shown[:before] == self._shown:
            self.beginInsertRows(QModelIndex(), before, len(shown) - 1)
            self._shown = shown
            self.endInsertRows()
            self.dataChanged.emit(self.index(0), self.index(before - 1))
        elif before and shown == self._shown:
            self.dataChanged.emit(self.index(0), self.index(before - 1))
        else:
            self.beginResetModel()
            self._shown = shown
            self.endResetModel()

    def _place(self, base: list[int], number: int) -> int:
        """Return where an article belongs that enters the shelf: behind what is shown before it."""
        for before in range(base.index(number) - 1, -1, -1):
            row = self._lines.rows.get(base[before])
            if row is not None and self.shelf.holds(row):
                return self._shown.index(row.number) + 1
        return 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._lines.rows[self._shown[index.row()]]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.ToolTipRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                about = (row.publication, twins_name(self._lines.twins.get(row.number, 0)))
                said = (row.title, *about, self._status_name(row.status))
                return ", ".join(part for part in said if part)
            case self.ROW:
                return row
            case self.TWINS:
                return self._lines.twins.get(row.number, 0)
            case _:
                return None

    def _status_name(self, status: ArticleStatus) -> str:
        return {
            ArticleStatus.TODO: self.tr("To do"),
            ArticleStatus.IN_PROGRESS: self.tr("In progress"),
            ArticleStatus.DONE: self.tr("Done"),
            ArticleStatus.FLAGGED: self.tr("Unsure"),
        }[status]


def twins_name(number: int) -> str:
    """Return how many twins there are in words; nothing for none."""
    tr = QCoreApplication.translate
    if number < 2:
        return tr("ArticleList", "1 twin") if number else ""
    return tr("ArticleList", "{} twins").format(number)
