"""How long something will take that is done one by one, from how long the last ones took."""

from __future__ import annotations

from collections import deque
from time import monotonic

_LAST = 50  # articles: long enough to level out their lengths, short enough to follow the machine
_FIRST = 5  # fewer than these say too little


class Pace:
    """The times at which the last ones were through; a pause begins it anew."""

    def __init__(self) -> None:
        self._times: deque[float] = deque(maxlen=_LAST)

    def begin(self) -> None:
        """Forget what was before a pause."""
        self._times.clear()

    def tick(self) -> None:
        """Count one that is through."""
        self._times.append(monotonic())

    def left(self, number: int) -> float | None:
        """Return how many seconds ``number`` more will take; None while that is anybody's guess."""
        if len(self._times) < _FIRST:
            return None
        return (self._times[-1] - self._times[0]) / (len(self._times) - 1) * number
