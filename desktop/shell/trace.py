"""Moments of a run, as JSON lines in the file that STANDFIRST_TRACE names: how the bench looks in.

Without that variable nothing is measured and a mark costs one comparison.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

_FILE = os.environ.get("STANDFIRST_TRACE")
_TICK = 5  # ms


class _StallWatch:
    """Knows the longest time the event loop was away, by a timer that should tick every 5 ms."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._longest = 0.0
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def take(self) -> float:
        """Return the longest gap since it was last taken, in seconds, the open one included."""
        self._tick()
        longest, self._longest = self._longest, 0.0
        return longest


_watch: _StallWatch | None = None


def mark(moment: str, **facts: object) -> None:
    """Write down a moment such as ``first_paint``, and the longest stall since the one before.

    The line is ``{"moment", "at": seconds since 1970, "stall_ms": …, **facts}``. The watch on the
    event loop begins with the first mark.
    """
    global _watch
    if _FILE is None:
        return
    stall = _watch.take() * 1000 if _watch else 0.0
    line = {"moment": moment, "at": time.time(), "stall_ms": round(stall, 1), **facts}
    with Path(_FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    _watch = _watch or _StallWatch()
