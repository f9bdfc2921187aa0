"""What a cue reports: the stretches of a sentence that are the content of an indirect statement."""

from __future__ import annotations

from collections.abc import Sequence

from db.values import Span
from desktop.suggest.cues import Cues
from desktop.suggest.statements.speech import Cue
from desktop.suggest.text.phrases import is_adverb, is_auxiliary
from desktop.suggest.text.quotes import Quote
from desktop.suggest.text.reading import Unit
from desktop.suggest.text.words import trimmed


class Contents:
    """Finds contents in one article."""

    def __init__(self, text: str, lex: Cues) -> None:
        self._text = text
        self._lex = lex

    def of(self, unit: Unit, cue: Cue, end: int, quotes: Sequence[Quote]) -> list[Span]:
        """Return what is said in words of the sentence itself, up to token ``end``.

        ``quotes`` are the quotations the same cue brings.
        """
        words = unit.words
        before_quote = [q for q in quotes if q.span.start > cue.span.start]
        if quotes and not before_quote:
            return []
        start, stop = cue.content, end
        if before_quote:
            while stop > start and words[stop - 1].start > before_quote[0].span.start:
                stop -= 1
        if cue.lemma == "according to":
            return self._according(unit, cue)
        said_before = self._inserted(unit, cue)
        if said_before:
            return said_before
        if cue.inverted or stop - start < 2:
            return []
        bare = not cue.that and cue.lemma in self._lex.need_that
        if bare and words[start - 1].low == ":":
            return []
        partial = any(
            words[start].start >= q.inner.start - 1 and words[start].start < q.inner.end
            for q in unit.partial
        )
        clause = any(is_auxiliary(words, p) or words[p].low == "to" for p in range(start, stop))
        if before_quote and not clause:
            return []
        if bare and not partial and not (clause and self._opens_clause(unit, start, stop)):
            return []
        if not cue.that and not partial and stop - start < 3:
            return []
        return [self._stretch(unit, start, stop)]

    def _opens_clause(self, unit: Unit, start: int, stop: int) -> bool:
        """After "claimed" without "that": a subject and its verb, not just an object."""
        words = unit.words
        if words[start].low in {"to", "for", "on", "of", "by", "in", "at", "as", "with", "from"}:
            return words[start].low == "to"
        for place in range(start, min(stop, start + 14)):
            if is_auxiliary(words, place):
                return place > start
            if words[place].low in {",", "who", "which", "that", "when", "if", "because", "as"}:
                return False
        return False

    def _inserted(self, unit: Unit, cue: Cue) -> list[Span]:
        """Read “The plan would fail, the union said” and “It would not, he added, lower …”."""
        words = unit.words
        after = cue.end
        while (
            after < len(words)
            and (is_adverb(words[after]) or words[after].low in {"on", "in"} or words[after].upper)
            and after - cue.end < 4
        ):
            after += 1
        if cue.that or (after < len(words) and words[after].low not in {",", "."}):
            return []
        first = cue.group
        if not cue.inverted:
            starts = [slot.via.start if slot.via else slot.span.start for slot in cue.sources]
            first = next(
                (p for p, word in enumerate(words) if word.start >= min(starts)), cue.group
            )
            first = min(first, cue.group)
        comma = self._comma_before(unit, first)
        goes_on = after + 1 < len(words) and is_auxiliary(words, after + 1)
        if comma is None or not (
            goes_on
            or any(is_auxiliary(words, p) or words[p].low.endswith("ed") for p in range(comma))
        ):
            return []
        spans = [self._stretch(unit, 0, comma)]
        rest = after + 1
        if (
            rest + 1 < len(words)
            and words[after].low == ","
            and not words[rest].low.endswith("ing")
        ):
            spans.append(self._stretch(unit, rest, len(words)))
        return spans

    def _comma_before(self, unit: Unit, first: int) -> int | None:
        """Return the comma between what is said and the speaker, who may have an apposition."""
        words = unit.words
        comma: int | None = None
        place = first
        while place > 0:
            place -= 1
            if words[place].low == ",":
                start = place
                while start > 0 and words[start - 1].low != ",":
                    start -= 1
                comma = place
                between = words[start:place]
                verbless = not any(is_auxiliary(words, p) for p in range(start, place))
                if start == 0 or not (verbless and any(w.low in self._lex.roles for w in between)):
                    break
            elif (
                comma is None
                and (
                    words[place].low in self._lex.titles
                    or words[place].low in {"the", "a", "an"}
                    or not words[place].upper
                )
                and first - place > 8
            ):
                return None
        return comma

    def _according(self, unit: Unit, cue: Cue) -> list[Span]:
        words = unit.words
        if cue.start <= 2:
            start = cue.end
            while start < len(words) and words[start].low != ",":
                start += 1
            return [self._stretch(unit, start + 1, len(words))] if start + 2 < len(words) else []
        stop = cue.start
        while stop > 0 and words[stop - 1].low == ",":
            stop -= 1
        first = next((p for p in range(stop - 1, 0, -1) if words[p - 1].low in {":", ";"}), 0)
        return [self._stretch(unit, first, stop)] if stop > first else []

    def _stretch(self, unit: Unit, start: int, stop: int) -> Span:
        """Return where tokens stand, with the quotation marks of theirs, without a full stop."""
        words = unit.words
        first, last = words[start].start, words[stop - 1].end
        if words[stop - 1].low == ".":
            last = words[stop - 2].end if stop - 2 >= start else last
        for quote in unit.partial:
            if quote.inner.start == first:
                first = quote.span.start
            if (
                quote.span.overlaps(Span(first, last))
                and quote.span.end > last
                and quote.span.start >= first
            ):
                last = quote.span.end
        return trimmed(self._text, first, last)
