"""A morning's work at a real desktop: an X server, a window manager, and xdotool's hands.

Nothing here reaches into the program: what was done is read from the project file.
"""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flow.desktop_session import ROOT, DesktopSession, desktop_session

import resources

pytestmark = [pytest.mark.x11, pytest.mark.timeout(300)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DesktopSession]:
    with desktop_session(tmp_path) as session:
        yield session


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "Zürich läuft – 100%.standfirst"
    article = resources.path("samples", "night_flights.txt")
    subprocess.run(
        [sys.executable, "-m", "desktop", "import", str(path), str(article)], cwd=ROOT, check=True
    )
    return path


def rows(project: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(project)) as connection:
        return connection.execute(query).fetchall()


def test_an_article_is_corrected_by_hand_and_survives_a_restart(desk, project, qtbot, tmp_path):
    decided = "SELECT status FROM entity UNION ALL SELECT status FROM stance"

    def count(query: str = decided) -> int:
        return len(rows(project, query))

    window = desk.start(str(project))
    qtbot.waitUntil(lambda: desk.passed("suggestions_shown"))

    # The name is asked once, beside the text, not in its way.
    desk.press("ctrl+a")
    desk.type("Ada")
    desk.press("Return")
    qtbot.waitUntil(lambda: rows(project, "SELECT name FROM coder") == [("Ada",)])
    qtbot.waitUntil(lambda: desk.passed("ready"))

    # Accept one suggestion, reject the next.
    desk.press("Tab", "Return")
    qtbot.waitUntil(lambda: count() == 1)
    desk.press("x")
    qtbot.waitUntil(lambda: count() == 2)
    assert sorted(status for (status,) in rows(project, decided)) == ["accepted", "rejected"]

    # A double click picks a word of the article's body, a digit labels it.
    desk.click(620, 420, times=2)
    desk.press("1")
    added = "SELECT start, \"end\" FROM entity WHERE status = 'added' AND label = 'PERSON'"
    corrected = "SELECT start, \"end\" FROM entity WHERE status = 'corrected' AND label = 'PERSON'"
    qtbot.waitUntil(lambda: count(f"{added} UNION ALL {corrected}") == 1)
    ((start, end),) = rows(project, f"{added} UNION ALL {corrected}")
    ((text,),) = rows(project, "SELECT text FROM article_text")
    assert text[start:end] == text[start:end].strip() != ""

    # The window closes by the window manager, and takes its engine along.
    desk.press("alt+F4")
    assert window.wait(timeout=60) == 0

    # After a restart nobody asks for the name again, and undo knows what was done last.
    window = desk.start(str(project))
    qtbot.waitUntil(lambda: desk.passed("library_listed"))
    desk.press("ctrl+z")
    undone = "SELECT title FROM history WHERE kind = 'undo'"
    qtbot.waitUntil(lambda: bool(rows(project, undone)))
    qtbot.waitUntil(lambda: count() == 2)

    # A command beside the open window exports what is in the file, and says the window is open.
    corpus = tmp_path / "corpus.jsonl"
    command = [sys.executable, "-m", "desktop", "export", str(project), str(corpus)]
    done = subprocess.run(
        command, cwd=ROOT, env=desk.environment, capture_output=True, text=True, check=True
    )
    assert "open" in done.stderr
    record = json.loads(corpus.read_text("utf-8"))
    spans = [(each["start"], each["end"], each["text"]) for each in record["entities"]]
    assert all(record["text"][start:end] == quoted for start, end, quoted in spans)
    assert {"accepted", "rejected"} <= {
        each["status"] for each in record["entities"] + record["stances"]
    }

    desk.press("alt+F4")
    assert window.wait(timeout=60) == 0
