"""From the first paint, which shows a window with nothing in it, till keys do what they are for."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flow.desktop_session import ROOT, DesktopSession, desktop_session

pytestmark = [pytest.mark.x11, pytest.mark.timeout(300)]
SLOW = 60_000  # ms

# What happens as soon as there is a window: nothing of the article is even imported.
EARLY = """
import subprocess, sys
from pathlib import Path
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from desktop import first_paint, running

happened, turn = [], first_paint.turn

def first():
    if not happened:
        happened.append(True)
        exec(sys.argv[2])
    turn()

first_paint.turn = first
sys.exit(running.run(Path(sys.argv[1]), []))
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DesktopSession]:
    settings = tmp_path / ".config" / "standfirst" / "standfirst.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("[General]\ncoder=Ada\n", "utf-8")
    with desktop_session(tmp_path) as session:
        yield session


def start(desk: DesktopSession, project: Path, what: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", EARLY, str(project), what]
    return subprocess.Popen(command, cwd=ROOT, env=desk.environment)


def pressed(key: str) -> str:
    return f"subprocess.run(['xdotool', 'key', {key!r}], check=True)"


def test_a_key_that_is_pressed_before_anything_can_be_done_is_done(desk, project, qtbot, tmp_path):
    program = start(desk, project, pressed("ctrl+plus"))
    qtbot.waitUntil(lambda: desk.passed("ready"), timeout=SLOW)
    desk.press("alt+F4")
    assert program.wait(timeout=60) == 0
    settings = tmp_path / ".config" / "standfirst" / "standfirst.ini"
    assert "zoom=110" in settings.read_text("utf-8").splitlines()


def test_a_window_that_is_closed_before_anything_is_in_it_is_gone(desk, project):
    program = start(desk, project, pressed("alt+F4"))
    assert program.wait(timeout=60) == 0
    assert not desk.passed("ready")
    assert {file.name for file in project.parent.glob("*.standfirst*")} == {project.name}
    assert not list(project.parent.glob(".*.standfirst*"))  # nothing keeps others out


def test_a_file_that_is_asked_for_before_anything_can_take_it_is_taken_in(
    desk, project, qtbot, tmp_path
):
    """As by a double click on macOS."""
    text = tmp_path / "news.txt"
    text.write_text("Norland votes", "utf-8")
    asked = f"QApplication.postEvent(QApplication.instance(), QFileOpenEvent({str(text)!r}))"
    program = start(desk, project, asked)

    def texts() -> list[str]:
        with closing(sqlite3.connect(project)) as connection:
            return [text for (text,) in connection.execute("SELECT text FROM article_text")]

    qtbot.waitUntil(lambda: "Norland votes" in texts(), timeout=SLOW)
    program.terminate()
    program.wait()
