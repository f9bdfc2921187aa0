"""A name, number or time found in a text, and the bounds such a thing has here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from db.values import Origin, Span
from desktop.suggest.names.lexicon import titles

UNSCORED = 0.5
"""The score of a mention that nothing has weighed yet."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named at ``span``; ``score`` is the probability, 0 to 1, of being exactly right."""

    span: Span
    label: str
    score: float
    origin: Origin

    def moved(self, by: int) -> Mention:
        """Return the mention so many code points further on."""
        return replace(self, span=Span(self.span.start + by, self.span.end + by))


_LEADING = re.compile(r"(?:the|a|an)\s+|(?:1[5-9]|20)\d\d\s+|[\s\"“”‘'(\[–—,;:]+", re.IGNORECASE)
_TRAILING = re.compile(r"['’]s?$|[\s\"“”’')\],;:–—]+$")
_BREAK = re.compile(r"\s*[|•·\n\t]")  # no name goes on behind one


def trimmed_name(text: str, span: Span) -> Span | None:
    """Return the span without article, titles and year in front and without a possessive behind.

    ``None`` where nothing is left: a title standing alone ("the Home Secretary") is no name.
    """
    start, end = span.start, span.end
    if broken := _BREAK.search(text, start + 1, end):
        end = broken.start()
    while start < end:
        if leading := _LEADING.match(text, start, end):
            start = leading.end()
        elif title := titles().at(text, start, end):
            start = title
        else:
            break
    while start < end and (trailing := _TRAILING.search(text, start, end)):
        end = trailing.start()
    return Span(start, end) if start < end else None


def without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions sorted; of two that overlap the earlier stays, there the longer."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if not kept or kept[-1].span.end <= mention.span.start:
            kept.append(mention)
    return kept
