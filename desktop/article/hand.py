"""The mouse on the annotations: point, click, and drag an edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from unicodedata import bidirectional
from uuid import UUID

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from db.values import Annotation, Entity, Span, Statement
from desktop.article.bounds import Bounds, Edge, Unit
from desktop.article.geometry import Lines, Piece
from desktop.article.painter import RING, ringed
from desktop.article.places import main_span
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState

_REACH = 4  # pixels
_INSIDE = 1  # pixel: a selection may begin in the first letter; outside it is the ring
_WORD = 100  # code points looked at on either side to find a word
_CLUSTER = 12  # code points: more than a family of emoji is made of
_WAYS = {"R": True, "AL": True, "L": False}
_EDGE = Qt.CursorShape.SplitHCursor


class Page(Protocol):
    """What the hand needs of the canvas."""

    @property
    def session(self) -> ArticleSession | None: ...
    @property
    def zoom(self) -> int: ...
    def lines(self) -> Lines: ...
    def offset_at(self, point: QPoint) -> int: ...
    def runs_leftwards(self, offset: int) -> bool: ...
    def point_at(self, entity: Entity | None) -> None: ...
    def set_preview(self, span: Span | None) -> None: ...
    def set_shape(self, shape: Qt.CursorShape) -> None: ...
    def fold_at(self, place: QPointF) -> int | None: ...
    def toggle_fold(self, number: int) -> None: ...


@dataclass
class _Drag:
    identifier: UUID
    edge: Edge
    old: Span
    span: Span


class Hand:
    """Turns the mouse's ways into focus and bounds; what it does not take is the text's."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._drag: _Drag | None = None
        self._pressed: QPointF | None = None
        self._clicked = QPointF(-_REACH, -_REACH)

    @property
    def _state(self) -> ArticleState | None:
        session = self._page.session
        return session.state if session else None

    # --- the ways of the mouse

    def press(self, event: QMouseEvent) -> bool:
        """Take hold of an edge of what is in focus; True if there is one here."""
        if event.button() != Qt.MouseButton.LeftButton:
            return False
        self._pressed = event.position()
        session, edge = self._page.session, self._edge_at(event.position())
        if session is None or session.focused is None or edge is None:
            return False
        old = main_span(session.focused)
        self._drag = _Drag(session.focused.id, edge, old, old)
        return True

    def move(self, event: QMouseEvent) -> bool:
        """Show what is under the pointer, or the bounds a drag would give."""
        if self._drag is not None:
            place = event.position().toPoint()
            self._drag.span = self._moved(self._drag, place, _is_free(event))
            self._page.set_preview(self._drag.span)
            return True
        if event.buttons():
            return False
        hit = next(iter(self.hits(event.position())), None)
        self._page.point_at(hit if isinstance(hit, Entity) else None)
        if self._page.fold_at(event.position()) is not None:
            self._page.set_shape(Qt.CursorShape.PointingHandCursor)
        else:
            edge = self._edge_at(event.position())
            self._page.set_shape(_EDGE if edge else Qt.CursorShape.IBeamCursor)
        return False

    def release(self, event: QMouseEvent, *, selected: bool) -> bool:
        """Set the bounds a drag gave, or look at what was clicked."""
        session, drag, pressed = self._page.session, self._drag, self._pressed
        self._drag = self._pressed = None
        if drag is not None:
            if pressed is not None and (event.position() - pressed).manhattanLength() > 1:
                drag.span = self._moved(drag, event.position().toPoint(), _is_free(event))
            self._page.set_preview(None)
            if session and drag.span != drag.old:
                session.set_bounds(drag.identifier, drag.span)
            return True
        still = pressed is not None and (event.position() - pressed).manhattanLength() < _REACH
        if session and still and not selected:
            self._click(session, event.position())
        return False

    def let_go(self) -> bool:
        """Call a drag off; False if there was none."""
        if self._drag is None:
            return False
        self._drag = self._pressed = None
        self._page.set_preview(None)
        return True

    def forget_press(self) -> None:
        """Let the release that follows mean nothing, as after a double click."""
        self._pressed = None

    # --- what lies where

    def hits(self, place: QPointF) -> list[Annotation]:
        """Return the annotations under a point: entities, the shortest first, then frames."""
        state = self._state
        if state is None:
            return []
        offset = self._page.offset_at(place.toPoint())
        lines = self._page.lines()
        found = [
            each
            for each in state.between(max(offset - 1, 0), offset + 1)
            if not isinstance(each, Statement) and self._is_on(lines, each, place)
        ]
        return sorted(found, key=lambda each: (not isinstance(each, Entity), _length(each)))

    def _is_on(self, lines: Lines, annotation: Annotation, place: QPointF) -> bool:
        return any(
            piece.letters(1, 3).contains(place)
            for span in ringed(annotation)
            for piece in lines.pieces(span)
        )

    def _edge_at(self, place: QPointF) -> Edge | None:
        session = self._page.session
        if session is None or session.focused is None:
            return None
        span = main_span(session.focused)
        lines = self._page.lines()
        seen = lines.extent
        outside = RING * self._page.zoom / 100 + 1
        for edge, offset in ((Edge.START, span.start), (Edge.END, span.end)):
            if not seen.start <= offset <= seen.end:
                continue
            leftwards = self._runs_leftwards(span, edge)
            piece = _letter_at(lines, span, edge)
            if piece is None:
                continue
            at_right = (edge is Edge.START) is leftwards
            x = piece.right if at_right else piece.left
            box = piece.letters(0, 4)
            beyond = (place.x() - x) * (1 if at_right else -1)
            if box.top() <= place.y() <= box.bottom() and -_INSIDE <= beyond <= outside:
                return edge
        return None

    def _runs_leftwards(self, span: Span, edge: Edge) -> bool:
        """Tell which way the words run where a span begins or ends, whatever the paragraph does."""
        assert self._state is not None
        ways = [bidirectional(letter) for letter in span.of(self._state.text)]
        found = [_WAYS[way] for way in ways if way in _WAYS]
        if found:
            return found[0 if edge is Edge.START else -1]
        number = "EN" in ways or "AN" in ways  # runs rightwards in any script
        return not number and self._page.runs_leftwards(span.start)

    # --- doing

    def _click(self, session: ArticleSession, place: QPointF) -> None:
        """Look at the smallest thing here; each further click looks at the next one."""
        if (number := self._page.fold_at(place)) is not None:
            self._page.toggle_fold(number)
            return
        found = [each.id for each in self.hits(place)]
        if session.picking and not found:
            return
        again = (place - self._clicked).manhattanLength() < _REACH
        self._clicked = place
        focus = session.focus
        at = found.index(focus) + 1 if again and focus and focus in found else 0
        session.set_focus(found[at % len(found)] if found else None)

    def _moved(self, drag: _Drag, place: QPoint, free: bool) -> Span:
        """Return the span with the dragged edge at a point, on a word's edge unless ``free``."""
        state = self._state
        assert state is not None
        at = self._page.offset_at(place)
        if not free:
            low = max(at - _WORD, 0)
            word = Bounds(state.text[low : at + _WORD]).around(at - low, Unit.WORD)
            if word is not None:
                at = low + (word.start if drag.edge is Edge.START else word.end)
        if drag.edge is Edge.START:
            return Span(at, drag.old.end) if at < drag.old.end else drag.span
        return Span(drag.old.start, at) if at > drag.old.start else drag.span


def _letter_at(lines: Lines, span: Span, edge: Edge) -> Piece | None:
    """Return where the first or last letter of a span is; it may be made of several characters."""
    for wide in range(1, min(_CLUSTER, span.end - span.start) + 1):
        start = span.start if edge is Edge.START else span.end - wide
        pieces = lines.pieces(Span(start, start + wide))
        if pieces and pieces[0].left < pieces[0].right:
            return pieces[0 if edge is Edge.START else -1]
    return None


def _length(annotation: Annotation) -> int:
    return sum(span.end - span.start for span in ringed(annotation))


def _is_free(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
