"""A page to read: an article's text set, zoomed, scrolled and selected, all in code points."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from db.values import Span, Zone
from desktop import theme
from desktop.article.geometry import Lines
from desktop.article.offsets import Offsets
from desktop.article.typesetting import COLUMN, PAD, Style, Typesetter

ZOOMS = range(50, 301)  # per cent
_ZOOM_STEP = 10
_WHEEL_STEP = 120
_SCREEN = 6_000  # code points: more than fit on any screen at 100 %
_NAMES = 112  # pixels beside the text that speakers' names need

# Looking for a place to break a word of 300,000 characters takes Qt nine seconds.
_UNBROKEN = re.compile("[!-~]{5000}")

_CARET_KEYS = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
_CARET_SEQUENCES = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in an article, in code points: the caret, and the first line on screen."""

    caret: int = 0
    top: int = 0


class Page(QTextEdit):
    """Shows one text, read-only, in a column between two margins."""

    zoom_changed = Signal(int)
    """The new zoom, in per cent."""
    text_set = Signal()
    """The whole text is set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._zoom = 100
        self._wheel = 0
        self._text = ""
        self._zones: Sequence[Zone] = ()
        self.offsets = Offsets("")
        self._lines: Lines | None = None
        self._lines_at: tuple[object, ...] = ()
        self._place = Place()
        self._changing = False
        self._waiting: tuple[int, Callable[[], None]] | None = None
        self.typesetter = Typesetter(self.document(), self)
        self.typesetter.grown.connect(self._try_waiting)
        self.typesetter.finished.connect(self.text_set)
        self._dress()

    # --- the text

    def set_text(self, text: str, zones: Sequence[Zone], place: Place | None = None) -> None:
        """Show a text from a place: its screenful now, the rest from the event loop."""
        place = place or Place()
        self._text, self._zones = text, zones
        self._waiting = None
        self.offsets = Offsets(text)
        style = Style(self._zoom / 100, self._theme)
        wrap = QTextOption.WrapMode
        unbroken = _UNBROKEN.search(text) is not None
        self.setWordWrapMode(wrap.WrapAnywhere if unbroken else wrap.WrapAtWordBoundaryOrAnywhere)
        near = place.top <= 2 * _SCREEN
        # The scroll bar may go and come meanwhile. A document that is being cleared knows nothing
        # of its cursors: one that changes then is freed, and used all the same.
        self._changing = True
        self._lines = None
        with QSignalBlocker(self):
            self.typesetter.start(text, zones, self.offsets, style, place.top * near + _SCREEN)
        self._changing = False
        self._lines = None
        self._arrange()
        self.place = place

    def set_zones(self, zones: Sequence[Zone]) -> None:
        """Show the same text in other zones; what the reader looks at stays where it is."""
        selected, place, held = self.selected, self.place, self._held()
        at = self._level(held)
        self.set_text(self._text, zones, place)
        bar = self.verticalScrollBar()

        def stay() -> None:
            self.select_span(selected)
            bar.setValue(bar.value() + self._level(held) - at)

        self.once_set(max(selected.end, held), stay)

    def _held(self) -> int:
        """Return the offset the reader looks at: selected, at the caret, pointed at, or on top."""
        caret, viewport = self.selected.start, self.viewport()
        if caret and 0 <= self._level(caret) < viewport.height():
            return caret
        pointer = viewport.mapFromGlobal(QCursor.pos())
        scrolled = self.verticalScrollBar().value() > 0
        if viewport.underMouse() and viewport.rect().contains(pointer):
            return self.offset_at(pointer)
        return self.offset_at(QPoint(0, 4)) if scrolled else 0

    def _level(self, offset: int) -> int:
        """Return how far below the top of the screen the line at an offset begins, in pixels."""
        return self.cursorRect(self._cursor(Span(offset, offset))).top()

    def set_anew(self) -> None:
        """Set the same text again, in another size or colour; what is on top stays there."""
        selected = self.selected
        self.set_text(self._text, self._zones, self.place)
        if selected.start < selected.end:
            self.once_set(selected.end, lambda: self.select_span(selected))

    def once_set(self, offset: int, act: Callable[[], None]) -> None:
        """Do something as soon as the text is set that far, and a screenful more to scroll in.

        Of several wishes the last counts.
        """
        self._waiting = (offset + _SCREEN, act)
        self._try_waiting()

    def _try_waiting(self) -> None:
        there = self.typesetter.set_to
        if self._waiting and (self.typesetter.done or there >= self._waiting[0]):
            act, self._waiting = self._waiting[1], None
            act()

    # --- places

    def lines(self) -> Lines:
        """Return the lines on screen; made anew only where they changed since."""
        across, bar = self.horizontalScrollBar().value(), self.verticalScrollBar()
        # What can move a line. A document set anew begins to count its revisions anew.
        now = (
            self.document().revision(),
            (bar.value(), bar.maximum(), across),
            self.viewport().size().toTuple(),
        )
        if self._lines is None or now != self._lines_at:
            self._lines, self._lines_at = Lines(self, self.offsets), now
        return self._lines

    def offset_at(self, point: QPoint) -> int:
        """Return the code point nearest to a point of the viewport."""
        return self.offsets.to_code_point(self.cursorForPosition(point).position())

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
        bar = self.verticalScrollBar()
        at = self.cursorRect(self._cursor(Span(top, top))).top()
        bar.setValue(bar.value() + at if top else 0)

    def reveal(self, span: Span) -> None:
        """Bring a span on screen with what follows it; scroll not at all if a line is round it.

        Rarely and far rather than a line at every step: the text stands still to be read.
        """
        last = max(span.end - 1, span.start)
        air = 2 * self.document().defaultFont().pixelSize()
        top = self.cursorRect(self._cursor(Span(span.start, span.start))).top()
        bottom = self.cursorRect(self._cursor(Span(last, last))).bottom()
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if top >= 0 and bottom <= height - air:
            return
        room = max(height - (bottom - top) - air, air)
        bar.setValue(bar.value() + top - min(height // 3, room))

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

    # --- size and colours

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
        if self._changing:
            return
        bar = self.verticalScrollBar()
        width = self.width() - (bar.width() if bar.isVisible() else 0)
        zoom = self._zoom / 100
        free = max(width - round((COLUMN + 2 * PAD) * zoom), 0)
        left = max(free // 2, min(round(_NAMES * zoom), width // 5))
        right = max(free - left, 0)
        if (margins := self.viewportMargins()).left() != left or margins.right() != right:
            self.setViewportMargins(left, 0, right, 0)

    def _dress(self) -> None:
        self._theme = colours = theme.current()
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, colours.page)
        palette.setColor(QPalette.ColorRole.Base, colours.page)
        palette.setColor(QPalette.ColorRole.Text, colours.ink)
        marked = QColor(colours.focus)
        marked.setAlphaF(0.28)
        palette.setColor(QPalette.ColorRole.Highlight, marked)
        palette.setColor(QPalette.ColorRole.HighlightedText, colours.ink)
        self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the system between light and dark."""
        super().changeEvent(event)
        changes = (QEvent.Type.ApplicationPaletteChange, QEvent.Type.PaletteChange)
        if event.type() in changes and theme.current() is not self._theme:
            self._dress()
            self.set_anew()

    # --- keys

    def event(self, event: QEvent) -> bool:
        """Leave every key to the window's actions but those that move the caret, and copying."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            ours = event.key() in _CARET_KEYS and not (
                event.modifiers() & Qt.KeyboardModifier.AltModifier
            )
            if ours or any(event.matches(sequence) for sequence in _CARET_SEQUENCES):
                event.accept()
            else:
                event.ignore()
            return True
        return super().event(event)
