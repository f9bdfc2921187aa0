"""Draws what is known of the text, under and over its letters; it decides nothing.

Suggested is a dashed underline without a fill, decided a solid one on a pale fill. Overlapping
spans get underlines in lanes, the shortest next to the letters. Fills of decisions are in the
document's own formats too (see :mod:`desktop.article.fills`), for readers who do not see.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from db.values import Annotation, Decision, Entity, Layer, Ref, Span, Stance, Statement
from desktop.article.bracket import Bracket, draw_in_text, end_at
from desktop.article.chips import Chip, Chips
from desktop.article.geometry import Lines, Piece, rounded_outline
from desktop.article.lanes import Lane, lane_below, lane_of, lanes_on
from desktop.article.marks import draw_checked, draw_marked
from desktop.article.scheme import Scheme
from desktop.article.state import ArticleState
from desktop.article.typesetting import PAD
from desktop.article.wording import POSITION_MARKS
from desktop.theme import Theme

RING = 5  # pixels from the letters to the outer edge of the ring


class Scene(NamedTuple):
    """What to draw now: ``pointed`` is the entity under the pointer, ``fade`` the ring's opacity.

    ``preview`` stands for the focused annotation's own bounds while one of its edges is dragged.
    """

    state: ArticleState
    lines: Lines
    extent: Span
    """The code points to draw on: all that are on the lines, or those near what is painted anew."""
    focus: Annotation | None = None
    pointed: Entity | None = None
    fade: float = 1.0
    preview: Span | None = None
    boilerplate: tuple[Span, ...] = ()
    marked: frozenset[UUID] = frozenset()
    """What is to be seen as chosen."""
    target: Ref | None = None
    """What a stance on the quotation in focus is, or would be, toward."""
    stance_lines: bool = False
    """Lines from holder to target for all stances, not for the one in focus alone."""
    found: tuple[Span, ...] = ()


class ArticlePainter:
    """Paints scenes in a theme, with a scheme's colours, at a zoom (1.0 is 100 %)."""

    def __init__(self, theme: Theme, scheme: Scheme, zoom: float) -> None:
        self.theme = theme
        self.zoom = zoom
        self._scheme = scheme
        self._chip_font = QFont()
        self._chip_font.setPixelSize(max(round(9 * zoom), 8))
        self._chip_font.setBold(True)
        self._outlined: tuple[list[QRectF], QPainterPath] = [], QPainterPath()

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
        """Draw fills, the rule beside boilerplate, and the line beside what was looked at."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        extent = scene.extent
        for span in scene.boilerplate:
            if span.overlaps(extent):
                self._rule(painter, scene.lines.pieces(span))
        for stance in _longest_first(scene.state.between(extent.start, extent.end, Layer.STANCE)):
            if isinstance(stance, Stance) and _same(stance, scene.focus):
                painter.fillPath(self._ring(scene), self.theme.fill(self.token(stance)))
            elif isinstance(stance, Stance) and stance.decision.decided:
                for span in stance.evidence:
                    self._fill(painter, scene.lines.pieces(span), self.token(stance), 3)
        for entity in _longest_first(scene.state.between(extent.start, extent.end, Layer.ENTITY)):
            if isinstance(entity, Entity) and entity.decision.decided:
                self._fill(painter, scene.lines.pieces(entity.span), self.token(entity), 1)
        draw_checked(painter, scene.lines, scene.state.checked.values(), self.theme, self.zoom)
        if scene.marked:
            for each in _longest_first(scene.state.between(extent.start, extent.end)):
                if each.id in scene.marked:
                    pieces = [piece for s in ringed(each) for piece in scene.lines.pieces(s)]
                    draw_marked(painter, pieces, self.fill(each), self.theme, self.zoom)
        for span in scene.found:
            self._fill(painter, scene.lines.pieces(span), "found", 1)

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
        extent = scene.extent
        laned = lanes_on(scene.state, extent)
        for entity, lane in laned:
            span = scene.preview if scene.preview and _same(entity, scene.focus) else entity.span
            self._underline(painter, scene.lines.pieces(span), entity, lane)
        for layer in (Layer.STATEMENT, Layer.STANCE):
            for each in scene.state.between(extent.start, extent.end, layer):
                if isinstance(each, Stance | Statement):
                    for span in each.cue:
                        self._dots(painter, scene.lines.pieces(span))
        # Framed as well: what is decided is shaded by the text's own format, over our fill.
        painter.setPen(QPen(self.theme.line("found"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for span in scene.found:
            for piece in scene.lines.pieces(span):
                painter.drawRoundedRect(piece.letters(1, 1), 3, 3)
        chips = Chips(scene.lines, laned, self._chip_font, self.zoom)
        for bracket in self.brackets(scene, chips):
            draw_in_text(painter, bracket, self.zoom)
        if scene.focus is not None:
            self._draw_focus(painter, scene, scene.focus, chips)
        if scene.pointed is not None and not _same(scene.pointed, scene.focus):
            self._label(chips, scene, scene.pointed)
        chips.draw(painter, self.theme.on_focus)

    def _underline(
        self, painter: QPainter, pieces: Iterable[Piece], entity: Entity, lane: Lane
    ) -> None:
        decision = entity.decision
        colour = QColor(self.theme.line(self.token(entity)))
        if not decision.decided:
            colour.setAlphaF(0.6 + 0.4 * _score(decision))
        for piece in pieces:
            width = (1.2 + 0.8 * _score(decision)) * self.zoom
            if lane.of > 1:  # where lanes lie close, some of the page shows between them
                width = min(width, 0.6 * lane.step(piece, self.zoom))
            pen = QPen(colour, width, c=Qt.PenCapStyle.FlatCap)
            if not decision.decided:
                pen.setDashPattern([5 * self.zoom / width, 3 * self.zoom / width])
            painter.setPen(pen)
            self._line(painter, piece, lane.y(piece, self.zoom))

    def _line(self, painter: QPainter, piece: Piece, y: float) -> None:
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
            lane = lane_of(scene.state, scene.focus)
            boxes: list[QRectF] = []
            for piece in pieces:
                box = piece.letters(4 * self.zoom, 4.5 * self.zoom)
                box.setBottom(max(box.bottom(), lane.y(piece, self.zoom) + 3 * self.zoom))
                boxes.append(box)
        else:
            boxes = [piece.line(RING * self.zoom).adjusted(0, -0.5, 0, 0.5) for piece in pieces]
        if boxes != self._outlined[0]:  # it is asked for several times a painting
            self._outlined = boxes, rounded_outline(boxes, 5 * self.zoom)
        return self._outlined[1]

    def _draw_focus(self, painter: QPainter, scene: Scene, focus: Annotation, chips: Chips) -> None:
        colour = QColor(self.theme.focus)
        colour.setAlphaF(scene.fade)
        painter.setPen(QPen(colour, 1.6 * self.zoom))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._ring(scene))
        match focus:
            case Entity():
                self._label(chips, scene, focus)
            case Stance():
                # Its chips are placed by now, with the line between them.
                self._slot(painter, scene, focus.holder, "neutral")
                self._slot(painter, scene, focus.target, self.token(focus))
            case Statement():
                self._slot(painter, scene, focus.source, "neutral")
                self._slot_chip(chips, scene, focus.source, _tr("Source"), "neutral")
                if scene.target is not None:
                    self._slot(painter, scene, scene.target, "neutral")
                    self._slot_chip(chips, scene, scene.target, _tr("Target"), "neutral")

    def _slot(self, painter: QPainter, scene: Scene, ref: Ref, token: str) -> None:
        """Underline a slot where no entity does."""
        span = scene.state.settled(ref).span
        if span is None or scene.state.entity_on(span) is not None:
            return
        below = lane_below(scene.state, span)
        painter.setPen(QPen(self.theme.line(token), 1.6 * self.zoom))
        for piece in scene.lines.pieces(span):
            self._line(painter, piece, below.y(piece, self.zoom))

    def _slot_chip(
        self, chips: Chips, scene: Scene, ref: Ref, text: str, token: str
    ) -> Chip | None:
        """Say above a slot what it is."""
        span = scene.state.settled(ref).span
        if span is None:
            return None
        entity = scene.state.entity_on(span)
        colour = self.theme.line(self.token(entity) if entity and token == "neutral" else token)
        return chips.place(span, text, colour)

    # --- from holder to target

    def margin_brackets(self, scene: Scene) -> list[Bracket]:
        """Return the lines to draw beside the text."""
        if not scene.stance_lines and not isinstance(scene.focus, Stance):
            return []
        laned = lanes_on(scene.state, scene.extent)
        return self.brackets(scene, Chips(scene.lines, laned, self._chip_font, self.zoom))

    def brackets(self, scene: Scene, chips: Chips) -> list[Bracket]:
        """Place the chips of the stance in focus; return its line and, if wanted, the others'."""
        found = [self._bracket(scene, chips, scene.focus)] if scene.focus else []
        if scene.stance_lines:
            extent = scene.extent
            for each in scene.state.between(extent.start, extent.end, Layer.STANCE):
                if not _same(each, scene.focus):
                    found.append(self._bracket(scene, chips, each))
        return [each for each in found if each is not None]

    def _bracket(self, scene: Scene, chips: Chips, stance: Annotation) -> Bracket | None:
        if not isinstance(stance, Stance):
            return None
        mark, token = POSITION_MARKS[stance.position], self.token(stance)
        target = _tr("Not target") if stance.target.negated else _tr("Target")
        placed: list[Chip | None] = [None, None]
        if _same(stance, scene.focus):
            placed = [
                self._slot_chip(chips, scene, stance.holder, _tr("Holder"), "neutral"),
                self._slot_chip(chips, scene, stance.target, f"{target} {mark}", token),
            ]
        one, other = (scene.state.settled(ref).span for ref in (stance.holder, stance.target))
        if one is None or other is None:
            return None
        ends = (
            end_at(chips, scene.lines, one, placed[0]),
            end_at(chips, scene.lines, other, placed[1]),
        )
        return Bracket(stance, self.theme.line(token), (one, other), ends)

    # --- chips

    def _label(self, chips: Chips, scene: Scene, entity: Entity) -> None:
        span = scene.preview if scene.preview and _same(entity, scene.focus) else entity.span
        score = entity.decision.score
        sure = f" {score:.0%}" if score is not None and not entity.decision.decided else ""
        colour = self.theme.line(self.token(entity))
        chips.place(span, entity.label + sure, colour)


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
