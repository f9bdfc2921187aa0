"""What may follow on an act, one thing in a turn of the event loop, whoever's it is.

With timers of their own, all that follows a key would be done in the same turn, and the next key
would wait for the sum of it, painted and all.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

Step = Callable[[], object]
"""Shows what an act has changed, where that is looked at."""
Slice = Callable[[], bool]
"""Does a millisecond or two of work nobody waits for, and tells whether there is more of it."""

_TURN = 0.002  # seconds; whoever has a slice then ends it
_BREATH = 5  # milliseconds before slices: so that keys and paint come in between


class SpareTime(QObject):
    """Takes steps one by one, as they were asked for; then gives each worker a slice in turn."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: dict[Step, QObject] = {}  # with whose they are
        self._waiting: dict[Step, QObject] = {}  # slices, in turn
        self._now: Step | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._turn)

    @property
    def follows(self) -> bool:
        """Whether a step is still to be taken: not all shows what was done last."""
        return bool(self._steps)

    def soon(self, step: Step, owner: QObject) -> None:
        """Take a step in a turn of its own, once however often it is asked for till then."""
        if not (self._steps and self._timer.isActive()):
            self._timer.start(0)
        self._steps.setdefault(step, owner)

    def begin(self, work: Slice, owner: QObject) -> None:
        """Do some work, slice by slice, as long as its owner lives."""
        self._waiting.setdefault(work, owner)
        if not self._timer.isActive():
            self._timer.start(_BREATH)

    def end(self, what: Step) -> None:
        """Do no more of it, wherever it is."""
        self._steps.pop(what, None)
        self._waiting.pop(what, None)
        if what == self._now:
            self._now = None

    def has(self, what: Step) -> bool:
        """Tell whether a step is still to be taken, or some work is under way."""
        return what in self._steps or what in self._waiting or what == self._now

    def _turn(self) -> None:
        try:
            if self._steps:
                step, owner = next(iter(self._steps.items()))
                del self._steps[step]
                if isValid(owner):
                    step()
            else:
                self._slices()
        finally:
            self._now = None
            if self._steps:
                self._timer.start(0)
            elif self._waiting:
                self._timer.start(_BREATH)

    def _slices(self) -> None:
        until = perf_counter() + _TURN
        while self._waiting and perf_counter() < until:
            work, owner = next(iter(self._waiting.items()))
            del self._waiting[work]
            self._now = work
            # It may have been ended, or begun anew, by what it did itself.
            if isValid(owner) and work() and self._now == work:
                self._waiting.setdefault(work, owner)
