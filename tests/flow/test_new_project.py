"""A new project begins with labels that are chosen for it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from flow.keyboard import Keyboard
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel

import resources
from db import schemes
from db.values import Entity
from desktop.shell.new_project import NewProjectDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def begin(standfirst, qtbot, tmp_path):
    """Return what begins a new project with a bundled scheme."""
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    keys = Keyboard(standfirst)

    def with_labels(scheme: str) -> None:
        keys.press("Ctrl+N")
        dialog = standfirst.window.findChild(NewProjectDialog)
        qtbot.waitUntil(dialog.name.hasFocus)
        qtbot.keyClicks(dialog.name, "Mine")
        dialog.folder.setText(str(tmp_path))
        click(qtbot, dialog, f"scheme-{scheme}")
        click(qtbot, dialog, "project-create")
        path = tmp_path / "Mine.standfirst"
        qtbot.waitUntil(lambda: standfirst.project.path == path and standfirst.project.ready)

    return with_labels


def click(qtbot, dialog: NewProjectDialog, name: str) -> None:
    qtbot.mouseClick(dialog.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def labels(standfirst) -> list[str]:
    return [label.name for label in standfirst.session.scheme.entities]


def test_a_new_project_asks_which_labels_it_begins_with(standfirst, begin):
    assert list(schemes.names()) == ["news", "actors", "claims", "entities"]
    begin("actors")
    assert labels(standfirst) == ["PERSON", "ORG", "GPE", "NORP"]
    assert "EVENT" in standfirst.suggesting.scheme.names.unwanted


def test_claims_agree_or_disagree_and_nothing_else(standfirst, begin):
    begin("claims")
    assert labels(standfirst) == ["PERSON", "ORG", "GPE", "NORP", "LAW"]
    stances = standfirst.session.scheme.stances
    assert [each.shown for each in stances if each.offered] == ["agrees", "disagrees"]


def test_where_only_names_are_wanted_no_side_is_suggested(standfirst, begin, qtbot):
    begin("entities")
    standfirst.take_files([resources.path("samples", "night_flights.txt")])
    qtbot.waitUntil(lambda: standfirst.session.state is not None)
    state = standfirst.session.state
    qtbot.waitUntil(lambda: bool(state.stops()))
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)

    assert {type(each) for each in state.visible} == {Entity}
    assert {each.label for each in state.visible} <= set(labels(standfirst))
    # What is not shown is not to be done either.
    path = standfirst.project.path
    qtbot.waitUntil(lambda: pending(path) == len(state.stops()))


@pytest.mark.parametrize(
    ("name", "folder", "word"),
    [
        ("", ".", "Give the project a name"),
        ("2026/ferry", ".", "no slash"),
        ("Ferry", "nowhere", "There is no folder"),
        ("Taken", ".", "There is a “Taken.standfirst” in that folder already"),
    ],
)
def test_what_cannot_be_made_is_said_while_it_can_be_changed(
    standfirst, qtbot, tmp_path, name, folder, word
):
    (tmp_path / "Taken.standfirst").touch()
    before = standfirst.project.path
    dialog = NewProjectDialog(schemes.names(), standfirst.window)
    dialog.chosen.connect(standfirst.open_project)
    dialog.open()
    dialog.name.setText(name)
    dialog.folder.setText(str(tmp_path / folder))

    click(qtbot, dialog, "project-create")
    assert any(word in label.text() for label in dialog.findChildren(QLabel))
    assert dialog.isVisible() and standfirst.project.path == before

    qtbot.keyClicks(dialog.name, "x")  # the words go when something is done about them
    assert not any(word in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()


def test_every_kind_of_article_is_shown_when_files_are_opened(standfirst):
    standfirst.window.actions_table["open"].trigger()
    (asking,) = standfirst.window.findChildren(QFileDialog)
    patterns = asking.nameFilters()[0]
    assert all(
        f"*{suffix}" in patterns for suffix in (".standfirst", ".txt", ".html", ".docx", ".pdf")
    )
    asking.close()


def pending(project: Path) -> int:
    with closing(sqlite3.connect(project)) as connection:
        (number,) = connection.execute("SELECT pending FROM article").fetchone()
    return number
