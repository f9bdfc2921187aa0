"""The short word over the article: it is seen, and in nobody's way."""

from __future__ import annotations

import pytest
from flow.mouse import LEFT, NONE, Mouse
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from db.values import ArticleStatus

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def toast(standfirst, qtbot):
    """Return the toast while it says something over the text, which lies still by then."""
    standfirst.suggesting.engine.stop()  # a click on what it found would go there
    qtbot.waitUntil(lambda: standfirst.inspector is not None)
    qtbot.waitUntil(lambda: bool(standfirst.session.state.article.zones))
    qtbot.waitUntil(lambda: standfirst.canvas.typesetter.done)
    toast = standfirst.window.toast
    toast.say("8 suggestions accepted.", "Undo", lambda: toast.setProperty("taken", True))
    qtbot.waitUntil(toast.isVisible)
    return toast


def place_of(toast) -> QPoint:
    """Return a place of the toast where nothing is offered, and beneath it there is text."""
    return toast.mapTo(toast.window(), QPoint(toast.width() // 3, toast.height() // 2))


def test_a_click_on_it_goes_to_the_text_beneath(standfirst, toast, qtbot):
    window, canvas = standfirst.window, standfirst.canvas
    place = place_of(toast)
    under = canvas.cursorForPosition(canvas.viewport().mapFrom(window, place))
    QTest.mouseClick(window.windowHandle(), LEFT, NONE, place)
    assert canvas.textCursor().position() == under.position() > 0
    assert toast.isVisible()


def test_words_are_selected_from_beneath_it(standfirst, toast, qtbot):
    window, place = standfirst.window, place_of(toast)
    handle = window.windowHandle()
    QTest.mousePress(handle, LEFT, NONE, place)
    for step in (30, 60, 90):
        QTest.mouseMove(handle, place - QPoint(0, step))
        QApplication.processEvents()
    QTest.mouseRelease(handle, LEFT, NONE, place - QPoint(0, 90))
    qtbot.waitUntil(lambda: standfirst.session.selection is not None)


def test_what_it_offers_is_taken_by_a_click(standfirst, toast):
    Mouse(standfirst).click(toast.findChild(QPushButton))
    assert toast.property("taken")
    assert not toast.isVisible()


def test_the_wheel_turns_the_text_beneath(standfirst, toast, qtbot):
    bar = standfirst.canvas.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    before = bar.value()
    QTest.wheelEvent(standfirst.window.windowHandle(), place_of(toast), QPoint(0, -240))
    qtbot.waitUntil(lambda: bar.value() > before)


def test_why_nothing_happened_is_said_until_something_does(standfirst, toast, qtbot):
    session = standfirst.session
    session.set_focus(None)
    session.accept()
    assert toast.isVisible()
    session.set_status(ArticleStatus.FLAGGED)
    assert not toast.isVisible()

    toast.say("List refreshed.")  # this has nothing to do with what is done now
    session.set_status(ArticleStatus.TODO)
    assert toast.isVisible()


def test_many_words_take_several_lines_and_what_it_offers_stays_in_sight(standfirst, toast):
    toast.say("“Toll rises on the northern ferry” is here, " * 8, "Undo", lambda: None)

    over, button = toast.parentWidget(), toast.findChild(QPushButton)
    assert over.rect().contains(toast.geometry())
    assert toast.rect().contains(button.geometry())
    toast.say("Saved.")
    assert toast.width() < over.width() // 2
