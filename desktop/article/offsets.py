"""The one place where code points meet Qt's positions.

Python, spaCy and our files count Unicode code points; ``QTextDocument`` counts UTF-16 units, so
every character beyond U+FFFF shifts what follows by one. A document also turns some characters
into others as text goes in. :func:`paragraphs` makes those safe one for one, so that a position in
the document stays a position in the text. What is on screen is never read back: whoever needs text
takes it from the article by offset.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

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

_WORD = re.compile("[!-~]*")
_ENDLESS = 5000


class Offsets:
    """Converts between code points of ``text`` and Qt positions, in O(log n).

    >>> offsets = Offsets("a👍b")
    >>> offsets.to_qt(2), offsets.to_code_point(3)
    (3, 2)
    """

    def __init__(self, text: str) -> None:
        # Where nothing is beyond U+FFFF, which its length tells ten times as fast as a search.
        plain = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
        self._astral = [] if plain else [match.start() for match in _ASTRAL.finditer(text)]
        self._astral_qt = [start + i for i, start in enumerate(self._astral)]

    def to_qt(self, code_point: int) -> int:
        """Return the Qt position (UTF-16 units) before the code point ``code_point``."""
        return code_point + bisect_left(self._astral, code_point)

    def to_code_point(self, position: int) -> int:
        """Return the code point at a Qt position; inside a surrogate pair, the pair's own."""
        return position - bisect_left(self._astral_qt, position)


def paragraphs(text: str) -> Iterator[str]:
    """Yield what to put on screen for ``text``, line by line: as long in UTF-16, unit for unit.

    Characters a ``QTextDocument`` would swallow or rewrite are replaced, and a paragraph beyond
    3,000 code points comes in pieces, broken at a space between sentences (or between words).
    """
    for line in text.split("\n"):
        for paragraph in _RARE.sub(_substitute, line).split("\n"):
            yield from _in_pieces(paragraph) if len(paragraph) > _LONG else (paragraph,)


def is_endless(text: str) -> bool:
    """Tell whether a word of 5,000 or more ASCII characters is in a text."""
    # One so long lies on a multiple of its length: nothing else needs to be looked at.
    for at in range(0, len(text), _ENDLESS):
        before, after = text[max(at - _ENDLESS, 0) : at], text[at : at + _ENDLESS]
        if _word_length(before[::-1]) + _word_length(after) >= _ENDLESS:
            return True
    return False


def _word_length(text: str) -> int:
    found = _WORD.match(text)
    return found.end() if found else 0


def _substitute(match: re.Match[str]) -> str:
    return match[0].translate(_SUBSTITUTES)


def _in_pieces(paragraph: str) -> Iterator[str]:
    start = 0
    while len(paragraph) - start > _STRETCH:
        found = _SENTENCE_END.search(paragraph, start + _STRETCH // 2, start + _STRETCH)
        cut = found.start() if found else paragraph.find(" ", start + _STRETCH)
        if cut < 0:
            break
        yield paragraph[start:cut]
        start = cut + 1
    yield paragraph[start:]
