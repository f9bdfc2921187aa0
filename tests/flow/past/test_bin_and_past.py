"""What was thrown away, and an article as it was, in the real window."""

from __future__ import annotations

from typing import Any

import pytest
from flow.history import (
    button,
    details,
    labels,
    looking,
    open_history,
    press,
    saved,
    shown,
    span,
    suggest,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from db.values import Entity, Status
from desktop.history.bin_model import Row
from desktop.history.pane import HistoryPane

# --- the bin


def open_article(app: Any):
    return app.session.state.article.id if app.session.state else None


def test_an_article_is_removed_by_del_in_the_library_and_restored_from_the_bin(
    standfirst, keys, qtbot
):
    first = standfirst.session.state.article.id
    standfirst.library.list.setFocus()
    keys.press("Del")
    qtbot.waitUntil(lambda: len(standfirst.articles.rows) == 1)
    qtbot.waitUntil(lambda: open_article(standfirst) not in (None, first))
    toast = standfirst.window.toast
    qtbot.waitUntil(toast.isVisible)
    qtbot.mouseClick(toast.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: open_article(standfirst) == first)
    assert len(standfirst.articles.rows) == 2

    saved(standfirst, qtbot)
    standfirst.library.list.setFocus()
    keys.press("Del")
    qtbot.waitUntil(lambda: len(standfirst.articles.rows) == 1)
    keys.press("Ctrl+Shift+B")
    pane = looking(standfirst).pane
    qtbot.waitUntil(lambda: "removed · today" in pane.details.text)
    assert "Ada" in pane.details.text
    keys.press("Return")
    qtbot.waitUntil(lambda: standfirst.articles.get(first) is not None)
    qtbot.waitUntil(lambda: "restore" in (standfirst.project.undo_title or ""))
    qtbot.waitUntil(lambda: pane.bin.rowCount() == 0)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: standfirst.articles.get(first) is None)


def test_a_text_that_lies_in_the_bin_comes_back_as_it_was_and_not_a_second_time(
    standfirst, keys, qtbot, work
):
    first, text = standfirst.session.state.article.id, standfirst.session.state.text
    decided = labels(standfirst)
    saved(standfirst, qtbot)
    standfirst.library.list.setFocus()
    keys.press("Del")
    qtbot.waitUntil(lambda: standfirst.articles.get(first) is None)
    QGuiApplication.clipboard().setText(text)
    keys.press("Ctrl+V")
    qtbot.waitUntil(lambda: open_article(standfirst) == first)
    assert labels(standfirst) == decided != []
    assert len(standfirst.articles.rows) == 2
    toast = standfirst.window.toast
    assert "was in the bin and is back" in toast.findChild(QLabel).text()
    qtbot.mouseClick(toast.findChild(QPushButton), Qt.MouseButton.LeftButton)  # Undo
    qtbot.waitUntil(lambda: standfirst.articles.get(first) is None)


def test_what_was_rejected_or_deleted_comes_back_from_the_bin(standfirst, keys, qtbot, work):
    session = standfirst.session
    rejected = suggest(standfirst, qtbot, "Wednesday", "1")
    session.set_focus(rejected.id)
    keys.press("Shift+X")
    keys.press("3")  # not a name
    session.set_focus(session.state.entity_on(span(standfirst, "Kiel")).id)
    keys.press("Del")
    saved(standfirst, qtbot)

    keys.press("Ctrl+Shift+B")
    pane = looking(standfirst).pane
    qtbot.waitUntil(lambda: pane.bin.rowCount() == 3)
    rows = [pane.bin.row(pane.bin.index(at)) for at in range(3)]
    assert [row.title.split(" · ")[0] for row in rows if row][:2] == [
        "Rejected and deleted here",
        "Kiel",
    ]
    assert isinstance(rows[2], Row)
    assert "rejected: not a name · today" in rows[2].about
    qtbot.waitUntil(lambda: pane.bin_list.currentIndex().row() == 1)
    keys.press("Return")
    qtbot.waitUntil(lambda: "Kiel" in labels(standfirst))
    qtbot.waitUntil(lambda: pane.bin.rowCount() == 2)
    qtbot.waitUntil(lambda: pane.bin_list.currentIndex().row() == 1)
    keys.press("Return")
    qtbot.waitUntil(lambda: session.state.get(rejected.id) is not None)
    assert session.state.get(rejected.id).decision.status is Status.SUGGESTED
    qtbot.waitUntil(lambda: pane.bin.rowCount() == 0)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: session.state.get(rejected.id) is None)


