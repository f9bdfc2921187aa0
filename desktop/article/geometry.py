"""Where stretches of text lie on screen: lines and pieces of lines, in the viewport's pixels."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF, QTextBlock, QTextFormat, QTextLine
from PySide6.QtWidgets import QTextEdit

from db.values import Span
from desktop.article.offsets import Offsets

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

ASCENDER = 0.76
"""How far Latin letters reach above the baseline, as a share of their size."""
CELL = 4
"""Pixels: how finely it is looked at what is black on a line."""


class Piece(NamedTuple):
    """The part of a span that lies on one line.

    ``size`` is the letters' size in pixels, ``height`` the distance from line to line.
    """

    left: float
    right: float
    baseline: float
    ascent: float
    descent: float
    size: float
    height: float

    def letters(self, x: float = 0, y: float = 0) -> QRectF:
        """Return the box from ascenders to descenders, grown by ``x`` and ``y`` on either side."""
        top = self.baseline - self.ascent - y
        height = self.ascent + self.descent + 2 * y
        return QRectF(self.left - x, top, self.right - self.left + 2 * x, height)

    def line(self, x: float = 0) -> QRectF:
        """Return the box that is as high as the line, so that boxes of neighbouring lines meet."""
        return self.letters(x, (self.height - self.ascent - self.descent) / 2)


class Ink(NamedTuple):
    """The box round what is black of a glyph."""

    left: float
    top: float
    right: float
    bottom: float


# Of each font, by the glyph's number: where it lies on a baseline that begins at nought.
_INKS: defaultdict[tuple[str, str, float], dict[int, Ink]] = defaultdict(dict)


class Skyline(NamedTuple):
    """How far up and down the letters of a line reach, for each :data:`CELL` along it.

    Where there are none, up to an ascender's height and down to the baseline.
    """

    tops: list[float]
    bottoms: list[float]


def cells(left: float, right: float, count: int) -> range:
    """Return which of so many cells lie between two places."""
    first = max(int(left) // CELL, 0)
    return range(first, min(int(max(right, left)) // CELL + 1, count))


@dataclass(eq=False)
class _Line:
    start: int  # Qt positions, as are all in this class
    end: int
    line: QTextLine
    block: int
    origin: QPointF
    size: float
    height: float
    both_ways: bool
    leftwards: bool

    def meets(self, top: float, bottom: float) -> bool:
        """Tell whether the line, or what belongs to it, lies between two heights."""
        y = self.origin.y() + self.line.y()
        # Chips and underlines reach a little beyond their own line.
        return y + 2 * self.height > top and y - self.height < bottom

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        first, last = start - self.block, end - self.block
        ascent, descent = self.line.ascent(), self.line.descent()
        x, baseline = self.origin.x(), self.baseline
        for left, right in self._extents(first, last):
            yield Piece(x + left, x + right, baseline, ascent, descent, self.size, self.height)

    def ink(self) -> Iterator[Ink]:
        """Yield what the glyphs themselves cover."""
        x, y = self.origin.x(), self.origin.y()
        for run in self.line.glyphRuns():
            font = run.rawFont()
            known = _INKS[font.familyName(), font.styleName(), font.pixelSize()]
            for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
                if (ink := known.get(glyph)) is None:
                    box = font.boundingRect(glyph)
                    sides = box.left(), box.top(), box.right(), box.bottom()
                    ink = known[glyph] = Ink(*sides)
                left, top, right, bottom = ink
                if left < right:
                    at, on = x + place.x(), y + place.y()
                    yield Ink(left + at, top + on, right + at, bottom + on)

    @cached_property
    def baseline(self) -> float:
        return self.origin.y() + self.line.y() + self.line.ascent()

    @cached_property
    def whole(self) -> Piece:
        line, x = self.line, self.origin.x() + self.line.x()
        ends = x, x + line.naturalTextWidth()
        rest = line.ascent(), line.descent(), self.size, self.height
        return Piece(*ends, self.baseline, *rest)

    def _extents(self, first: int, last: int) -> list[tuple[float, float]]:
        if not self.both_ways:
            # Past the last letter there may be a space that hangs over the edge.
            end = self.line.x() + self.line.naturalTextWidth()
            return [(_x(self.line, first), min(_x(self.line, last), end))]
        # Where a line runs both ways, a stretch may be torn; only its glyphs know where they are.
        torn: list[tuple[float, float]] = []
        for run in self.line.glyphRuns(first, last - first):
            advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
            places = [
                (p.x(), p.x() + a.x()) for p, a in zip(run.positions(), advances, strict=True)
            ]
            torn.append((min(p[0] for p in places), max(p[1] for p in places)))
        return _merged(torn)


class Lines:
    """The lines on screen, and what lies on them: true until one of them moves."""

    def __init__(self, edit: QTextEdit, offsets: Offsets) -> None:
        self._offsets = offsets
        self._scroll = QPointF(edit.horizontalScrollBar().value(), edit.verticalScrollBar().value())
        self.width = edit.viewport().width()
        self._lines = list(self._find(edit, 0, edit.viewport().height()))
        self._starts = [line.start for line in self._lines]
        self._baselines = [line.baseline for line in self._lines]
        self._pieces: dict[Span, list[Piece]] = {}
        self._skylines: dict[float, Skyline] = {}
        self.extent = self._extent(self._lines)
        """The code points on these lines."""

    def between(self, top: float, bottom: float) -> Span:
        """Return the code points on the lines that have a part, or may draw one, there."""
        return self._extent([line for line in self._lines if line.meets(top, bottom)])

    def _extent(self, lines: list[_Line]) -> Span:
        if not lines:
            return Span(0, 0)
        code_point = self._offsets.to_code_point
        return Span(code_point(lines[0].start), code_point(lines[-1].end))

    def pieces(self, span: Span) -> list[Piece]:
        """Return where a span lies on these lines, top to bottom; empty if it is elsewhere."""
        if (known := self._pieces.get(span)) is None:
            known = self._pieces[span] = list(self._cut(span))
        return known

    def _cut(self, span: Span) -> Iterator[Piece]:
        start, end = self._offsets.to_qt(span.start), self._offsets.to_qt(span.end)
        first = max(bisect_right(self._starts, start) - 1, 0)
        for line in self._lines[first : bisect_left(self._starts, end)]:
            if line.end > start:
                yield from line.pieces(max(start, line.start), min(end, line.end))

    def level_at(self, y: float) -> float | None:
        """Return the height of the middle of the letters on the line nearest to a height."""
        middles = (line.whole.letters().center().y() for line in self._lines)
        return min(middles, key=lambda middle: abs(middle - y), default=None)

    def above(self, piece: Piece) -> Piece | None:
        """Return the whole line above the one a piece is on, if it is on screen and has letters."""
        at = self._at(piece)
        return self._lines[at - 1].whole if at else None

    def ink(self, piece: Piece) -> list[Ink]:
        """Return what all glyphs cover on the line a piece is on: what is really black there."""
        return list(self._lines[self._at(piece)].ink())

    def skyline(self, piece: Piece) -> Skyline:
        """Return how far the glyphs reach on the line a piece is on, all along it."""
        if (known := self._skylines.get(piece.baseline)) is not None:
            return known
        count = max(int(self.width) // CELL, 1)
        tops = [piece.baseline - ASCENDER * piece.size] * count
        bottoms = [piece.baseline] * count
        for left, top, right, bottom in self.ink(piece):
            for cell in cells(left, right, count):
                if top < tops[cell]:
                    tops[cell] = top
                if bottom > bottoms[cell]:
                    bottoms[cell] = bottom
        known = self._skylines[piece.baseline] = Skyline(tops, bottoms)
        return known

    def runs_leftwards(self, piece: Piece) -> bool:
        """Tell whether the paragraph a piece is in runs from right to left."""
        return self._lines[self._at(piece)].leftwards

    def _at(self, piece: Piece) -> int:
        return bisect_left(self._baselines, piece.baseline - 0.5)

    def _find(self, edit: QTextEdit, top: float, bottom: float) -> Iterator[_Line]:
        layout, scroll = edit.document().documentLayout(), self._scroll
        at = layout.hitTest(QPointF(0, top + scroll.y()), Qt.HitTestAccuracy.FuzzyHit)
        block = edit.document().findBlock(max(at, 0))
        # Near what is folded away, the layout may name a paragraph further down.
        while block.previous().isValid() and (
            not block.isVisible() or layout.blockBoundingRect(block).top() - scroll.y() > top
        ):
            block = block.previous()
        size = edit.document().defaultFont().pixelSize()
        while block.isValid():
            origin = layout.blockBoundingRect(block).topLeft() - scroll
            if origin.y() >= bottom:
                return
            if block.isVisible():
                yield from _lines_of(block, origin, top, bottom, size)
            block = block.next()


def rounded_outline(boxes: Iterable[QRectF], radius: float) -> QPainterPath:
    """Return the outline round boxes that meet, its corners rounded."""
    boxes, outline = list(boxes), QPainterPath()
    if len(boxes) == 1:  # as most are, and uniting paths is slow
        outline.addRoundedRect(boxes[0], radius, radius)
        return outline
    union = QPainterPath()
    for box in boxes:
        part = QPainterPath()
        part.addRect(box)
        union = union.united(part)
    for polygon in union.simplified().toSubpathPolygons():
        _add_rounded(outline, _corners(polygon), radius)
    return outline


def _add_rounded(path: QPainterPath, corners: list[QPointF], radius: float) -> None:
    for i, corner in enumerate(corners):
        before = _towards(corner, corners[i - 1], radius)
        after = _towards(corner, corners[(i + 1) % len(corners)], radius)
        if i:
            path.lineTo(before)
        else:
            path.moveTo(before)
        path.quadTo(corner, after)
    path.closeSubpath()


def _corners(polygon: QPolygonF) -> list[QPointF]:
    """Return a closed polygon's points without repeats and without those on a straight line."""
    points = [polygon.at(i) for i in range(polygon.size())]
    points = [p for i, p in enumerate(points) if (p - points[i - 1]).manhattanLength() > 0.01]
    return [
        p
        for i, p in enumerate(points)
        if not (
            abs(points[i - 1].x() - p.x()) + abs(p.x() - points[(i + 1) % len(points)].x()) < 0.01
            or abs(points[i - 1].y() - p.y()) + abs(p.y() - points[(i + 1) % len(points)].y())
            < 0.01
        )
    ]


def _towards(start: QPointF, end: QPointF, distance: float) -> QPointF:
    way = end - start
    length = (way.x() ** 2 + way.y() ** 2) ** 0.5
    return start + way * (min(distance, length / 2) / length) if length else start


def _lines_of(
    block: QTextBlock, origin: QPointF, top: float, bottom: float, body_size: float
) -> Iterator[_Line]:
    layout = block.layout()
    height = block.blockFormat().lineHeight()
    both_ways = _RIGHT_TO_LEFT.search(block.text()) is not None
    leftwards = both_ways and block.textDirection() is Qt.LayoutDirection.RightToLeft
    position = block.position()
    size = block.charFormat().intProperty(QTextFormat.Property.FontPixelSize) or body_size
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        start = position + line.textStart()
        end = start + line.textLength()
        ways = both_ways, leftwards
        found = _Line(start, end, line, position, origin, size, height, *ways)
        if found.meets(top, bottom):
            yield found


def _x(line: QTextLine, position: int) -> float:
    # The binding hands back the position beside the place, which its stubs do not know.
    return cast(tuple[float, int], line.cursorToX(position))[0]


def _merged(extents: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for left, right in sorted(extents):
        if merged and left <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged
