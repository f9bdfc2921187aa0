"""What every process of ours does that another one started and talks to over pipes.

It ends with whoever started it, and whatever prints in it unasked does not reach the pipe.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from typing import BinaryIO


def take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes to the parent, and leave fd 0 and 1 to whoever reads or prints unasked.

    Prints of Python, of C and of a child's child all go to stderr, which is the log.
    """
    sys.stdout.flush()
    requests, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def die_with_parent(parent: int | None = None) -> None:
    """Have Linux kill us with our parent, should a call into C keep us from noticing.

    ``parent`` is the process that started us, for whoever has no pipe that would tell: it may have
    gone before this.
    """
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)
        if parent is not None and os.getppid() != parent:
            os._exit(0)


def step_back() -> None:
    """Leave the processor to the window, as do all processes that are started from now on."""
    with contextlib.suppress(OSError, AttributeError):  # Windows has no nice
        os.nice(10)


def leave_interrupts() -> None:
    """Leave Ctrl+C in a terminal to the parent, which ends us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
