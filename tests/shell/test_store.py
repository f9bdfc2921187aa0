"""The store writes one act after the other, says so only when it is so, survives failure."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from db.acts import Act, Change
from db.rows import to_row
from db.taking_in import How, Taken
from db.values import (
    Annotation,
    Decision,
    Entity,
    Loaded,
    Metadata,
    Model,
    Origin,
    Span,
    Status,
    ZoneKind,
)
from desktop.shell.opened import Make
from desktop.shell.store import Store


@pytest.fixture
def store(qapp, qtbot, project: Path):
    store = Store(project, "Ada", make=Make.NOTHING)
    with qtbot.waitSignal(store.opened):
        store.start()
    yield store
    store.close()


@pytest.fixture
def article(project: Path) -> UUID:
    return UUID(in_file(project, "SELECT last_article_id FROM project"))


def in_file(project: Path, query: str) -> str:
    with closing(sqlite3.connect(project)) as connection:
        return connection.execute(query).fetchone()[0]


def title_of(project: Path, article: UUID) -> str:
    return in_file(project, f"SELECT title FROM article WHERE id = '{article}'")


def retitle(article: UUID, before: str, after: str) -> Act:
    change = Change("article", article, {"title": before}, {"title": after})
    return Act("metadata", f"rename to ‘{after}’", article, (change,))


def test_saved_is_said_after_the_commit(store, qtbot, project, article):
    first = title_of(project, article)
    with qtbot.waitSignal(store.saved):
        store.perform(retitle(article, first, "New title"))
    assert title_of(project, article) == "New title"


def test_acts_are_written_in_their_order(store, qtbot, project, article):
    titles = [title_of(project, article), *(f"Title {n}" for n in range(20))]
    for before, after in pairwise(titles):
        store.perform(retitle(article, before, after))
    assert not store.idle
    qtbot.waitUntil(lambda: store.idle)
    assert title_of(project, article) == titles[-1]


def test_what_an_act_changes_is_painted_before_the_thread_begins_on_it(store, qtbot):
    happened: list[str] = []
    began = threading.Event()

    class Page(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            happened.append("painted")

    def run(_: object) -> None:
        happened.append("begun")
        began.set()

    page = Page()
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    happened.clear()
    page.update()
    store.ask(run, lambda _: None)
    assert not began.wait(0.2)  # nothing was painted yet
    qtbot.waitUntil(began.is_set)
    assert happened == ["painted", "begun"]


def test_a_failed_act_takes_those_made_upon_it_along(store, qtbot, project, article):
    first = title_of(project, article)
    with qtbot.waitSignal(store.failed) as failed:
        store.perform(retitle(article, "something else", "Wrong"))
        store.perform(retitle(article, first, "Made upon it"))
    why, lost = failed.args
    assert "rename to ‘Wrong’" in why
    assert lost
    assert title_of(project, article) == first

    with qtbot.waitSignal(store.saved):
        store.perform(retitle(article, first, "After it"))
    assert title_of(project, article) == "After it"


def test_undo_and_redo_tell_what_they_did_and_what_is_next(store, qtbot, project, article):
    first = title_of(project, article)
    renamed = retitle(article, first, "Second")
    offers: list[tuple[str | None, str | None]] = []
    store.history_changed.connect(lambda undo, redo: offers.append((undo, redo)))
    store.perform(renamed)
    qtbot.waitUntil(lambda: ("rename to ‘Second’", None) in offers)

    with qtbot.waitSignal(store.applied) as undone:
        store.undo()
    assert undone.args == [renamed.inverse()]
    assert title_of(project, article) == first
    assert offers[-1][1] == "rename to ‘Second’"

    with qtbot.waitSignal(store.applied) as redone:
        store.redo()
    assert redone.args == [renamed]
    assert title_of(project, article) == "Second"


def test_closing_waits_for_what_was_asked(store, project, article):
    titles = [title_of(project, article), *(f"Title {n}" for n in range(50))]
    for before, after in pairwise(titles):
        store.perform(retitle(article, before, after))
    store.close()
    assert title_of(project, article) == "Title 49"


def test_what_another_program_writes_is_noticed(store, qtbot, project, article):
    with (
        qtbot.waitSignal(store.changed_elsewhere),
        closing(sqlite3.connect(project)) as other,
    ):
        other.execute("UPDATE article SET title = 'Elsewhere'")
        other.commit()


def test_our_own_writing_is_not_taken_for_another_programs(store, qtbot, project, article):
    with qtbot.assertNotEmitted(store.changed_elsewhere, wait=1_500):
        store.perform(retitle(article, title_of(project, article), "Ours"))


def test_the_same_text_comes_in_once(store, qtbot):
    added: list[Taken] = []
    for _ in range(2):
        store.add_article("Harbour vote\n", Metadata(title="Harbour vote"), added.append)
    qtbot.waitUntil(lambda: len(added) == 2)
    first, second = added
    assert first.article == second.article
    assert (first.how, second.how) == (How.NEW, How.HERE)


def test_a_file_that_is_no_project_is_told_and_left_alone(qapp, qtbot, tmp_path):
    file = tmp_path / "notes.standfirst"
    file.write_text("not a project", encoding="utf-8")
    store = Store(file, "Ada", make=Make.NOTHING)
    with qtbot.waitSignal(store.broken) as broken:
        store.start()
    assert "not a Standfirst project" in broken.args[0]
    assert file.read_text(encoding="utf-8") == "not a project"
    store.close()


def test_an_article_that_nothing_has_read_yet_comes_with_its_zones(store, qtbot, article):
    heard: list[Loaded] = []
    store.load_article(article, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    text, zones = heard[0].article.text, heard[0].article.zones
    headline = next(zone for zone in zones if zone.kind is ZoneKind.HEADLINE)
    assert text[headline.start : headline.end] == text.split("\n")[0]


def test_an_article_that_is_not_there_is_a_failure_that_loses_nothing(store, qtbot):
    with qtbot.waitSignal(store.failed) as failed:
        store.load_article(uuid4(), lambda _: None)
    assert failed.args[1] is False


def test_of_a_closed_project_nothing_more_is_heard(store, qapp, project, article):
    seen: list[object] = []
    store.load_article(article, seen.append)
    store.close()  # what was read is on its way; another project may be in the window by now
    qapp.processEvents()
    assert seen == []


def test_a_look_at_the_file_that_fails_does_not_end_the_saving(
    store, qtbot, project, article, monkeypatch
):
    from desktop.shell import file_thread as module

    looked = threading.Event()

    def fail(_: object) -> int:
        looked.set()
        raise OSError("the disk was away")

    monkeypatch.setattr(module, "_data_version", fail)
    qtbot.waitUntil(looked.is_set)
    with qtbot.waitSignal(store.saved):
        store.perform(retitle(article, title_of(project, article), "Saved all the same"))
    assert title_of(project, article) == "Saved all the same"


def test_a_suggestion_that_a_decision_answers_is_not_kept(store, qtbot, project, article):
    added, inside, after = uuid4(), uuid4(), uuid4()

    def entity(identifier: UUID, start: int, end: int, decision: Decision) -> Entity:
        return Entity(identifier, article, Span(start, end), "ORG", decision)

    suggested = Decision(Status.SUGGESTED, Origin.MODEL, 0.9)
    own = entity(added, 0, 10, Decision(Status.ADDED, Origin.CODER))
    with qtbot.waitSignal(store.saved):
        change = Change("entity", added, None, to_row(own))
        store.perform(Act("add", "add one", article, (change,)))
    sha256 = in_file(project, f"SELECT sha256 FROM article WHERE id = '{article}'")
    found: list[Annotation] = [entity(inside, 4, 8, suggested), entity(after, 20, 24, suggested)]
    store.save_suggestions(article, sha256, found, Model("other", "2"))
    qtbot.waitUntil(
        lambda: in_file(project, f"SELECT model FROM article WHERE id = '{article}'") == "other"
    )
    assert in_file(project, "SELECT group_concat(id) FROM suggestion") == str(after)
    assert in_file(project, f"SELECT pending FROM article WHERE id = '{article}'") == 1


def test_an_act_does_not_wait_for_what_the_engine_found(store, qtbot, project, article):
    told = list[tuple[str | None, int]]()
    store.row_changed.connect(lambda row: told.append((row.title, row.pending)))
    found: list[Annotation] = [
        Entity(uuid4(), article, Span(0, 4), "ORG", Decision(Status.SUGGESTED, Origin.MODEL, 0.9))
    ]
    sha256 = in_file(project, f"SELECT sha256 FROM article WHERE id = '{article}'")
    busy = threading.Event()
    store.ask(lambda _: busy.wait(10), lambda _: None)
    store.save_suggestions(article, sha256, found, Model("other", "2"))
    store.perform(retitle(article, title_of(project, article), "First"))
    qtbot.wait(20)  # all of them are handed over
    busy.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == [("First", 0), ("First", 1)]
