"""Suggestions come while somebody reads: what is under the eye, the pointer and the hand stays."""

from __future__ import annotations

import pytest
from flow.mouse import Mouse
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from db.values import Span
from desktop.article.places import start_of

# Without a screen there is no window to raise and no keyboard to grab for a menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def app(standfirst, qtbot):
    """Return the window with the article open, before the engine has said anything of it."""
    assert not standfirst.session.state.article.zones
    assert not standfirst.session.state.visible
    standfirst.window.resize(1440, 900)
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(standfirst.canvas.hasFocus)
    qtbot.waitUntil(lambda: standfirst.canvas.typesetter.done)
    return standfirst


def settle(app, qtbot) -> None:
    """Wait until zones and suggestions are there, and all of them are on the page."""
    qtbot.waitUntil(lambda: bool(app.session.state.article.zones))
    qtbot.waitUntil(lambda: not app.suggesting.busy)
    qtbot.waitUntil(lambda: bool(app.session.state.stops()))
    qtbot.waitUntil(lambda: app.canvas.typesetter.done and not app.canvas.fills.busy)


def lines_seen(app) -> tuple[int, int]:
    """Return the first code point on the screen, and how far from its top that line lies."""
    canvas = app.canvas
    at = canvas.offset_at(QPoint(0, 4))
    return at, canvas.cursorRect(canvas._cursor(Span(at, at))).top()


def test_where_somebody_reads_stays(app, qtbot):
    canvas, session = app.canvas, app.session
    half = len(session.state.text) // 2
    Mouse(app).scroll_to(Span(half, half + 500))
    assert canvas.verticalScrollBar().value() > 0
    seen, lies = lines_seen(app)
    settle(app, qtbot)
    # Zones are set in other sizes, so the bar's value may change; the line on top may not.
    now, there = lines_seen(app)
    assert abs(now - seen) < 3
    assert abs(there - lies) <= 3
    assert session.selection is None
    assert canvas.hasFocus()

    # The way goes on from there.
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert start_of(session.focused) >= now


def test_what_somebody_selected_stays_and_keeps_its_place(app, qtbot):
    mouse, session, canvas = Mouse(app), app.session, app.canvas
    start = session.state.text.index("The mayor of Schwedt")
    words = Span(start, start + len("The mayor of Schwedt"))
    mouse.select(words)
    top = canvas.cursorRect(canvas._cursor(Span(words.start, words.start))).top()
    settle(app, qtbot)
    assert session.selection == words
    assert canvas.selected == words
    assert session.focus is None  # the next digit labels what is selected, nothing else
    now = canvas.cursorRect(canvas._cursor(Span(words.start, words.start))).top()
    assert abs(now - top) <= 3


def test_where_the_caret_was_put_it_stays(app, qtbot):
    mouse, session, canvas = Mouse(app), app.session, app.canvas
    at = session.state.text.index("Mr Habermann accepts") + 3
    mouse.scroll_to(Span(at, at + 9))
    mouse.click(canvas.viewport(), mouse.point(Span(at, at + 9)))
    caret = session.caret
    assert caret is not None
    top = canvas.cursorRect().top()
    settle(app, qtbot)
    assert canvas.selected.end == caret
    assert abs(canvas.cursorRect().top() - top) <= 3


def test_what_is_in_focus_stays_when_suggestions_come_again(app, qtbot):
    settle(app, qtbot)
    session, canvas = app.session, app.canvas
    session.set_focus(session.state.stops()[12])
    focus, seen = session.focus, lines_seen(app)
    app.window.actions_table["suggest"].trigger()
    qtbot.waitUntil(lambda: app.suggesting.busy)
    settle(app, qtbot)
    assert session.focus == focus
    assert lines_seen(app) == seen
    assert canvas.hasFocus()
