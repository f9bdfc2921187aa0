"""A page to read: an article's text set, zoomed, scrolled and selected, all in code points."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QMargins, QMimeData, QPoint, QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from db.values import Span, Zone
from desktop.article.folding import Folds
from desktop.article.geometry import Lines
from desktop.article.offsets import Offsets, is_endless
from desktop.article.sheet import Sheet
from desktop.article.typesetting import PAD, Style, Typesetter
from desktop.article.view_settings import ViewSettings

ZOOMS = range(50, 301)  # per cent
_ZOOM_STEP = 10
_WHEEL_STEP = 120
_SCREEN = 6_000  # code points: more than fit on most screens at 100 %
_UNKNOWN = QSize(2000, 2500)  # pixels: a page on which more is seen than on most
_NAMES = 112  # pixels beside the text that speakers' names need


class Place(NamedTuple):
    """Where somebody is in an article, in code points: the caret, and the first line on screen."""

    caret: int = 0
    top: int = 0


class Page(Sheet):
    """Shows one text, read-only, in a column between two margins."""

    zoom_changed = Signal(int)
    """The new zoom, in per cent."""
    text_set = Signal()
    """The whole text is set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zoom = 100
        self._view = ViewSettings()
        self._wheel = self._headroom = 0
        self._text = ""
        self._zones: Sequence[Zone] = ()
        self.offsets = Offsets("")
        self._lines: Lines | None = None
        self._lines_at: tuple[object, ...] = ()
        self._place = Place()
        self._changing = False
        self._waiting: tuple[int, Callable[[], None]] | None = None
        self.folds = Folds(self)
        self.typesetter = Typesetter(self.document(), self)
        self.typesetter.grown.connect(self._fold_what_came)
        self.typesetter.grown.connect(self._try_waiting)
        self.typesetter.finished.connect(self.text_set)

    # --- the text

    def set_text(self, text: str, zones: Sequence[Zone], place: Place | None = None) -> None:
        """Show a text from a place: its screenful now, the rest from the event loop."""
        place = place or Place()
        self._text, self._zones = text, zones
        self._waiting = None
        self.stand_still(False)
        self.offsets = Offsets(text)
        style = Style(self._zoom / 100, self._theme, self._view)
        self.break_words(is_endless(text))
        # The scroll bar may go and come meanwhile. A document that is being cleared knows nothing
        # of its cursors: one that changes then is freed, and used all the same.
        self._changing = True
        with QSignalBlocker(self):
            folded = self._view.folded
            page = self.viewport().size() if self.isVisible() and not folded else _UNKNOWN
            self.typesetter.clear(style)
            self.expect_bar(len(text) > 2 * style.fits(page))
            self._set_margins()  # as wide as it will be, before there is anything to lay out
            self.folds.begin(text, zones, self.offsets, style.zoom, folded=folded)
            self.typesetter.start(text, zones, self.offsets, style, page)
            self.moveCursor(QTextCursor.MoveOperation.Start)  # at the end it would go with the text
        self._changing = False
        self._lines = None
        self._arrange()
        self.place = place

    def set_zones(self, zones: Sequence[Zone]) -> None:
        """Show the same text in other zones; what the reader looks at stays where it is."""
        selected, place, held = self.selected, self.place, self._held()
        at = self._top_of(held)
        self.set_text(self._text, zones, place)
        bar = self.verticalScrollBar()

        def stay() -> None:
            self.select_span(selected)
            bar.setValue(bar.value() + self._top_of(held) - at)

        self.once_set(max(selected.end, held), stay)

    def _held(self) -> int:
        """Return the offset the reader looks at: selected, at the caret, pointed at, or on top."""
        caret, viewport = self.selected.start, self.viewport()
        if caret and 0 <= self._top_of(caret) < viewport.height():
            return caret
        pointer, scrolled = viewport.mapFromGlobal(QCursor.pos()), self.verticalScrollBar().value()
        if viewport.underMouse() and viewport.rect().contains(pointer):
            return self.offset_at(pointer)
        return self.offset_at(QPoint(0, 4)) if scrolled else 0

    def set_anew(self) -> None:
        """Set the same text again, in another size or colour; what is on top stays there."""
        selected, place = self.selected, self.place
        self.set_text(self._text, self._zones, place)

        def go_back() -> None:
            self._go(place)
            if selected.start < selected.end:
                self.select_span(selected)

        self.once_set(max(place.caret, place.top, selected.end), go_back)
        # What is far down is there in a moment; until then the old picture stands.
        self.stand_still(self._waiting is not None)

    def once_set(self, offset: int, act: Callable[[], None], *, scrolls: bool = True) -> None:
        """Do something as soon as the text is set that far, with a screenful more if it scrolls.

        What is not far down is set at once. Of several wishes the last counts.
        """
        far = offset + _SCREEN if offset and scrolls else offset
        self._waiting = (far, act)
        if far <= 2 * _SCREEN:
            self.typesetter.go_on(far)
        self._try_waiting()

    def _try_waiting(self) -> None:
        there = self.typesetter.set_to
        if self._waiting and (self.typesetter.done or there >= self._waiting[0]):
            act, self._waiting = self._waiting[1], None
            act()
            self.stand_still(False)

    def _fold_what_came(self) -> None:
        self.folds.follow(sys.maxsize if self.typesetter.done else self.typesetter.set_to)

    # --- places

    def lines(self) -> Lines:
        """Return the lines on screen; made anew only where they changed since."""
        across, bar = self.horizontalScrollBar().value(), self.verticalScrollBar()
        # What can move a line. A document set anew begins to count its revisions anew.
        scroll = (bar.value(), bar.maximum(), across)
        now = (self.document().revision(), scroll, self.viewport().size().toTuple())
        if self._lines is None or now != self._lines_at:
            self._lines, self._lines_at = Lines(self, self.offsets), now
        return self._lines

    def offset_at(self, point: QPoint) -> int:
        """Return the code point nearest to a point of the viewport."""
        at = self.offsets.to_code_point(self.cursorForPosition(self._on_text(point)).position())
        return self.folds.shown(at)

    def _on_text(self, point: QPoint) -> QPoint:
        """Return a point itself, or one on the nearest line.

        Between two paragraphs the layout may name one that is folded away, however far off.
        """
        at = self.offsets.to_code_point(self.cursorForPosition(point).position())
        level = self.lines().level_at(point.y()) if self.folds.hides(at) else None
        return point if level is None else QPoint(point.x(), round(level))

    def runs_leftwards(self, offset: int) -> bool:
        """Tell whether the paragraph at an offset runs from right to left."""
        block = self.document().findBlock(self.offsets.to_qt(offset))
        return block.textDirection() is Qt.LayoutDirection.RightToLeft

    @property
    def place(self) -> Place:
        """Where the reader is; setting it scrolls there, once the text is set that far."""
        if self._waiting is not None and not self.typesetter.done:
            return self._place
        caret = self.offsets.to_code_point(self.textCursor().position())
        scrolled = self.verticalScrollBar().value() > 0
        return Place(caret, self.offset_at(QPoint(0, 4)) if scrolled else 0)

    @place.setter
    def place(self, place: Place) -> None:
        self._place = place
        self.once_set(max(place.caret, place.top), lambda: self._go(place))

    def _go(self, place: Place) -> None:
        self.select_span(Span(place.caret, place.caret))
        self._scroll_to(place.top)

    def _scroll_to(self, top: int) -> None:
        top = self.folds.shown(top)
        bar = self.verticalScrollBar()
        at = self._top_of(top)
        bar.setValue(bar.value() + at if top else 0)

    def reveal(self, span: Span) -> None:
        """Bring a span on screen with what follows it; scroll not at all if a line is round it.

        Rarely and far rather than a line at every step: the text stands still to be read.
        """
        self.folds.open_at(span)
        last = max(span.end - 1, span.start)
        air = 2 * self.document().defaultFont().pixelSize()
        top = self._top_of(span.start)
        bottom = self.cursorRect(self._cursor(Span(last, last))).bottom()
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if top >= air // 3 and bottom <= height - air:  # with room above for a chip
            return
        room = max(height - (bottom - top) - air, air)
        bar.setValue(bar.value() + top - min(height // 3, room))

    def standing(self, fold: Callable[[], None]) -> None:
        """Fold or unfold; the caret's line, or else the first one on screen, stays where it is."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        caret = self.selected.end
        on_screen = 0 <= self._top_of(caret) < height and self.folds.at(caret) is None
        at = caret if on_screen else self.offset_at(QPoint(0, 4))
        if (number := self.folds.at(at)) is not None and not self.folds.is_folded(number):
            at = self.folds.after(number)
        before = min(self._top_of(at), height // 3)
        fold()
        bar.setValue(bar.value() + self._top_of(at) - before)
        if self.folds.hides(caret):
            place = self.folds.shown(caret)
            self.select_span(Span(place, place))

    def _top_of(self, offset: int) -> int:
        """Return how far below the top of the screen the line at an offset begins, in pixels."""
        return self.cursorRect(self._cursor(Span(offset, offset))).top()

    # --- selecting

    @property
    def selected(self) -> Span:
        """What is selected; the caret's place, as an empty span, if nothing is."""
        cursor = self.textCursor()
        return Span(
            self.offsets.to_code_point(cursor.selectionStart()),
            self.offsets.to_code_point(cursor.selectionEnd()),
        )

    def select_span(self, span: Span) -> None:
        """Select a span, or put the caret at an empty one; neither scrolls nor tells anybody."""
        bar = self.verticalScrollBar()
        value = bar.value()
        with QSignalBlocker(self):
            self.setTextCursor(self._cursor(span))
        bar.setValue(value)

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.to_qt(span.start))
        cursor.setPosition(self.offsets.to_qt(span.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the text itself, not what stands for it on screen."""
        mime = QMimeData()
        mime.setText(self.selected.of(self._text))
        return mime

    # --- size

    @property
    def zoom(self) -> int:
        """How large the text is, in per cent."""
        return self._zoom

    @zoom.setter
    def zoom(self, percent: int) -> None:
        percent = max(ZOOMS.start, min(percent, ZOOMS.stop - 1))
        if percent != self._zoom:
            self._zoom = percent
            self._arrange()
            self.set_anew()
            self.zoom_changed.emit(percent)

    @property
    def view(self) -> ViewSettings:
        """How the analyst likes to read."""
        return self._view

    @view.setter
    def view(self, view: ViewSettings) -> None:
        old, self._view = self._view, view
        if (old.family, old.spacing) != (view.family, view.spacing):
            self.set_anew()
        if old.column != view.column:
            self._arrange()
        if old.stance_lines != view.stance_lines:
            self.update()
            self.viewport().update()
        if old.folded != view.folded:
            self.standing(lambda: self.folds.fold_all(view.folded))

    def zoom_in(self) -> None:
        """Enlarge the text by a step."""
        self.zoom += _ZOOM_STEP

    def zoom_out(self) -> None:
        """Make the text smaller by a step."""
        self.zoom -= _ZOOM_STEP

    def zoom_reset(self) -> None:
        """Show the text at 100 %."""
        self.zoom = 100

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / _WHEEL_STEP)
        self._wheel -= steps * _WHEEL_STEP
        self.zoom += steps * _ZOOM_STEP
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle, and the line on top where other lines get longer."""
        if self._changing:
            super().resizeEvent(event)
            return
        top = self.place.top
        self._arrange()
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._waiting is None:
            self._scroll_to(top)

    def _arrange(self) -> None:
        if not self._changing:
            self._set_margins()

    def _set_margins(self) -> None:
        bar = self.verticalScrollBar()
        width = self.width() - (bar.width() if bar.isVisible() else 0)
        zoom = self._zoom / 100
        free = max(width - round((self._view.width + 2 * PAD) * zoom), 0)
        left = max(free // 2, min(round(_NAMES * zoom), width // 5))
        right = max(free - left, 0)
        margins = QMargins(left, self._headroom, right, 0)
        if self.viewportMargins() != margins:
            self.setViewportMargins(margins)

    def set_headroom(self, height: int) -> None:
        """Leave room over the text for what lies there; the text itself stands still."""
        more, self._headroom = height - self._headroom, height
        bar = self.verticalScrollBar()
        value = bar.value()
        self._arrange()
        bar.setValue(value + more)

    # --- mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select where there is text to be seen."""
        super().mousePressEvent(self._moved_to_text(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select as far as where there is text to be seen."""
        super().mouseMoveEvent(self._moved_to_text(event))

    def _moved_to_text(self, event: QMouseEvent) -> QMouseEvent:
        point = event.position().toPoint()
        if not event.buttons() or (there := self._on_text(point)) == point:
            return event
        by = QPointF(there - point)
        place = event.position() + by, event.globalPosition() + by
        pressed = event.button(), event.buttons(), event.modifiers()
        return QMouseEvent(event.type(), *place, *pressed, event.pointingDevice())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, past what is folded away."""
        before = self.selected.end
        super().keyPressEvent(event)
        cursor = self.textCursor()
        at = self.offsets.to_code_point(cursor.position())
        if self.folds.hides(at):
            there = self.offsets.to_qt(self.folds.shown(at, forwards=at >= before))
            mode = QTextCursor.MoveMode
            cursor.setPosition(there, mode.KeepAnchor if cursor.hasSelection() else mode.MoveAnchor)
            self.setTextCursor(cursor)
