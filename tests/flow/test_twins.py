"""An analyst works on wire copy: what is decided on one paper's copy is offered on another's."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from db import articles, projects
from db.engine import create, open_project, session
from db.values import Entity, Metadata, Origin, Span, Status
from desktop.library.list_model import ArticleList
from tests.commands import refused, run

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Key, Modifier = Qt.Key, Qt.KeyboardModifier
PARAGRAPHS = [
    "The mayor of Varn said on Monday that the toll on the northern ferry would rise by a third.",
    "Mr Lindqvist of the drivers’ union is against the plan and called it a tax on honest work.",
    "Traders in the old harbour fear that fewer people will come over from the islands to shop.",
]
WIRE, COURIER = "Toll on the ferry to rise", "A dearer way to the islands"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two papers with the same wire copy."""
    path = tmp_path / "Toll.standfirst"
    create(path, name="Toll")
    engine = open_project(path)
    with session(engine) as own:
        meta = Metadata(title=WIRE, publication="Northern Wire", published="2026-08-23")
        wire = articles.add(own, "\n\n".join([WIRE, *PARAGRAPHS]), meta)
        meta = Metadata(title=COURIER, publication="Ellery Courier", published="2026-08-24")
        articles.add(own, "\n\n".join([COURIER, *PARAGRAPHS]), meta)
        projects.set_last_article(own, wire.id)
    engine.dispose()
    return path


def title(app) -> str:
    return app.session.state.article.meta.title if app.session.state else ""


def entity(app, words: str) -> Entity:
    state = app.session.state
    start = state.text.index(words)
    found = state.entity_on(Span(start, start + len(words)))
    assert found is not None, words
    return found


def settle(app, qtbot) -> None:
    qtbot.waitUntil(lambda: not app.suggesting.busy)


def find_twins(app, window, qtbot) -> None:
    app.project.twins.pause.start(0)
    qtbot.waitUntil(lambda: window.header.twins.isVisible())


def open_twin(app, window, qtbot, name: str) -> None:
    qtbot.keyClick(app.canvas, Key.Key_W)
    qtbot.waitUntil(lambda: window.field.placeholderText() == "Which twin, or version?")
    qtbot.keyClicks(window.field, name)
    qtbot.keyClick(window.field, Key.Key_Return)
    qtbot.waitUntil(lambda: title(app) == name)


def test_twins_are_shown_and_what_is_decided_on_one_is_offered_on_the_other(
    standfirst, window, qtbot
):
    app = standfirst
    settle(app, qtbot)
    find_twins(app, window, qtbot)
    assert window.header.twins.text() == "1 twin"
    assert {app.articles.index(row).data(ArticleList.TWINS) for row in range(2)} == {1}
    said = app.articles.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "1 twin" in said

    state = app.session.state
    at = state.text.index("Varn")
    app.canvas.look_at(Span(at, at + 4))
    app.session.set_selection(Span(at, at + 4))
    window.go_to_article()
    qtbot.keyClick(app.canvas, Key.Key_3)
    here = entity(app, "Varn")
    assert here.decision.status is not Status.SUGGESTED
    qtbot.waitUntil(lambda: app.project.store.idle)

    open_twin(app, window, qtbot, COURIER)
    settle(app, qtbot)
    offer = entity(app, "Varn")
    assert (offer.label, offer.decision.status) == (here.label, Status.SUGGESTED)
    assert offer.decision.origin is Origin.PROPAGATED
    assert offer.decision.score is None

    app.session.set_focus(offer.id)
    qtbot.keyClick(app.canvas, Key.Key_Return)
    assert entity(app, "Varn").decision.status is Status.ACCEPTED
    undo = window.actions_table["undo"]
    qtbot.waitUntil(lambda: undo.text() == "&Undo accept ‘Varn’")
    qtbot.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: entity(app, "Varn").decision.status is Status.SUGGESTED)


