"""Draws what is known of the text, under and over its letters; it decides nothing.

Suggested is a dashed underline without a fill, decided a solid one on a pale fill. Overlapping
spans get underlines in lanes, the shortest next to the letters. Fills of decisions are in the
document's own formats too (see :mod:`desktop.article.fills`), for readers who do not see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from db.values import Annotation, Decision, Entity, Layer, Ref, Span, Stance, Statement
from desktop.article.geometry import Lines, Piece, rounded_outline
from desktop.article.scheme import Scheme
from desktop.article.state import ArticleState
from desktop.article.typesetting import PAD
from desktop.article.wording import POSITION_MARKS
from desktop.theme import Theme

RING = 5  # pixels from the letters to the outer edge of the ring
_LANES = 3
_UNDER, _LANE = 5.5, 3.5  # pixels from the letters' feet to the first lane, and on to the next


@dataclass(frozen=True, slots=True)
class Scene:
    """What to draw now: ``pointed`` is the entity under the pointer, ``fade`` the ring's opacity.

    ``preview`` stands for the focused annotation's own bounds while one of its edges is dragged.
    """

    state: ArticleState
    lines: Lines
    focus: Annotation | None = None
    pointed: Entity | None = None
    fade: float = 1.0
    preview: Span | None = None
    boilerplate: tuple[Span, ...] = ()


class ArticlePainter:
    """Paints scenes in a theme, with a scheme's colours, at a zoom (1.0 is 100 %)."""

    def __init__(self, theme: Theme, scheme: Scheme, zoom: float) -> None:
        self.theme = theme
        self.zoom = zoom
        self._scheme = scheme
        self._chip_font = QFont()
        self._chip_font.setPixelSize(max(round(9 * zoom), 8))
        self._chip_font.setBold(True)

    def token(self, annotation: Annotation) -> str:
        """Return the colour token of an annotation."""
        match annotation:
            case Entity():
                return self._scheme.label(annotation.label).token
            case Stance():
                return self._scheme.stance(annotation.position).token
            case Statement():
                return "neutral"

    def fill(self, annotation: Annotation) -> QColor:
        """Return the pale colour of an annotation."""
        return self.theme.fill(self.token(annotation))

    # --- under the letters

    def under(self, painter: QPainter, scene: Scene) -> None:
        """Draw fills and the rule beside boilerplate."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for span in scene.boilerplate:
            self._rule(painter, scene.lines.pieces(span))
        extent = scene.lines.extent
        for stance in _longest_first(scene.state.between(extent.start, extent.end, Layer.STANCE)):
            if isinstance(stance, Stance) and _same(stance, scene.focus):
                painter.fillPath(self._ring(scene), self.theme.fill(self.token(stance)))
            elif isinstance(stance, Stance) and stance.decision.decided:
                for span in stance.evidence:
                    self._fill(painter, scene.lines.pieces(span), self.token(stance), 3)
        for entity in _longest_first(scene.state.between(extent.start, extent.end, Layer.ENTITY)):
            if isinstance(entity, Entity) and entity.decision.decided:
                self._fill(painter, scene.lines.pieces(entity.span), self.token(entity), 1)

    def _fill(self, painter: QPainter, pieces: Iterable[Piece], token: str, y: float) -> None:
        painter.setBrush(self.theme.fill(token))
        for piece in pieces:
            painter.drawRoundedRect(piece.letters(2 * self.zoom, y * self.zoom), 3, 3)

    def _rule(self, painter: QPainter, pieces: list[Piece]) -> None:
        painter.setBrush(self.theme.rule)
        for piece in pieces:
            if piece.left == piece.right:  # a blank line between two paragraphs
                continue
            box, width = piece.line(), 2 * self.zoom
            x = min(piece.left - 10 * self.zoom, PAD * self.zoom)
            painter.drawRect(QRectF(x, box.top(), width, box.height() + 1))

    # --- over the letters

    def over(self, painter: QPainter, scene: Scene) -> None:
        """Draw underlines, cues, the ring round what is in focus, and chips."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        extent = scene.lines.extent
        found = scene.state.between(extent.start, extent.end)
        entities = [each for each in found if isinstance(each, Entity)]
        for entity, lane in lanes(entities):
            span = scene.preview if scene.preview and _same(entity, scene.focus) else entity.span
            self._underline(painter, scene.lines.pieces(span), entity, lane)
        for each in found:
            if isinstance(each, Stance | Statement):
                for span in each.cue:
                    self._dots(painter, scene.lines.pieces(span))
        chips = _Chips(painter, self._chip_font, self.theme.on_focus, self.zoom)
        if scene.focus is not None:
            self._draw_focus(painter, scene, scene.focus, chips)
        if scene.pointed is not None and not _same(scene.pointed, scene.focus):
            self._label(chips, scene, scene.pointed)

    def _underline(
        self, painter: QPainter, pieces: Iterable[Piece], entity: Entity, lane: int
    ) -> None:
        colour = QColor(self.theme.line(self.token(entity)))
        decision = entity.decision
        pen = QPen(colour, (1.2 + 0.8 * _score(decision)) * self.zoom)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if not decision.decided:
            colour.setAlphaF(0.6 + 0.4 * _score(decision))
            pen.setColor(colour)
            width = pen.widthF()
            pen.setDashPattern([5 * self.zoom / width, 3 * self.zoom / width])
        painter.setPen(pen)
        for piece in pieces:
            self._line(painter, piece, lane)

    def _line(self, painter: QPainter, piece: Piece, lane: int) -> None:
        y = piece.baseline + (_UNDER + _LANE * lane) * self.zoom
        painter.drawLine(QPointF(piece.left, y), QPointF(piece.right, y))

    def _dots(self, painter: QPainter, pieces: Iterable[Piece]) -> None:
        pen = QPen(self.theme.ink, 1.4 * self.zoom)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.01, 2.2])
        painter.setPen(pen)
        for piece in pieces:
            y = piece.baseline + 4.5 * self.zoom
            painter.drawLine(QPointF(piece.left + 1, y), QPointF(piece.right - 1, y))

    # --- what is in focus

    def ring(self, scene: Scene) -> QRectF:
        """Return the box round all that is drawn for the annotation in focus."""
        return self._ring(scene).boundingRect().adjusted(-6, -20 * self.zoom, 6, 12 * self.zoom)

    def _ring(self, scene: Scene) -> QPainterPath:
        if scene.focus is None:
            return QPainterPath()
        spans = ringed(scene.focus)
        if scene.preview is not None:
            spans[:1] = [scene.preview]
        pieces = [piece for span in spans for piece in scene.lines.pieces(span)]
        if isinstance(scene.focus, Entity):
            below = _LANE * self._lane(scene, scene.focus)
            boxes = [
                piece.letters(4 * self.zoom, 4.5 * self.zoom).adjusted(0, 0, 0, below * self.zoom)
                for piece in pieces
            ]
        else:
            boxes = [piece.line(RING * self.zoom).adjusted(0, -0.5, 0, 0.5) for piece in pieces]
        return rounded_outline(boxes, 5 * self.zoom)

    def _lane(self, scene: Scene, entity: Entity) -> int:
        near = scene.state.between(entity.span.start, entity.span.end, Layer.ENTITY)
        found = lanes(each for each in near if isinstance(each, Entity))
        return next((lane for each, lane in found if each.id == entity.id), 0)

    def _draw_focus(
        self, painter: QPainter, scene: Scene, focus: Annotation, chips: _Chips
    ) -> None:
        colour = QColor(self.theme.focus)
        colour.setAlphaF(scene.fade)
        painter.setPen(QPen(colour, 1.6 * self.zoom))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._ring(scene))
        match focus:
            case Entity():
                self._label(chips, scene, focus)
            case Stance():
                mark = POSITION_MARKS[focus.position]
                target = _tr("Not target") if focus.target.negated else _tr("Target")
                self._slot(painter, chips, scene, focus.holder, _tr("Holder"), "neutral")
                self._slot(
                    painter, chips, scene, focus.target, f"{target} {mark}", self.token(focus)
                )
            case Statement():
                self._slot(painter, chips, scene, focus.source, _tr("Source"), "neutral")

    def _slot(
        self,
        painter: QPainter,
        chips: _Chips,
        scene: Scene,
        ref: Ref,
        text: str,
        token: str,
    ) -> None:
        """Underline a slot where no entity does, and say above it what it is."""
        span = scene.state.settled(ref).span
        if span is None:
            return
        entity = scene.state.entity_on(span)
        pieces = scene.lines.pieces(span)
        colour = self.theme.line(self.token(entity) if entity and token == "neutral" else token)
        if entity is None:
            inside = [
                each
                for each in scene.state.between(span.start, span.end, Layer.ENTITY)
                if isinstance(each, Entity)
            ]
            lane = 1 + max((lane for _, lane in lanes(inside)), default=-1)
            painter.setPen(QPen(colour, 1.6 * self.zoom))
            for piece in pieces:
                self._line(painter, piece, lane)
        chips.draw(scene, span, text, colour)

    def _label(self, chips: _Chips, scene: Scene, entity: Entity) -> None:
        span = scene.preview if scene.preview and _same(entity, scene.focus) else entity.span
        score = entity.decision.score
        sure = f" {score:.0%}" if score is not None and not entity.decision.decided else ""
        colour = self.theme.line(self.token(entity))
        chips.draw(scene, span, entity.label + sure, colour)


