"""What actors hold elsewhere, and the word about what contradicts it, in the real window."""

from __future__ import annotations

import pytest
from flow.coast import (
    FIRST,
    SECOND,
    here,
    name,
    saved,
    suggest,
)
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from db.values import (
    Position,
    Stance,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


# --- the ledger, and the warning


def take_side(app, keys, qtbot) -> Stance:
    """Accept the stance that is suggested on the open article."""
    stance = next(each for each in app.session.state.visible if isinstance(each, Stance))
    app.session.set_focus(stance.id)
    keys.press("Return")
    saved(app, qtbot)
    return stance


@pytest.fixture
def second(app, keys, qtbot) -> Stance:
    """The other article, with the man's other side suggested; the first one's is recorded."""
    take_side(app, keys, qtbot)
    keys.press("Alt+Down" if app.library.neighbour(1) else "Alt+Up")
    qtbot.waitUntil(lambda: app.session.state.text == SECOND)
    qtbot.waitUntil(lambda: not app.suggesting.busy)
    suggest(app)
    qtbot.waitUntil(lambda: any(one.actor for one in (here(app).get("Xavier Bertrand"),) if one))
    app.window.go_to_article()
    return next(each for each in app.session.state.visible if isinstance(each, Stance))


def test_what_an_actor_holds_elsewhere_is_beside_the_card_and_a_click_goes_there(
    app, second, keys, qtbot
):
    ledger = app.inspector.ledger
    app.session.set_focus(second.id)
    qtbot.waitUntil(lambda: len(ledger.shown) == 1)
    (earlier,) = ledger.shown
    assert (earlier.position, earlier.publication) == (Position.AGAINST, "Courier")
    assert earlier.words == "Harbour Toll Act"
    assert "hurts" not in earlier.excerpt and earlier.excerpt.startswith("Xavier Bertrand said")
    assert ledger.heading.text() == "POSITIONS OF XAVIER BERTRAND · 1"

    app.session.set_focus(name(app, "Anna Duval").id)
    qtbot.waitUntil(lambda: not ledger.isVisible())
    app.session.set_focus(name(app, "Xavier Bertrand").id)
    qtbot.waitUntil(ledger.isVisible)
    at = ledger.list.visualRect(ledger.list.model().index(0, 0)).center()
    QTest.mouseClick(ledger.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: app.session.state.text == FIRST)
    assert app.session.focus == earlier.stance


def test_a_contradiction_is_told_first_and_done_when_the_key_is_pressed_again(
    app, second, keys, qtbot
):
    people_ = app.session.people
    app.session.set_focus(second.id)
    qtbot.waitUntil(lambda: len(app.inspector.ledger.shown) == 1)
    with qtbot.waitSignal(people_.contradicted):
        keys.press("Return")
    assert app.session.focus == second.id
    assert not app.session.focused.decision.decided
    assert app.window.toast.isVisible()
    keys.press("3")  # neutral contradicts nobody
    assert app.session.focused.position is Position.NEUTRAL
    with qtbot.waitSignal(people_.contradicted):
        keys.press("1")
    assert app.session.focused.position is Position.NEUTRAL
    keys.press("1")
    assert app.session.focused.position is Position.FAVOR
    keys.press("Return")  # it is decided now: on we go
    assert app.session.focus != second.id


@pytest.mark.parametrize("bulk", [("Shift+Return",), ("Ctrl+Shift+A", "Return")])
def test_a_bulk_leaves_what_contradicts_and_says_so(app, second, keys, qtbot, bulk):
    app.session.set_focus(second.id)
    qtbot.waitUntil(lambda: len(app.inspector.ledger.shown) == 1)
    keys.press(*bulk)
    toast = app.window.toast
    qtbot.waitUntil(toast.isVisible)
    said = " ".join(label.text() for label in toast.findChildren(QLabel))
    assert "suggestions accepted. 1 contradicts a recorded stance and is left to you." in said
    assert name(app, "Anna Duval").decision.decided
    assert not app.session.state.get(second.id).decision.decided

    keys.press(*bulk)  # nothing but it is left, and it is left again
    assert not app.session.state.get(second.id).decision.decided
    app.session.set_focus(second.id)
    keys.press("Return", "Return")  # by itself it is told once, and done
    assert app.session.state.get(second.id).decision.decided


def test_a_stance_that_is_made_against_a_recorded_one_is_told_once_too(app, second, keys, qtbot):
    app.session.set_focus(second.id)
    qtbot.waitUntil(lambda: len(app.inspector.ledger.shown) == 1)
    keys.press("X")
    app.session.set_focus(name(app, "Harbour Toll Act").id)
    with qtbot.waitSignal(app.session.people.contradicted):
        keys.press("Alt+1")
    assert app.session.state.stances == []
    keys.press("Alt+1")
    assert app.session.focused.position is Position.FAVOR
    assert app.session.focused.holder.entity == name(app, "Xavier Bertrand").id


def test_the_pointer_resting_on_a_name_tells_what_is_known(app, second, keys, qtbot):
    app.session.set_focus(second.id)
    qtbot.waitUntil(lambda: len(app.inspector.ledger.shown) == 1)
    canvas = app.canvas
    span = name(app, "Xavier Bertrand").span
    at = canvas.lines().pieces(span)[0].letters().center().toPoint()
    place = canvas.viewport().mapToGlobal(at)
    QApplication.sendEvent(canvas.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, place))
    assert "<b>Xavier Bertrand</b>" in QToolTip.text()
    assert "Against Harbour Toll Act" in QToolTip.text()
    QToolTip.hideText()
