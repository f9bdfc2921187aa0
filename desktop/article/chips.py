"""Small labels in the gap above a line, placed where nothing is written or drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from db.values import Entity, Span
from desktop.article.geometry import ASCENDER, CELL, Lines, Piece, cells
from desktop.article.lanes import Lane

_LEAST, _MOST = 9, 11.5  # pixels, at 100 %: how high a chip is
_AIR = 0.5  # pixels between a chip and what is above or below it


class Gap:
    """What is free between a line of text and the one above, all along the line."""

    def __init__(self, lines: Lines, piece: Piece) -> None:
        """Look at the gap above the line a piece is on."""
        self.width = lines.width
        self.above = lines.above(piece)
        self._bottoms = lines.skyline(piece).tops
        self._tops = (
            list(lines.skyline(self.above).bottoms)
            if self.above
            else [piece.baseline - 4 * piece.size] * len(self._bottoms)
        )

    def hang(self, left: float, right: float, bottom: float) -> None:
        """Know that something reaches down to ``bottom``."""
        for cell in cells(left, right, len(self._tops)):
            self._tops[cell] = max(self._tops[cell], bottom)

    def room(self, left: float, right: float) -> tuple[float, float]:
        """Return from where down to where it is free between two places."""
        there = cells(left, right, len(self._tops))
        return (
            max((self._tops[cell] for cell in there), default=0),
            min((self._bottoms[cell] for cell in there), default=0),
        )


class Chip(NamedTuple):
    """One label, and where it stands."""

    box: QRectF
    text: str
    colour: QColor


class Chips:
    """The labels of one painting; a later one makes room for those already placed."""

    def __init__(
        self, lines: Lines, laned: Iterable[tuple[Entity, Lane]], font: QFont, zoom: float
    ) -> None:
        self._lines = lines
        self._laned = list(laned)
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._zoom = zoom
        self._gaps: dict[tuple[float, bool], Gap] = {}
        self._placed: list[Chip] = []

    def place(self, span: Span, text: str, colour: QColor) -> Chip | None:
        """Place a label over the beginning of a span, or as near as there is room for it.

        None where the beginning is not on screen.
        """
        pieces = self._lines.pieces(span)
        if not pieces or span.start < self._lines.extent.start:
            return None
        first, text = pieces[0], text.upper()
        wide = self._metrics.horizontalAdvance(text) + 10 * self._zoom
        start = first.left
        if self._lines.runs_leftwards(first):  # where it is torn, its beginning is on the right
            start = max(p.right for p in pieces if p.baseline == first.baseline) - wide
        # Rather small than on another's underline, and rather on that than on letters.
        large = _LEAST * self._zoom
        small = min(large, max(_LEAST, 0.6 * large))
        for with_lanes, least in ((True, large), (True, small), (False, large), (False, small)):
            gap = self._gap(first, with_lanes=with_lanes)
            if box := self._find(gap, start, wide, least):
                break
        else:
            bottom = first.baseline - ASCENDER * first.size - _AIR
            left = max(min(start, self._lines.width - 1 - wide), 0)
            box = QRectF(left, bottom - _LEAST * self._zoom, wide, _LEAST * self._zoom)
        for gap in self._gaps.values():
            if gap.above == self._lines.above(first):
                gap.hang(box.left() - 3 * self._zoom, box.right() + 3 * self._zoom, first.baseline)
        chip = Chip(box, text, colour)
        self._placed.append(chip)
        return chip

    def free(self, piece: Piece, left: float, right: float) -> float:
        """Return the height at which a thin line runs along the gap above a piece."""
        for with_lanes in (True, False):
            top, bottom = self._gap(piece, with_lanes=with_lanes).room(left, right)
            if bottom - top > 2 * self._zoom:
                break
        return min((max(top, bottom - _MOST * self._zoom) + bottom) / 2, bottom - 1)

    def _gap(self, piece: Piece, *, with_lanes: bool) -> Gap:
        """Return the gap above a piece, with all chips in it placed so far."""
        key = piece.baseline, with_lanes
        if key not in self._gaps:
            gap = self._gaps[key] = Gap(self._lines, piece)
            if with_lanes:
                self._hang_lanes(gap)
            for chip in self._placed:
                if abs(chip.box.bottom() - piece.baseline) < 1.5 * piece.size:
                    gap.hang(chip.box.left() - 3, chip.box.right() + 3, piece.baseline)
        return self._gaps[key]

    def _hang_lanes(self, gap: Gap) -> None:
        if gap.above is None:
            return
        for entity, lane in self._laned:
            for piece in self._lines.pieces(entity.span):
                if abs(piece.baseline - gap.above.baseline) < 0.5:
                    bottom = lane.y(piece, self._zoom) + self._zoom
                    gap.hang(piece.left, piece.right, bottom)

    def _find(self, gap: Gap, start: float, wide: float, least: float) -> QRectF | None:
        """Return the free place nearest to where a label would start, if there is any."""
        last = gap.width - 1 - wide
        if last < 0:
            return None
        start = max(min(start, last), 0)
        steps = range(int(gap.width) // CELL)
        places = (start + sign * step * CELL for step in steps for sign in (1, -1))
        for left in places:
            if not 0 <= left <= last:
                continue
            top, bottom = gap.room(left, left + wide)
            height = min(bottom - top - 2 * _AIR, _MOST * self._zoom)
            if height >= least:
                return QRectF(left, bottom - _AIR - height, wide, height)
        return None

    def draw(self, painter: QPainter, ink: QColor) -> None:
        """Draw all labels placed so far."""
        round_ = 2.5 * self._zoom
        for chip in self._placed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(chip.colour)
            painter.drawRoundedRect(chip.box, round_, round_)
            painter.setPen(ink)
            font = QFont(self._font)
            font.setPixelSize(min(font.pixelSize(), round(chip.box.height())))
            painter.setFont(font)
            painter.drawText(chip.box, Qt.AlignmentFlag.AlignCenter, chip.text)
