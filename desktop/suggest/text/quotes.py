"""Quotations in raw text: curly, straight, mismatched, nested, running over paragraphs, unclosed.

A mark is read by its neighbours: it may open where nothing stands right before it, and close where
nothing stands right after it. Doubles close doubles and singles singles, whatever their shape, for
newsrooms mix “ and ". An apostrophe is a single mark between letters, before a decade, or in a
paragraph with no partner for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.values import Span
from desktop.suggest.text.words import paragraphs, trimmed

_DOUBLE = frozenset('"“”„‟«»')
_SINGLE = frozenset("'‘’‚‹›")
_MARK = re.compile("[\"“”„‟«»'‘’‚‹›]")
_BEFORE_OPENING = frozenset("([{—–-/:;,…>\"“„«'‘")
_AFTER_CLOSING = frozenset(")]}—–-/:;,.!?…<\"”’»'")
_ELISION = re.compile(r"['’‘](?:\d|(?:em|til|cause|tis|twas|bout|round|n)\b)", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_LEADS_IN = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|as|it|them|him|her|a|an)|[:,])\s*$", re.IGNORECASE
)
_SO_CALLED = re.compile(
    r"\b(?:so-called|known as|dubbed|nicknamed|called the|titled|entitled)\s*$", re.I
)
_SCARE_WORDS = 4


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """One quotation.

    ``span`` includes the marks, ``inner`` is what is quoted. ``closed`` is false where the closing
    mark is missing; the quotation then runs to the end of its paragraph, and ``continues`` tells
    that the next paragraph opens again. ``depth`` is 0 for an outermost quotation. ``scare`` marks
    a few words set off as a name or in irony, which quote nobody.
    """

    span: Span
    inner: Span
    closed: bool
    continues: bool
    depth: int
    scare: bool


@dataclass(slots=True)
class _Open:
    start: int
    double: bool


def find_quotes(text: str) -> list[Quote]:
    """Return all quotations of a text in reading order, an outer one before those within it.

    Marks with nothing between them quote nothing.
    """
    lines = paragraphs(text)
    found: list[Quote] = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        if _MARK.search(text, line.start, line.end):
            quotes = _in_paragraph(text, line, following)
            found += [quote for quote in quotes if quote.inner.start < quote.inner.end]
    found.sort(key=lambda quote: (quote.span.start, -quote.span.end))
    return found


def _in_paragraph(text: str, line: Span, following: Span | None) -> list[Quote]:
    stack: list[_Open] = []
    found: list[Quote] = []
    places = [
        m.start()
        for m in _MARK.finditer(text, line.start, line.end)
        if not _inside_word(text, m.start(), line)
    ]
    # The last mark that a single one may find its partner in, and the last that can be no other.
    partners = [o for o in places if text[o] in "'’" and _may_close(text, o, line)]
    partner = partners[-1] if partners else -1
    sure = next((o for o in reversed(partners) if not _may_open(text, o, line)), -1)
    for place in places:
        double = text[place] in _DOUBLE
        is_open = any(entry.double is double for entry in stack)
        opens, closes = _may_open(text, place, line), _may_close(text, place, line)
        if is_open and closes and (text[place] not in "“„«‘" or not opens):
            if not double and sure > place and _plural_possessive(text, place):
                continue
            while stack:  # what was opened inside and never closed was no quotation
                entry = stack.pop()
                if entry.double is double:
                    found.append(_quote(text, line, entry, place + 1, len(stack), closed=True))
                    break
        elif opens and (not is_open or text[place] in "“„«"):
            if is_open:  # opened again without having been closed: the first runs up to here
                while stack and stack[-1].double is not double:
                    stack.pop()
                entry = stack.pop()
                found.append(_quote(text, line, entry, place, len(stack), closed=False))
            if double or partner > place or _opens_again(text, place, line, following):
                stack.append(_Open(place, double))
    for depth, entry in enumerate(stack):
        if not entry.double and depth:
            continue
        continues = following is not None and _reopens(text, following.start, entry.double)
        found.append(_quote(text, line, entry, line.end, depth, closed=False, continues=continues))
    return found


def _quote(
    text: str,
    line: Span,
    entry: _Open,
    end: int,
    depth: int,
    *,
    closed: bool,
    continues: bool = False,
) -> Quote:
    end_inner = end - 1 if closed else end
    while not closed and end_inner > entry.start + 1 and text[end_inner - 1].isspace():
        end_inner -= 1
    span = Span(entry.start, max(end if closed else end_inner, entry.start + 1))
    inner = trimmed(text, entry.start + 1, max(end_inner, entry.start + 1))  # « as in French »
    scare = closed and _is_scare(text, line, span, inner)
    return Quote(span, inner, closed, continues, depth, scare)


def _inside_word(text: str, place: int, line: Span) -> bool:
    """Tell an apostrophe: within a word, before a decade, or in 'em."""
    if place == line.start:
        return bool(text[place] in _SINGLE and _ELISION.match(text, place))
    before = text[place - 1]
    after = text[place + 1] if place + 1 < line.end else " "
    if text[place] in _SINGLE:
        return (before.isalnum() and after.isalnum()) or (
            not before.isalnum() and bool(_ELISION.match(text, place))
        )
    return False


def _may_open(text: str, place: int, line: Span) -> bool:
    after = text[place + 1] if place + 1 < line.end else " "
    if after.isspace():
        return False
    if place == line.start:
        return True
    before = text[place - 1]
    return (
        before.isspace()
        or before in _BEFORE_OPENING
        or (text[place] in "“„«" and not before.isalnum())
    )


def _may_close(text: str, place: int, line: Span) -> bool:
    if place == line.start:
        return False
    before = text[place - 1]
    after = text[place + 1] if place + 1 < line.end else " "
    if text[place] in "”»" or (text[place] == '"' and not before.isspace()):
        return True
    return not before.isspace() and (after.isspace() or after in _AFTER_CLOSING)


def _plural_possessive(text: str, place: int) -> bool:
    """Tell “the workers' rights” inside single marks: s before, a word after."""
    return text[place - 1] in "sS" and text[place + 1 : place + 3].strip()[:1].isalpha()


def _opens_again(text: str, place: int, line: Span, following: Span | None) -> bool:
    """Tell a single mark without a partner whose paragraph and the next one begin with one."""
    return (
        place == line.start
        and following is not None
        and _reopens(text, following.start, double=False)
    )


def _reopens(text: str, start: int, double: bool) -> bool:
    return text[start] in ('"“„«' if double else "'‘")


def _is_scare(text: str, line: Span, span: Span, inner: Span) -> bool:
    """Tell a name or a term set off by marks from words somebody said.

    Few words, no stop or comma of their own, and going on as part of the sentence around them.
    """
    content = inner.of(text)
    words = _WORD.findall(content)
    if not words or len(words) > _SCARE_WORDS or content.rstrip()[-1:] in ".,!?…":
        return False
    before = text[max(line.start, span.start - 24) : span.start]
    if _SO_CALLED.search(before):
        return True
    if len(words) > 1 and all(word[0].isupper() for word in words if len(word) > 3):
        return True
    if _LEADS_IN.search(before) and not before.rstrip().endswith(","):
        return False
    return text[span.end : span.end + 2].strip()[:1].isalpha() and not re.match(
        r"\s+(?:and|or|but|by|in|at|on|to|for|he|she|they|said|says|after|when)\b",
        text[span.end : line.end],
    )
