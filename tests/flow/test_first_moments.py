"""From the first paint, which shows a window with nothing in it, till keys do what they are for."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flow.desktop_session import ROOT, DesktopSession, desktop_session

pytestmark = [pytest.mark.x11, pytest.mark.timeout(300)]
SLOW = 60_000  # ms

# What is pressed as soon as there is a window: nothing of the article is even imported.
EARLY = """
import subprocess, sys
from pathlib import Path
from desktop import first_paint, running

pressed, turn = [], first_paint.turn

def press_first():
    if not pressed:
        pressed.append(subprocess.run(["xdotool", "key", sys.argv[2]], check=True))
    turn()

first_paint.turn = press_first
sys.exit(running.run(Path(sys.argv[1]), []))
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DesktopSession]:
    settings = tmp_path / ".config" / "standfirst" / "standfirst.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("[General]\ncoder=Ada\n", "utf-8")
    with desktop_session(tmp_path) as session:
        yield session


def start(desk: DesktopSession, project: Path, key: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", EARLY, str(project), key]
    return subprocess.Popen(command, cwd=ROOT, env=desk.environment)


def test_a_key_that_is_pressed_before_anything_can_be_done_is_done(desk, project, qtbot, tmp_path):
    program = start(desk, project, "ctrl+plus")
    qtbot.waitUntil(lambda: desk.passed("ready"), timeout=SLOW)
    desk.press("alt+F4")
    assert program.wait(timeout=60) == 0
    settings = tmp_path / ".config" / "standfirst" / "standfirst.ini"
    assert "zoom=110" in settings.read_text("utf-8").splitlines()


def test_a_window_that_is_closed_before_anything_is_in_it_is_gone(desk, project):
    program = start(desk, project, "alt+F4")
    assert program.wait(timeout=60) == 0
    assert not desk.passed("ready")
    assert {file.name for file in project.parent.glob("*.standfirst*")} == {project.name}
    assert not list(project.parent.glob(".*.standfirst*"))  # nothing keeps others out
