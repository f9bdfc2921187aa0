"""What the tests of every room share."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import searching
from PySide6.QtCore import QEvent, QSettings
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.app import Standfirst
    from desktop.shell.window import MainWindow

# Qt's own screen without a screen has no room for the article and both panes beside it.
SCREEN = Path(__file__).parent / "data" / "screen.json"
os.environ["QT_QPA_PLATFORM"] = os.environ.get(
    "STANDFIRST_TEST_PLATFORM", f"offscreen:configfile={SCREEN}"
)

# What fails fails each time, and not on who was lucky. `--hypothesis-profile=search` looks further.
searching.settings.load_profile("repeatable")


PATIENCE = 60_000
"""Milliseconds a test waits for what should come at once: the machine may be slow and busy."""


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return what acts as an analyst would; it waits longer than pytest-qt's five seconds."""
    bot = QtBot(request)
    for wait in ("waitActive", "waitExposed", "waitSignal", "waitSignals", "waitUntil"):
        setattr(bot, wait, partial(getattr(bot, wait), timeout=PATIENCE))
    return bot


@pytest.fixture
def odd_pipeline(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a badly behaved pipeline, installed for processes this test starts."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "data" / "odd_pipeline"))
    return "odd_pipeline"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings, data and logs of a test to itself; return its home folder."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    # Qt asks the environment for this folder once in a process.
    form, scope = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    QSettings.setPath(form, scope, str(home / "config"))
    return home


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Have Ctrl+C heeded here and in what a test starts, though we may run in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def shared_article() -> Path:
    """Return the path of the client's own article, which lies beside the project, if at all."""
    path = Path(__file__).parents[2] / "shared" / "articles" / "calais_border.txt"
    if not path.exists():
        pytest.skip(f"{path.name} is not on this machine")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with two of our sample articles in it, the first one left open."""
    from db import articles, projects
    from db.engine import create, open_project, session
    from desktop.library.samples import read_samples

    path = tmp_path / "Trial.standfirst"
    create(path, name="Trial")
    engine = open_project(path)
    with session(engine) as own:
        added = [articles.add(own, one.text, one.meta) for one in read_samples()[:2]]
        projects.set_last_article(own, added[0].id)
    engine.dispose()
    return path


@pytest.fixture
def standfirst(
    qapp: QApplication, qtbot: QtBot, own_home: Path, project: Path
) -> Iterator[Standfirst]:
    """Start the program on ``project``, with a known coder; it is ready for acts."""
    from desktop import app, theme
    from desktop.shell.settings import Settings

    qapp.setApplicationName("standfirst")
    theme.install(qapp)
    settings = Settings()
    settings.coder = "Ada"
    settings.sync()
    started = app.start(project, [], settings)
    assert started is not None
    qtbot.waitExposed(started.window)
    qtbot.waitUntil(lambda: started.project is not None and started.project.ready)
    yield started
    started.window.close()
    started.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(standfirst: Standfirst) -> MainWindow:
    """Return the real window, on a real project."""
    return standfirst.window


@pytest.fixture(scope="session", autouse=True)
def clipboard_left_empty() -> Iterator[None]:
    """Empty the clipboard: without a screen Qt frees what is in it after Python has gone."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets and isinstance(app := widgets.QApplication.instance(), widgets.QApplication):
        app.clipboard().clear()


@pytest.fixture(autouse=True)
def no_window_left_behind() -> Iterator[None]:
    """Fail if a test leaves a window on the screen."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets and isinstance(app := widgets.QApplication.instance(), widgets.QApplication):
        left = [each for each in app.topLevelWidgets() if each.isVisible()]
        for each in left:
            each.close()
        assert not left
