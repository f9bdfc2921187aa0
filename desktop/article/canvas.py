"""The article on its page: what is drawn on the text, and the mouse upon it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QCursor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from db.values import Entity, Span, Stance, Zone, ZoneKind
from desktop import theme
from desktop.article.fills import Fills
from desktop.article.finding import NOTHING, Hits
from desktop.article.hand import Hand
from desktop.article.margin import Margin
from desktop.article.page import Page, Place
from desktop.article.painter import ArticlePainter, Scene, ringed
from desktop.article.places import in_text, main_span, spans_of
from desktop.article.scheme import Scheme
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from desktop.article.typesetting import PAD
from desktop.menu import Menu

_FADE_MS = 120
_RULE = 8  # pixels at 100 %: a click so near the rule beside boilerplate folds it


class ArticleCanvas(Page):
    """Shows the article of a session; whatever is done to it goes to the session."""

    first_painted = Signal()
    """The first screenful of a newly opened article is on screen."""
    found_changed = Signal()
    """Other words are found in the text, or none any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Article"))
        self.viewport().setMouseTracking(True)
        self.context_actions: Callable[[int], Sequence[QAction | None]] = lambda _offset: ()
        """Gives the context menu's actions for a code point; None is a separator."""
        self.session: ArticleSession | None = None
        self.found: Hits = NOTHING
        self._hand = Hand(self)
        self._mouse_down = False
        self._margin = Margin(self, self._speakers)
        self.fills = Fills(self.document(), self._margin.update, self)
        self._margin.clicked.connect(lambda each: self.session and self.session.set_focus(each))
        self._fade = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=_FADE_MS)
        self._fade.valueChanged.connect(lambda _: self.viewport().update(self._ring))
        self._scrolled = QTimer(self, singleShot=True, interval=0)
        self._scrolled.timeout.connect(self._tell_place)
        self._painter = ArticlePainter(theme.current(), Scheme(), self.zoom / 100)
        self._forget()
        self.text_set.connect(lambda: self.fills.update(list(self._shown)))
        self.selectionChanged.connect(self._tell_selection)
        self.cursorPositionChanged.connect(self._tell_selection)
        self.verticalScrollBar().valueChanged.connect(self._margin.update)
        # Told of a scroll by hand, before it is done.
        self.verticalScrollBar().actionTriggered.connect(lambda _: self._scrolled.start())
        self.verticalScrollBar().rangeChanged.connect(self._arrange)

    def _forget(self) -> None:
        """Know nothing of an article."""
        self._shown: dict[UUID, list[Span]] = {}
        self._boilerplate: tuple[Span, ...] = ()
        self._pointed: UUID | None = None
        self._preview: Span | None = None
        self._marked: frozenset[UUID] = frozenset()
        self._ring = QRect()
        self._beside = False  # whether the margin shows what is in focus
        self._ringed: list[Span] = []  # all that is drawn for what is in focus lies on these
        self._unpainted = True

    @property
    def _state(self) -> ArticleState | None:
        return self.session.state if self.session else None

    # --- the session

    def set_session(self, session: ArticleSession) -> None:
        """Show the article of a session, now and whenever it changes."""
        self.session = session
        session.article_changed.connect(self._open)
        session.zones_changed.connect(self._rezone)
        session.scheme_changed.connect(self._dress_anew)
        session.annotations_changed.connect(self._show_annotations)
        session.checked_changed.connect(self.viewport().update)
        session.focus_changed.connect(self._show_focus)
        session.selection_changed.connect(self._follow_selection)
        self._open()

    def _open(self) -> None:
        self._hand.let_go()
        self._forget()
        state = self._state
        if state is not None:
            self._shown = {each.id: spans_of(each) for each in state.visible}
        self.set_text(state.text if state else "", state.article.zones if state else ())
        if self.session is not None and self.session.focus is not None:
            self._show_focus(self.session.focus)

    def _rezone(self) -> None:
        state = self._state  # no text moves under a hand that drags: it is asked for again
        if state and not self._mouse_down and state.article.zones != self._zones:
            self.set_zones(state.article.zones)

    def set_text(self, text: str, zones: Sequence[Zone], place: Place | None = None) -> None:
        """Show a text, and begin anew with what is drawn on it."""
        self._painter = self._new_painter()
        self._boilerplate = tuple(
            Span(zone.start, zone.end) for zone in zones if zone.kind is ZoneKind.BOILERPLATE
        )
        self.fills.stop()
        super().set_text(text, zones, place)
        if (session := self.session) and (state := session.state):
            self.fills.start(state, self.offsets, lambda a: self._painter.fill(a), session.spare)
            if self.typesetter.done:  # else when all of the text is there
                self.fills.update(list(self._shown))
        self._margin.update()

    def _dress_anew(self) -> None:
        """Draw in the colours that labels have now; nothing moves."""
        self._painter = self._new_painter()
        if self._state is not None:
            self.fills.update(list(self._shown))
        self.viewport().update()
        self._margin.update()

    def _new_painter(self) -> ArticlePainter:
        scheme = self.session.scheme if self.session else Scheme()
        return ArticlePainter(theme.current(), scheme, self.zoom / 100)

    # --- selection

    def _tell_selection(self) -> None:
        if self._state is not None and self.session is not None:
            shift = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
            self.session.set_selection(self.selected, finished=not (self._mouse_down or shift))

    def _tell_place(self) -> None:
        if self.session is not None and self._state is not None:
            self.session.wander(self.offset_at(QPoint(0, 4)))

    def _follow_selection(self, span: Span | None) -> None:
        mine = self.selected
        if span is None:
            self.select_span(Span(mine.end, mine.end))
        elif span != mine and not self._mouse_down:
            self.select_span(span)

    # --- showing

    def _show_annotations(self, identifiers: Iterable[UUID]) -> None:
        state = self._state
        if state is None:
            return
        stale: list[Span] = []
        for each in identifiers:
            stale += self._shown.pop(each, ())
            annotation = state.get(each)
            if annotation is not None:
                self._shown[each] = spans_of(annotation)
                stale += self._shown[each]
            if not isinstance(annotation, Entity):
                self._margin.update()
        self.fills.update(identifiers)
        self._repaint(stale)
        self._repaint_ring()

    def _show_focus(self, identifier: UUID | None) -> None:
        session = self.session
        if session is None or session.state is None:
            return
        self.viewport().update(self._ring)
        self._fade.stop()
        self._fade.start()
        focused = session.focused
        beside = isinstance(focused, Stance)
        if beside or self._beside:
            self._margin.update()
        self._beside = beside
        spans = spans_of(focused) if focused is not None else []
        slots = [*spans, *(ref.span for ref in (session.quotes.target,) if ref and ref.span)]
        self._repaint((*self._ringed, *slots))
        self._ringed = slots
        if spans and not self._mouse_down:
            end, seen = max(span.end for span in spans), self.lines().extent
            scrolls = not seen.start <= end < seen.end
            self.once_set(end, self._go_to_focus, scrolls=scrolls)
        self._repaint_ring()

    def _go_to_focus(self) -> None:
        focused = self.session.focused if self.session else None
        if self.session is None or focused is None or not in_text(focused):
            return
        at = main_span(focused).start
        if self.session.selection is None:
            # The arrow keys go on from here, but nobody has pointed at anything yet.
            self.select_span(Span(at, at))
        self.reveal(Span(at, max([at, *(span.end for span in ringed(focused))])))

    def _repaint(self, spans: Iterable[Span]) -> None:
        """Repaint the lines of some spans, with the gaps where chips and underlines are."""
        lines = self.lines()
        seen, width = lines.extent, self.viewport().width()
        for span in spans:
            for piece in lines.pieces(span) if span.overlaps(seen) else ():
                box = piece.line().adjusted(0, -piece.size, 0, piece.size)
                # The whole width, for a chip may reach far beyond its span.
                self.viewport().update(0, int(box.top()), width, int(box.height()) + 2)

    def _repaint_ring(self) -> None:
        if self._state is None:
            return
        box = self._painter.ring(self._scene()).toAlignedRect()
        self._ring = QRect(0, box.top(), self.viewport().width(), box.height())
        self.viewport().update(self._ring)

    def _speakers(self) -> tuple[ArticlePainter, Scene] | None:
        return (self._painter, self._scene()) if self._state is not None else None

    def _scene(self, painted: QRect | None = None) -> Scene:
        """Return what there is to draw on the lines on screen, or where it is ``painted`` anew."""
        assert self.session is not None and self.session.state is not None
        lines = self.lines()
        extent = lines.between(painted.top(), painted.bottom() + 1) if painted else lines.extent
        pointed = self.session.state.get(self._pointed)
        return Scene(
            state=self.session.state,
            lines=lines,
            extent=extent,
            focus=self.session.focused,
            pointed=pointed if isinstance(pointed, Entity) else None,
            fade=float(self._fade.currentValue() or 0),
            preview=self._preview,
            boilerplate=self._boilerplate,
            marked=self._marked,
            target=self.session.quotes.target,
            stance_lines=self.view.stance_lines,
            found=tuple(self.found.between(extent.start, extent.end)),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the fills, then the text, then what lies over it."""
        if self._state is None:
            super().paintEvent(event)
            return
        scene = self._scene(event.rect())
        painter = QPainter(self.viewport())
        self._painter.under(painter, scene)
        self.folds.draw(painter, self._painter.theme, scene.extent)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self._painter.over(painter, scene)
        painter.end()
        if self._unpainted:
            self._unpainted = False
            self.first_painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the speakers' names beside the text."""
        super().resizeEvent(event)
        seen = self.viewport().geometry()
        self._margin.setGeometry(0, seen.y(), seen.x(), seen.height())
        self._margin.update()

    def set_marked(self, identifiers: frozenset[UUID]) -> None:
        """Show some annotations as chosen, and no others."""
        if identifiers != self._marked:
            self._marked = identifiers
            self.viewport().update()

    def set_found(self, hits: Hits) -> None:
        """Mark what was found in the text."""
        self.found = hits
        self.viewport().update()
        self.found_changed.emit()

    # --- what the hand asks for

    def point_at(self, entity: Entity | None) -> None:
        """Show the chip of the entity under the pointer."""
        identifier = entity.id if entity else None
        if identifier != self._pointed:
            gone, self._pointed = self._pointed, identifier
            both = (self._shown.get(each, []) for each in (gone, identifier) if each)
            self._repaint(span for spans in both for span in spans)

    def set_preview(self, span: Span | None) -> None:
        """Show the bounds that what is in focus would get, or its own again."""
        if span != self._preview:
            old, self._preview = self._preview, span
            self._repaint([each for each in (old, span) if each])
            self.viewport().update(self._ring)
            self._repaint_ring()

    def look_at(self, span: Span) -> None:
        """Select a stretch and bring it on screen, once it is set."""

        def show() -> None:
            self.select_span(span)
            self.reveal(span)

        if self.session:
            self.session.set_selection(span, finished=False)
        self.once_set(span.end, show)

    def set_shape(self, shape: Qt.CursorShape) -> None:
        """Change the pointer's shape."""
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(QCursor(shape))

    def fold_at(self, place: QPointF) -> int | None:
        """Return the boilerplate that a click at a place folds or unfolds."""
        left = (PAD + _RULE) * self.zoom / 100
        return self.folds.hit(place, self.offset_at(place.toPoint()), left)

    def toggle_fold(self, number: int) -> None:
        """Fold one stretch of boilerplate, or unfold it."""
        self.standing(lambda: self.folds.fold(number, not self.folds.is_folded(number)))

    # --- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an edge, or begin to select."""
        self._mouse_down = event.button() == Qt.MouseButton.LeftButton
        if not self._hand.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag an edge, or select, or look at what is under the pointer."""
        if not self._hand.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of an edge, end a selection, or look at what was clicked."""
        selected = self.selected
        dragged = self._hand.release(event, selected=selected.start < selected.end)
        if not dragged:
            super().mouseReleaseEvent(event)
        self._mouse_down = False
        if not dragged:
            self._tell_selection()
        self._rezone()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self._hand.forget_press()
        self._mouse_down = True
        super().mouseDoubleClickEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the chip under the pointer away."""
        self.point_at(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Call a drag off with Escape, or a slot that waits; the rest moves the caret."""
        if event.key() == Qt.Key.Key_Escape:
            if not self._hand.let_go() and self.session is not None:
                self.session.pick(None)
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End a selection made with Shift and the arrows."""
        super().keyReleaseEvent(event)
        if event.key() == Qt.Key.Key_Shift and self._state is not None and self.session is not None:
            self.session.set_selection(self.selected)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done here."""
        keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        point = self.cursorRect().center() if keyboard else event.pos()
        if self.session is not None and not keyboard:
            hits = [each.id for each in self._hand.hits(point.toPointF())]
            at, selected = self.offset_at(point), self.selected
            chosen = selected.start <= at <= selected.end and selected.start < selected.end
            if hits and not chosen and self.session.focus not in hits:
                self.session.set_focus(hits[0])
        actions = self.context_actions(self.offset_at(point))
        if actions:
            menu = Menu(self)
            for action in actions:
                _ = menu.addSeparator() if action is None else menu.addAction(action)
            menu.open_once(self.viewport().mapToGlobal(point))
