"""Work that can wait, one piece a turn of the event loop, so that no turn is long."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

_BREATH = 5  # ms: at nought, a turn would follow on the last before anything else has its own


def in_turns(owner: QObject, steps: Iterable[Callable[[], object]]) -> None:
    """Take the steps one after another, each in a turn of its own, as long as ``owner`` lives."""
    remaining = iter(steps)
    timer = QTimer(owner, interval=_BREATH)

    def turn() -> None:
        if step := next(remaining, None):
            step()
        else:
            timer.stop()
            timer.deleteLater()

    timer.timeout.connect(turn)
    timer.start()
