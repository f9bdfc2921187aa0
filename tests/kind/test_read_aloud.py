"""The window as a screen reader has it: over AT-SPI, from the program in a process of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flow.desktop_session import ROOT, DesktopSession, desktop_session
from kind.listening import LIST, Reader, accessibility_bus

import resources

pytestmark = [
    pytest.mark.x11,
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        not shutil.which("dpkg-query"), reason="a screen reader's ears are Debian's"
    ),
]
SPOKEN = {"push button", "check box", "text", "list", "tree", "tree table", "table", "combo box"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[DesktopSession]:
    """Return a desktop with an accessibility bus, as a desktop for the blind has it."""
    with desktop_session(tmp_path) as session:
        settings = tmp_path / ".config" / "standfirst" / "standfirst.ini"
        settings.parent.mkdir(parents=True)
        settings.write_text("[General]\ncoder=Ada\n", "utf-8")
        with accessibility_bus(session):
            yield session


@pytest.fixture
def reader(desk: DesktopSession, qtbot, tmp_path: Path) -> Iterator[Reader]:
    """Open an article with all its suggestions, and listen."""
    project = tmp_path / "Trial.standfirst"
    article = resources.path("samples", "oder_flood_deal.txt")
    command = [sys.executable, "-m", "desktop", "import", str(project), str(article), "--suggest"]
    subprocess.run(command, cwd=ROOT, check=True)
    program = desk.start(str(project))
    try:
        qtbot.waitUntil(lambda: desk.passed("first_paint"))
        yield Reader(desk.environment)
    finally:
        program.terminate()
        program.wait()


def test_an_article_is_read_and_decided_on_by_ear(desk, reader, qtbot):
    # The window says which project it is, and the text is a text.
    qtbot.waitUntil(lambda: bool(reader.ask("text", "Article")["text"]))
    tree = reader.tree()
    assert "Trial — Standfirst" in {each["name"] for each in tree if each["role"] == "frame"}
    article = resources.path("samples", "oder_flood_deal.txt").read_text("utf-8")
    assert reader.ask("text", "Article")["text"].split() == article.split()

    # Nothing that can be used is without a name.
    nameless = [each for each in tree if each["role"] in SPOKEN and not each["name"].strip()]
    assert not nameless
    assert not [each for each in tree if each["focusable"] and not each["name"].strip()]

    # The list says each name, its label, and that nobody has decided on it.
    reader.ask("press", LIST)
    qtbot.waitUntil(lambda: bool(reader.lines()))
    lines = reader.lines()
    assert "Szczecin, GPE, Suggestion" in lines
    assert len(lines) > 60
    assert all(line.endswith("Suggestion") for line in lines)
    assert not [
        run for run in reader.ask("text", "Article")["runs"] if "bg-color" in run["attributes"]
    ]

    # What is accepted by key is said to be, in the list and in the text.
    desk.press("Return")
    qtbot.waitUntil(lambda: "Accepted" in " ".join(reader.lines()))
    (accepted,) = [line for line in reader.lines() if line.endswith("Accepted")]
    text = reader.ask("text", "Article")
    (run,) = [run for run in text["runs"] if "bg-color" in run["attributes"]]
    assert text["text"][run["start"] : run["end"]] == accepted.split(",")[0]