class _Chips:
    """Small labels in the gap above a line; a later one makes room for those already there."""

    def __init__(self, painter: QPainter, font: QFont, ink: QColor, zoom: float) -> None:
        self._painter = painter
        self._font = font
        self._metrics = QFontMetricsF(font)
        self._ink = ink
        self._zoom = zoom
        self._taken: list[QRectF] = []

    def draw(self, scene: Scene, span: Span, text: str, colour: QColor) -> None:
        """Draw a chip over the beginning of a span; none where that is not on screen."""
        pieces = scene.lines.pieces(span)
        if not pieces or span.start < scene.lines.extent.start:
            return
        text = text.upper()
        first, zoom = pieces[0], self._zoom
        width = self._metrics.horizontalAdvance(text) + 10 * zoom
        height = 11.5 * zoom
        # Latin ascenders end at about three quarters of a letter's size.
        bottom = first.baseline - 0.76 * first.size - 0.5 * zoom
        box = QRectF(first.left, bottom - height, width, height)
        limit = self._painter.device().width()
        box.moveRight(min(box.right(), limit - 1))
        for other in self._taken:
            if box.intersects(other):
                box.moveLeft(other.right() + 3 * zoom)
        self._taken.append(box)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(box, 2.5 * zoom, 2.5 * zoom)
        self._painter.setPen(self._ink)
        self._painter.setFont(self._font)
        self._painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def lanes(entities: Iterable[Entity]) -> list[tuple[Entity, int]]:
    """Give each entity an underline lane: those that overlap lie apart, the shortest at lane 0."""
    placed: list[tuple[Entity, int]] = []
    for entity in sorted(entities, key=lambda each: each.span.end - each.span.start):
        taken = {lane for other, lane in placed if other.span.overlaps(entity.span)}
        free = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        placed.append((entity, min(free, _LANES - 1)))
    return placed


def ringed(annotation: Annotation) -> list[Span]:
    """Return the stretches the ring goes round."""
    match annotation:
        case Entity():
            return [annotation.span]
        case Stance():
            return list(annotation.evidence)
        case Statement():
            return list(annotation.content)


def _same(one: Annotation, other: Annotation | None) -> bool:
    return other is not None and one.id == other.id


def _length(annotation: Annotation) -> int:
    return sum(span.end - span.start for span in ringed(annotation))


def _longest_first(annotations: Iterable[Annotation]) -> list[Annotation]:
    return sorted(annotations, key=_length, reverse=True)


def _score(decision: Decision) -> float:
    return 1.0 if decision.decided or decision.score is None else decision.score


def _tr(text: str) -> str:
    return QCoreApplication.translate("ArticlePainter", text)
