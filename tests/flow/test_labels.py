"""The labels of a project, kept in the real window while an article is open in it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flow.finding import first, here, suggest
from flow.keyboard import Keyboard
from flow.mouse import Mouse
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
)

from db import annotations, history, schemes
from db.engine import open_project, session
from db.labels import change_label
from db.values import Entity, Layer, Position, Stance, Status
from desktop import theme
from desktop.scheme.dialog import LabelsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def keys(standfirst, qtbot) -> Keyboard:
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    # What is suggested is up to the test, and a busy machine takes long to load the real model.
    suggesting = standfirst.suggesting
    suggesting.engine.stop()
    suggesting.engine.ready.emit({"name": "en_news", "version": "1"})
    qtbot.waitUntil(lambda: suggesting.maker is not None)
    suggest(standfirst)
    qtbot.waitUntil(lambda: standfirst.project.store.idle)
    return Keyboard(standfirst)


@pytest.fixture
def dialog(standfirst, keys, qtbot) -> LabelsDialog:
    """The window of labels, opened by its key and with the keys in it."""
    return opened(standfirst, keys, qtbot)


def opened(app, keys, qtbot) -> LabelsDialog:
    keys.press("Ctrl+Shift+L")
    found = app.window.findChild(LabelsDialog)
    assert isinstance(found, LabelsDialog)
    qtbot.waitUntil(found.isActiveWindow)
    return found


def back_to_article(app, qtbot) -> None:
    app.window.activateWindow()
    app.window.go_to_article()
    qtbot.waitUntil(lambda: app.canvas.hasFocus())


def names(app) -> list[str]:
    known = app.suggesting.scheme.known
    return [one.name for one in known.labels if one.layer is Layer.ENTITY]


def in_file(project: Path):
    engine = open_project(project, read_only=True)
    with session(engine) as own:
        scheme = schemes.current(own)
    engine.dispose()
    return scheme


def choose(dialog: LabelsDialog, keys: Keyboard, name: str) -> None:
    """Go to a label in the list, by the arrow keys."""
    dialog.list.setFocus()
    rows = [one.name for one in dialog.labels]
    way = rows.index(name) - dialog.list.currentRow()
    keys.press(*(["Down"] * way if way > 0 else ["Up"] * -way))
    assert dialog.fields.name.text() == name


def test_a_renamed_label_is_worn_at_once_by_what_is_decided_and_suggested(
    standfirst, dialog, keys, qtbot, project
):
    app, state = standfirst, standfirst.session.state
    back_to_article(app, qtbot)
    before = here(app)
    app.session.set_focus(first(app, "PERSON").id)
    keys.press("Return")  # one of them is decided
    focus, top = app.session.focus, app.canvas.verticalScrollBar().value()

    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    choose(dialog, keys, "PERSON")
    dialog.fields.name.setFocus()
    keys.type("HUMAN")
    with qtbot.waitSignal(app.suggesting.scheme.done):
        keys.press("Return")
    renamed = [(words, "HUMAN" if label == "PERSON" else label) for words, label in before]
    assert here(app) == renamed
    assert app.session.state is state  # the same desk, with its place
    assert app.session.focus == focus
    assert app.canvas.verticalScrollBar().value() == top
    assert in_file(project).version == 2
    assert app.project.undo_title == "rename label ‘PERSON’ to ‘HUMAN’"

    # The engine says PERSON as before; what it finds next is a HUMAN.
    suggest(app)
    assert here(app) == renamed
    assert {"HUMAN"} <= app.session.actor_labels  # and holds stances as a person does

    keys.press("Shift+Tab", "Shift+Tab")  # off the field, where undo is the field's
    dialog.list.setFocus()
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: here(app) == before and names(app)[0] == "PERSON")
    assert dialog.fields.name.text() == "PERSON"


def test_undo_of_a_renaming_works_after_a_restart(standfirst, dialog, keys, qtbot, project):
    choose(dialog, keys, "ORG")
    dialog.fields.name.setFocus()
    keys.type("BODY")
    with qtbot.waitSignal(standfirst.suggesting.scheme.done):
        keys.press("Return")
    labels = {label for _, label in here(standfirst)}
    assert "ORG" not in labels
    assert "BODY" in labels
    standfirst.window.close()
    engine = open_project(project)
    with session(engine) as own:
        assert history.undo_title(own) == "rename label ‘ORG’ to ‘BODY’"
        history.undo(own, None)
        loaded = annotations.load(own, standfirst.session.state.article.id)
    engine.dispose()
    assert any(isinstance(one, Entity) and one.label == "ORG" for one in loaded.suggestions)


def test_a_label_is_added_with_a_letter_ordered_and_given_by_its_key(
    standfirst, dialog, keys, qtbot
):
    app = standfirst
    dialog.new.setFocus()
    keys.press("Space")
    assert dialog.fields.name.hasFocus()
    keys.type("SHIP")
    keys.press("Tab")
    keys.type("X")  # which rejects
    keys.press("Return")
    assert dialog.said == "X is taken: it is the key of “Reject, and next”."
    assert dialog.fields.key.hasFocus()
    keys.type("1")
    keys.press("Return")
    assert dialog.said == "1 is the key of PERSON already."
    keys.type("J")
    dialog.fields.examples.setFocus()
    keys.type("the [Vega]")
    dialog.fields.guideline.setFocus()
    keys.type("A vessel by name.")
    with qtbot.waitSignal(app.suggesting.scheme.done):
        dialog.save.setFocus()
        keys.press("Space")
    assert names(app)[-1] == "SHIP"
    assert dialog.fields.name.text() == "SHIP"

    dialog.list.setFocus()
    for _ in range(2):
        with qtbot.waitSignal(app.suggesting.scheme.done):
            keys.press("Alt+Up")
    assert names(app)[-3:] == ["SHIP", "ORDINAL", "CARDINAL"]

    keys.press("Esc")
    qtbot.waitUntil(lambda: app.window.findChild(LabelsDialog) is None)
    back_to_article(app, qtbot)
    entity = first(app, "PERSON")
    app.session.set_focus(entity.id)
    qtbot.waitUntil(lambda: app.window.actions_table._letters["j"].isEnabled())
    keys.press("J")
    assert app.session.state.get(entity.id).label == "SHIP"
    shown = app.inspector.guideline.text()
    assert shown == "A vessel by name.\n\n·  the [Vega]"  # beside the text, with its example
    assert app.inspector.card.labels.button("SHIP").isChecked()


def test_a_name_that_will_not_do_is_told_and_stays_in_the_field(standfirst, dialog, keys):
    choose(dialog, keys, "ORG")
    dialog.fields.name.setFocus()
    keys.type("person")
    keys.press("Return")
    assert "already" in dialog.said
    dialog.close()
    assert dialog.isVisible()  # it does not go with what cannot be kept
    keys.press("Esc")
    assert dialog.fields.name.text() == "ORG"
    assert not dialog.said


def test_a_colour_is_judged_while_it_is_written_and_worn_at_once(standfirst, dialog, keys, qtbot):
    app, mouse = standfirst, Mouse(standfirst)
    choose(dialog, keys, "PERSON")
    colour = dialog.fields.colour
    assert colour.swatches["person"].isChecked()
    assert "told apart by everybody" in colour.verdict.text()
    colour.own.setFocus()
    keys.type("#5A5FD0")
    assert "close to NORP for readers who do not see green" in colour.verdict.text()
    keys.type("#FFE0")
    assert colour.verdict.text() == "A colour is written as #2F6FDB."
    keys.press("Return")
    assert "written as" in dialog.said
    keys.type("#FFE080")
    assert colour.verdict.text().startswith("On light, its line has a contrast of 1.")
    assert "darker" in colour.verdict.text()

    mouse.click(colour.suggest)
    told = "Readable in light and dark, and told apart by everybody."
    qtbot.waitUntil(lambda: colour.verdict.text() == told)
    found = colour.token
    assert found.startswith("#")
    with qtbot.waitSignal(app.suggesting.scheme.done):
        mouse.click(dialog.save)
    assert app.session.scheme.label("PERSON").token == found
    entity = first(app, "PERSON")
    assert app.canvas._painter.fill(entity) == theme.current().fill(found)
    assert {"PERSON"} <= app.session.actor_labels  # whatever its colour

    mouse.click(colour.swatches["org"])
    with qtbot.waitSignal(app.suggesting.scheme.done):
        mouse.click(dialog.save)
    assert app.session.scheme.label("PERSON").token == "org"


def test_deleting_asks_what_becomes_of_the_annotations(standfirst, dialog, keys, qtbot):
    app = standfirst
    back_to_article(app, qtbot)
    entity = first(app, "PERSON")
    app.session.set_focus(entity.id)
    keys.press("Return")
    qtbot.waitUntil(lambda: app.project.store.idle)
    before = here(app)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    choose(dialog, keys, "PERSON")
    keys.press("Del")
    qtbot.waitUntil(dialog.question.isVisible)
    assert "stands on 1 annotation in 1 article." in dialog.question.words.text()
    assert isinstance(keys.here(), QComboBox)
    keys.press("Esc")
    assert not dialog.question.isVisible()
    assert names(app)[0] == "PERSON"

    keys.press("Del")
    qtbot.waitUntil(dialog.question.isVisible)
    _give, reject, _cancel = dialog.question.answers
    reject.setFocus()
    with qtbot.waitSignal(app.suggesting.scheme.done):
        keys.press("Space")
    assert "PERSON" not in names(app)
    assert not any(label == "PERSON" for _, label in here(app))  # suggested ones are not shown
    assert app.session.state.row(entity.id).decision.status is Status.REJECTED
    row = app.articles.get(entity.article)
    qtbot.waitUntil(lambda: app.articles.get(row.id).pending == app.session.state.left())
    dialog.list.setFocus()
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: here(app) == before)
    assert app.session.state.get(entity.id).decision.status is Status.ACCEPTED


def test_a_label_is_merged_into_another_by_mouse(standfirst, dialog, keys, qtbot):
    app, mouse = standfirst, Mouse(standfirst)
    before = here(app)
    choose(dialog, keys, "PERSON")
    mouse.click(dialog.merge)
    qtbot.waitUntil(dialog.question.isVisible)
    assert "Nothing was decided" in dialog.question.words.text()
    dialog.question.choice.setCurrentText("ORG")
    with qtbot.waitSignal(app.suggesting.scheme.done):
        mouse.click(dialog.question.answers[0])
    merged = [(words, "ORG" if label == "PERSON" else label) for words, label in before]
    assert here(app) == merged
    assert app.suggesting.scheme.names.ours == {"PERSON": "ORG"}
    app.undo()
    qtbot.waitUntil(lambda: here(app) == before)


def test_stances_get_names_keys_and_colours_of_their_own(standfirst, dialog, keys, qtbot):
    app = standfirst
    dialog.tabs[Layer.STANCE].setFocus()
    keys.press("Space")
    assert dialog.fields.name.text() == "For"
    assert not dialog.new.isEnabled()
    assert not dialog.remove.isEnabled()
    dialog.fields.name.setFocus()
    keys.type("Supports")
    keys.press("Tab")
    keys.type("F")
    dialog.fields.colour.swatches["norp"].setFocus()
    keys.press("Space")
    with qtbot.waitSignal(app.suggesting.scheme.done):
        dialog.save.setFocus()
        keys.press("Space")
    choose_stance(dialog, keys, 3)
    dialog.fields.offered.setFocus()
    keys.press("Space")
    with qtbot.waitSignal(app.suggesting.scheme.done):
        dialog.save.setFocus()
        keys.press("Space")
    scheme = app.session.scheme
    assert Position.MIXED not in scheme.positions
    assert scheme.position_keys["f"] is Position.FAVOR

    dialog.close()
    back_to_article(app, qtbot)
    stance = next((o for o in app.session.state.visible if isinstance(o, Stance)), None)
    assert stance is not None
    app.session.set_focus(stance.id)
    buttons = app.inspector.card.positions
    qtbot.waitUntil(lambda: buttons.button(Position.FAVOR).text() == "Supports")
    with pytest.raises(KeyError):
        buttons.button(Position.MIXED)
    qtbot.waitUntil(lambda: app.window.actions_table["digit-2"].text() == "Against")
    keys.press("F")
    assert app.session.focused.position is Position.FAVOR
    assert app.canvas._painter.fill(app.session.focused) == theme.current().fill("norp")


def choose_stance(dialog, keys, row: int) -> None:
    dialog.list.setFocus()
    keys.press(*["Down"] * (row - dialog.list.currentRow()))


def test_labels_leave_and_come_in_as_a_file(standfirst, dialog, keys, qtbot, tmp_path):
    app, path = standfirst, tmp_path / "out.json"
    dialog.files_wanted.emit("export")
    asking = last(dialog)
    asking.fileSelected.emit(str(path))
    asking.close()
    assert dialog.said == "Saved as out.json."
    whole = json.loads(path.read_text("utf-8"))
    whole["labels"] = [
        {"name": "PERSON", "guideline": "A human being."},
        {"name": "SHIP", "colour": "#123456", "shortcut": "j"},
    ]
    path.write_text(json.dumps(whole), "utf-8")
    dialog.files_wanted.emit("import")
    asking = last(dialog)
    asking.fileSelected.emit(str(path))
    asking.close()
    assert "1 new, 1 changed" in dialog.question.words.text()
    with qtbot.waitSignal(app.suggesting.scheme.done):
        keys.press("Return")
    assert names(app)[-1] == "SHIP"
    assert app.session.scheme.label("PERSON").guideline == "A human being."
    assert app.project.undo_title == "take labels from ‘out.json’"

    path.write_text('{"format": 1, "labels": [{"name": ""}]}', "utf-8")
    dialog.files_wanted.emit("import")
    asking = last(dialog)
    asking.fileSelected.emit(str(path))
    asking.close()
    assert dialog.said == "“out.json”, field labels[0].name: a label has a name."


def last(dialog) -> QFileDialog:
    return dialog.findChildren(QFileDialog)[-1]


def test_the_window_follows_undo_and_what_another_program_changes(
    standfirst, dialog, keys, qtbot, project
):
    engine = open_project(project)
    with session(engine) as own:
        org = next(one for one in schemes.current(own).labels if one.name == "ORG")
        change_label(own, replace(org, name="BODY"))
    engine.dispose()
    qtbot.waitUntil(lambda: "BODY" in names(standfirst))
    assert "BODY" in {label for _, label in here(standfirst)}
    assert dialog.list.item(1).text().startswith("BODY")


def test_everything_in_the_window_has_a_name(standfirst, dialog):
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QListWidget, QComboBox)
    for widget in dialog.findChildren(object):
        if isinstance(widget, kinds) and widget.isVisibleTo(dialog):
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name), widget
