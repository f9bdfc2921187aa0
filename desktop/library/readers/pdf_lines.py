"""Lines as they stand on the pages of a PDF, made flowing text again.

A PDF knows where characters stand, not what belongs together. So a paragraph ends where the next
line stands further down than usual, is set in or set in another size, or where a line ends a
sentence short of the margin. Words broken at a line's end are mended as the document writes them
elsewhere. What repeats at the head or foot of the pages, and page numbers, are the paper's, not
the article's.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.|pág\.)?\s*\d{1,4}(?:\s*(?:/|of|von|de|sur)\s*\d{1,4})?\W*", re.I
)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$|[”»]$")
_BULLET = re.compile(r"[•‣▪◦■●–—]\s")
_WORD = re.compile(r"\w+(?:-\w+)*")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_BROWSER_FOOT = re.compile(r"((?:https?|file)://\S+) \d{1,4}/\d{1,4}")
_BROWSER_HEAD = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d\d.*")
_COLUMN = 24  # points
_LONGEST_NUMBER = 30  # code points of “– Page 3 of 120 –”
_LONGEST_WORD = 80
_EDGE = 2  # lines of a page's head and foot
_OTHER_SIZE, _OTHER_GAP, _SET_IN, _SHORT = 0.12, 1.3, 0.7, 0.12
_HYPHENS = "-\u2010\u00ad"


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a page: where it stands, in points from the lower left corner.

    ``base`` is the line its letters stand on, ``size`` that of its type; ``broken`` says that it
    ends within a word, at a hyphen that is not in ``text``.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    broken: bool = False


def flowing(pages: list[list[Line]]) -> str:
    """Return the text of the pages, a paragraph a line."""
    pages = _without_furniture(pages)
    lines = [line for page in pages for line in page]
    if not lines:
        return ""
    words = Counter(_WORD.findall(" ".join(line.text for line in lines).casefold()))
    leading = _leading(pages)
    paragraphs: list[list[Line]] = []
    last: Line | None = None
    for page in pages:
        edge = _right_edges(page)
        for line in page:
            if last is None or _begins(last, line, leading, edge.get(last)):
                paragraphs.append([line])
            else:
                paragraphs[-1].append(line)
            last = line
    return "\n".join(_joined(paragraph, words) for paragraph in paragraphs).translate(_LIGATURES)


def _begins(last: Line, line: Line, leading: float, edge: float | None) -> bool:
    """Whether a line begins a paragraph.

    Args:
        last: the line before it.
        line: the line.
        leading: the usual distance of lines, in sizes of letters.
        edge: the right edge of the column that ``last`` stands in; None if on another page.
    """
    size = max(last.size, line.size, 1.0)
    if last.broken:
        return False
    if abs(last.size - line.size) > _OTHER_SIZE * size or _BULLET.match(line.text):
        return True
    down = last.base - line.base
    if edge is None or down < -size / 2:  # another page, or the top of another column
        return bool(_SENTENCE_END.search(last.text))
    if down < size / 2:  # as high: another column, or the same line in pieces
        return line.left > last.right + 3 * size
    if down > _OTHER_GAP * leading * size:
        return True
    if line.left > last.left + _SET_IN * size and line.left < last.right:
        return True
    width = max(edge - last.left, 1.0)
    short = last.right < edge - _SHORT * width
    return short and bool(_SENTENCE_END.search(last.text))


def _leading(pages: list[list[Line]]) -> float:
    """Return the usual distance from line to line, in sizes of letters."""
    steps = [
        round((above.base - below.base) / above.size, 2)
        for page in pages
        for above, below in pairwise(page)
        if above.size > 1
        and abs(above.size - below.size) <= _OTHER_SIZE * above.size
        and above.size / 2 < above.base - below.base < 4 * above.size
    ]
    if not steps:
        return 1.5
    (usual, times), *_ = Counter(steps).most_common(1)
    return usual if times > len(steps) / 4 else median(steps)


def _right_edges(page: list[Line]) -> dict[Line, float]:
    """Return, for each line, how far those of its size go that begin where it does."""
    furthest: dict[tuple[int, int], float] = {}
    for line in page:
        for column in _columns(line):
            furthest[column] = max(furthest.get(column, 0.0), line.right)
    return {line: max(furthest[column] for column in _columns(line)) for line in page}


def _columns(line: Line) -> set[tuple[int, int]]:
    """Return the stretches of the page that a line may be said to begin in, and its size."""
    return {(int((line.left + shift) // _COLUMN), round(line.size)) for shift in (0, _COLUMN / 2)}


def _without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Leave out what repeats at the heads and feet of the pages, and their numbers."""
    edges = [_edges(page) for page in pages]
    seen = Counter(key for page in edges for key in {_alike(line) for line in page})
    enough = max(2, len(pages) / 2)
    printed = printed_from(pages) is not None

    def belongs(line: Line) -> bool:
        """Whether a line at a page's edge is the article's."""
        if printed and (_BROWSER_HEAD.fullmatch(line.text) or _BROWSER_FOOT.fullmatch(line.text)):
            return False
        short = len(line.text) <= _LONGEST_NUMBER
        numbered = len(pages) > 1 and short and _PAGE_NUMBER.fullmatch(line.text)
        return seen[_alike(line)] < enough and not numbered

    return [
        [line for line in page if line not in edge or belongs(line)]
        for page, edge in zip(pages, edges, strict=True)
    ]


def printed_from(pages: list[list[Line]]) -> str | None:
    """Return the address a browser printed below each page; None if no browser did."""
    for page in pages:
        for line in _edges(page):
            if found := _BROWSER_FOOT.fullmatch(line.text):
                return found[1]
    return None


def _edges(page: list[Line]) -> set[Line]:
    down = sorted(page, key=lambda line: -line.base)
    return {*down[:_EDGE], *down[-_EDGE:]}


def _alike(line: Line) -> str:
    """Return what is the same in a running head on every page: all but the numbers."""
    return re.sub(r"\d+", "#", line.text)


def _joined(lines: list[Line], words: Counter[str]) -> str:
    text, broken = "", False
    for line in lines:
        head = line.text
        if broken:
            text = _mended(text, head, words)
        elif text and _spaced(text[-1], head[0]):
            text = f"{text} {head}"
        else:
            text += head
        broken = line.broken or (text[-1] in _HYPHENS and text[-2:-1].isalpha())
        if broken and text[-1] in _HYPHENS:
            text = text[:-1]
    return text + "-" if broken else text


def _mended(text: str, head: str, words: Counter[str]) -> str:
    """Put the two halves of a broken word together, with its hyphen if it has one anyway."""
    first, second = re.search(r"[\w-]*$", text[-_LONGEST_WORD:]), re.match(r"\w+", head)
    if not first or not second:
        return f"{text}-{head}"
    whole, hyphened = first[0] + second[0], f"{first[0]}-{second[0]}"
    if words[whole.casefold()]:
        return text + head
    # A capital or a digit does not go on a word.
    if words[hyphened.casefold()] or not second[0][0].islower():
        return f"{text}-{head}"
    return text + head


def _spaced(before: str, after: str) -> bool:
    """Whether two lines are joined with a space: not in Chinese and Japanese."""
    return not (ord(before) >= 0x2E80 and ord(after) >= 0x2E80 and ord(before) < 0xAC00)
