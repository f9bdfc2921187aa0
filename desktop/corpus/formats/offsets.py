"""Offsets of other programs to ours: code points into a text with one kind of line ending.

Some count UTF-16 units, as browsers do, and some changed from one to the other, so that their files
do not tell. Where it makes a difference, what the file quotes decides, and without quotes whether
words would be cut in two. Nothing is shifted until it fits.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from db.values import Span

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class Unit(Enum):
    """What a program counts."""

    CODE_POINTS = "code points"
    UTF_16 = "UTF-16 units"


class Stretch(NamedTuple):
    """A stretch as a file gives it, in the file's own unit, with what it says stands there."""

    start: int
    end: int
    quote: str | None = None


class Placed(NamedTuple):
    """Where stretches lie in the canonical text; None for one that does not fit.

    ``sure`` is False if another unit would fit as well and give other places.
    """

    spans: list[Span | None]
    sure: bool


def placed(raw: str, stretches: Sequence[Stretch], units: Sequence[Unit]) -> Placed:
    """Find stretches of the raw text in the canonical one; of equally good units the first counts.

    Raises nothing: a stretch that is empty, beyond the text, or other than its quote is None.
    """
    if len(units) > 1 and not _WIDE.search(raw):
        units = [Unit.CODE_POINTS]
    readings = [_Reading(raw, stretches, unit) for unit in units]
    best = max(readings, key=lambda reading: reading.worth)
    sure = not any(other.worth == best.worth and other.spans != best.spans for other in readings)
    return Placed(best.spans, sure)


class _Reading:
    """All stretches of a text, read in one unit."""

    def __init__(self, raw: str, stretches: Sequence[Stretch], unit: Unit) -> None:
        pairs = [found.start() for found in re.finditer("\r\n", raw)]
        text = raw.replace("\r\n", "\n").replace("\r", "\n")
        wide: list[int] = []
        if unit is Unit.UTF_16:
            wide = [found.start() + n for n, found in enumerate(_WIDE.finditer(raw))]
        halves = {offset + 1 for offset in wide}

        def ours(offset: int) -> int:
            offset -= bisect_left(wide, offset)
            return offset - bisect_left(pairs, offset)

        self.spans = [
            _proven(text, Span(ours(start), ours(end)), quote)
            if 0 <= start < end and not halves & {start, end}
            else None
            for start, end, quote in stretches
        ]
        fitting = [span for span in self.spans if span]
        whole = sum(not _cuts(text, span.start) and not _cuts(text, span.end) for span in fitting)
        self.worth = len(fitting), whole
        """How many stretches fit, and how many of them cut no word in two."""


def _proven(text: str, span: Span, quote: str | None) -> Span | None:
    if not span.start < span.end <= len(text):
        return None
    if quote is not None and _level(span.of(text)) != _level(quote):
        return None
    return span


def _level(text: str) -> str:
    """Return text as a browser may hand it back: white space of any kind is a space."""
    return " ".join(text.replace("\\n", " ").split())


def _cuts(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
