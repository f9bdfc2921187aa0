"""An article prepared for the rules: its sentences with their tokens, quotations and names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from db.values import Span, Zone, ZoneKind
from desktop.actors import same_actors
from desktop.suggest.found import Mentioned
from desktop.suggest.text.quotes import Quote, find_quotes
from desktop.suggest.text.words import Token, paragraphs, sentences, tokens

_READ = frozenset([ZoneKind.HEADLINE, ZoneKind.STANDFIRST, ZoneKind.BODY])


# "GENEVA, Friday (Reuters) —" and a live page's "14.52" say where and when, not who.
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ’'. -]+(?:,? [A-Z][\w.]+){0,3}(?: ?\([\w ]+\))? ?[—–:|-] (?=[A-ZÀ-Þ\d“\"‘'])"
    r"|\d{1,2}[.:]\d\d:? "
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, together with what is quoted in it.

    ``full`` are the quotations that make sentences of their own; their words are not among
    ``words``. The others, ``partial``, run on as part of the sentence ("called it “absurd”").
    """

    span: Span
    paragraph: int
    kind: ZoneKind
    words: tuple[Token, ...]
    full: tuple[Quote, ...]
    partial: tuple[Quote, ...]


class Names:
    """Mentions by place: which one stands at, before or inside a stretch."""

    def __init__(self, text: str, mentions: Sequence[Mentioned]) -> None:
        self.all = mentions
        self._order = sorted(range(len(mentions)), key=lambda index: mentions[index].span)
        self._starts = [mentions[index].span.start for index in self._order]
        ordered = [(mentions[i].span.of(text), mentions[i].label) for i in self._order]
        leaders = same_actors(ordered)
        self._actors = {
            index: self._order[leader] for index, leader in zip(self._order, leaders, strict=True)
        }

    def at(self, place: int) -> int | None:
        """Return the index of the mention that covers a code point."""
        where = bisect_right(self._starts, place) - 1
        if where >= 0 and self.all[self._order[where]].span.end > place:
            return self._order[where]
        return None

    def within(self, span: Span) -> list[int]:
        """Return the indices of the mentions that start inside a stretch, in order."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return self._order[first:last]

    def span(self, index: int) -> Span:
        """Return where a mention stands."""
        return self.all[index].span

    def actor(self, index: int) -> int:
        """Return the mention that stands for the same actor, the same for all of an actor's."""
        return self._actors[index]

    def label(self, index: int) -> str:
        """Return the label of a mention."""
        return self.all[index].label


@dataclass(frozen=True, slots=True)
class Reading:
    """What :func:`read` returns; ``units`` are in reading order."""

    text: str
    units: tuple[Unit, ...]
    names: Names


def read(text: str, zones: Sequence[Zone], mentions: Sequence[Mentioned]) -> Reading:
    """Cut the headline, standfirst and body into sentences, leaving the other zones out."""
    quotes = [quote for quote in find_quotes(text) if not quote.depth]
    units: list[Unit] = []
    number = place = 0
    for zone in zones:
        if zone.kind not in _READ:
            continue
        for line in paragraphs(text, zone.start, zone.end):
            while place < len(quotes) and quotes[place].span.end <= line.start:
                place += 1
            last = place
            while last < len(quotes) and quotes[last].span.start < line.end:
                last += 1
            units += _units(text, line, number, zone.kind, quotes[place:last])
            number += 1
    return Reading(text, tuple(units), Names(text, mentions))


def _units(text: str, line: Span, number: int, kind: ZoneKind, quotes: list[Quote]) -> list[Unit]:
    real = [quote for quote in quotes if not quote.scare and line.covers(quote.span)]
    marks = frozenset(place for quote in quotes for place in (quote.span.start, quote.span.end - 1))
    full = [quote for quote in real if _stands_alone(text, line, quote)]
    shut = [quote.span for quote in full]
    found: list[Unit] = []
    for span in sentences(text, line, [quote.span for quote in real]):
        inside = [quote for quote in real if span.covers(quote.span)]
        dated = _DATELINE.match(text, span.start, span.end) if span.start == line.start else None
        words = tokens(text, Span(dated.end(), span.end) if dated else span, shut, marks)
        found.append(
            Unit(
                span,
                number,
                kind,
                tuple(word for word in words if not word.quoted),
                tuple(quote for quote in inside if quote in full),
                tuple(quote for quote in inside if quote not in full),
            )
        )
    return found


def _stands_alone(text: str, line: Span, quote: Quote) -> bool:
    """Tell a quoted sentence from quoted words inside the reporter's sentence."""
    before = text[line.start : quote.span.start].rstrip()
    if not before or not quote.closed:
        return True
    if before[-1] in ".?!”\"’'":
        return True
    inner = quote.inner.of(text).lstrip("[( ")
    if not inner[:1].isupper():
        return (
            before[-1] == ","
            and inner[-1:] in ".!?"
            and text[quote.span.end : line.end].strip() == ""
        )
    return before[-1] in ":," or inner[-1:] in ".!?,"
