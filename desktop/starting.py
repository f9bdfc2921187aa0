"""Another process of ours is started: the same program, packaged or not, from wherever. Qt-free."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

FOLDER = str(Path(__file__).parents[1])
"""Where this very code lies, whatever folder the analyst stands in."""


class Startable(Protocol):
    """What is needed of Qt's ``QProcess``."""

    def setWorkingDirectory(self, dir: str, /) -> None: ...  # noqa: A002 - Qt's names
    def start(self, program: str, arguments: Sequence[str], /) -> None: ...


def command(*arguments: str) -> list[str]:
    """Return our program with arguments, as it is called from :data:`FOLDER`."""
    ours = [] if getattr(sys, "frozen", False) else ["-m", "desktop"]
    return [sys.executable, *ours, *arguments]


def start(process: Startable, *arguments: str) -> None:
    """Start our program with arguments, beside us."""
    program, *given = command(*arguments)
    process.setWorkingDirectory(FOLDER)
    process.start(program, given)
