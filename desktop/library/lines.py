"""All lines of the library, sorted out for the list: made in the store's thread, shown in ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import compress, repeat
from operator import contains

from db.values import ArticleRow


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
        self.states = {number: row.state for number, row in self.rows.items()}
        self.numbers = {row.key: row.number for row in self.rows.values()}
        self.order = list(self.rows)
        self.counts: Counter[str | None] = Counter(self.states.values())
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
        self.states[row.number] = row.state

    def says_the_same(self, other: Lines) -> bool:
        """Tell whether the same articles stand here, under the same names, in the same state.

        How much is suggested or decided on them may differ.
        """
        return (
            self.order == other.order
            and self.states == other.states
            and self._names == other._names
        )

    def named(self, words: Iterable[str]) -> Iterator[ArticleRow]:
        """Yield those with all these words, without capitals, in title or publication."""
        numbers, names = self.order, self._names
        for word in words:
            hits = list(map(contains, names, repeat(word)))
            numbers, names = list(compress(numbers, hits)), list(compress(names, hits))
        return map(self.rows.__getitem__, numbers)


def _name(row: ArticleRow) -> str:
    return f"{row.title or ''} {row.publication or ''}".casefold()
