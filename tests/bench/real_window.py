"""The real window on a project of its own, with real keys, a real engine and a real disk."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtGui import QKeySequence, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.values import Article
from desktop import app as program
from desktop import theme
from desktop.app import Standfirst
from desktop.article.canvas import ArticleCanvas
from desktop.shell import tidying
from desktop.shell.settings import Settings

ROOT = Path(__file__).parents[2]
PATIENCE = 600  # s: the engine reads 50,000 words on a busy machine, too
SIZE = (1440, 900)  # pixels


class TimedCanvas(ArticleCanvas):
    """Our page, which knows when it was last painted, and what the window had worked till then."""

    painted = 0.0
    worked = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted, self.worked = perf_counter(), thread_time()


@contextmanager
def real_window(articles: Sequence[Article], *, suggest: bool = True) -> Iterator[Standfirst]:
    """Start the program as a double click does, on a new project with the articles in it.

    Nobody is asked for a name.
    """
    ours = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(ours, QApplication)
    ours.setApplicationName("standfirst")
    theme.install(ours)
    tidying.begin()
    with TemporaryDirectory() as name:
        home = Path(name)
        for folder in ("CONFIG", "DATA", "STATE", "CACHE"):
            os.environ[f"XDG_{folder}_HOME"] = str(home / folder.lower())
        QSettings.setPath(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(home / "config")
        )
        settings = Settings()
        settings.coder = "Bench"
        program.ArticleCanvas = TimedCanvas  # pyright: ignore[reportPrivateImportUsage]
        started = program.start(project_of(home, articles, suggest=suggest), [], settings)
        assert started is not None
        started.window.resize(*SIZE)
        started.window.activateWindow()
        wait(lambda: started.project is not None and started.project.ready)
        wait(lambda: started.inspector is not None and started.canvas.hasFocus())
        try:
            yield started
        finally:
            started.window.close()
            started.window.deleteLater()
            ours.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            program.ArticleCanvas = ArticleCanvas  # pyright: ignore[reportPrivateImportUsage]


def project_of(folder: Path, articles: Sequence[Article], *, suggest: bool) -> Path:
    """Make a project by the command, with the suggestions in it if that is wanted."""
    path = folder / "Bench.standfirst"
    texts = [folder / f"{number:03}.txt" for number, _ in enumerate(articles)]
    for text, article in zip(texts, articles, strict=True):
        text.write_text(article.text, "utf-8")
    command = [sys.executable, "-m", "desktop", "import", str(path), *map(str, texts)]
    with_them = ["--suggest"] if suggest else []
    subprocess.run([*command, *with_them], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return path


def press(key: str) -> None:
    """Press a key such as ``Ctrl+Z`` where the keys go; it is done when this returns."""
    chord = QKeySequence(key)[0]  # pyright: ignore[reportIndexIssue] - it has items
    QTest.keyClick(here(), chord.key(), chord.keyboardModifiers())


def strike(key: str) -> None:
    """Let a key come from the window system: the event loop finds it when it comes round."""
    chord = QKeySequence(key)[0]  # pyright: ignore[reportIndexIssue] - it has items
    QTest.keyClick(here().window().windowHandle(), chord.key(), chord.keyboardModifiers())


def here() -> QWidget:
    """Return what has the keys."""
    found = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert found is not None
    return found


def wait(until: Callable[[], object]) -> None:
    """Let the window work until something holds.

    Raises:
        TimeoutError: if it does not within :data:`PATIENCE`.
    """
    latest = perf_counter() + PATIENCE
    while not until():
        QApplication.processEvents()
        if perf_counter() > latest:
            raise TimeoutError("the window did not get there")


def open_article(app: Standfirst, text: str) -> None:
    """Open the article with a text, as a click in the library does; it is quiet then."""
    for row in app.articles.rows:
        app.open_article(row.id)
        wait(lambda row=row: app.session.state and app.session.state.article.id == row.id)
        if app.session.state and app.session.state.text == text:
            suggested(app)
            return
    raise LookupError("no such article")


def suggested(app: Standfirst) -> None:
    """Wait until the open article has all its suggestions, and the page and the disk are quiet."""
    wait(lambda: not app.suggesting.busy and app.session.state and app.session.state.stops())
    quiet(app)


def quiet(app: Standfirst) -> None:
    """Wait until everything done is on the disk and on the page."""
    canvas = app.canvas
    wait(lambda: app.project and app.project.store.idle)
    wait(lambda: canvas.typesetter.done and not canvas.fills.busy)
    wait(lambda: not app.session.spare.follows)
    QApplication.processEvents()
