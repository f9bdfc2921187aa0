"""Where words of one text stand in another version of it: word for word, or nowhere.

A stretch in a paragraph that is unchanged, and in its order, stays there. Any other is looked for
by its words: of all the places it is where most of what stood around it stands, then the one
nearest to where it would be. A few words with nothing known around them are not found again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from db.values import Span

_AROUND = 32  # code points looked at on either side
_KNOWN, _TELLING = 10, 24  # so many around must be the same, or so many code points be its own
_MOST_PLACES = 200  # the nearest
_LARGE = 2**20  # code points: a text so long is not compared paragraph by paragraph


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a stretch stands now; ``moved`` where it was found by its words."""

    span: Span
    moved: bool


class Anchors:
    """Places stretches of an ``old`` text in a ``new`` one."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        self._blocks = list(_unchanged(old, new))  # (start in old, start in new, length)
        self._starts = [start for start, _, _ in self._blocks]

    def place(self, span: Span) -> Anchor | None:
        """Return where a stretch stands in the new text, with the same words; None if nowhere."""
        start, at, length = self._block(span.start)
        if span.end <= start + length:
            return Anchor(Span(span.start - start + at, span.end - start + at), moved=False)
        found = self._found(span)
        return None if found is None else Anchor(found, moved=True)

    def near(self, offset: int) -> int:
        """Return where an offset of the old text would be in the new one."""
        start, at, length = self._block(offset)
        if offset <= start + length:
            return at + offset - start
        behind = bisect_right(self._starts, offset)
        most = self._blocks[behind][1] if behind < len(self._blocks) else len(self._new)
        return min(at + offset - start, most)

    def _block(self, offset: int) -> tuple[int, int, int]:
        """Return the last unchanged block that begins at an offset or before it."""
        behind = bisect_right(self._starts, offset)
        return self._blocks[behind - 1] if behind else (0, 0, 0)

    def _found(self, span: Span) -> Span | None:
        words = span.of(self._old)
        if not words.strip():
            return None
        wanted, before = self.near(span.start), _around(self._old, span)
        edges = _edges(self._old, span)
        best: tuple[int, int, Span] | None = None
        starts = sorted(_places(self._new, words), key=lambda start: abs(start - wanted))
        for start in starts[:_MOST_PLACES]:
            there = Span(start, start + len(words))
            if _edges(self._new, there) != edges:
                continue
            known = _shared(before, _around(self._new, there))
            if best is None or known > best[0]:
                best = known, start, there
        if best is None or (best[0] < _KNOWN and len(words) < _TELLING):
            return None
        return best[2]


def _unchanged(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    if max(len(old), len(new)) > _LARGE:
        return
    mine, theirs = (text.splitlines(keepends=True) for text in (old, new))
    at, there = _offsets(mine), _offsets(theirs)
    for here, other, lines in SequenceMatcher(None, mine, theirs).get_matching_blocks():
        if any(line.strip() for line in mine[here : here + lines]):
            yield at[here], there[other], at[here + lines] - at[here]


def _offsets(lines: list[str]) -> list[int]:
    found = [0]
    for line in lines:
        found.append(found[-1] + len(line))
    return found


def _places(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _around(text: str, span: Span) -> tuple[str, str]:
    """Return what stands before a stretch, backwards, and behind it; a text's ends tell, too."""
    before = text[max(0, span.start - _AROUND) : span.start][::-1]
    behind = text[span.end : span.end + _AROUND]
    return before.ljust(_AROUND, "\0"), behind.ljust(_AROUND, "\0")


def _shared(some: tuple[str, str], others: tuple[str, str]) -> int:
    """Return how many code points next to two stretches are the same."""
    sides = (zip(mine, theirs, strict=True) for mine, theirs in zip(some, others, strict=True))
    return sum(sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], side)) for side in sides)


def _edges(text: str, span: Span) -> tuple[bool, bool]:
    """Tell whether a stretch begins, and ends, within a word."""

    def within(offset: int) -> bool:
        return 0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()

    return within(span.start), within(span.end)
