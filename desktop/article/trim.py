"""Spans without the blanks and marks at their edges: what a hand grabs too much is let go.

A leading article or a title is the guideline's matter and stays; only characters that no name
begins or ends with are dropped.
"""

from __future__ import annotations

import re
from unicodedata import category

from db.values import Span

_UNSEEN = frozenset("\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")
_OPENS = frozenset("#@§&")  # "#MeToo", "@NATO", "§ 218"
_CLOSES = frozenset("%‰")  # "5.4%"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_OPENERS = {opener: closer for closer, opener in _PAIRS.items()}
_INITIALS = re.compile(r"(?<!\w)(?:\w\.){2,}$")  # the stop of "the U.S."


def clamp(text: str, span: Span) -> Span:
    """Return the part of a span that lies in the text, its ends in order."""
    start, end = sorted((span.start, span.end))
    return Span(max(0, min(start, len(text))), max(0, min(end, len(text))))


def trim_blanks(text: str, span: Span) -> Span | None:
    """Return a span, clamped to the text, without blanks at its edges; None if nothing is left."""
    span = clamp(text, span)
    start, end = span.start, span.end
    while start < end and _blank(text[start]):
        start += 1
    while start < end and _blank(text[end - 1]):
        end -= 1
    return Span(start, end) if start < end else None


def trim(text: str, span: Span) -> Span | None:
    """Return a span without blanks and punctuation at its edges; None if nothing is left.

    Kept are marks that belong to a name: a closing bracket whose opening one is inside, the stop
    of initials ("U.S."), a percent sign, "#" and "@" in front.
    """
    found = trim_blanks(text, span)
    while found is not None:
        start, end = found.start, found.end
        if _loose_start(text, found):
            start += 1
        elif _loose_end(text, found):
            end -= 1
        else:
            return found
        found = trim_blanks(text, Span(start, end))
    return None


def _blank(char: str) -> bool:
    return char.isspace() or char in _UNSEEN or category(char) == "Cc"


def _loose_start(text: str, span: Span) -> bool:
    char = text[span.start]
    if not _mark(char) or char in _OPENS:
        return False
    closer = _OPENERS.get(char)
    return closer is None or closer not in text[span.start + 1 : span.end - 1]


def _loose_end(text: str, span: Span) -> bool:
    char = text[span.end - 1]
    if not _mark(char) or char in _CLOSES:
        return False
    if char == "." and _INITIALS.search(text, span.start, span.end):
        return False
    opener = _PAIRS.get(char)
    return opener is None or opener not in text[span.start : span.end - 1]


def _mark(char: str) -> bool:
    kind = category(char)
    return kind[0] == "P" and kind != "Pc"
