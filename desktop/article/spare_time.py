"""Work that nobody waits for, a little in each turn of the event loop, whoever's it is.

With a timer for each worker, all of them would have a slice in the same turn, and the next key
would wait for the sum.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

Slice = Callable[[], bool]
"""Does a millisecond or two of some work, and tells whether there is more of it."""

_TURN = 0.003  # seconds; whoever has a slice then ends it
_BREATH = 5  # milliseconds between two turns: so that keys and paint come in between


class SpareTime(QObject):
    """Gives each worker a slice in turn, for as long as there is work."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[Slice, QObject] = {}  # in turn, with whose it is
        self._now: Slice | None = None
        self._soon = QTimer(self, singleShot=True, interval=_BREATH)
        self._soon.timeout.connect(self._turn)

    def begin(self, work: Slice, owner: QObject) -> None:
        """Do some work, slice by slice, as long as its owner lives."""
        self._waiting.setdefault(work, owner)
        if not self._soon.isActive():
            self._soon.start()

    def end(self, work: Slice) -> None:
        """Do no more of it, wherever it is."""
        self._waiting.pop(work, None)
        if work == self._now:
            self._now = None

    def has(self, work: Slice) -> bool:
        """Tell whether some work is under way."""
        return work in self._waiting or work == self._now

    def _turn(self) -> None:
        until = perf_counter() + _TURN
        try:
            while self._waiting and perf_counter() < until:
                work, owner = next(iter(self._waiting.items()))
                del self._waiting[work]
                self._now = work
                # It may have been ended, or begun anew, by what it did itself.
                if isValid(owner) and work() and self._now == work:
                    self._waiting.setdefault(work, owner)
        finally:
            self._now = None
            if self._waiting:
                self._soon.start()
