"""Undo that survives, in the real window: what was done, taken back, thrown away, and as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flow.keyboard import Keyboard
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from db.history_list import Done
from db.values import Entity, Span, Status
from desktop import app as program
from desktop.app import Standfirst
from desktop.history.bin_model import Row
from desktop.history.pane import HistoryPane, View
from desktop.looking_back import LookingBack
from desktop.shell.settings import Settings

SLOW = 60_000  # ms: a busy machine still loads the model within this
NAMES = ("Szczecin", "Gdansk", "Kiel")


@pytest.fixture
def keys(standfirst, qtbot) -> Keyboard:
    return hands(standfirst, qtbot)


def hands(app: Standfirst, qtbot) -> Keyboard:
    """Put the hands on the keyboard; suggestions may come meanwhile, or not yet."""
    app.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(lambda: app.session.state is not None)
    app.canvas.setFocus()
    qtbot.waitUntil(app.canvas.hasFocus)
    return Keyboard(app)


def span(app: Standfirst, words: str) -> Span:
    start = app.session.state.text.index(words)
    return Span(start, start + len(words))


def label(app: Standfirst, keys: Keyboard, words: str, digit: str) -> None:
    """Decide on some words: those that are suggested there, or newly selected."""
    entity = app.session.state.entity_on(span(app, words))
    if entity:
        app.session.set_focus(entity.id)
    else:
        app.session.set_selection(span(app, words))
    QApplication.processEvents()
    keys.press(digit)


def labels(app: Standfirst) -> dict[str, str]:
    """Return what is decided in the open article, and not rejected."""
    state = app.session.state
    return {
        one.span.of(state.text): one.label
        for one in state.visible
        if isinstance(one, Entity) and one.decision.decided
    }


def saved(app: Standfirst, qtbot) -> None:
    qtbot.waitUntil(lambda: app.project.store.idle)


@pytest.fixture
def work(standfirst, keys, qtbot) -> list[str]:
    """Three names labelled, one after another."""
    for name, digit in zip(NAMES, "123", strict=True):
        label(standfirst, keys, name, digit)
    saved(standfirst, qtbot)
    assert labels(standfirst) == {"Szczecin": "PERSON", "Gdansk": "ORG", "Kiel": "GPE"}
    return titles_in(standfirst)


def titles_in(app: Standfirst) -> list[str]:
    """Return the last three things done, oldest first, as undo would name them."""
    from db.engine import open_project, session
    from db.history import entries

    engine = open_project(app.project.path, read_only=True)
    with session(engine) as own:
        found = [entry.act.title for entry in entries(own, limit=3)]
    engine.dispose()
    return found[::-1]


def looking(app: Standfirst) -> LookingBack:
    assert app.looking_back is not None
    return app.looking_back


def open_history(app: Standfirst, keys: Keyboard, qtbot) -> HistoryPane:
    """Ctrl+H, and what it shows once it is read."""
    keys.press("Ctrl+H")
    pane = looking(app).pane
    qtbot.waitUntil(lambda: pane.list.hasFocus() and pane.act is not None)
    details(pane, qtbot)
    return pane


def shown(pane: HistoryPane) -> list[Done]:
    found = [pane.acts.act(pane.acts.index(row)) for row in range(pane.acts.rowCount())]
    return [act for act in found if act]


def details(pane: HistoryPane, qtbot) -> str:
    """Wait until the card tells of the chosen act."""
    qtbot.waitUntil(lambda: pane.details.isVisible() and pane.details.act == pane.act)
    return pane.details.text


def button(pane: HistoryPane, name: str) -> QPushButton | None:
    return next((each for each in pane.details.buttons if each.objectName() == name), None)


def press(pane: HistoryPane, name: str, qtbot) -> None:
    """Go to a button with Tab and press it."""
    qtbot.waitUntil(lambda: button(pane, name) is not None)
    for _ in range(12):
        here = QApplication.focusWidget()
        if here is not None and here.objectName() == name:
            break
        QTest.keyClick(here, Qt.Key.Key_Tab)
    here = QApplication.focusWidget()
    assert here is not None
    assert here.objectName() == name, "a button nobody reaches"
    QTest.keyClick(here, Qt.Key.Key_Space)
    QApplication.processEvents()


# --- what was done


def test_every_act_is_listed_with_time_and_coder_and_what_it_changed(standfirst, keys, qtbot, work):
    pane = open_history(standfirst, keys, qtbot)
    newest = shown(pane)[:3]
    assert [act.title for act in newest] == work[::-1]
    assert {act.coder_name for act in newest} == {"Ada"}
    words = details(pane, qtbot)
    assert "today, " in words
    assert "Kiel" in words
    assert "→ GPE" in words or "GPE" in words
    assert "Decision:" in words
    keys.press("Ctrl+H")
    assert not pane.isVisible()
    assert standfirst.canvas.hasFocus()
    assert standfirst.inspector.isVisible()


def test_acts_are_found_by_typing_by_coder_and_by_kind(standfirst, keys, qtbot, work):
    pane = open_history(standfirst, keys, qtbot)
    QTest.keyClicks(pane.list, "gdansk")  # straight from the list
    assert pane.filters.words.text() == "gdansk"
    qtbot.waitUntil(lambda: [act.title for act in shown(pane)] == work[1:2])
    keys.press("Esc")
    pane.filters.words.clear()
    pane.filters.kinds.setCurrentIndex(pane.filters.kinds.findData("article"))
    qtbot.waitUntil(lambda: {act.name for act in shown(pane)} <= {"import", "status"})
    pane.filters.kinds.setCurrentIndex(0)
    ada = pane.filters.coders.findText("Ada")
    assert ada > 0
    pane.filters.coders.setCurrentIndex(ada)  # the import was nobody's
    qtbot.waitUntil(lambda: [act.title for act in shown(pane)] == work[::-1])


def test_what_is_done_and_undone_meanwhile_shows_at_once(standfirst, keys, qtbot, work):
    pane = open_history(standfirst, keys, qtbot)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: shown(pane)[0].undone)
    qtbot.waitUntil(lambda: "Undone today" in pane.details.text)
    keys.press("Ctrl+Shift+Z")
    qtbot.waitUntil(lambda: not shown(pane)[0].undone)
    before = len(shown(pane))
    standfirst.canvas.setFocus()
    label(standfirst, keys, "Szczecin", "2")
    qtbot.waitUntil(lambda: len(shown(pane)) == before + 1)


def test_a_click_on_an_act_goes_to_its_article_and_annotation(standfirst, keys, qtbot, work):
    gdansk = standfirst.session.state.entity_on(span(standfirst, "Gdansk"))
    first = standfirst.session.state.article.id
    keys.press("Alt+Down")
    qtbot.waitUntil(lambda: standfirst.session.state.article.id != first)
    keys.press("Ctrl+H")
    pane = looking(standfirst).pane
    pane.show_view(View.PROJECT)
    qtbot.waitUntil(lambda: len(shown(pane)) > 3)
    act = next(act for act in shown(pane) if act.title == work[1])
    place = pane.list.visualRect(pane.acts.index_of(act.seq)).center()
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: standfirst.session.state.article.id == first)
    qtbot.waitUntil(lambda: standfirst.session.focus == gdansk.id)


# --- taking back


def test_undo_back_to_here_shows_first_what_it_takes_back(standfirst, keys, qtbot, work):
    pane = open_history(standfirst, keys, qtbot)
    keys.press("Down", "Down")
    details(pane, qtbot)
    press(pane, "back", qtbot)
    qtbot.waitUntil(lambda: button(pane, "undo-these") is not None)
    assert "This undoes 2 acts" in pane.details.text
    assert all(title in pane.details.text for title in work[1:])
    assert len(labels(standfirst)) == 3  # nothing is done yet
    keys.press("Space")
    qtbot.waitUntil(lambda: labels(standfirst) == {"Szczecin": "PERSON"})
    qtbot.waitUntil(lambda: [act.undone for act in shown(pane)[:3]] == [True, True, False])
    saved(standfirst, qtbot)
    keys.press("Ctrl+Shift+Z", "Ctrl+Shift+Z")  # one by one, as each was undone
    qtbot.waitUntil(lambda: len(labels(standfirst)) == 3)


def test_one_act_is_taken_back_from_amid_the_others(standfirst, keys, qtbot, work):
    pane = open_history(standfirst, keys, qtbot)
    keys.press("Down")
    details(pane, qtbot)
    press(pane, "take-back", qtbot)
    qtbot.waitUntil(lambda: labels(standfirst) == {"Szczecin": "PERSON", "Kiel": "GPE"})
    qtbot.waitUntil(lambda: shown(pane)[0].title == f"take back: {work[1]}")
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: len(labels(standfirst)) == 3)


def test_what_stands_in_the_way_of_taking_back_is_said(standfirst, keys, qtbot, work):
    label(standfirst, keys, "Szczecin", "2")
    saved(standfirst, qtbot)
    pane = open_history(standfirst, keys, qtbot)
    keys.press("Down", "Down", "Down")
    assert pane.act.title == work[0]
    details(pane, qtbot)
    press(pane, "take-back", qtbot)
    qtbot.waitUntil(lambda: "came after it and changed the same" in pane.details.said.text())
    assert labels(standfirst)["Szczecin"] == "ORG"


# --- after a restart


def test_undo_and_redo_work_after_a_restart_by_another_coder(
    standfirst, keys, qtbot, work, project, qapp
):
    again = standfirst.window.actions_table["suggest"]
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy, timeout=SLOW)
    with qtbot.waitSignal(standfirst.suggesting.engine.suggestions_found, timeout=SLOW):
        again.trigger()  # suggestions are made anew in between
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy, timeout=SLOW)
    standfirst.window.close()

    settings = Settings()
    settings.coder = "Grace"
    settings.sync()
    second = program.start(project, [], settings)
    assert second is not None
    qtbot.waitUntil(lambda: second.project is not None and second.project.ready)
    keys = hands(second, qtbot)
    qtbot.waitUntil(lambda: second.session.state is not None)
    qtbot.waitUntil(lambda: not second.suggesting.busy, timeout=SLOW)
    label(second, keys, "Szczecin", "3")
    assert labels(second) == {"Szczecin": "GPE", "Gdansk": "ORG", "Kiel": "GPE"}
    with qtbot.waitSignal(second.suggesting.engine.suggestions_found, timeout=SLOW):
        second.window.actions_table["suggest"].trigger()
    qtbot.waitUntil(lambda: not second.suggesting.busy, timeout=SLOW)

    def undo(left: dict[str, str]) -> None:
        keys.press("Ctrl+Z")
        qtbot.waitUntil(lambda: labels(second) == left)
        saved(second, qtbot)

    undo({"Szczecin": "PERSON", "Gdansk": "ORG", "Kiel": "GPE"})  # Grace's own
    undo({"Szczecin": "PERSON", "Gdansk": "ORG"})  # and Ada's, of before
    undo({"Szczecin": "PERSON"})
    undo({})
    for count in (1, 2, 3, 3):
        keys.press("Ctrl+Shift+Z")
        qtbot.waitUntil(lambda count=count: len(labels(second)) == count)
        saved(second, qtbot)
    qtbot.waitUntil(lambda: labels(second)["Szczecin"] == "GPE")
    pane = open_history(second, keys, qtbot)
    assert {act.coder_name for act in shown(pane)} >= {"Ada", "Grace"}
    assert "Grace" in details(pane, qtbot)
    second.window.close()
    second.window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# --- the bin


def open_article(app: Standfirst):
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


def test_what_was_rejected_or_deleted_comes_back_from_the_bin(standfirst, keys, qtbot, work):
    session = standfirst.session
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy, timeout=SLOW)
    rejected = next(
        each
        for stop in session.state.stops()
        if isinstance(each := session.state.get(stop), Entity)
    )
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


def labels_then(app: Standfirst) -> dict[str, str]:
    state = looking(app).page.session.state
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


def span_of(app: Standfirst, annotation) -> str:
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


def test_what_is_asked_of_the_inspector_brings_it_back(standfirst, keys, qtbot, work):
    pane = open_history(standfirst, keys, qtbot)
    standfirst.session.set_focus(standfirst.session.state.entity_on(span(standfirst, "Kiel")).id)
    standfirst.canvas.setFocus()
    qtbot.waitUntil(lambda: standfirst.window.actions_table["note"].isEnabled())
    keys.press("N")
    assert not pane.isVisible()
    assert standfirst.inspector.card.note.hasFocus()


# --- as a file


def test_the_history_is_exported_as_a_file(standfirst, keys, qtbot, work, tmp_path: Path):
    from desktop.history.exporting import export

    said: list[str] = []
    say: Callable[[str], object] = said.append
    out = tmp_path / "trail.csv"
    export(standfirst.project.path, out, standfirst.window, say)
    qtbot.waitUntil(lambda: bool(said), timeout=SLOW)
    assert said == ["The history is in trail.csv"]
    assert all(title in out.read_text("utf-8") for title in work)
