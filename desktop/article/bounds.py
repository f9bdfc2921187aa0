"""Characters, words and sentences as Unicode draws them (UAX #29, through Qt), in code points."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QTextBoundaryFinder

from db.values import Span
from desktop.article.offsets import Offsets
from desktop.article.trim import clamp, trim, trim_blanks


class Edge(StrEnum):
    """One of a span's two ends."""

    START = "start"
    END = "end"


class Unit(StrEnum):
    """How far an edge moves in one go; a character is a grapheme, so no emoji is torn."""

    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"


_KINDS = {
    Unit.CHARACTER: QTextBoundaryFinder.BoundaryType.Grapheme,
    Unit.WORD: QTextBoundaryFinder.BoundaryType.Word,
    Unit.SENTENCE: QTextBoundaryFinder.BoundaryType.Sentence,
}


class Bounds:
    """Finds the boundaries of one text; each unit is looked through once, when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets = Offsets(text)
        self._finder = cache(lambda unit: QTextBoundaryFinder(_KINDS[unit], text))

    def step(self, offset: int, unit: Unit, step: int) -> int | None:
        """Return the boundary after (1) or before (-1) an offset; None at the text's ends."""
        finder = self._finder(unit)
        finder.setPosition(self._offsets.to_qt(offset))
        found = finder.toNextBoundary() if step > 0 else finder.toPreviousBoundary()
        return None if found < 0 else self._offsets.to_code_point(found)

    def snap(self, span: Span) -> Span:
        """Return a span clamped to the text and widened so that it tears no character apart."""
        span = clamp(self._text, span)
        start, end = span.start, span.end
        if not self._at(start, Unit.CHARACTER):
            start = self.step(start, Unit.CHARACTER, -1) or 0
        if not self._at(end, Unit.CHARACTER):
            end = self.step(end, Unit.CHARACTER, 1) or len(self._text)
        return Span(start, end)

    def around(self, offset: int, unit: Unit) -> Span | None:
        """Return the word or sentence over an offset, without blanks; None between words."""
        offset = max(0, min(offset, len(self._text)))
        start = offset if self._at(offset, unit) else self.step(offset, unit, -1)
        end = self.step(offset, unit, 1)
        if end is None and offset > 0:  # the caret stands behind the last word
            start, end = self.step(offset, unit, -1), offset
        found = Span(start or 0, offset if end is None else end)
        strip = trim if unit is Unit.WORD else trim_blanks
        return strip(self._text, found)

    def move(self, span: Span, edge: Edge, unit: Unit, step: int, *, marks: bool = False) -> Span:
        """Return a span with one edge moved outwards or inwards by one unit.

        The edge leaps over blanks and (unless ``marks`` may stand at an edge) punctuation, and the
        span never becomes empty: where there is nowhere to go, it is returned as it was. A
        sentence has words in it: one never goes only over the marks at its end.
        """
        strip = trim_blanks if marks else trim
        old: int = getattr(span, edge)
        at: int | None = old
        while (at := self.step(at, unit, step)) is not None:
            moved = replace(span, **{edge.value: at})
            found = strip(self._text, moved) if moved.start < moved.end else None
            if found is None:
                return span
            new: int = getattr(found, edge)
            if (new - old) * step > 0 and (unit is not Unit.SENTENCE or self._says(old, new)):
                return found
        return span

    def _says(self, one: int, other: int) -> bool:
        return any(char.isalnum() for char in self._text[min(one, other) : max(one, other)])

    def _at(self, offset: int, unit: Unit) -> bool:
        finder = self._finder(unit)
        finder.setPosition(self._offsets.to_qt(offset))
        return finder.isAtBoundary()
