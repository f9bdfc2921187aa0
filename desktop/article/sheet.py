"""The sheet an article is set on: read-only, in the theme's colours, with the keys of a reader."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPalette, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop import theme, viewports

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


class Sheet(QTextEdit):
    """A text edit nobody writes in; it follows the system between light and dark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        viewports.give_own(self)
        self.document().documentLayout().setPaintDevice(self.viewport())
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
        self._dress()

    def set_anew(self) -> None:
        """Set the same text again, in another size or colour."""

    def stand_still(self, still: bool) -> None:
        """Show the picture there is, whatever changes, until told otherwise."""
        if self.viewport().updatesEnabled() is still:
            # Not the page itself: a window that misses its turn to paint waits for ever.
            for part in self.findChildren(
                QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
            ):
                part.setUpdatesEnabled(not still)

    def expect_bar(self, sure: bool) -> None:
        """Show the scroll bar before there is anything to scroll, where it is ``sure`` to come.

        Came it with the text, the text would be laid out twice.
        """
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if sure else policy.ScrollBarAsNeeded
        )

    def break_words(self, anywhere: bool) -> None:
        """Break a line ``anywhere``, or where a word ends and within one only if it must be.

        Looking for a place to break a word of 300,000 characters takes Qt nine seconds.
        """
        wrap = QTextOption.WrapMode
        self.setWordWrapMode(wrap.WrapAnywhere if anywhere else wrap.WrapAtWordBoundaryOrAnywhere)

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

    def event(self, event: QEvent) -> bool:
        """Leave every key to the window's actions but those that move the caret, and copying."""
        if isinstance(event, QWheelEvent):  # over a margin
            return self.viewportEvent(event)
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
