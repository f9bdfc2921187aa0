"""Where the program keeps its own files: the platform's places for data and state."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def sample_project() -> Path:
    """Return where the sample project lies, or will, in the analyst's own data folder."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(folder) / "Sample project.standfirst"


def log_file() -> Path:
    """Return where the window's log lies; older ones have a number behind."""
    return _state() / "standfirst.log"


def crash_file() -> Path:
    """Return where a crash of this or another window leaves its traces; empty if there is none."""
    return _state() / "crash.log"


def last_crash_file() -> Path:
    """Return where the traces of the last crash that was noticed lie, if there was one."""
    return _state() / "crash.1.log"


def _state() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.StateLocation))
