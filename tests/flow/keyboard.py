"""A person at the keyboard: presses keys where the keys go, and looks at what is in focus."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.values import Span
from desktop.app import Standfirst


def followed(app: Standfirst) -> None:
    """Let the window show what was done: nobody is faster than that."""
    QApplication.processEvents()
    while app.session.spare.follows:
        QApplication.processEvents()
    QApplication.processEvents()  # the last of it is laid out and painted


class Keyboard:
    """``pressed`` counts the keys; a chord is one, and so is each letter typed."""

    def __init__(self, app: Standfirst) -> None:
        self.app = app
        self.pressed: Counter[str] = Counter()

    def press(self, *keys: str) -> None:
        """Press keys such as ``Ctrl+Z``, one after another."""
        for key in keys:
            chord = QKeySequence(key)[0]  # pyright: ignore[reportIndexIssue] - it has items
            QTest.keyClick(self.here(), chord.key(), chord.keyboardModifiers())
            followed(self.app)
            self.pressed[key] += 1

    def type(self, text: str) -> None:
        """Type over what a field says."""
        QTest.keyClick(self.here(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(self.here(), text)
        followed(self.app)
        self.pressed["typed"] += len(text) + 1

    @staticmethod
    def here() -> QWidget:
        """Return what has the keys."""
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert found is not None
        return found

    # --- in the text

    @property
    def caret(self) -> int:
        """Where the caret is, in code points."""
        canvas = self.app.canvas
        return canvas.offsets.to_code_point(canvas.textCursor().position())

    def go_to(self, offset: int, hold: str = "") -> None:
        """Move the caret by lines, then words, then characters; ``hold`` is ``Shift+`` or not."""
        for back, on, reach in (("Up", "Down", 110), ("Ctrl+Left", "Ctrl+Right", 7)):
            way = offset - self.caret
            while abs(way) > reach and (offset - self.caret) * way > 0:
                self.press(hold + (on if way > 0 else back))
        while way := offset - self.caret:
            self.press(hold + ("Right" if way > 0 else "Left"))

    def select(self, span: Span) -> None:
        """Select a stretch of the text."""
        self.go_to(span.start)
        if self.app.session.selection is not None:
            self.press("Right", "Left")
        self.go_to(span.start)
        self.go_to(span.end, "Shift+")
        assert self.app.session.selection == span

    def sweep(self, span: Span) -> None:
        """Select a stretch without letting Shift go between."""
        self.go_to(span.start)
        for _ in range(span.end - span.start):
            QTest.keyPress(self.here(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        QTest.keyRelease(self.here(), Qt.Key.Key_Shift)
        self.pressed["Shift+Right"] += span.end - span.start
        followed(self.app)