def test_what_was_rejected_on_an_article_is_not_offered_there_again(standfirst, window, qtbot):
    app = standfirst
    settle(app, qtbot)
    find_twins(app, window, qtbot)
    at = app.session.state.text.index("Lindqvist")
    app.session.set_selection(Span(at, at + 9))
    window.go_to_article()
    qtbot.keyClick(app.canvas, Key.Key_1)
    qtbot.waitUntil(lambda: app.project.store.idle)

    open_twin(app, window, qtbot, COURIER)
    settle(app, qtbot)
    app.session.set_focus(entity(app, "Lindqvist").id)
    qtbot.keyClick(app.canvas, Key.Key_X)
    qtbot.waitUntil(lambda: app.project.store.idle)
    open_twin(app, window, qtbot, WIRE)
    open_twin(app, window, qtbot, COURIER)
    settle(app, qtbot)
    at = app.session.state.text.index("Lindqvist")
    assert app.session.state.entity_on(Span(at, at + 9)) is None


def test_a_newer_version_takes_decisions_over_and_shows_what_vanished(
    standfirst, window, qtbot, tmp_path
):
    app = standfirst
    settle(app, qtbot)
    about = {"publication": "Coast", "url": "https://example.org/toll", "title": "Toll"}
    monday, tuesday = tmp_path / "monday.jsonl", tmp_path / "tuesday.jsonl"
    story = ["A hearing is planned.", *PARAGRAPHS]
    monday.write_text(json.dumps({**about, "text": "\n\n".join(story)}))
    story = ["Updated at noon.", PARAGRAPHS[2], PARAGRAPHS[1].replace("honest", "hard")]
    tuesday.write_text(json.dumps({**about, "text": "\n\n".join(story)}))
    bring(app, monday, qtbot)
    qtbot.waitUntil(lambda: title(app) == "Toll")
    settle(app, qtbot)
    for words, key in (("Varn", Key.Key_3), ("Lindqvist", Key.Key_1)):
        at = app.session.state.text.index(words)
        app.session.set_selection(Span(at, at + len(words)))
        window.go_to_article()
        qtbot.keyClick(app.canvas, key)
    qtbot.waitUntil(lambda: app.project.store.idle)
    old = app.session.state.article.id

    bring(app, tuesday, qtbot)
    qtbot.waitUntil(lambda: title(app) == "Toll" and app.session.state.article.id != old)
    assert entity(app, "Lindqvist").decision.decided
    assert app.articles.get(old) is None
    qtbot.keyClick(app.canvas, Key.Key_W, Modifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.field.placeholderText().startswith("Moved or vanished"))
    texts = [choice.text for choice in window.field._question]
    assert texts == ["Vanished: “Varn”", "Moved: “Lindqvist”"]
    qtbot.keyClicks(window.field, "Moved")
    qtbot.keyClick(window.field, Key.Key_Return)
    assert app.session.focused == entity(app, "Lindqvist")

    qtbot.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: app.articles.get(old) is not None)


def test_a_pasted_newer_version_takes_the_place_of_the_one_that_is_here(standfirst, window, qtbot):
    app = standfirst
    settle(app, qtbot)
    paste(app, "\n\n".join(["Toll", *PARAGRAPHS]), qtbot)
    old = app.session.state.article.id
    at = app.session.state.text.index("Lindqvist")
    app.session.set_selection(Span(at, at + 9))
    window.go_to_article()
    qtbot.keyClick(app.canvas, Key.Key_1)
    qtbot.waitUntil(lambda: app.project.store.idle)

    paste(app, "\n\n".join(["Toll", "Updated at noon.", *PARAGRAPHS]), qtbot)

    assert app.articles.get(old) is None
    assert entity(app, "Lindqvist").decision.decided
    assert window.toast.findChild(QLabel).text() == (
        "“Toll” took the place of its older version; decisions carried over: 1, vanished: 0"
    )
    qtbot.mouseClick(window.toast.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: app.articles.get(old) is not None)


def paste(app, text: str, qtbot) -> None:
    before = app.session.state.article.id
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(app.canvas, Key.Key_V, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(app.session.state) and app.session.state.article.id != before)
    settle(app, qtbot)


def bring(app, path: Path, qtbot) -> None:
    app.take_files([path])
    qtbot.waitUntil(lambda: not app.project.bringing.busy)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it goes on to its end")
def test_a_search_for_twins_whose_window_has_gone_ends_without_a_word(project):
    ended = run("twins", "--beside", os.getpid() + 1, project.with_name("gone too.standfirst"))
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert refused(run("twins", "--beside", os.getpid(), project.with_name("gone.standfirst")))
