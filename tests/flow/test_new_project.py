"""A new project begins with labels that are chosen for it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flow.keyboard import Keyboard
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

import resources
from db import schemes
from db.values import Entity

SLOW = 60_000  # ms: a busy machine still loads the model within this
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def begin(standfirst, qtbot, tmp_path):
    """Return what begins a new project with the labels of that number."""
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    keys = Keyboard(standfirst)

    def with_labels(number: str) -> None:
        keys.press("Ctrl+N")
        (asking,) = standfirst.window.findChildren(QFileDialog)
        path = tmp_path / "Mine.standfirst"
        asking.selectFile(str(path))
        asking.filesSelected.emit([str(path)])
        asking.close()
        standfirst.window.activateWindow()  # as a window manager does
        qtbot.waitUntil(standfirst.window.field.hasFocus)
        keys.press(number)
        qtbot.waitUntil(lambda: standfirst.project.path == path and standfirst.project.ready)

    return with_labels


def labels(standfirst) -> list[str]:
    return [label.name for label in standfirst.session.scheme.entities]


def test_a_new_project_asks_which_labels_it_begins_with(standfirst, begin):
    assert list(schemes.names()) == ["news", "actors", "claims", "entities"]
    begin("2")
    assert labels(standfirst) == ["PERSON", "ORG", "GPE", "NORP"]
    assert "EVENT" in standfirst.suggesting.scheme.names.unwanted


def test_claims_agree_or_disagree_and_nothing_else(standfirst, begin):
    begin("3")
    assert labels(standfirst) == ["PERSON", "ORG", "GPE", "NORP", "LAW"]
    stances = standfirst.session.scheme.stances
    assert [each.shown for each in stances if each.offered] == ["agrees", "disagrees"]


def test_where_only_names_are_wanted_no_side_is_suggested(standfirst, begin, qtbot):
    begin("4")
    standfirst.take_files([resources.path("samples", "night_flights.txt")])
    qtbot.waitUntil(lambda: standfirst.session.state is not None, timeout=SLOW)
    state = standfirst.session.state
    qtbot.waitUntil(lambda: bool(state.stops()), timeout=SLOW)
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy, timeout=SLOW)

    assert {type(each) for each in state.visible} == {Entity}
    assert {each.label for each in state.visible} <= set(labels(standfirst))
    # What is not shown is not to be done either.
    path = standfirst.project.path
    qtbot.waitUntil(lambda: pending(path) == len(state.stops()), timeout=SLOW)


def pending(project: Path) -> int:
    with closing(sqlite3.connect(project)) as connection:
        (number,) = connection.execute("SELECT pending FROM article").fetchone()
    return number
