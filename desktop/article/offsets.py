"""The one place where code points meet Qt's positions.

Python, spaCy and our files count Unicode code points; ``QTextDocument`` counts UTF-16 units, so
every character beyond U+FFFF shifts what follows by one. A document also turns some characters
into others as text goes in. :func:`for_display` makes those safe one for one, so that a position in
the document stays a position in the text. What is on screen is never read back: whoever needs text
takes it from the article by offset.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")

# A document ends a paragraph at \r and U+2029 and drops one of \r\n; it keeps U+FDD0 and U+FDD1 for
# its frames and U+FFFC for images; a byte order mark in front is lost on the way to a QString; the
# other controls have no glyph, but U+2400 and what follows are pictures of them.
_SUBSTITUTES = str.maketrans(
    {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
    | {0x7F: "\u2421"}
    | dict.fromkeys(range(0x80, 0xA0), "\ufffd")
    | {"\r": " ", "\v": " ", "\f": " ", "\x85": " ", "\u2029": "\n", "\ufeff": "\u200b"}
    | dict.fromkeys([0xFDD0, 0xFDD1, 0xFFFC, 0xFFFE, *range(0xD800, 0xE000)], "\ufffd")
)

# All of them, ten times as fast as ``translate`` looks; as ranges, or it would be slow to compile.
_RARE = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f\u2029\ud800-\udfff\ufdd0\ufdd1\ufeff\ufffc\ufffe]")

# A layout lays a paragraph out whole, so one of 50,000 words would stall the window at each change.
_SENTENCE_END = re.compile(r"(?<=[.!?…”\"'’»)]) (?=\S)")
_LONG = 3000
_STRETCH = 2000


class Offsets:
    """Converts between code points of ``text`` and Qt positions, in O(log n).

    >>> offsets = Offsets("a👍b")
    >>> offsets.to_qt(2), offsets.to_code_point(3)
    (3, 2)
    """

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]
        self._astral_qt = [start + i for i, start in enumerate(self._astral)]

    def to_qt(self, code_point: int) -> int:
        """Return the Qt position (UTF-16 units) before the code point ``code_point``."""
        return code_point + bisect_left(self._astral, code_point)

    def to_code_point(self, position: int) -> int:
        """Return the code point at a Qt position; inside a surrogate pair, the pair's own."""
        return position - bisect_left(self._astral_qt, position)


def for_display(text: str) -> str:
    """Return what to put on screen for ``text``: as long in UTF-16, unit for unit.

    Characters a ``QTextDocument`` would swallow or rewrite are replaced, and a paragraph beyond
    3,000 code points is shown in pieces, broken at a space between sentences (or between words).
    """
    paragraphs = _RARE.sub(_substitute, text).split("\n")
    return "\n".join(_in_pieces(p) if len(p) > _LONG else p for p in paragraphs)


def _substitute(match: re.Match[str]) -> str:
    return match[0].translate(_SUBSTITUTES)


def _in_pieces(paragraph: str) -> str:
    pieces: list[str] = []
    start = 0
    while len(paragraph) - start > _STRETCH:
        found = _SENTENCE_END.search(paragraph, start + _STRETCH // 2, start + _STRETCH)
        cut = found.start() if found else paragraph.find(" ", start + _STRETCH)
        if cut < 0:
            break
        pieces.append(paragraph[start:cut])
        start = cut + 1
    pieces.append(paragraph[start:])
    return "\n".join(pieces)
