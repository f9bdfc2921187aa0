"""``standfirst --self-test``: the whole way of an article, in the window itself.

It opens a new sample project, waits for the suggestions, decides on a few, exports the corpus,
reads it back, opens the project again, and takes a web page in, which needs the most libraries.
Nothing is faked and nothing of the analyst's own (settings, projects) is touched; pictures and
corpus stay in a folder whose name is printed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from db.values import Status
from desktop import app, first_paint
from desktop.corpus.dialog import ExportDialog
from desktop.corpus.formats import jsonl
from desktop.shell.application import make_application
from desktop.shell.opened import Make
from desktop.shell.settings import Settings

_PATIENCE = 120.0  # seconds for any one step
_DECISIONS = 3
_HEADLINE = "Board keeps the night ferry"
_BESIDE = "We use cookies"
_PAGE = f"""<!doctype html>
<html lang="en"><head><title>{_HEADLINE}</title>
<meta property="article:published_time" content="2026-03-04T06:30:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/letters">Letters</a></nav>
<article><h1>{_HEADLINE}</h1>
<p>The board of the harbour trust voted by five to three on Tuesday to keep the night ferry.</p>
<p>“The island needs it,” said Ina Corrigall, who had asked for the vote after a hard winter.</p>
<p>The council, which pays a third of what the ferry costs, will hear of the plan in April.</p>
</article><footer><p>{_BESIDE} to remember how you read.</p></footer></body></html>
"""


_Widget = TypeVar("_Widget", bound=QWidget)


class SelfTestError(Exception):
    """A step that did not end as it should."""


def main() -> int:
    """Run the test; print where its results lie; return 0 if everything held."""
    folder = Path(tempfile.mkdtemp(prefix="standfirst-self-test-"))
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    application = make_application([])
    try:
        corpus = _way_of_an_article(folder)
    except SelfTestError as error:
        sys.stderr.write(f"standfirst: self-test failed: {error}\n")
        return 1
    finally:
        application.closeAllWindows()
    sys.stdout.write(f"screenshot: {folder / 'window.png'}\ncorpus: {corpus}\n")
    return 0


def _way_of_an_article(folder: Path) -> Path:
    project, corpus = folder / "Sample.standfirst", folder / "corpus.jsonl"
    standfirst = _opened(project, Make.SAMPLE)
    window, session = standfirst.window, standfirst.session
    _until(
        "the coder’s name was asked", lambda: window.findChild(QLineEdit, "coder-name") is not None
    )
    name = window.findChild(QLineEdit, "coder-name")
    assert name is not None
    name.setText("Self-test")
    name.returnPressed.emit()
    _until("an article was open", lambda: session.state is not None)
    state = session.state
    assert state is not None
    stops = state.stops
    _until("suggestions came", lambda: bool(stops()))
    _until("suggesting was done", lambda: not standfirst.suggesting.busy)

    accept = window.actions_table["accept"]
    for _ in range(_DECISIONS):
        _until("a decision could be made", accept.isEnabled)
        accept.trigger()
    project_open = standfirst.project
    assert project_open is not None
    _until("the decisions were saved", lambda: project_open.store.idle)
    QApplication.processEvents()  # what changed size is laid out anew
    window.grab().save(str(folder / "window.png"))

    _export(standfirst, corpus)
    decided = [
        entity["status"]
        for record in jsonl.read(corpus)
        for entity in (*record["entities"], *record["stances"])
        if entity["status"] != Status.SUGGESTED
    ]
    if len(decided) < _DECISIONS:
        raise SelfTestError(f"{len(decided)} decisions in the corpus, not {_DECISIONS}")
    article = state.article.id
    window.close()

    again = _opened(project, Make.NOTHING)
    state = again.session.state
    if state is None or state.article.id != article or len(state.decisions) < _DECISIONS:
        raise SelfTestError("the first paint after a restart does not show the decisions")
    _take_page(again, folder / "page.html")
    again.window.close()
    return corpus


def _take_page(standfirst: app.Standfirst, page: Path) -> None:
    """Take a web page in, and look whether the article was told from what is round it."""
    session = standfirst.session

    def text() -> str:
        return session.state.text if session.state else ""

    page.write_text(_PAGE, "utf-8")
    standfirst.take_files([page])
    _until("a web page came in", lambda: text().startswith(_HEADLINE))
    if _BESIDE in text():
        raise SelfTestError("a web page came in with what stands round its article")


def _opened(project: Path, make: Make) -> app.Standfirst:
    settings = Settings()
    standfirst = app.Standfirst(settings, first_paint.make_window(settings))
    standfirst.fill_window()
    standfirst.open_project(project, make)
    standfirst.window.show()
    return standfirst


def _export(standfirst: app.Standfirst, corpus: Path) -> None:
    standfirst.window.actions_table["export"].trigger()
    window = standfirst.window
    dialog = _found(window, ExportDialog)
    done: list[Path] = []
    dialog.exported.connect(done.append)
    _found(dialog, QLineEdit, "export-path").setText(str(corpus))
    _found(dialog, QPushButton, "export-start").click()
    _until("the corpus was written", lambda: bool(done))
    dialog.close()


def _found(within: QWidget, kind: type[_Widget], name: str = "") -> _Widget:
    """Wait until a widget is there, and return it."""
    _until(f"there was a {name or kind.__name__}", lambda: _child(within, kind, name) is not None)
    found = _child(within, kind, name)
    assert found is not None
    return found


def _child(within: QWidget, kind: type[_Widget], name: str) -> _Widget | None:
    return within.findChild(kind, name) if name else within.findChild(kind)


def _until(what: str, holds: Callable[[], bool]) -> None:
    """Let the window run until something holds.

    Raises:
        SelfTestError: if it does not within two minutes.
    """
    began, loop = monotonic(), QEventLoop()
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: (holds() or monotonic() - began > _PATIENCE) and loop.quit())
    timer.start()
    if not holds():
        loop.exec()
    timer.stop()
    if not holds():
        raise SelfTestError(f"waited {_PATIENCE:.0f} s in vain until {what}")
