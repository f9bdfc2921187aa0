"""All lines of the library, sorted out for the list: made in the store's thread, shown in ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, repeat
from operator import contains

from db.values import ArticleRow, ArticleStatus

MARKS = {status.value: mark for mark, status in enumerate(ArticleStatus, start=1)}
"""A byte for each status; 0 is for what is not in the library."""


class Lines:
    """Rows by number, in the project's order, with what the list asks of them.

    Whatever goes over all of them is left to C: a hundred thousand take some milliseconds.
    """

    def __init__(
        self,
        rows: Iterable[ArticleRow] = (),
        twins: Mapping[int, int] | None = None,
        *,
        whole: bool = True,
    ) -> None:
        self.rows = {row.number: row for row in rows}
        self._marks = bytearray(max(self.rows, default=0) + 1)  # by number
        for number, row in self.rows.items():
            self._marks[number] = MARKS[row.state]
        self.numbers = {row.key: row.number for row in self.rows.values()}
        self.order = list(self.rows)
        self.counts = count(self._marks)
        """How many there are of each status."""
        self.twins = twins or {}
        """How many twins those have that have any."""
        self.whole = whole
        """Whether these are all; at first only a screenful is there."""
        self._names = [_name(row) for row in self.rows.values()]

    def put(self, row: ArticleRow) -> None:
        """Take in a row as it is now; one that is new goes to the end."""
        old = self.rows.get(row.number)
        if old is None:
            self.numbers[row.key] = row.number
            self.order.append(row.number)
            self._names.append(_name(row))
        else:
            self.counts[old.state] -= 1
            if _name(old) != _name(row):
                self._names[self.order.index(row.number)] = _name(row)
        self.counts[row.state] += 1
        self.rows[row.number] = row
        self._reach(row.number)
        self._marks[row.number] = MARKS[row.state]

    def marks(self, numbers: Sequence[int]) -> bytes:
        """Return which status each of some articles has, as :data:`MARKS`."""
        self._reach(max(numbers, default=0))
        marks = self._marks
        return bytes([marks[number] for number in numbers])

    def says_the_same(self, other: Lines) -> bool:
        """Tell whether the same articles stand here, under the same names, in the same state.

        How much is suggested or decided on them may differ.
        """
        return (
            self.order == other.order
            and self._marks == other._marks
            and self._names == other._names
        )

    def named(self, words: Iterable[str]) -> Iterator[ArticleRow]:
        """Yield those with all these words, without capitals, in title or publication."""
        numbers, names = self.order, self._names
        for word in words:
            hits = list(map(contains, names, repeat(word)))
            numbers, names = list(compress(numbers, hits)), list(compress(names, hits))
        return map(self.rows.__getitem__, numbers)

    def _reach(self, number: int) -> None:
        """Have a mark for articles that came since, too."""
        self._marks.extend(bytes(max(0, number + 1 - len(self._marks))))


def count(marks: bytes | bytearray) -> Counter[str]:
    """Return how many there are of each status."""
    return Counter({status: marks.count(mark) for status, mark in MARKS.items()})


def _name(row: ArticleRow) -> str:
    return f"{row.title or ''} {row.publication or ''}".casefold()
