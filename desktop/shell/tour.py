"""The tour: five steps through an article, done by doing them, in nobody's way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from desktop.shell.menus import SPECS, key_name

NEXT, SKIP = "tour", "tour-skip"
_KEYS = {spec.id: key_name(spec.keys[0]) for spec in SPECS if spec.keys}


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Tour", text)


@dataclass(frozen=True)
class Step:
    """``keys`` are actions whose keys are shown; ``done_by`` what leads on to the next step."""

    keys: tuple[str, ...]
    words: str
    done_by: frozenset[str]


def steps() -> tuple[Step, ...]:
    """Return the five steps."""
    return (
        Step(
            ("next",),
            tr("A dashed line is a suggestion; the card on the right says what. Go to the next."),
            frozenset({"next"}),
        ),
        Step(
            ("accept",),
            tr("Accept it, if it is right. The line becomes solid, and the next one is in focus."),
            frozenset({"accept"}),
        ),
        Step(
            ("reject", "digit-1"),
            tr("Reject what is wrong, or give it another label with a digit."),
            frozenset({"reject", "relabel", "position"}),
        ),
        Step(
            ("undo",),
            tr("Take back what you did last, also tomorrow. All is saved the moment you do it."),
            frozenset({"undo"}),
        ),
        Step(
            ("export", "new"),
            tr("Export the corpus when you like, or begin a project with articles of your own."),
            frozenset({"export", "new"}),
        ),
    )


class TourBar(QFrame):
    """One step at a time, below the panes. It never takes the keys away from the article."""

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tour")
        self.setAccessibleName(tr("Tour"))
        self._steps = steps()
        self._at = 0
        self._count, self._words = QLabel(), QLabel(wordWrap=True)
        self._count.setProperty("role", "muted")
        self._caps = [QLabel(), QLabel()]
        self._next = self._button(self.go_on)
        self._skip = self._button(self.end)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(10)
        layout.addWidget(self._count)
        for cap in self._caps:
            cap.setProperty("role", "key")
            layout.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._next)
        layout.addWidget(self._skip)
        self._show()

    @property
    def step(self) -> int:
        """The number of the step that is shown, from 1 to 5."""
        return self._at + 1

    def heard(self, event: str) -> None:
        """Go on if this step, or the one after it, asks for that: an act or an action, by name."""
        for ahead, step in enumerate(self._steps[self._at : self._at + 2]):
            if event in step.done_by:  # whoever accepts at once has gone to the next one too
                self._at += ahead
                self.go_on()
                return

    def go_on(self) -> None:
        """Show the next step; after the last one, be done."""
        if self._at + 1 == len(self._steps):
            self.end()
        else:
            self._at += 1
            self._show()

    def end(self) -> None:
        """Go, for good."""
        self.hide()
        self.ended.emit()
        self.deleteLater()

    def _show(self) -> None:
        step, last = self._steps[self._at], self._at + 1 == len(self._steps)
        self._count.setText(tr("{} of {}").format(self._at + 1, len(self._steps)))
        keys = [_KEYS[name] for name in step.keys]
        for cap, key in zip(self._caps, [*keys, ""], strict=False):
            cap.setText(key)
            cap.setVisible(bool(key))
        self._words.setText(step.words)
        self._next.setText(f"{tr('Done') if last else tr('Next')}  {_KEYS[NEXT]}")
        self._skip.setText(f"{tr('Skip the tour')}  {_KEYS[SKIP]}")
        self._skip.setVisible(not last)

    def _button(self, do: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(do)
        return button
