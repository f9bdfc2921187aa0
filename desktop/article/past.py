"""An article as it was: the same page, with nothing to be done to it, and marks of what came since.

What is otherwise now has a dashed outline, what came since a dotted line under it, and what was
rejected by then is struck through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)

from db.acts import Act
from db.values import Annotation, Layer, Status
from desktop import theme
from desktop.article.canvas import ArticleCanvas
from desktop.article.painter import ringed
from desktop.article.session import ArticleSession

_UNDER = 8.5  # pixels from the letters' feet to the dotted line, below the underlines' lanes


class PastSession(ArticleSession):
    """A desk to look at: whatever would be done on it is refused, in words."""

    def _do(
        self,
        command: Callable[..., Act | None],
        *values: object,
        make: Layer | None = None,
        leave: Annotation | None = None,
    ) -> bool:
        self.told.emit(self.tr("This is the past: nothing is changed in it. Esc goes back to now."))
        return False


class PastCanvas(ArticleCanvas):
    """Shows a :class:`PastSession`."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Article as it was"))
        self.changed: Mapping[UUID, Annotation | None] = {}
        """The annotations that are otherwise now, and how; None for what is not there now."""
        # It is laid out while it is painted for the first time: what lies over it comes after.
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self.viewport().update)
        self.text_set.connect(self._again.start)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_again"):  # not while it is made
            self._again.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        session = self.session
        if session is None or session.state is None:
            return
        state, zoom = session.state, self.zoom / 100
        colours = theme.current()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        struck = [each for each in state.decisions if each.decision.status is Status.REJECTED]
        self._strike(painter, struck, colours.muted, zoom)
        amber = colours.line("org")
        then = [each for id_ in self.changed if (each := state.get(id_)) is not None]
        self._outline(painter, then, amber, zoom)
        known = {each.id for each in (*then, *struck)}
        since = [each for id_, each in self.changed.items() if each and id_ not in known]
        since = [each for each in since if each.decision.status is not Status.REJECTED]
        self._dot(painter, since, amber, zoom)
        painter.end()

    def _strike(
        self, painter: QPainter, found: Iterable[Annotation], colour: QColor, zoom: float
    ) -> None:
        painter.setPen(QPen(colour, 1.3 * zoom))
        lines = self.lines()
        for span in (span for each in found for span in ringed(each)):
            for piece in lines.pieces(span):
                y = round(piece.baseline - 0.3 * piece.size)
                painter.drawLine(int(piece.left), y, int(piece.right), y)

    def _outline(
        self, painter: QPainter, found: Iterable[Annotation], colour: QColor, zoom: float
    ) -> None:
        pen = QPen(colour, 1.2 * zoom)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lines = self.lines()
        for span in (span for each in found for span in ringed(each)):
            for piece in lines.pieces(span):
                painter.drawRoundedRect(piece.letters(3 * zoom, 2.5 * zoom), 4, 4)

    def _dot(
        self, painter: QPainter, found: Iterable[Annotation], colour: QColor, zoom: float
    ) -> None:
        pen = QPen(colour, 1.8 * zoom)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.01, 2.4])
        painter.setPen(pen)
        lines = self.lines()
        for span in (span for each in found for span in ringed(each)):
            for piece in lines.pieces(span):
                y = round(piece.baseline + _UNDER * zoom)
                painter.drawLine(int(piece.left), y, int(piece.right), y)
