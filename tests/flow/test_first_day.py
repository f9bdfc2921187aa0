"""The first day: the sample project is there, and a tour that is done by doing what it says."""

from __future__ import annotations

import pytest
from flow.keyboard import Keyboard
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton

import resources
from desktop import app, theme
from desktop.bindings.helping import touring
from desktop.shell.opened import Make
from desktop.shell.places import sample_project
from desktop.shell.settings import Settings
from desktop.shell.tour import TourBar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def first_start(qapp, qtbot):
    """Start as somebody does who has never seen the program."""
    qapp.setApplicationName("standfirst")
    theme.install(qapp)
    standfirst = app.start(sample_project(), [], Settings())
    assert standfirst is not None
    try:
        qtbot.waitUntil(lambda: standfirst.window.findChild(QLineEdit, "coder-name") is not None)
        touring(standfirst).begin_on_first_day()
        yield standfirst
    finally:
        standfirst.window.close()
        standfirst.window.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def keys(first_start, qtbot) -> Keyboard:
    first_start.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    return Keyboard(first_start)


def bar(standfirst) -> TourBar:
    """Return what is on the screen of the tour."""
    found = touring(standfirst).bar
    assert found is not None and found.isVisible()
    return found


def under_way(standfirst) -> bool:
    return touring(standfirst).bar is not None


def give_a_name(standfirst, keys, qtbot) -> None:
    assert not under_way(standfirst)  # one thing at a time
    keys.type("Ada")
    keys.press("Return")
    qtbot.waitUntil(lambda: under_way(standfirst))


def test_the_tour_is_done_by_doing_what_it_says(first_start, keys, qtbot):
    give_a_name(first_start, keys, qtbot)
    qtbot.waitUntil(lambda: not first_start.suggesting.busy)
    assert first_start.canvas.hasFocus()
    seen = [bar(first_start).step]
    for key in ("Tab", "Return", "X", "Ctrl+Z"):
        keys.press(key)
        seen.append(bar(first_start).step)
    assert seen == [1, 2, 3, 4, 5]
    assert first_start.canvas.hasFocus()  # it never took the keys

    keys.press("F4")
    assert not under_way(first_start)
    assert Settings().toured


def test_it_keeps_up_with_whoever_accepts_before_going_on(first_start, keys, qtbot):
    give_a_name(first_start, keys, qtbot)
    qtbot.waitUntil(lambda: not first_start.suggesting.busy)
    keys.press("Return")
    assert bar(first_start).step == 3
    keys.press("Tab")  # is no part of it any more
    assert bar(first_start).step == 3


def test_one_name_is_asked_for_where_another_project_is_opened_first(first_start, qtbot, tmp_path):
    window = first_start.window
    first_start.open_project(tmp_path / "Mine.standfirst", Make.EMPTY)

    def asked() -> list[QLineEdit]:
        return [
            field for field in window.findChildren(QLineEdit, "coder-name") if field.isVisible()
        ]

    qtbot.waitUntil(lambda: [field.hasFocus() for field in asked()] == [True])
    qtbot.keyClicks(asked()[0], "Ada")
    qtbot.keyClick(asked()[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: first_start.project.ready)
    assert asked() == []


def test_it_is_skipped_by_one_key_and_does_not_come_back_by_itself(first_start, keys, qtbot):
    give_a_name(first_start, keys, qtbot)
    keys.press("Shift+F4")
    assert not under_way(first_start)

    touring(first_start).begin_on_first_day()
    assert not under_way(first_start)

    keys.press("F4")  # but when it is asked for
    assert bar(first_start).step == 1
    skip = next(b for b in bar(first_start).findChildren(QPushButton) if "Skip" in b.text())
    qtbot.mouseClick(skip, Qt.MouseButton.LeftButton)
    assert not under_way(first_start)


def test_it_waits_where_there_is_no_article_to_do_it_in(first_start, keys, qtbot, tmp_path):
    give_a_name(first_start, keys, qtbot)
    shown = touring(first_start).bar
    assert shown is not None
    qtbot.waitUntil(shown.isVisible)
    first_start.open_project(tmp_path / "Mine.standfirst", Make.EMPTY)
    qtbot.waitUntil(lambda: not shown.isVisible())

    qtbot.waitUntil(lambda: first_start.project.ready)
    first_start.take_files([resources.path("samples", "night_flights.txt")])
    qtbot.waitUntil(shown.isVisible)
    assert shown.step == 1


def test_a_project_of_ones_own_begins_no_tour(standfirst):
    touring(standfirst).begin_on_first_day()
    assert not under_way(standfirst)
