"""The margin left of the text: who speaks, and for which side."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from db.values import Entity, Layer, Ref, Stance
from desktop.article.bracket import draw_in_margin
from desktop.article.painter import ArticlePainter, Scene, ringed
from desktop.article.places import start_of
from desktop.article.state import ArticleState
from desktop.article.wording import POSITION_MARKS, ref_text

_BAR = 2  # pixels, as all below, at 100 %
_GAP = 8
_MARK = 12


class Margin(QWidget):
    """Names of the holders of the stances on screen, each at its evidence's first line."""

    clicked = Signal(object)
    """The id of a stance whose name was clicked."""

    def __init__(
        self, parent: QWidget, scene: Callable[[], tuple[ArticlePainter, Scene] | None]
    ) -> None:
        """Take how to ask for what is on screen beside the margin, as high as it is."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Speakers"))
        self._scene = scene
        self._names: list[tuple[QRectF, UUID, str]] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a bar beside each stance's evidence, and its holder's name."""
        self._names = []
        if (found := self._scene()) is None:
            return
        look, scene = found
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        extent = scene.lines.extent
        free = 0.0
        found = scene.state.between(extent.start, extent.end, Layer.STANCE)
        for each in sorted(found, key=start_of):
            if isinstance(each, Stance):
                free = self._draw(painter, look, scene, each, free)
        brackets = look.margin_brackets(scene)
        draw_in_margin(painter, brackets, scene.lines, self.width(), look.zoom)
        painter.end()

    def _draw(
        self, painter: QPainter, look: ArticlePainter, scene: Scene, stance: Stance, free: float
    ) -> float:
        """Draw one stance's bars and name; return where the next name may stand."""
        zoom, colour = look.zoom, look.theme.line(look.token(stance))
        focused = scene.focus is not None and scene.focus.id == stance.id
        bar = QPen(colour, _BAR * zoom, c=Qt.PenCapStyle.FlatCap)
        if not stance.decision.decided:
            bar.setDashPattern([2, 1.5])
        x = self.width() - _BAR * zoom / 2
        for span in ringed(stance):
            pieces = scene.lines.pieces(span)
            if not pieces:
                continue
            painter.setPen(bar)
            top, bottom = pieces[0].letters().top(), pieces[-1].letters().bottom()
            painter.drawLine(QLineF(x, top, x, bottom))
        starts = [s for s in ringed(stance)[:1] if s.start >= scene.lines.extent.start]
        first = next((piece for span in starts for piece in scene.lines.pieces(span)), None)
        if first is None:
            return free
        font = QFont(self.font())
        font.setPixelSize(round(11 * zoom))
        font.setBold(stance.decision.decided or focused)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        line = metrics.height()
        top = max(first.baseline - metrics.ascent(), free)
        room = self.width() - (_GAP + _MARK + _BAR + 4) * zoom
        words = speaker(scene.state, stance.holder, short=True)
        rows = [
            metrics.elidedText(row, Qt.TextElideMode.ElideRight, room)
            for row in _two_rows(words, metrics, room)
        ]
        box = QRectF(0, top, self.width() - (_GAP + _BAR) * zoom, line * len(rows))
        right = Qt.AlignmentFlag.AlignRight
        painter.setPen(colour)
        painter.drawText(box, right, POSITION_MARKS[stance.position])
        painter.drawText(box.adjusted(0, 0, -_MARK * zoom, 0), right, "\n".join(rows))
        if focused:
            painter.setPen(QPen(look.theme.focus, 1.2 * zoom))
            wide = max(metrics.horizontalAdvance(row) for row in rows) + _MARK * zoom
            painter.drawLine(QLineF(box.right() - wide, box.bottom(), box.right(), box.bottom()))
        self._names.append((box, stance.id, speaker(scene.state, stance.holder)))
        return box.bottom() + 1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press on a name, and leave others to the page."""
        event.setAccepted(self._name_at(event.position()) is not None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which name was clicked."""
        if (identifier := self._name_at(event.position())) is not None:
            self.clicked.emit(identifier)

    def _name_at(self, place: QPointF) -> UUID | None:
        return next((each for box, each, _ in self._names if box.contains(place)), None)

    def event(self, event: QEvent) -> bool:
        """Show a name in full where it had no room."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = next((t for box, _, t in self._names if box.contains(event.pos())), "")
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)


def speaker(state: ArticleState, ref: Ref, *, short: bool = False) -> str:
    """Return who holds a stance; ``short`` leaves of a person's name the last word."""
    name = ref_text(state, ref)
    entity = state.get(ref.entity)
    if short and isinstance(entity, Entity):
        person = state.meanings.get(entity.label, entity.label) == "PERSON"
        return name.split()[-1] if person else name
    return name


def _two_rows(text: str, metrics: QFontMetricsF, room: float) -> list[str]:
    """Break a name that has no room in one row before the first word that has none."""
    words = text.split()
    fit = max(len(words) - 1, 1)
    while fit > 1 and metrics.horizontalAdvance(" ".join(words[:fit])) > room:
        fit -= 1
    if metrics.horizontalAdvance(text) <= room or fit == len(words):
        return [text]
    return [" ".join(words[:fit]), " ".join(words[fit:])]
