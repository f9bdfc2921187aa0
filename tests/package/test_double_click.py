"""A double click in a file manager, on this machine, with the package installed."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from flow.desktop_session import DesktopSession, desktop_session
from kind.listening import Reader, accessibility_bus

import resources

pytestmark = [pytest.mark.x11, pytest.mark.timeout(300)]
ICON = (205, 88)  # where pcmanfm draws the first file of a folder
ARTICLE = resources.path("samples", "night_flights.txt").read_text("utf-8")


@pytest.fixture
def project(installed, tmp_path) -> Path:
    folder = tmp_path / "Projects"
    folder.mkdir()
    path = folder / "Zürich läuft – 100%.standfirst"
    article = tmp_path / "night_flights.txt"
    article.write_text(ARTICLE, "utf-8")
    subprocess.run([str(installed), "import", str(path), str(article)], check=True)
    return path


@pytest.fixture
def desk(tmp_path) -> Iterator[DesktopSession]:
    with desktop_session(tmp_path) as session, accessibility_bus(session):
        yield session


@pytest.fixture
def folder_window(desk, project) -> Iterator[str]:
    """Show the project's folder in a file manager, and return the window's number."""
    with subprocess.Popen(["pcmanfm", str(project.parent)], env=desk.environment) as process:
        yield desk.find("--class", "pcmanfm")
        process.terminate()


def in_front(desk: DesktopSession) -> str:
    """Return the window that has the keys, if any has: none does while they pass on."""
    try:
        return desk.ask("getactivewindow")
    except subprocess.CalledProcessError:
        return ""


def windows(desk: DesktopSession) -> list[str]:
    """Return our windows; xdotool knows none for a moment while one comes forward."""
    try:
        return desk.ask("search", "--onlyvisible", "--class", "standfirst").split()
    except subprocess.CalledProcessError:
        return []


def test_a_double_click_opens_the_project_and_another_one_the_same_window(
    desk, folder_window, project, qtbot
):
    desk.double_click(folder_window, *ICON)
    window = desk.find("--name", project.stem)
    process = int(desk.ask("getwindowpid", window))
    try:
        assert Path(f"/proc/{process}/exe").resolve() == Path("/usr/lib/standfirst/standfirst")
        qtbot.waitUntil(lambda: desk.passed("suggestions_shown"))
        assert Reader(desk.environment).ask("text", "Article")["text"].split() == ARTICLE.split()

        desk.ask("windowactivate", "--sync", folder_window)
        desk.double_click(folder_window, *ICON)
        qtbot.waitUntil(lambda: in_front(desk) == window)
        qtbot.waitUntil(lambda: windows(desk) == [window])
    finally:
        os.kill(process, signal.SIGTERM)
