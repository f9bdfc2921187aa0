"""What was decided twice is kept to from then on, in the real window with the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from flow.keyboard import Keyboard
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from db.values import Entity, Origin, Span, Status
from desktop.app import Standfirst

DOCKS = "Grimsby closed its docks. Nobody in Grimsby was told. The mayor of Grimsby wept.\n"
FERRY = "The last ferry left Grimsby for Rotterdam.\n"


@pytest.fixture
def keys(standfirst: Standfirst, qtbot: QtBot) -> Keyboard:
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    return Keyboard(standfirst)


@pytest.fixture
def docks(standfirst: Standfirst, qtbot: QtBot, tmp_path: Path, keys: Keyboard) -> None:
    take_in(standfirst, qtbot, tmp_path, FERRY)
    take_in(standfirst, qtbot, tmp_path, DOCKS)
    assert called(standfirst, "Grimsby") == [("GPE", Origin.MODEL)] * 3


def take_in(app: Standfirst, qtbot: QtBot, folder: Path, text: str) -> None:
    file = folder / f"{text.split()[2]}.txt"
    file.write_text(text, encoding="utf-8")
    assert app.project
    app.project.take_files([file])
    qtbot.waitUntil(lambda: shown(app, text))


def shown(app: Standfirst, text: str) -> bool:
    state = app.session.state
    return state is not None and state.text == text and not app.suggesting.busy


def called(app: Standfirst, name: str) -> list[tuple[str, Origin]]:
    """Return label and origin of the open suggestions on a name."""
    state = app.session.state
    assert state
    return [
        (one.label, one.decision.origin)
        for one in state.visible
        if isinstance(one, Entity)
        and one.span.of(state.text) == name
        and one.decision.status is Status.SUGGESTED
    ]


def focus(app: Standfirst, name: str, nth: int) -> None:
    state = app.session.state
    assert state
    here = [e for e in state.visible if isinstance(e, Entity) and e.span.of(state.text) == name]
    app.session.set_focus(here[nth].id)


def test_what_is_rejected_twice_is_not_suggested_again(standfirst, qtbot, keys, docks):
    focus(standfirst, "Grimsby", 0)
    keys.press("X")
    assert len(called(standfirst, "Grimsby")) == 2
    focus(standfirst, "Grimsby", 0)
    keys.press("X")
    qtbot.waitUntil(lambda: not called(standfirst, "Grimsby"))

    # Nor in an article that was suggested on before.
    open_ferry(standfirst, qtbot)
    qtbot.waitUntil(lambda: not called(standfirst, "Grimsby"))
    assert called(standfirst, "Rotterdam") == [("GPE", Origin.MODEL)]


def test_what_is_taken_back_is_suggested_again(standfirst, qtbot, keys, docks):
    for _ in range(2):
        focus(standfirst, "Grimsby", 0)
        keys.press("X")
    qtbot.waitUntil(lambda: not called(standfirst, "Grimsby"))
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: len(called(standfirst, "Grimsby")) == 2)


def test_what_is_relabelled_twice_has_that_label_from_then_on(standfirst, qtbot, keys, docks):
    for nth in range(2):
        focus(standfirst, "Grimsby", nth)
        keys.press("2")  # ORG
    qtbot.waitUntil(lambda: called(standfirst, "Grimsby") == [("ORG", Origin.MEMORY)])
    focus(standfirst, "Grimsby", 2)
    assert standfirst.session.focused.decision.score == 0.75

    open_ferry(standfirst, qtbot)
    qtbot.waitUntil(lambda: called(standfirst, "Grimsby") == [("ORG", Origin.MEMORY)])


def test_a_name_added_twice_is_suggested_where_it_stands_next(standfirst, qtbot, keys, tmp_path):
    text = "The old quay group met. The old quay group sang. The old quay group left.\n"
    take_in(standfirst, qtbot, tmp_path, text)
    start = 0
    for _ in range(2):
        assert not called(standfirst, "old quay group")
        start = text.index("old quay group", start)
        keys.select(Span(start, start + len("old quay group")))
        keys.press("2")
        start += 1
    qtbot.waitUntil(lambda: called(standfirst, "old quay group") == [("ORG", Origin.MEMORY)])


def open_ferry(app: Standfirst, qtbot: QtBot) -> None:
    """Open the other article."""
    [row] = [row for row in app.articles.rows if "ferry" in (row.title or "").lower()]
    assert app.project
    app.project.article.open(row.id)
    qtbot.waitUntil(lambda: shown(app, FERRY))
