"""Another spaCy pipeline, in another language, suggests where its analyst says so."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
import spacy
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QPushButton
from spacy.pipeline import EntityRuler

from db.presence import Presence
from db.values import Layer, layer_of
from desktop.shell.project_dialog import ProjectDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def german(tmp_path: Path) -> Path:
    """Return the folder of a German pipeline whose labels are the German corpora's own."""
    nlp = spacy.blank("de")
    ruler = cast(EntityRuler, nlp.add_pipe("entity_ruler"))
    ruler.add_patterns([{"label": "PER", "pattern": "Katrin Vollmar"}])
    nlp.meta["name"], nlp.meta["version"] = "kurier", "3.1"
    folder = tmp_path / "kurier"
    nlp.to_disk(folder)
    return folder


def choose(standfirst, qtbot, folder: Path) -> None:
    """Choose a pipeline's folder as an analyst does, in the project's settings."""
    standfirst.window.actions_table["project"].trigger()
    qtbot.waitUntil(lambda: standfirst.window.findChild(ProjectDialog) is not None)
    dialog = standfirst.window.findChild(ProjectDialog)
    offer_folder(dialog, qtbot, folder)
    qtbot.waitUntil(lambda: dialog.pipeline == str(folder))
    save = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save)
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)


def offer_folder(dialog, qtbot, folder: Path) -> None:
    folders = next(b for b in dialog.findChildren(QPushButton) if "Folder" in b.text())
    qtbot.mouseClick(folders, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.findChild(QFileDialog) is not None)
    chooser = dialog.findChild(QFileDialog)
    chooser.findChild(QLineEdit).setText(str(folder))  # typed, its completer would pop up
    buttons = chooser.findChild(QDialogButtonBox)
    qtbot.mouseClick(
        buttons.button(QDialogButtonBox.StandardButton.Open), Qt.MouseButton.LeftButton
    )


def names(standfirst) -> set[tuple[str, str]]:
    state = standfirst.session.state
    return {
        (each.span.of(state.text), each.label)
        for each in state.visible
        if layer_of(each) is Layer.ENTITY
    }


def test_a_pipeline_from_a_folder_suggests_instead(standfirst, qtbot, project, german):
    qtbot.waitUntil(lambda: len(names(standfirst)) > 20)
    choose(standfirst, qtbot, german)
    # The surname alone is ours: the look at the article as a whole serves every pipeline.
    only = {("Katrin Vollmar", "PERSON"), ("Vollmar", "PERSON")}
    qtbot.waitUntil(lambda: names(standfirst) == only)

    def kept(query: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(project)) as file:
            return file.execute(query).fetchall()

    # Suggestions are kept after they are shown.
    models = "SELECT DISTINCT model, version FROM suggestion"
    qtbot.waitUntil(lambda: kept(models) == [("de_kurier", "3.1")])
    assert kept("SELECT pipeline FROM project") == [(str(german),)]
    shown = [label.text() for label in standfirst.window.footer.findChildren(QLabel)]
    assert any("3.1" in words for words in shown)


def test_a_folder_without_a_pipeline_is_told_and_nothing_changes(standfirst, qtbot, tmp_path):
    standfirst.window.actions_table["project"].trigger()
    qtbot.waitUntil(lambda: standfirst.window.findChild(ProjectDialog) is not None)
    dialog = standfirst.window.findChild(ProjectDialog)
    offer_folder(dialog, qtbot, tmp_path)

    def told() -> bool:
        return any("config.cfg" in label.text() for label in dialog.findChildren(QLabel))

    qtbot.waitUntil(told)
    assert dialog.pipeline is None
    dialog.reject()


def test_another_program_at_the_project_is_told(qapp, qtbot, project, standfirst):
    from desktop import app
    from desktop.shell.settings import Settings

    standfirst.window.close()
    settings = Settings()
    settings.coder = "Ada"
    with Presence(project):
        started = app.start(project, [], settings)
        assert started is not None
        qtbot.waitUntil(lambda: started.window.message.isVisible())
        assert "Another program" in started.window.message.text
        started.window.close()
