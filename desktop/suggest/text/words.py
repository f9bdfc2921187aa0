"""Paragraphs, sentences and tokens of raw text, without a parser.

All positions are code points, half-open. Nothing here knows a language beyond the way English
writes contractions and abbreviations.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.values import Span

LINE_BREAKS = "\n\r\x0b\x0c\x85\u2028\u2029"
_LINE = re.compile(f"[^{LINE_BREAKS}]+")
_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?:\b[A-Z]\.){2,}(?:-\w+)*"
    r"|\w+(?:[-.'’]\w+)*|(?<=s)['’](?=\s+\w)|[^\w\s]"
)
_CONTRACTED = re.compile(r"n['’]t$|['’](?:s|re|m|ve|ll|d)$", re.IGNORECASE)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[.!?][\"”’]*(?=[\"“]?[A-Z][a-z])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|sen|rep|gov|gen|col|lt|sgt|capt|rev|hon|jr|sr|no|vs|inc|ltd|co"
    r"|corp|etc|jan|feb|mar|apr|aug|sept|oct|nov|dec|u\.s|u\.k|e\.g|i\.e|a\.m|p\.m)|\b[A-Z])$",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"(?:^|[\s.(])[A-Z]$")
QUOTE_MARKS = frozenset("\"“”„‟«»‘’'‚‹›")


def word_set(words: str) -> frozenset[str]:
    """Return the words of a line as a set: a closed word class, written to be read."""
    return frozenset(words.split())


class Token(NamedTuple):
    """A word or mark; ``low`` is in lower case with straight apostrophes.

    ``upper`` tells whether it begins with a capital, ``quoted`` whether it is somebody's words.
    """

    start: int
    end: int
    low: str
    upper: bool
    quoted: bool = False

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.end)


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return every non-blank line of a stretch, trimmed of white space."""
    found: list[Span] = []
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        span = trimmed(text, match.start(), match.end())
        if span.start < span.end:
            found.append(span)
    return found


def trimmed(text: str, start: int, end: int, before: str = "", behind: str = "") -> Span:
    """Return the stretch without white space, and the marks named, at its ends."""
    while start < end and (text[start].isspace() or text[start] in before):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in behind):
        end -= 1
    return Span(start, end)


def sentences(text: str, within: Span, closed: Iterable[Span] = ()) -> list[Span]:
    """Return the sentences of a paragraph; a full stop inside a ``closed`` stretch ends none.

    A closed stretch (a quotation) that itself ends with a full stop ends the sentence only where
    the next word begins one: ``“No.” The vote`` but not ``“Why?” she asked``.
    """
    shut = sorted(closed)
    found: list[Span] = []
    start, place = within.start, 0
    for match in _END.finditer(text, within.start, within.end):
        stop = match.start()
        while place < len(shut) and shut[place].end <= stop:
            place += 1
        end = match.end()
        if place < len(shut) and shut[place].start <= stop:
            if shut[place].end > end:
                continue
            end = shut[place].end
        if text[stop] == "." and not _ends_sentence(text, within.start, stop, end, within.end):
            continue
        rest = text[end : end + 3].lstrip()
        if rest and rest[0].islower():
            continue
        span = trimmed(text, start, end)
        if span.start < span.end:
            found.append(span)
        start = end
    span = trimmed(text, start, within.end)
    if span.start < span.end:
        found.append(span)
    return found


def _ends_sentence(text: str, start: int, stop: int, end: int, limit: int) -> bool:
    """Tell a full stop from the dot of an abbreviation or an initial."""
    if end >= limit:
        return True
    before = text[max(start, stop - 6) : stop]
    return not (_ABBREVIATION.search(before) and _INITIAL.search(before)) and not (
        _ABBREVIATION.search(before) and not before[-1:].isupper()
    )


def tokens(
    text: str,
    within: Span,
    quoted: Sequence[Span] = (),
    marks: frozenset[int] = frozenset(),
) -> list[Token]:
    """Return the tokens of a stretch, quotation marks left out.

    Args:
        text: the article.
        within: the stretch to read.
        quoted: stretches, sorted, whose tokens are flagged ``quoted``.
        marks: positions of single marks known to be quotation marks rather than apostrophes.
    """
    found: list[Token] = []
    place = 0
    for match in _TOKEN.finditer(text, within.start, within.end):
        start, end = match.span()
        word = text[start:end]
        if end - start == 1 and word in QUOTE_MARKS:
            apostrophe = word in "'’" and found and found[-1].end == start and start not in marks
            if not apostrophe:
                continue
        while place < len(quoted) and quoted[place].end <= start:
            place += 1
        inside = place < len(quoted) and quoted[place].start <= start
        low = word.lower()
        if "'" in low or "’" in low:
            low = low.replace("’", "'")
            cut = _CONTRACTED.search(word)
            if cut and cut.start() and len(low) == len(word):
                at = cut.start()
                found.append(Token(start, start + at, low[:at], word[0].isupper(), inside))
                start, low = start + at, low[at:]
        found.append(Token(start, end, low, text[start].isupper(), inside))
    return found
