"""What is on screen first: the window, with nothing in it that others would have to wait for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QSplitter

from desktop import first_paint

if TYPE_CHECKING:
    from desktop.shell.window import MainWindow

ROOT = Path(__file__).parents[2]


def test_the_first_paint_waits_for_nothing_that_stands_in_the_panes(project, own_home):
    script = f"""
import sys
from pathlib import Path
from desktop import first_paint, running
from desktop.shell.application import make_application
from desktop.shell.settings import Settings
qt = make_application([])
begun = first_paint.begin(Path({str(project)!r}), [], Settings())
begun.window.show()
first_paint.until(begun.window.painted, begun.window)
print(begun.window.windowTitle())
ours = ("db.values", "db.glance", "desktop.app", "desktop.article", "desktop.library")
theirs = ("dataclasses", "datetime", "sqlite3", "uuid")
print([name for name in sys.modules if name.startswith(ours) or name in theirs])
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines() == ["Trial", "[]"]


def test_the_window_stands_as_it_will_before_anything_is_in_it(standfirst, window, project):
    """What comes into the panes moves none of them, nor what is in the header."""

    def places(of: MainWindow) -> tuple[list[QRect], list[int]]:
        header, splitter = of.header, of.findChild(QSplitter)
        assert splitter is not None
        parts = (header, header.menus, header.export, of.field, of.inspector_pane, of.footer)
        corners = (part.mapTo(of, QPoint()) for part in parts)
        places = [QRect(at, part.size()) for at, part in zip(corners, parts, strict=True)]
        return places, splitter.sizes()

    empty = first_paint.make_window(standfirst.settings)
    empty.show_project("Trial")
    for each in (empty, window):
        each.resize(1440, 900)
        each.show()
    QApplication.processEvents()
    assert places(empty) == places(window)
    empty.close()


def test_the_article_does_not_wait_for_the_database_or_the_engine(project, own_home):
    script = f"""
import sys
from pathlib import Path
from desktop import app
from desktop.shell.application import make_application
from desktop.shell.settings import Settings
qt = make_application([])
started = app.start(Path({str(project)!r}), [], Settings())
def look():
    state = started.session.state
    heavy = [m for m in ("sqlmodel", "sqlalchemy", "spacy", "alembic") if m in sys.modules]
    print(len(state.text) > 1000, len(started.articles.rows), heavy)
    qt.quit()
started.window.painted.disconnect()
started.window.painted.connect(look)
qt.exec()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "True 2 []"
