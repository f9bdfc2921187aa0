"""What the first paint shows: the window with nothing in its panes. All else is made behind it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEventLoop, SignalInstance

from db.presence import Sole
from desktop import theme
from desktop.shell.claim import claim
from desktop.shell.places import sample_project
from desktop.shell.settings import Settings
from desktop.shell.window import MainWindow

_HANDS_OFF = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents


class Begun(NamedTuple):
    """A start on its way: the window, and what :class:`desktop.app.Standfirst` is to show in it.

    ``sole`` is the right to show the project. The sample project is ``new`` the first time.
    """

    window: MainWindow
    project: Path
    new: bool
    sole: Sole
    settings: Settings


def begin(project: Path, files: list[Path], settings: Settings) -> Begun | None:
    """Make the window for a project; None if another one shows it, and took it and the files."""
    path = project.resolve()
    new = path == sample_project().resolve() and not path.exists()
    if new:
        path.parent.mkdir(parents=True, exist_ok=True)
    sole = claim(path, files)
    if sole is None:
        return None
    window = make_window(settings)
    window.show_project(path.stem)
    window.go_to_article()  # else the first field would light up until the article is there
    return Begun(window, path, new, sole, settings)


def make_window(settings: Settings) -> MainWindow:
    """Return a window that looks as the last one did."""
    theme.choose(settings.appearance)  # before there is anything to dress anew
    window = MainWindow()
    window.restore(settings.blob)
    return window


def turn() -> None:
    """Let the window do what it has to; keys and clicks wait till there is what can hear them."""
    QCoreApplication.processEvents(_HANDS_OFF)


def until(signal: SignalInstance, window: MainWindow) -> None:
    """Take such turns till the signal comes, or the window is closed."""
    if window.isVisible():
        loop = QEventLoop()
        for end in (signal, window.closing):
            end.connect(loop.quit)
        loop.exec(_HANDS_OFF)
