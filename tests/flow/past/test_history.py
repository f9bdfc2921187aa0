"""Undo that survives, in the real window: what was done, and taken back, now and later."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from flow.history import (
    button,
    details,
    hands,
    label,
    labels,
    looking,
    open_history,
    press,
    saved,
    shown,
    span,
    suggest,
)
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop import app as program
from desktop.history.pane import View
from desktop.shell.settings import Settings

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


def test_a_preview_asked_for_at_once_stays(standfirst, keys, qtbot, work):
    pane = open_history(standfirst, keys, qtbot)
    keys.press("Down")
    details(pane, qtbot)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):  # what the act changed is wanted once more
        QTest.keyClick(pane.list, key)
    QTest.mouseClick(button(pane, "back"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button(pane, "undo-these") is not None)
    qtbot.waitUntil(lambda: not pane._settling.isActive())
    answers: list[object] = []
    standfirst.project.store.ask(lambda _: None, answers.append)  # behind what was asked before
    qtbot.waitUntil(lambda: bool(answers))
    assert button(pane, "undo-these") is not None


def test_undo_back_to_here_shows_first_what_it_takes_back(standfirst, keys, qtbot, work):
    pane = open_history(standfirst, keys, qtbot)
    keys.press("Down", "Down")
    details(pane, qtbot)
    press(pane, "back", qtbot)
    qtbot.waitUntil(lambda: button(pane, "undo-these") is not None)
    assert "This undoes 2 acts" in pane.details.text
    assert all(title in pane.details.text for title in work[1:])
    assert len(labels(standfirst)) == 3  # nothing is done yet
    qtbot.waitUntil(lambda: button(pane, "undo-these").hasFocus())  # shown a turn later
    keys.press("Space")
    qtbot.waitUntil(lambda: labels(standfirst) == {"Szczecin": "PERSON"})
    qtbot.waitUntil(lambda: [act.undone for act in shown(pane)[:3]] == [True, True, False])
    saved(standfirst, qtbot)
    keys.press("Ctrl+Shift+Z", "Ctrl+Shift+Z")  # one by one, as each was undone
    qtbot.waitUntil(lambda: len(labels(standfirst)) == 3)


def test_a_key_that_follows_on_undo_means_what_undo_left(standfirst, keys, qtbot, work):
    failed: list[str] = []
    standfirst.project.store.failed.connect(lambda why, _lost: failed.append(why))
    canvas = standfirst.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(canvas, Qt.Key.Key_1)  # at once: Kiel is no name any more
    saved(standfirst, qtbot)
    assert failed == []
    assert list(labels(standfirst)) == ["Szczecin", "Gdansk"]


def test_while_another_program_keeps_undo_waiting_nothing_is_done_upon_what_will_be_gone(
    standfirst, keys, qtbot, work, project
):
    failed: list[str] = []
    standfirst.project.store.failed.connect(lambda why, _lost: failed.append(why))
    before = labels(standfirst)
    with closing(sqlite3.connect(project, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        keys.press("Ctrl+Z")  # the window comes back before the file does
        keys.press("1")
        assert labels(standfirst) == before
        assert "one moment" in standfirst.window.toast.findChild(QLabel).text()
        other.execute("ROLLBACK")
    qtbot.waitUntil(lambda: list(labels(standfirst)) == ["Szczecin", "Gdansk"])
    saved(standfirst, qtbot)
    label(standfirst, keys, "Kiel", "3")
    saved(standfirst, qtbot)
    assert failed == []
    assert len(labels(standfirst)) == 3


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
    assert pane.act and pane.act.title == work[0]
    details(pane, qtbot)
    press(pane, "take-back", qtbot)
    qtbot.waitUntil(lambda: "came after it and changed the same" in pane.details.said.text())
    assert labels(standfirst)["Szczecin"] == "ORG"


# --- after a restart


def test_undo_and_redo_work_after_a_restart_by_another_coder(
    standfirst, keys, qtbot, work, project, qapp
):
    suggest(standfirst, qtbot, "Wednesday", "1")
    standfirst.window.close()

    settings = Settings()
    settings.coder = "Grace"
    settings.sync()
    second = program.start(project, [], settings)
    assert second is not None
    qtbot.waitUntil(lambda: second.project is not None and second.project.ready)
    keys = hands(second, qtbot)
    qtbot.waitUntil(lambda: second.session.state is not None)
    suggest(second, qtbot, "Poland", "2")  # made anew in between
    label(second, keys, "Szczecin", "3")
    assert labels(second) == {"Szczecin": "GPE", "Gdansk": "ORG", "Kiel": "GPE"}
    suggest(second, qtbot, "Wednesday", "3")

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
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["The history is in trail.csv"]
    assert all(title in out.read_text("utf-8") for title in work)
