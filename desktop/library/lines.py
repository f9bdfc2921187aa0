"""All lines of the library, sorted out for the list: made in the store's thread, shown in ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, islice, repeat
from operator import contains

from db.values import ArticleRow, ArticleStatus

_BLOCK = 500  # names in one string

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
        self._names = _Names(map(_name, self.rows.values()))

    def put(self, row: ArticleRow) -> None:
        """Take in a row as it is now; one that is new goes to the end."""
        old = self.rows.get(row.number)
        if old is None:
            self.numbers[row.key] = row.number
            self.order.append(row.number)
            self._names.add(_name(row))
        else:
            self.counts[old.state] -= 1
            if _name(old) != _name(row):
                self._names.change(self.order.index(row.number), _name(row))
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
        for at in self._names.having(list(words)):
            yield self.rows[self.order[at]]

    def _reach(self, number: int) -> None:
        """Have a mark for articles that came since, too."""
        self._marks.extend(bytes(max(0, number + 1 - len(self._marks))))


class _Names:
    """What stands in the lines, some hundred in one string: whoever types waits for the search.

    A string in which a word is missing is passed over at once; and who wants a few stops early.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._blocks: list[str] = []
        self._last = _BLOCK  # names in the last block
        every = iter(names)
        while block := list(islice(every, _BLOCK)):
            self._blocks.append("\n".join(block))
            self._last = len(block)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Names) and self._blocks == other._blocks

    __hash__ = None  # pyright: ignore[reportAssignmentType] - it changes

    def add(self, name: str) -> None:
        if self._last == _BLOCK:
            self._blocks.append(name)
            self._last = 1
        else:
            self._blocks[-1] += f"\n{name}"
            self._last += 1

    def change(self, at: int, name: str) -> None:
        block, line = divmod(at, _BLOCK)
        names = self._blocks[block].split("\n")
        names[line] = name
        self._blocks[block] = "\n".join(names)

    def having(self, words: Sequence[str]) -> Iterator[int]:
        """Yield the places of the names that have all these words in them."""
        for nth, block in enumerate(self._blocks):
            if not all(map(contains, repeat(block), words)):
                continue
            places: Sequence[int] = range(nth * _BLOCK, (nth + 1) * _BLOCK)
            names = block.split("\n")
            for word in words:
                hits = list(map(contains, names, repeat(word)))
                places, names = list(compress(places, hits)), list(compress(names, hits))
            yield from places[: len(names)]


def count(marks: bytes | bytearray) -> Counter[str]:
    """Return how many there are of each status."""
    return Counter({status: marks.count(mark) for status, mark in MARKS.items()})


def _name(row: ArticleRow) -> str:
    return f"{row.title or ''} {row.publication or ''}".casefold().replace("\n", " ")
