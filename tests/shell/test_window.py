"""The real window, on a real project, with real keys and clicks."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from db.values import ArticleStatus, Entity, Span
from desktop import app
from desktop.importing.bar import ImportBar
from desktop.shell.menus import SPECS, Scope, key_name
from desktop.shell.settings import Settings

ROOT = Path(__file__).parents[2]
Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def canvas(standfirst, qtbot):
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    standfirst.canvas.setFocus()
    qtbot.waitUntil(standfirst.canvas.hasFocus)
    return standfirst.canvas


def in_file(project: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(project)) as connection:
        return connection.execute(query).fetchall()


def select(standfirst, words: str) -> Span:
    text = standfirst.session.state.text
    span = Span(text.index(words), text.index(words) + len(words))
    standfirst.session.set_selection(span)
    QApplication.processEvents()
    return span


def text_of(standfirst) -> str:
    return standfirst.session.state.text if standfirst.session.state else ""


def saved(standfirst, qtbot) -> None:
    qtbot.waitUntil(lambda: standfirst.project.store.idle)


def entities(standfirst) -> list[Entity]:
    return [each for each in standfirst.session.state.decisions if isinstance(each, Entity)]


def test_enter_accepts_what_is_suggested(standfirst, canvas, qtbot, project):
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    first = standfirst.session.focus
    qtbot.waitUntil(lambda: standfirst.window.actions_table["accept"].isEnabled())
    qtbot.keyClick(canvas, Key.Key_Return)
    saved(standfirst, qtbot)
    assert standfirst.session.focus != first
    assert (str(first), "accepted") in in_file(project, "SELECT id, status FROM entity") + in_file(
        project, "SELECT id, status FROM stance"
    )


def test_a_digit_labels_the_selection(standfirst, canvas, qtbot, project):
    span = select(standfirst, "Szczecin")
    qtbot.keyClick(canvas, Key.Key_3)
    saved(standfirst, qtbot)
    query = 'SELECT start, "end", label, status FROM entity'
    assert in_file(project, query) == [(span.start, span.end, "GPE", "added")]


def test_a_label_is_found_by_typing(standfirst, canvas, window, qtbot):
    select(standfirst, "2015 Gryfino agreement")
    qtbot.keyClick(canvas, Key.Key_A)
    qtbot.waitUntil(window.field.hasFocus)
    qtbot.keyClicks(window.field, "law")
    qtbot.keyClick(window.field, Key.Key_Return)
    assert [each.label for each in entities(standfirst)] == ["LAW"]
    assert canvas.hasFocus()


def test_letters_typed_in_a_field_stay_there(standfirst, canvas, window, qtbot):
    select(standfirst, "Szczecin")
    qtbot.keyClick(canvas, Key.Key_K, Modifier.ControlModifier)
    qtbot.waitUntil(window.field.hasFocus)
    qtbot.keyClicks(window.field, "1axe")
    assert window.field.text() == "1axe"
    assert not entities(standfirst)
    qtbot.keyClick(window.field, Key.Key_Escape)
    assert canvas.hasFocus()
    assert not window.field.text()


def test_a_command_is_found_by_typing(standfirst, canvas, window, qtbot):
    qtbot.keyClick(canvas, Key.Key_K, Modifier.ControlModifier)
    qtbot.keyClicks(window.field, "hide the lib")
    qtbot.keyClick(window.field, Key.Key_Return)
    assert not standfirst.library.isVisible()
    qtbot.keyClick(canvas, Key.Key_F9)
    assert standfirst.library.isVisible()


def test_an_article_is_found_by_typing(standfirst, canvas, window, qtbot):
    qtbot.keyClick(canvas, Key.Key_K, Modifier.ControlModifier)
    qtbot.keyClicks(window.field, "night flight")
    qtbot.keyClick(window.field, Key.Key_Return)
    qtbot.waitUntil(lambda: standfirst.session.state.text.startswith("Council leader"))


def test_undo_takes_back_and_says_what(standfirst, canvas, window, qtbot):
    select(standfirst, "Szczecin")
    qtbot.keyClick(canvas, Key.Key_3)
    undo = window.actions_table["undo"]
    qtbot.waitUntil(lambda: undo.text() == "&Undo add ‘Szczecin’")
    qtbot.keyClick(canvas, Key.Key_Z, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: not entities(standfirst))
    qtbot.waitUntil(window.actions_table["redo"].isEnabled)
    qtbot.keyClick(canvas, Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(entities(standfirst)) == 1)


def test_pasted_text_becomes_an_article_that_undo_takes_away(standfirst, canvas, window, qtbot):
    QGuiApplication.clipboard().setText("Harbour vote put off\n\nThe council met on Monday.\n")
    qtbot.keyClick(canvas, Key.Key_V, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: standfirst.session.state.text.startswith("Harbour vote"))
    assert "Harbour vote put off" in [row.title for row in standfirst.articles.rows]
    qtbot.waitUntil(window.toast.isVisible)
    qtbot.mouseClick(window.toast.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(standfirst.articles.rows) == 2)
    qtbot.waitUntil(lambda: text_of(standfirst).startswith("Environment minister"))


def test_dropped_files_come_in_and_what_is_none_is_named(standfirst, window, qtbot, tmp_path):
    good, bad = tmp_path / "ferry.txt", tmp_path / "picture.txt"
    good.write_text("Ferry pact holds\r\nSays the minister.\r\n", encoding="utf-8")
    bad.write_bytes(b"\x89PNG\x00\x00")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in (good, bad)])
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Modifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(600, 400), *how))
    QApplication.sendEvent(window, QDropEvent(QPointF(600, 400), *how))
    qtbot.waitUntil(
        lambda: standfirst.session.state.text == "Ferry pact holds\nSays the minister.\n",
    )
    bar = window.findChild(ImportBar)
    assert bar.text == "1 article came in · 1 not taken"

    standfirst.take_files([bad])
    qtbot.waitUntil(lambda: window.findChild(ImportBar) is not bar)
    bar = window.findChild(ImportBar)
    qtbot.waitUntil(lambda: bar.text.startswith("picture.txt: "))


def test_an_article_that_is_done_leaves_the_shelf_and_the_next_opens(
    standfirst, canvas, window, qtbot, project
):
    first = standfirst.session.state.article.id
    qtbot.keyClick(canvas, Key.Key_Return, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: standfirst.session.state.article.id != first)
    assert standfirst.articles.get(first).status is ArticleStatus.DONE
    assert not standfirst.articles.index_of(first).isValid()
    assert "1 of 2 reviewed" in [label.text() for label in window.header.findChildren(QLabel)]


def test_a_click_in_the_library_opens_an_article(standfirst, window, qtbot):
    library = standfirst.library
    other = next(
        row for row in standfirst.articles.rows if row.id != standfirst.session.state.article.id
    )
    place = library.list.visualRect(standfirst.articles.index_of(other.id)).center()
    qtbot.mouseClick(library.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: standfirst.session.state.article.id == other.id)
    assert standfirst.canvas.hasFocus() or not window.isActiveWindow()


def test_of_articles_asked_for_in_a_row_the_last_one_stays(standfirst, qtbot):
    first = standfirst.session.state.article.id
    other = next(row.id for row in standfirst.articles.rows if row.id != first)
    standfirst.open_article(other)
    standfirst.open_article(first)  # before the file has answered
    answered: list[object] = []
    standfirst.project.store.ask(lambda _: None, answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert standfirst.session.state.article.id == first
    standfirst.open_article(other)
    qtbot.waitUntil(lambda: standfirst.session.state.article.id == other)


def test_light_and_dark_change_live(standfirst, window):
    standfirst.show_appearance("dark")
    assert window.palette().window().color().lightness() < 60
    standfirst.show_appearance("light")
    assert window.palette().window().color().lightness() > 240


def test_nothing_in_the_footer_moves_when_an_act_is_saved(standfirst, canvas, window, qtbot):
    footer = window.footer
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    qtbot.keyClick(canvas, Key.Key_Tab)
    qtbot.keyClick(canvas, Key.Key_Return)
    qtbot.waitUntil(lambda: footer._undo.isVisible() and footer._saved.text().startswith("Saved"))
    QApplication.processEvents()
    before = footer._undo.geometry()
    footer.saving()  # as with the next act, where the disk is slow
    qtbot.waitUntil(lambda: footer._saved.text() == "Saving…")
    QApplication.processEvents()
    assert footer._undo.geometry() == before


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_second_start_hands_its_files_to_this_window(standfirst, qtbot, project, tmp_path):
    text = tmp_path / "late.txt"
    text.write_text("Late news\nIt came in late.\n", encoding="utf-8")
    second = subprocess.Popen([sys.executable, "-m", "desktop", str(project), str(text)], cwd=ROOT)
    qtbot.waitUntil(lambda: second.poll() is not None)
    assert second.returncode == 0
    qtbot.waitUntil(lambda: standfirst.session.state.text.startswith("Late news"))


def test_the_name_is_asked_once(qapp, qtbot, project, standfirst):
    standfirst.window.close()
    settings = Settings()
    settings.coder = ""
    started = app.start(project, [], settings)
    assert started is not None
    qtbot.waitUntil(lambda: started.window.findChild(QLineEdit, "coder-name") is not None)
    field = started.window.findChild(QLineEdit, "coder-name")
    opened = started.project
    assert field is not None
    assert opened is not None
    assert not opened.ready
    field.selectAll()
    qtbot.keyClicks(field, "Grace")
    qtbot.keyClick(field, Key.Key_Return)
    qtbot.keyClick(started.canvas, Key.Key_Tab)  # before the name is in the file
    assert started.canvas.hasFocus()
    qtbot.waitUntil(lambda: opened.ready)
    assert not field.isVisible()
    assert Settings().coder == "Grace"
    started.window.close()


def test_the_window_comes_back_as_it_was_left(standfirst, canvas, qtbot, project):
    qtbot.keyClick(canvas, Key.Key_F10)
    qtbot.keyClick(canvas, Key.Key_Down, Modifier.AltModifier)
    first = standfirst.session.state.article.id
    qtbot.waitUntil(lambda: standfirst.session.state.article.id != first)
    other = standfirst.session.state.article.id
    select(standfirst, standfirst.session.state.text[300:310])
    qtbot.keyClick(canvas, Key.Key_1)
    qtbot.waitUntil(lambda: bool(entities(standfirst)))
    standfirst.window.close()

    again = app.start(project, [], Settings())
    assert again is not None
    # This is the first paint, from the glance alone.
    assert again.project is not None
    assert again.session.state is not None
    assert again.session.state.article.id == other
    assert entities(again)
    assert again.window.inspector_pane.isHidden()
    qtbot.waitUntil(again.window.actions_table["undo"].isEnabled)
    again.window.activateWindow()
    again.canvas.setFocus()
    qtbot.keyClick(again.canvas, Key.Key_Z, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: not entities(again))
    again.window.close()


def test_what_was_looked_at_is_known_after_a_restart(standfirst, canvas, qtbot, project):
    standfirst.window.actions_table["checked"].trigger()
    saved(standfirst, qtbot)
    checked = standfirst.session.state.checked
    assert {each.layer for each in checked.values()} == {"entities", "stances"}
    standfirst.window.close()

    again = app.start(project, [], Settings())
    assert again is not None
    qtbot.waitUntil(lambda: bool(again.session.state and again.session.state.checked == checked))
    again.window.close()


def test_keys_are_named_as_they_are_pressed():
    assert [key_name(key) for key in ("Ctrl++", "Ctrl+-", "Ctrl+Return", "Tab", "[")] == [
        "Ctrl +",
        "Ctrl -",
        "Ctrl ↵",
        "Tab",
        "[",
    ]


def test_ctrl_k_works_where_the_field_has_the_keys_already(window, qtbot):
    window.field.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    window.actions_table["command"].trigger()
    qtbot.keyClicks(window.field, "hide the ins")
    qtbot.keyClick(window.field, Key.Key_Return)
    assert not window.field.text()


def test_no_key_does_two_things_in_one_place():
    taken: dict[tuple[str, Scope], str] = {}
    for spec in SPECS:
        for key in spec.keys:
            for scope in {Scope.WINDOW, spec.scope}:
                assert (key, scope) not in taken or scope is not spec.scope
            taken[key, spec.scope] = spec.id
    everywhere = {key for key, scope in taken if scope is Scope.WINDOW}
    assert not everywhere & {key for key, scope in taken if scope is not Scope.WINDOW}


def test_a_plain_letter_is_never_taken_from_a_field():
    plain = [key for spec in SPECS if spec.scope is Scope.WINDOW for key in spec.keys]
    assert all("+" in key or key.startswith("F") for key in plain)


def test_a_damaged_project_is_told_and_left_alone(standfirst, window, tmp_path):
    damaged = tmp_path / "Old.standfirst"
    damaged.write_bytes(b"SQLite format 3\0" + b"x" * 200)
    standfirst.open_project(damaged)
    assert "Old.standfirst" in window.message.text
    assert damaged.read_bytes() == b"SQLite format 3\0" + b"x" * 200
    assert standfirst.project is not None and standfirst.project.ready  # the good one stays
    assert standfirst.session.state is not None
