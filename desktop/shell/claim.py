"""Which window shows a project: the first one that asks, from before it can be seen until it goes.

Only within one desktop: a start on another display, or a command beside the window, works on the
same file by itself.
"""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QCryptographicHash

from db.presence import Sole

_PATIENCE = 10.0  # seconds for a window that is being made: a cold start takes some
_PAUSE = 0.05  # seconds


def claim(project: Path, files: list[Path]) -> Sole | None:
    """Return the right to show a project; None if another window has it and took the files.

    The right is without force where nothing can be written beside the project, and where the other
    window does not answer.
    """
    sole = Sole(project, name_of(project))
    began = monotonic()
    while not _taken(sole):
        # Qt's network module costs the first paint 10 ms.
        from desktop.shell.single import hand_over

        if hand_over(project, files):
            return None
        if monotonic() - began > _PATIENCE:
            break
        sleep(_PAUSE)  # it has the right, but does not listen yet
    return sole


def name_of(project: Path) -> str:
    """Return what a project's window is known by to other starts on this desktop."""
    desktop = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    where = f"{Path.home()}\n{desktop}\n{project.resolve()}"
    # Python's own hashes load OpenSSL, which the first paint would wait for.
    hashed = QCryptographicHash.hash(where.encode(), QCryptographicHash.Algorithm.Sha256)
    return f"standfirst-{hashed.toHex().toStdString()[:16]}"


def _taken(sole: Sole) -> bool:
    try:
        return sole.take()
    except OSError:  # nothing can be written there: whoever comes shows it by itself
        return True
