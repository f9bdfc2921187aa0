"""The registry of actors in the real window: found, written in, merged, parted and deleted."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from flow.keyboard import Keyboard
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from db import people, projects
from db.actor_book import ActorBook
from db.engine import open_project, session
from db.values import Actor, Span
from desktop.registry.dialog import ActorsDialog
from desktop.registry.model import ActorsTable, Column

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NAMES = ("Anna Duval", "Lille Council", "Xavier Bertrand", "X. Betrand")


@pytest.fixture
def project(project: Path, odd_pipeline: str) -> Path:
    """The project of all tests, with four actors in it."""
    engine = open_project(project)
    with session(engine) as own:
        projects.set_pipeline(own, odd_pipeline)
        for name in NAMES:
            kind = "ORG" if "Council" in name else "PERSON"
            people.add_actor(own, name, kind, ["Bertrand"] if name == "Xavier Bertrand" else [])
    engine.dispose()
    return project


@pytest.fixture
def keys(standfirst, qtbot) -> Keyboard:
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    return Keyboard(standfirst)


@pytest.fixture
def dialog(standfirst, keys, qtbot) -> ActorsDialog:
    """The registry, opened by its key and with the keys in its field."""
    keys.press("Ctrl+Shift+P")
    found = standfirst.window.findChild(ActorsDialog)
    assert isinstance(found, ActorsDialog)
    qtbot.waitUntil(found.isActiveWindow)
    return found


def known(app) -> dict[str, Actor]:
    return {actor.name: actor for actor in app.actors.book.by_id.values()}


def shown(dialog: ActorsDialog, column: Column = Column.NAME) -> list[str]:
    model = dialog.actors
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def choose(dialog: ActorsDialog, *names: str) -> None:
    """Click actors, the first of them last, so that it is the one the keys are on."""
    hold = Qt.KeyboardModifier.NoModifier
    for name in reversed(names):
        index = dialog.actors.index(shown(dialog).index(name), 0)
        at = dialog.table.visualRect(index).center()
        QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, hold, at)
        hold = Qt.KeyboardModifier.ControlModifier


def write(dialog, keys, qtbot, name: str, column: Column, text: str) -> None:
    """Go to a cell and write in it by keyboard."""
    index = dialog.actors.index(shown(dialog).index(name), column)
    select = QItemSelectionModel.SelectionFlag
    dialog.table.setFocus()
    dialog.table.selectionModel().setCurrentIndex(index, select.ClearAndSelect | select.Rows)
    keys.press("F2")
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    keys.type(text)
    keys.press("Return")


def test_actors_are_found_by_name_and_alias_and_counted(dialog, keys, qtbot):
    assert shown(dialog) == sorted(NAMES, key=str.casefold)
    assert dialog.said == "4 actors"
    assert dialog.filter.hasFocus()
    keys.type("bert")
    assert shown(dialog) == ["Xavier Bertrand"]
    assert dialog.said == "1 of 4 actors"
    keys.type("trand")
    assert shown(dialog) == ["X. Betrand", "Xavier Bertrand"]
    qtbot.waitUntil(lambda: shown(dialog, Column.MENTIONS) == ["0", "0"])
    keys.press("Down")
    assert dialog.table.hasFocus()
    keys.press("Esc")


def test_the_counts_follow_what_is_decided_beside_the_registry(standfirst, dialog, keys, qtbot):
    keys.type("anna")
    qtbot.waitUntil(lambda: shown(dialog, Column.MENTIONS) == ["0"])
    app = standfirst
    app.window.activateWindow()
    app.window.go_to_article()
    qtbot.waitUntil(app.window.isActiveWindow)

    keys.select(Span(0, 4))
    keys.press("1", "P")
    keys.type("Anna Duval")
    keys.press("Return")

    qtbot.waitUntil(lambda: shown(dialog, Column.MENTIONS) == ["1"])
    assert shown(dialog, Column.ARTICLES) == ["1"]
    keys.press("Del")  # which leaves the actor as it is
    qtbot.waitUntil(lambda: shown(dialog, Column.MENTIONS) == ["0"])
    dialog.close()


def test_a_cell_is_written_in_and_undo_takes_it_back(standfirst, dialog, keys, qtbot):
    write(dialog, keys, qtbot, "Xavier Bertrand", Column.NAME, "Xavier R. Bertrand")
    qtbot.waitUntil(lambda: "Xavier R. Bertrand" in shown(dialog))
    assert known(standfirst)["Xavier R. Bertrand"].aliases == ("Bertrand", "Xavier Bertrand")
    write(dialog, keys, qtbot, "Xavier R. Bertrand", Column.AFFILIATION, "lille council")
    council = known(standfirst)["Lille Council"].id
    qtbot.waitUntil(lambda: known(standfirst)["Xavier R. Bertrand"].affiliation == council)
    write(dialog, keys, qtbot, "Anna Duval", Column.AFFILIATION, "Nobody")
    assert dialog.said == "There is no actor called “Nobody”."
    write(dialog, keys, qtbot, "Anna Duval", Column.ALIASES, "Duval, Ms Duval")
    qtbot.waitUntil(lambda: known(standfirst)["Anna Duval"].aliases == ("Duval", "Ms Duval"))
    write(dialog, keys, qtbot, "Lille Council", Column.AFFILIATION, "Xavier R. Bertrand")
    qtbot.waitUntil(lambda: "cannot belong to itself" in dialog.said)
    dialog.table.setFocus()
    keys.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    qtbot.waitUntil(lambda: shown(dialog) == sorted(NAMES, key=str.casefold))
    assert known(standfirst)["Anna Duval"].aliases == ()
    dialog.close()


def test_several_are_merged_into_the_one_the_keys_are_on(standfirst, dialog, keys, qtbot):
    choose(dialog, "Xavier Bertrand", "X. Betrand")
    assert dialog.merge.text() == "&Merge into “Xavier Bertrand”"
    dialog.table.setFocus()
    keys.press("J")
    qtbot.waitUntil(lambda: len(shown(dialog)) == 3)
    assert known(standfirst)["Xavier Bertrand"].aliases == ("Bertrand", "X. Betrand")
    assert [actor.name for actor in dialog.chosen] == ["Xavier Bertrand"]
    qtbot.waitUntil(dialog.part.isEnabled)

    QTest.mouseClick(dialog.part, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    line = next(each for each in menu.actions() if each.text() == "Bertrand")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(line).center())
    qtbot.waitUntil(lambda: "Bertrand" in shown(dialog))
    assert known(standfirst)["Xavier Bertrand"].aliases == ("X. Betrand",)
    dialog.close()


def test_one_that_nobody_refers_to_is_deleted(standfirst, dialog, keys, qtbot):
    qtbot.waitUntil(lambda: "…" not in shown(dialog, Column.STANCES))
    choose(dialog, "Anna Duval")
    dialog.table.setFocus()
    keys.press("Del")
    qtbot.waitUntil(lambda: len(shown(dialog)) == 3)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: "Anna Duval" in shown(dialog))
    standfirst.window.close()  # and the registry goes with the project
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_the_table_is_a_proper_model(qapp, qtmodeltester):
    actors = [Actor(UUID(int=nth), f"Name {nth}") for nth in range(1, 31)]
    table = ActorsTable(ActorBook(actors))
    qtmodeltester.check(table)
    table.filter("name 2")
    qtmodeltester.check(table)
