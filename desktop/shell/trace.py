"""Moments of a run, as JSON lines in the file that STANDFIRST_TRACE names: how the bench looks in.

Without that variable nothing is measured and a mark costs one comparison.
"""

from __future__ import annotations

import json
import os
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

_FILE = os.environ.get("STANDFIRST_TRACE")
_TICK, _SETTLING = 5, 500  # ms


class _LoopWatch:
    """Knows the longest turn of the event loop, by a timer that should tick every 5 ms.

    A turn is measured twice: by the clock, as the analyst feels it, and by the processor time this
    thread took, which other programs on the machine have no part in.
    """

    def __init__(self) -> None:
        self._last = (time.perf_counter(), time.thread_time())
        self._longest = (0.0, 0.0)
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        turn = (now[0] - self._last[0], now[1] - self._last[1])
        self._longest = (max(self._longest[0], turn[0]), max(self._longest[1], turn[1]))
        self._last = now

    def take(self) -> dict[str, float]:
        """Return the longest turn since it was last taken, the one under way included."""
        self._tick()
        stall, busy = self._longest
        self._longest = (0.0, 0.0)
        return {"stall_ms": round(stall * 1000, 1), "busy_ms": round(busy * 1000, 1)}


_watch: _LoopWatch | None = None


def mark(moment: str, **facts: object) -> None:
    """Write down a moment such as ``first_paint``, and the longest turn since the line before.

    The line is ``{"moment", "at": seconds since 1970, "worked": seconds of processor time that the
    program took, "stall_ms", "busy_ms", **facts}``. Another one, with "settled" behind the name,
    follows when the window has had time to paint. The watch on the event loop begins with the first
    mark.
    """
    if _FILE is not None:
        _write(moment, facts)
        QTimer.singleShot(_SETTLING, partial(_write, f"{moment} settled", {}))


def _write(moment: str, facts: dict[str, object]) -> None:
    global _watch
    if _FILE is None:
        return
    turn = _watch.take() if _watch else {"stall_ms": 0.0, "busy_ms": 0.0}
    when = {"at": time.time(), "worked": time.process_time()}
    line = {"moment": moment, **when, **turn, **facts}
    with Path(_FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    _watch = _watch or _LoopWatch()