# --- as it was


@pytest.fixture
def past(standfirst, keys, qtbot, work) -> HistoryPane:
    """The article as the first of three acts left it, by keyboard."""
    pane = open_history(standfirst, keys, qtbot)
    keys.press("Down", "Down")
    details(pane, qtbot)
    press(pane, "look", qtbot)
    qtbot.waitUntil(lambda: looking(standfirst).in_the_past)
    return pane


def labels_then(app: Any) -> dict[str, str]:
    state = looking(app).page.session.state
    assert state
    found = [each for each in state.visible if isinstance(each, Entity) and each.decision.decided]
    return {each.span.of(state.text): each.label for each in found}


def test_an_article_is_looked_at_as_it_was_and_nothing_is_done_to_it(standfirst, past, keys, qtbot):
    page = looking(standfirst).page
    assert page.isVisible()
    assert page.text.startswith("As it was: today, ")
    assert labels_then(standfirst) == {"Szczecin": "PERSON"}
    assert len(labels(standfirst)) == 3  # now is as it was
    changed = {span_of(standfirst, each) for each in page.canvas.changed.values() if each}
    assert {"Gdansk", "Kiel"} <= changed
    table = standfirst.window.actions_table
    for name in ("accept", "reject", "undo", "done", "stance", "digit-1", "paste", "remove"):
        assert not table[name].isEnabled(), name
    assert not button(past, "take-back").isEnabled()
    page.canvas.setFocus()
    keys.press("X", "1", "S", "Return", "Ctrl+Z", "Del")
    assert page.session.set_note("a note") is False
    saved(standfirst, qtbot)
    assert len(labels(standfirst)) == 3
    keys.press("Esc")
    assert not looking(standfirst).in_the_past
    assert standfirst.canvas.isVisible()
    qtbot.waitUntil(table["undo"].isEnabled)


def span_of(app: Any, annotation) -> str:
    return annotation.span.of(app.session.state.text) if isinstance(annotation, Entity) else ""


def test_the_past_is_walked_through_act_by_act(standfirst, past, keys, qtbot):
    page = looking(standfirst).page
    keys.press("Alt+Right")
    qtbot.waitUntil(lambda: labels_then(standfirst) == {"Szczecin": "PERSON", "Gdansk": "ORG"})
    keys.press("Alt+Right")
    qtbot.waitUntil(lambda: len(labels_then(standfirst)) == 3)
    assert not page.later.isEnabled()
    past.list.setFocus()
    keys.press("Down", "Down", "Down")  # in the list, too: to before anything was decided
    qtbot.waitUntil(lambda: labels_then(standfirst) == {})
    keys.press("Esc")
    assert not looking(standfirst).in_the_past


def test_another_article_or_another_project_is_now(standfirst, past, keys, qtbot, tmp_path):
    first = standfirst.session.state.article.id
    keys.press("Alt+Down")
    qtbot.waitUntil(lambda: standfirst.session.state.article.id != first)
    assert not looking(standfirst).in_the_past
    assert standfirst.canvas.isVisible()
    from desktop.shell.opened import Make

    standfirst.open_project(tmp_path / "other.standfirst", Make.EMPTY)
    qtbot.waitUntil(lambda: standfirst.project.ready)
    qtbot.waitUntil(lambda: not shown(past))
