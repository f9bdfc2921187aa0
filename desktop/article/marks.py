"""Drawn for the painter: what is marked in the text for a while, and what was looked at."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from db.values import Checked, Span
from desktop.article.geometry import Lines, Piece, rounded_outline
from desktop.theme import Theme

_RIGHT = 6  # pixels from the column's right edge to the line beside what was looked at


def draw_marked(
    painter: QPainter, pieces: Iterable[Piece], fill: QColor, theme: Theme, zoom: float
) -> None:
    """Draw what would be decided: as it will look, with a thin line of the accent round it."""
    line = QColor(theme.focus)
    line.setAlphaF(0.75)
    painter.setPen(QPen(line, 1.1 * zoom))
    painter.setBrush(fill)
    boxes = [piece.letters(2.5 * zoom, 2 * zoom) for piece in pieces]
    painter.drawPath(rounded_outline(boxes, 3 * zoom))
    painter.setPen(Qt.PenStyle.NoPen)


def draw_checked(
    painter: QPainter, lines: Lines, checked: Iterable[Checked], theme: Theme, zoom: float
) -> None:
    """Draw a thin line and a tick right of each stretch that was looked at."""
    colour = QColor(theme.line("place"))
    colour.setAlphaF(0.5)
    x = painter.device().width() - _RIGHT * zoom
    for span in stretches(checked):
        pieces = lines.pieces(span) if span.overlaps(lines.extent) else []
        if not pieces:
            continue
        top, bottom = pieces[0].letters().top(), pieces[-1].letters().bottom()
        painter.setPen(QPen(colour, 1.5 * zoom, c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(QLineF(x, top, x, bottom))
        if span.start >= lines.extent.start:
            _draw_tick(painter, QPointF(x - 7 * zoom, top + 4 * zoom), colour, zoom)
    painter.setPen(Qt.PenStyle.NoPen)


def stretches(checked: Iterable[Checked]) -> list[Span]:
    """Return what was looked at for any layer, stretches that meet as one."""
    found: list[Span] = []
    for one in sorted(checked, key=lambda each: (each.start, each.end)):
        if found and one.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(Span(one.start, one.end))
    return found


def _draw_tick(painter: QPainter, at: QPointF, colour: QColor, zoom: float) -> None:
    painter.setPen(QPen(colour, 1.5 * zoom))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    points = [at, at + QPointF(2, 2.5) * zoom, at + QPointF(5, -3) * zoom]
    painter.drawPolyline(QPolygonF(points))
