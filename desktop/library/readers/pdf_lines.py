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
from collections.abc import Iterable
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
_EDGE = 2  # lines of a page's head and foot
_OTHER_SIZE, _OTHER_GAP, _SET_IN, _SHORT = 0.12, 1.3, 0.7, 0.12
_HYPHENS = "-\u2010\u00ad"


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a page: where it stands, in points from the lower left corner.

    ``broken`` says that it ends within a word, at a hyphen that is not in ``text``.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    broken: bool = False

    @property
    def height(self) -> float:
        """The height of its letters, by which sizes of type are told apart."""
        return self.top - self.bottom


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
        leading: the usual distance of lines, in heights of letters.
        edge: the right edge of the column that ``last`` stands in; None if on another page.
    """
    height = max(last.height, line.height, 1.0)
    if last.broken:
        return False
    if abs(last.height - line.height) > _OTHER_SIZE * height or _BULLET.match(line.text):
        return True
    down = last.top - line.top
    if edge is None or down < -height / 2:  # another page, or the top of another column
        return bool(_SENTENCE_END.search(last.text))
    if down < height / 2:  # the same height: another column, or the same line in pieces
        return line.left > last.right + 3 * height
    if down > _OTHER_GAP * leading * height:
        return True
    if line.left > last.left + _SET_IN * height and line.left < last.right:
        return True
    width = max(edge - last.left, 1.0)
    short = last.right < edge - _SHORT * width
    return short and bool(_SENTENCE_END.search(last.text))


def _leading(pages: list[list[Line]]) -> float:
    """Return the usual distance from line to line, in heights of letters."""
    steps = [
        round((above.top - below.top) / above.height, 2)
        for page in pages
        for above, below in pairwise(page)
        if above.height > 1
        and abs(above.height - below.height) <= _OTHER_SIZE * above.height
        and above.height / 2 < above.top - below.top < 4 * above.height
    ]
    if not steps:
        return 1.5
    (usual, times), *_ = Counter(steps).most_common(1)
    return usual if times > len(steps) / 4 else median(steps)


def _right_edges(page: list[Line]) -> dict[Line, float]:
    """Return, for each line, how far the lines that begin where it does go."""
    furthest: dict[int, float] = {}
    for line in page:
        for column in _columns(line):
            furthest[column] = max(furthest.get(column, 0.0), line.right)
    return {line: max(furthest[column] for column in _columns(line)) for line in page}


def _columns(line: Line) -> Iterable[int]:
    """Return the stretches of the page's width that a line may be said to begin in."""
    step = 24
    return {int(line.left // step), int((line.left + step / 2) // step)}


def _without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Leave out what repeats at the heads and feet of the pages, and their numbers."""
    if len(pages) < 2:
        return pages
    edges = [_edges(page) for page in pages]
    seen = Counter(key for page in edges for key in {_alike(line) for line in page})
    enough = max(2, len(pages) / 2)
    return [
        [
            line
            for line in page
            if line not in edge
            or (seen[_alike(line)] < enough and not _PAGE_NUMBER.fullmatch(line.text))
        ]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _edges(page: list[Line]) -> set[Line]:
    down = sorted(page, key=lambda line: -line.top)
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
    first, second = re.search(r"[\w-]*$", text), re.match(r"\w+", head)
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
