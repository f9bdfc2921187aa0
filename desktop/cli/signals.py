"""Ctrl+C, and being ended from outside, kept until nothing is half done."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

_T = TypeVar("_T")


@contextmanager
def held() -> Iterator[Callable[[], bool]]:
    """Let a signal that ends us have its effect after this; yields what tells whether one came.

    A second one has its effect at once. What is ignored stays so, as in the background of a shell.

    Python raises ``KeyboardInterrupt`` in the midst of whatever is done, and drops it where nobody
    could catch it, such as where SQLAlchemy is told that an object has gone.
    """
    came: list[int] = []
    usual = {
        number: handler
        for number in (signal.SIGINT, signal.SIGTERM)
        if (handler := signal.getsignal(number)) is not signal.SIG_IGN
    }

    def keep(number: int, _: FrameType | None) -> None:
        came.append(number)
        release()

    def release() -> None:
        for number, handler in usual.items():
            signal.signal(number, handler)

    for number in usual:
        signal.signal(number, keep)
    try:
        yield lambda: bool(came)
    finally:
        release()
    if came:
        signal.raise_signal(came[0])


def each_held(made: Iterable[_T]) -> Iterator[_T]:
    """Yield what is made one after another; what comes while one is made waits until it is."""
    making = iter(made)
    while True:
        with held():
            try:
                one = next(making)
            except StopIteration:
                return
        yield one
