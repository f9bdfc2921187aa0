"""What the flows of the history share: hands in it, and what is read off the screen."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from flow.keyboard import Keyboard
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.history_list import Done
from db.values import Decision, Entity, Model, Origin, Span, Status
from desktop.history.pane import HistoryPane
from desktop.looking_back import LookingBack

NAMES = ("Szczecin", "Gdansk", "Kiel")


def hands(app: Any, qtbot) -> Keyboard:
    """Put the hands on the keyboard; suggestions may come meanwhile, or not yet."""
    app.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(lambda: app.session.state is not None)
    app.canvas.setFocus()
    qtbot.waitUntil(app.canvas.hasFocus)
    return Keyboard(app)


def span(app: Any, words: str) -> Span:
    start = app.session.state.text.index(words)
    return Span(start, start + len(words))


def label(app: Any, keys: Keyboard, words: str, digit: str) -> None:
    """Decide on some words: those that are suggested there, or newly selected."""
    entity = app.session.state.entity_on(span(app, words))
    if entity:
        app.session.set_focus(entity.id)
    else:
        app.session.set_selection(span(app, words))
    QApplication.processEvents()
    keys.press(digit)


def labels(app: Any) -> dict[str, str]:
    """Return what is decided in the open article, and not rejected."""
    state = app.session.state
    return {
        one.span.of(state.text): one.label
        for one in state.visible
        if isinstance(one, Entity) and one.decision.decided
    }


def saved(app: Any, qtbot) -> None:
    qtbot.waitUntil(lambda: app.project.store.idle)


def suggest(app: Any, qtbot, words: str, version: str) -> Entity:
    """Make the suggestions of the open article anew: a place, in place of all that was undecided.

    As the engine does, but at once, be the machine busy or not.
    """
    article = app.session.state.article
    decision = Decision(Status.SUGGESTED, Origin.MODEL, 0.9)
    found = Entity(uuid5(article.id, words), article.id, span(app, words), "GPE", decision)
    model = Model("trial", version)
    app.project.store.save_suggestions(article.id, article.sha256, [found], model)
    app.session.renew([found], app.session.state.decisions)
    answered: list[object] = []
    app.project.store.ask(lambda _: None, answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    return found


def titles_in(app: Any) -> list[str]:
    """Return the last three things done, oldest first, as undo would name them."""
    from db.engine import open_project, session
    from db.history import entries

    engine = open_project(app.project.path, read_only=True)
    with session(engine) as own:
        found = [entry.act.title for entry in entries(own, limit=3)]
    engine.dispose()
    return found[::-1]


def looking(app: Any) -> LookingBack:
    assert app.looking_back is not None
    return app.looking_back


def open_history(app: Any, keys: Keyboard, qtbot) -> HistoryPane:
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


def button(pane: HistoryPane, name: str) -> Any:
    return next((each for each in pane.details.buttons if each.objectName() == name), None)


def press(pane: HistoryPane, name: str, qtbot) -> None:
    """Go to a button with Tab and press it."""
    qtbot.waitUntil(lambda: button(pane, name) is not None)
    for _ in range(12):
        here = QApplication.focusWidget()
        assert here is not None
        if here.objectName() == name:
            break
        QTest.keyClick(here, Qt.Key.Key_Tab)
    here = QApplication.focusWidget()
    assert here is not None
    assert here.objectName() == name, "a button nobody reaches"
    QTest.keyClick(here, Qt.Key.Key_Space)
    QApplication.processEvents()


def three_labelled(app: Any, keys: Keyboard, qtbot) -> list[str]:
    """Label three names, one after another; return the titles in the history."""
    for name, digit in zip(NAMES, "123", strict=True):
        label(app, keys, name, digit)
    saved(app, qtbot)
    assert labels(app) == {"Szczecin": "PERSON", "Gdansk": "ORG", "Kiel": "GPE"}
    return titles_in(app)
