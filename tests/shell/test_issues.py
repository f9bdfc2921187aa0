"""The project's issues on the window's side, with the real store and a real engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import annotations, articles
from db.engine import open_project, session
from db.issues import add_issue, issues
from db.values import Issue, Metadata, Model
from desktop.article.scheme import Scheme
from desktop.article.session import ArticleSession
from desktop.shell.issues import ProjectIssues
from desktop.shell.opened import Make
from desktop.shell.store import Store
from desktop.shell.suggesting import Suggesting
from desktop.suggest.protocol import marked

TOLL = Issue(uuid4(), "Toll", ("fee",), ("toll*",))
ODD = Model("en_odd", "1.0")


@pytest.fixture
def store(qapp: QApplication, qtbot: QtBot, project: Path) -> Iterator[Store]:
    store = Store(project, "Ada", make=Make.NOTHING)
    with qtbot.waitSignal(store.opened):
        store.start()
    yield store
    store.close()


@pytest.fixture
def known(store: Store, qtbot: QtBot) -> ProjectIssues:
    """The issues of a project that has none yet."""
    known = ProjectIssues()
    with qtbot.waitSignal(known.changed) as first:
        known.use(store)
    assert first.args == [[]]
    return known


def in_file(project: Path) -> list[Issue]:
    engine = open_project(project, read_only=True)
    with session(engine) as own:
        found = issues(own)
    engine.dispose()
    return found


def test_what_is_asked_for_is_in_the_file_and_heard_of(known, qtbot, project):
    with qtbot.waitSignal(known.changed) as added:
        known.add(TOLL)
    (toll,) = added.args[0]
    assert (toll.name, toll.aliases, toll.keywords) == (TOLL.name, TOLL.aliases, TOLL.keywords)
    assert in_file(project) == [toll]
    changed = Issue(toll.id, "Tolls", (), ("toll*",))
    with qtbot.waitSignal(known.changed):
        known.change(changed)
    assert known.known == in_file(project) == [changed]
    with qtbot.waitSignal(known.changed):
        known.remove(toll.id)
    assert known.known == in_file(project) == []


def test_undo_is_heard_of(known, store, qtbot):
    with qtbot.waitSignal(known.changed):
        known.add(TOLL)
    with qtbot.waitSignal(known.changed):
        store.undo()
    assert known.known == []
    with qtbot.waitSignal(known.changed):
        store.redo()
    assert [issue.name for issue in known.known] == ["Toll"]


def test_what_cannot_be_is_refused_and_costs_no_other_act(known, store, qtbot):
    failed = []
    store.failed.connect(lambda *why: failed.append(why))
    with qtbot.waitSignal(known.changed):
        known.add(TOLL)
    with qtbot.waitSignal(known.refused) as refused:
        known.add(TOLL)
    assert "already" in refused.args[0]
    with qtbot.waitSignal(known.refused) as refused:
        known.remove(uuid4())
    assert "gone" in refused.args[0]
    with qtbot.waitSignal(known.changed):
        known.remove(known.known[0].id)
    assert not failed


def test_what_another_program_adds_is_heard_of(known, qtbot, project):
    engine = open_project(project)
    with qtbot.waitSignal(known.changed) as heard, session(engine) as other:
        add_issue(other, "Bridge")
    engine.dispose()
    assert [issue.name for issue in heard.args[0]] == ["Bridge"]


def test_a_closed_project_has_none(known, qtbot):
    with qtbot.waitSignal(known.closing):
        known.stop()
    assert known.known is None
    known.add(TOLL)  # into nothing


def test_a_version_is_marked_with_the_issues_it_looks_for():
    assert marked(ODD, []) == ODD
    one, other = marked(ODD, [TOLL]), marked(ODD, [Issue(TOLL.id, "Toll")])
    assert one.name == other.name == ODD.name
    assert one.version.startswith("1.0+issues.")
    assert one != other
    assert marked(ODD, [TOLL]) == one
    assert marked(Model("en_odd", "1.0+abc"), [TOLL]).version.startswith("1.0+abc.issues.")


@pytest.fixture
def suggesting(store, qtbot, odd_pipeline) -> Iterator[Suggesting]:
    suggesting = Suggesting(ArticleSession(Scheme()))
    with qtbot.waitSignal(suggesting.model_changed):
        suggesting.use(store, odd_pipeline)
    yield suggesting
    suggesting.stop()


def kept_by(project: Path, article: UUID) -> Model | None:
    engine = open_project(project, read_only=True)
    with session(engine) as own:
        model = annotations.load(own, article).model
    engine.dispose()
    return model


def test_an_article_is_asked_about_again_where_other_issues_were_looked_for(
    suggesting, store, qtbot, project
):
    engine = open_project(project)
    with session(engine) as own:
        calais = articles.add(own, "Calais now.\n", Metadata(language="de"))
    engine.dispose()
    desk, asked = suggesting._session, []
    suggesting.engine.suggestions_found.connect(lambda article, *_: asked.append(article))
    desk.load(calais)
    suggesting.look_at(calais, None)
    qtbot.waitUntil(lambda: kept_by(project, calais.id) == ODD)
    suggesting.look_at(calais, ODD)
    assert not suggesting.busy

    with qtbot.waitSignal(suggesting.issues.changed):
        suggesting.issues.add(TOLL)
    assert suggesting.busy  # the open article is asked about at once
    marks = marked(ODD, suggesting.issues.known)
    qtbot.waitUntil(lambda: kept_by(project, calais.id) == marks)
    assert desk.issues == tuple(suggesting.issues.known)
    suggesting.look_at(calais, marks)
    assert not suggesting.busy
    suggesting.look_at(calais, ODD)
    assert suggesting.busy
    qtbot.waitUntil(lambda: not suggesting.busy)


def test_issues_that_change_while_an_article_is_under_way_have_it_asked_about_again(
    suggesting, qtbot, project
):
    engine = open_project(project)
    with session(engine) as own:
        long = articles.add(own, "Calais DAWDLES here.\n\n" * 60, Metadata(language="de"))
    engine.dispose()
    through = []
    suggesting.engine.suggestions_found.connect(lambda *said: said[-1] and through.append(said))
    suggesting._session.load(long)
    suggesting.ask(long)
    with qtbot.waitSignal(suggesting.issues.changed):
        suggesting.issues.add(TOLL)
    assert suggesting.busy
    marks = marked(ODD, suggesting.issues.known)
    qtbot.waitUntil(lambda: len(through) == 2)
    qtbot.waitUntil(lambda: kept_by(project, long.id) == marks)
