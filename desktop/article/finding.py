"""Finding words in a text: whatever their case and accents, unless asked for exactly."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from db.values import Span

_SAME = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "ς": "σ", "–": "-", "—": "-"}
_FEW = 80  # letters to be replaced one after another; more are done faster in one go
_MARK = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
                   "\u06d6-\u06ed\u0900-\u0903\u093c\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
                   "\ufe00-\ufe0f\ufe20-\ufe2f]")  # fmt: skip
"""Accents, vowel points and the like that stand for themselves behind their letter."""


class Hits:
    """Where words stand in a text, in order."""

    def __init__(self, starts: list[int], length: int, places: Sequence[int] | None) -> None:
        self._starts, self._length, self._places = starts, length, places

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> Span:
        start = self._starts[number]
        return Span(self._place(start), self._place(start + self._length))

    def after(self, offset: int) -> int:
        """Return how many hits start before an offset."""
        return bisect_left(self._starts, offset, key=self._place)

    def first_from(self, offset: int) -> int:
        """Return the number of the first hit at or after an offset; past the last, the first."""
        at = self.after(offset)
        return at if at < len(self) else 0

    def last_before(self, offset: int) -> int:
        """Return the number of the last hit before an offset; before the first, the last."""
        return (self.after(offset) - 1) % len(self)

    def between(self, start: int, end: int) -> Iterator[Span]:
        """Yield the hits that meet ``[start, end)``."""
        first = bisect_right(self._starts, start, key=lambda at: self._place(at + self._length))
        for number in range(first, len(self._starts)):
            if (span := self[number]).start >= end:
                return
            yield span

    def _place(self, at: int) -> int:
        return at if self._places is None else self._places[at]


NOTHING = Hits([], 0, None)


class Findable:
    """A text made ready to be searched again and again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bare = text
        self._places: Sequence[int] | None = None
        if marks := [match.start() for match in _MARK.finditer(text)]:
            gone = set(marks)
            self._places = [at for at in range(len(text) + 1) if at not in gone]
            self._bare = _MARK.sub("", text)
        self._ready: dict[bool, str] = {}

    def find(self, words: str, *, case: bool = False, whole: bool = False) -> Hits:
        """Return where ``words`` stand.

        Accents, the shape of quotation marks and the kind of white space never count; capitals
        count with ``case``. ``whole`` finds whole words only.
        """
        needle = _plain(_MARK.sub("", unicodedata.normalize("NFC", words)), case=case)
        if not needle:
            return NOTHING
        if case not in self._ready:
            self._ready[case] = _plain(self._bare, case=case)
        text = self._ready[case]
        starts = [match.start() for match in re.finditer(re.escape(needle), text)]
        if whole:
            starts = [at for at in starts if _is_whole(text, at, at + len(needle))]
        return Hits(starts, len(needle), self._places)


def _plain(text: str, *, case: bool) -> str:
    """Return a text without differences that do not count, character for character."""
    if not case:
        text = text.replace("İ", "I").lower()
    letters = {each: plain for each in set(text) if (plain := _bare(each)) != each}
    if len(letters) > _FEW:
        return text.translate({ord(each): plain for each, plain in letters.items()})
    for each, plain in letters.items():
        text = text.replace(each, plain)
    return text


def _bare(letter: str) -> str:
    if letter.isascii():
        return " " if letter in "\t\n\r\v\f" else letter
    if letter.isspace():
        return " "
    parts = unicodedata.normalize("NFD", letter)
    bare = len(parts) > 1 and all(unicodedata.combining(each) for each in parts[1:])
    return parts[0] if bare else _SAME.get(letter, letter)


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
