"""A quiet line from a stance's holder to its target.

It runs in the gaps between lines and along the margin, never over letters. How it ends at the
target tells the side, beside the colour: an arrow for, a bar against, a dot neutral, a diamond
mixed, a ring unclear. Dashed is suggested.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from db.values import Position, Span, Stance
from desktop.article.chips import Chip, Chips
from desktop.article.geometry import Lines

TRACK, TRACKS = 3, 2  # pixels between lines side by side in the margin, and how many have room
_FIRST = 5  # pixels from the margin's right edge to the first of them
_CHEVRON = 3  # pixels: half of the mark where a line goes on beyond the screen
_NEAR = 8  # pixels: chips no further apart need no line between them


class End(NamedTuple):
    """Where a line ends on screen: between ``left`` and ``right`` stands what it leads to."""

    left: float
    right: float
    y: float
    baseline: float


class Bracket(NamedTuple):
    """A stance's line: its ends on screen, and where its slots lie in the text."""

    stance: Stance
    colour: QColor
    spans: tuple[Span, Span]
    ends: tuple[End | None, End | None]

    @property
    def level(self) -> bool:
        """Tell whether both ends are on one line of the text."""
        one, other = self.ends
        return one is not None and other is not None and one.baseline == other.baseline


def end_at(chips: Chips, lines: Lines, span: Span, chip: Chip | None) -> End | None:
    """Return where a line to a span ends: at its chip, or over its beginning if it has none."""
    pieces = lines.pieces(span)
    if not pieces or span.start < lines.extent.start:
        return None
    first = pieces[0]
    left, right = (chip.box.left(), chip.box.right()) if chip else (first.left, first.left)
    y = chips.free(first, 0, left - 4)
    if chip:
        y = min(max(y, chip.box.top() + 2), chip.box.bottom() - 2)
    return End(left, right, y, first.baseline)


def draw_in_text(painter: QPainter, bracket: Bracket, zoom: float) -> None:
    """Draw the parts of a line that lie between the lines of the text."""
    holder, target = bracket.ends
    painter.setPen(_pen(bracket, zoom))
    if holder and target and bracket.level:
        after = holder.left < target.left
        first, last = (holder, target) if after else (target, holder)
        if last.left - first.right < _NEAR * zoom:
            return
        y, gap = target.y, zoom
        painter.drawLine(QLineF(first.right + gap, y, last.left - gap, y))
        _mark(painter, bracket, QPointF(target.left if after else target.right, y), after, zoom)
        return
    for end in bracket.ends:
        if end is not None:
            painter.drawLine(QLineF(0, end.y, end.left - zoom, end.y))
    if target is not None:
        _mark(painter, bracket, QPointF(target.left, target.y), True, zoom)


def draw_in_margin(
    painter: QPainter, brackets: Sequence[Bracket], lines: Lines, width: float, zoom: float
) -> None:
    """Draw the parts that run beside the text: lines that would meet side by side."""
    height = painter.device().height()
    taken: list[list[tuple[float, float]]] = [[] for _ in range(TRACKS)]
    for bracket in brackets:
        if bracket.level:
            continue
        ys = [
            _level(end, span, lines, height)
            for end, span in zip(bracket.ends, bracket.spans, strict=True)
        ]
        top, bottom = min(ys), max(ys)
        if bottom < 0 or top > height:
            continue
        track = next((n for n in range(TRACKS) if _is_free(taken[n], top, bottom)), TRACKS - 1)
        taken[track].append((top, bottom))
        x = width - (_FIRST + TRACK * track) * zoom
        painter.setPen(_pen(bracket, zoom))
        painter.drawLine(QLineF(x, max(top, 0), x, min(bottom, height)))
        for end in bracket.ends:
            if end is not None:
                painter.drawLine(QLineF(x, end.y, width, end.y))
        painter.setPen(QPen(bracket.colour, 1.2 * zoom))
        if top < 0:
            _chevron(painter, x, 1, 1, zoom)
        if bottom > height:
            _chevron(painter, x, height - 1, -1, zoom)


def _level(end: End | None, span: Span, lines: Lines, height: float) -> float:
    """Return the height of one end, above or below the screen if it is there."""
    if end is not None:
        return end.y
    return -1 if span.start < lines.extent.start else height + 1


def _is_free(taken: Iterable[tuple[float, float]], top: float, bottom: float) -> bool:
    return all(bottom < other_top or top > other_bottom for other_top, other_bottom in taken)


def _pen(bracket: Bracket, zoom: float) -> QPen:
    pen = QPen(bracket.colour, 1.2 * zoom, c=Qt.PenCapStyle.FlatCap)
    if not bracket.stance.decision.decided:
        pen.setDashPattern([4, 2.5])
    return pen


def _chevron(painter: QPainter, x: float, y: float, way: int, zoom: float) -> None:
    size = _CHEVRON * zoom
    painter.drawPolyline(
        QPolygonF(
            [QPointF(x - size, y + way * size), QPointF(x, y), QPointF(x + size, y + way * size)]
        )
    )


def _mark(painter: QPainter, bracket: Bracket, at: QPointF, rightwards: bool, zoom: float) -> None:
    """End a line at ``at``, where it comes from the left (``rightwards``) or from the right."""
    way, size = (1 if rightwards else -1), 3.2 * zoom
    x, y = at.x() - way * zoom, at.y()
    painter.setPen(QPen(bracket.colour, 1.4 * zoom))
    painter.setBrush(bracket.colour)
    back = x - way * 2 * size
    match bracket.stance.position:
        case Position.FAVOR:
            tip = QPointF(x, y), QPointF(back, y - size), QPointF(back, y + size)
            painter.drawPolygon(QPolygonF(tip))
        case Position.AGAINST:
            painter.drawLine(QLineF(x - way, y - size, x - way, y + size))
        case Position.NEUTRAL:
            painter.drawEllipse(QPointF(x - way * size, y), size - 1, size - 1)
        case Position.MIXED:
            middle = x - way * size
            corners = QPointF(x, y), QPointF(middle, y - size), QPointF(back, y)
            painter.drawPolygon(QPolygonF([*corners, QPointF(middle, y + size)]))
        case Position.UNCLEAR:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x - way * size, y), size - 1, size - 1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
