"""Suggestions for a whole library: asked for, watched, paused, and gone on with another day.

The engine is the real one, with a pipeline that is as slow as an article asks it to be.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from flow.keyboard import Keyboard
from flow.mouse import Mouse
from PySide6.QtWidgets import QPushButton

from db import annotations, articles, history, projects
from db.acts import Act, Change
from db.backlog import backlog
from db.engine import create, open_project, session
from db.presence import Sole
from db.values import ArticleStatus, Metadata, Model
from desktop import app as program
from desktop.app import Standfirst
from desktop.shell.backlog import Wish
from desktop.shell.settings import Settings

MANY = 12
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def long(number: int) -> list[str]:
    """Return texts that the pipeline needs a second or more for, each."""
    return [f"Calais DAWDLES here, says {one}.\n\n" * 200 for one in range(number)]


@pytest.fixture
def texts() -> list[str]:
    """What stands in the articles, the newest first."""
    return [f"Calais again{'!' * number}\n" for number in range(MANY)]


@pytest.fixture
def project(tmp_path: Path, odd_pipeline: str, texts: list[str]) -> Path:
    path = tmp_path / "Harbour.standfirst"
    create(path, name="Harbour")
    engine = open_project(path)
    with session(engine) as own:
        projects.set_pipeline(own, odd_pipeline)
        for number, text in enumerate(texts):
            day = f"2026-01-{len(texts) - number:02}"
            articles.add(own, text, Metadata(f"Story {number}", published=day, language="de"))
    engine.dispose()
    return path


def asked(project: Path) -> list[str]:
    """Return the titles of the articles that were suggested on."""
    query = "SELECT title FROM article WHERE model IS NOT NULL"
    with closing(sqlite3.connect(project)) as connection:
        return [title for (title,) in connection.execute(query)]


def order(standfirst: Standfirst) -> list[str]:
    """Return a list that the titles of what is through are added to."""
    through = list[str]()

    def note(article: UUID, came: bool) -> None:
        row = standfirst.articles.get(article)
        through.append((row.title or "") if row and came else "failed")

    standfirst.suggesting.through.connect(note)
    return through


def sign(standfirst: Standfirst) -> QPushButton:
    found = standfirst.window.footer.findChild(QPushButton, "backlog")
    assert found is not None
    return found


def titled(standfirst: Standfirst, title: str) -> UUID:
    return next(row.id for row in standfirst.articles.rows if row.title == title)


def all_of(texts: list[str]) -> set[str]:
    return {f"Story {number}" for number in range(len(texts))}


def test_the_next_article_is_ready_before_it_is_opened(standfirst, project, qtbot):
    # Nobody asked for more than the open article.
    qtbot.waitUntil(lambda: set(asked(project)) == {"Story 0", "Story 1"})
    row = standfirst.articles.rows[1]
    qtbot.waitUntil(lambda: standfirst.articles.get(row.id).pending == 1)

    Keyboard(standfirst).press("Alt+Down")
    qtbot.waitUntil(lambda: standfirst.session.state.article.meta.title == "Story 1")
    assert standfirst.session.state.left() == 1
    qtbot.waitUntil(lambda: set(asked(project)) == {f"Story {n}" for n in range(3)})
    assert not sign(standfirst).isVisible()


def test_the_whole_library_is_suggested_on_in_the_order_of_the_list(
    standfirst, window, project, texts, qtbot
):
    through, told = order(standfirst), list[str]()
    standfirst.backlog.told.connect(told.append)
    window.actions_table["sort"].menu().actions()[1].trigger()  # oldest first
    qtbot.waitUntil(lambda: standfirst.articles.searched)
    qtbot.waitUntil(lambda: "Story 0" in through)  # the last one now, and open
    first = len(through)

    Keyboard(standfirst).press("Ctrl+Shift+R")
    qtbot.waitUntil(lambda: bool(told))

    listed = [f"Story {number}" for number in reversed(range(MANY))]
    assert through[first:] == [title for title in listed if title not in through[:first]]
    qtbot.waitUntil(lambda: set(asked(project)) == all_of(texts))
    qtbot.waitUntil(lambda: all(row.pending == 1 for row in standfirst.articles.rows))
    assert not sign(standfirst).isVisible()
    assert standfirst.backlog.wish is Wish.NONE


@pytest.mark.parametrize("texts", [long(6)])
def test_it_can_be_watched_and_paused_and_goes_on_after_a_restart(
    standfirst, window, project, texts, qtbot
):
    mouse = Mouse(standfirst)
    window.actions_table["suggest-all"].trigger()
    qtbot.waitUntil(lambda: sign(standfirst).text() == "Library: 2 of 6")
    mouse.click(sign(standfirst))
    assert sign(standfirst).text() == "Library paused at 2 of 6"
    assert window.actions_table["suggest-all"].text().startswith("Go on")
    assert standfirst.suggesting.engine.at_work_on is None

    mouse.click(sign(standfirst))
    qtbot.waitUntil(lambda: sign(standfirst).text() == "Library: 3 of 6")
    window.close()
    assert len(asked(project)) == 3

    again = program.start(project, [], Settings())
    assert again is not None
    qtbot.waitUntil(lambda: set(asked(project)) == all_of(texts))
    qtbot.waitUntil(lambda: again.backlog.wish is Wish.NONE)
    again.window.close()
    again.window.deleteLater()


def test_what_is_paused_stays_so_after_a_restart(standfirst, window, project, qtbot):
    window.actions_table["suggest-all"].trigger()
    window.actions_table["suggest-all"].trigger()
    window.close()

    again = program.start(project, [], Settings())
    assert again is not None
    qtbot.waitUntil(lambda: sign(again).text().startswith("Library paused at "))
    again.window.close()
    again.window.deleteLater()


@pytest.mark.parametrize("texts", [["Calais.\n", "Calais one.\n", *long(3), "Calais now.\n"]])
def test_what_the_analyst_opens_comes_before_all_others(standfirst, window, project, qtbot):
    through = order(standfirst)
    window.actions_table["suggest-all"].trigger()
    engine, slow = standfirst.suggesting.engine, titled(standfirst, "Story 2")
    qtbot.waitUntil(lambda: engine.at_work_on == slow)

    standfirst.open_article(titled(standfirst, "Story 5"))
    qtbot.waitUntil(lambda: "Story 5" in through)
    assert "Story 2" not in through
    assert standfirst.session.state.left() == 1
    qtbot.waitUntil(lambda: len(asked(project)) == 6)


@pytest.mark.parametrize(
    "texts", [["Calais.\n", "Calais one.\n", "It DIES .\n", "It RAISES .\n", "Calais now.\n"]]
)
def test_what_the_engine_fails_on_is_left_out_and_told_of(standfirst, window, project, qtbot):
    through, said = order(standfirst), list[str]()
    standfirst.backlog.failed.connect(said.append)
    window.actions_table["suggest-all"].trigger()
    qtbot.waitUntil(lambda: bool(said))

    assert said == [
        "Suggestions for the whole library are there. The engine failed on ‘Story 2’, ‘Story 3’."
    ]
    assert through.count("failed") == 2
    qtbot.waitUntil(lambda: len(asked(project)) == 3)


@pytest.mark.parametrize(
    "texts", [["Calais.\n", "Calais one.\n", *(f"It RAISES {one} .\n" for one in range(9))]]
)
def test_an_engine_that_fails_on_all_is_not_asked_for_ever(standfirst, window, qtbot):
    said = list[str]()
    standfirst.backlog.failed.connect(said.append)
    window.actions_table["suggest-all"].trigger()
    qtbot.waitUntil(lambda: bool(said))

    assert said == ["The engine failed on 5 articles in a row: the library is paused."]
    assert standfirst.backlog.wish is Wish.PAUSED


def test_two_programs_do_not_do_the_same_work(standfirst, window, project, texts, qtbot):
    other = Sole(project, "suggesting")
    assert other.take()
    window.actions_table["suggest-all"].trigger()
    words = "Another program suggests on the library"
    qtbot.waitUntil(lambda: sign(standfirst).text() == words)
    assert set(asked(project)) <= {"Story 0", "Story 1"}

    other.leave()
    qtbot.waitUntil(lambda: set(asked(project)) == all_of(texts))


@pytest.mark.parametrize("texts", [long(4)])
def test_what_was_brought_in_meanwhile_is_suggested_on_as_well(
    standfirst, project, qtbot, tmp_path
):
    wire = tmp_path / "wire.jsonl"
    wire.write_text("\n".join(json.dumps({"text": f"Calais at {hour}."}) for hour in range(5)))
    keys = Keyboard(standfirst)
    keys.press("Ctrl+Shift+R")
    qtbot.waitUntil(lambda: sign(standfirst).text() == "Library: 2 of 4")
    keys.press("Ctrl+Shift+R")

    standfirst.take_files([wire])
    qtbot.waitUntil(lambda: sign(standfirst).text().endswith(" of 9"))
    keys.press("Ctrl+Shift+R")
    qtbot.waitUntil(lambda: len(asked(project)) == 4 + 5)


def test_what_is_done_or_in_the_bin_or_has_suggestions_does_not_wait(tmp_path: Path):
    path = tmp_path / "Small.standfirst"
    create(path, name="Small")
    engine, model = open_project(path), Model("en_odd", "1.0")
    with session(engine) as own:
        one, two, three, _ = (
            articles.add(own, f"Text {number}.", Metadata(published=f"2026-01-0{number}"))
            for number in range(1, 5)
        )
        before, after = {"status": "todo"}, {"status": ArticleStatus.DONE.value}
        change = Change("article", one.id, before=before, after=after)
        history.perform(own, Act("status", "done", one.id, (change,)), None)
        articles.remove(own, two.id, None)
        assert backlog(own, model) == ([4, 3], 2)

        annotations.set_suggestions(own, three.id, three.sha256, [], "en_odd", "1.0")
        assert backlog(own, model) == ([4], 2)
        assert backlog(own, Model("en_odd", "1.1")) == ([4, 3], 2)
    engine.dispose()
