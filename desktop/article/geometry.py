"""Where stretches of text lie on screen: lines and pieces of lines, in the viewport's pixels."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
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

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        first, last = start - self.block, end - self.block
        ascent, descent = self.line.ascent(), self.line.descent()
        x, baseline = self.origin.x(), self.baseline
        for left, right in self._extents(first, last):
            yield Piece(x + left, x + right, baseline, ascent, descent, self.size, self.height)

    def ink(self) -> Iterator[QRectF]:
        """Yield the boxes of what the glyphs themselves cover."""
        for run in self.line.glyphRuns():
            font = run.rawFont()
            for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
                box = font.boundingRect(glyph)
                if not box.isEmpty():
                    yield box.translated(place + self.origin)

    @property
    def baseline(self) -> float:
        return self.origin.y() + self.line.y() + self.line.ascent()

    @property
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
    """The lines on screen from ``top`` to ``bottom`` of the viewport; made anew for each use."""

    def __init__(
        self, edit: QTextEdit, offsets: Offsets, top: float = 0, bottom: float | None = None
    ) -> None:
        self._offsets = offsets
        self._scroll = QPointF(edit.horizontalScrollBar().value(), edit.verticalScrollBar().value())
        self.width = edit.viewport().width()
        end = edit.viewport().height() if bottom is None else bottom
        self._lines = list(self._find(edit, top, end))

    @property
    def extent(self) -> Span:
        """The code points on these lines."""
        if not self._lines:
            return Span(0, 0)
        start, end = self._lines[0].start, self._lines[-1].end
        return Span(self._offsets.to_code_point(start), self._offsets.to_code_point(end))

    def pieces(self, span: Span) -> list[Piece]:
        """Return where a span lies on these lines, top to bottom; empty if it is elsewhere."""
        start, end = self._offsets.to_qt(span.start), self._offsets.to_qt(span.end)
        return [
            piece
            for line in self._lines
            if line.start < end and line.end > start
            for piece in line.pieces(max(start, line.start), min(end, line.end))
        ]

    def level_at(self, y: float) -> float | None:
        """Return the height of the middle of the letters on the line nearest to a height."""
        middles = (line.whole.letters().center().y() for line in self._lines)
        return min(middles, key=lambda middle: abs(middle - y), default=None)

    def above(self, piece: Piece) -> Piece | None:
        """Return the whole line above the one a piece is on, if it is on screen and has letters."""
        at = self._at(piece)
        return self._lines[at - 1].whole if at else None

    def ink(self, piece: Piece) -> list[QRectF]:
        """Return the boxes of all glyphs on the line a piece is on: what is really black there."""
        return list(self._lines[self._at(piece)].ink())

    def runs_leftwards(self, piece: Piece) -> bool:
        """Tell whether the paragraph a piece is in runs from right to left."""
        return self._lines[self._at(piece)].leftwards

    def _at(self, piece: Piece) -> int:
        return bisect_left(self._lines, piece.baseline - 0.5, key=lambda line: line.baseline)

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
    union = QPainterPath()
    for box in boxes:
        part = QPainterPath()
        part.addRect(box)
        union = union.united(part)
    outline = QPainterPath()
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
        y = origin.y() + line.y()
        # Chips and underlines reach a little beyond their own line.
        if y + 2 * height > top and y - height < bottom:
            start = position + line.textStart()
            end = start + line.textLength()
            ways = both_ways, leftwards
            yield _Line(start, end, line, position, origin, size, height, *ways)


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
