"""Export from the window: real keys, a real project, a real process."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from db import articles
from db.engine import create, open_project, session
from db.values import Metadata
from desktop.corpus.dialog import ExportDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen display


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "study.standfirst"
    create(path, name="study")
    engine = open_project(path)
    with session(engine) as own:
        for number in range(3):
            articles.add(own, f"Article {number}.", Metadata(title=f"Article {number}"))
    engine.dispose()
    return path


@pytest.fixture
def dialog(project: Path, qtbot: QtBot) -> ExportDialog:
    shown = ExportDialog(project, project.with_suffix(".jsonl"))
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(shown)
    shown.open()
    qtbot.waitExposed(shown)
    return shown


def test_it_opens_as_tall_as_its_words_need(dialog: ExportDialog) -> None:
    assert dialog.height() <= dialog.heightForWidth(dialog.width())


def field(dialog: ExportDialog) -> QLineEdit:
    found = dialog.findChild(QLineEdit, "export-path")
    assert found
    return found


def start(dialog: ExportDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "export-start")
    assert found
    return found


def words(dialog: ExportDialog) -> str:
    found = dialog.findChild(QLabel, "export-outcome")
    assert found
    return found.text()


def test_enter_exports_to_the_proposed_place(dialog: ExportDialog, project: Path, qtbot: QtBot):
    with qtbot.waitSignal(dialog.exported) as exported:
        qtbot.keyClick(field(dialog), Qt.Key.Key_Return)

    (out,) = exported.args or []
    assert out == project.with_suffix(".jsonl")
    assert [json.loads(line)["text"] for line in out.read_bytes().splitlines()] == [
        "Article 0.", "Article 1.", "Article 2.",
    ]  # fmt: skip
    assert words(dialog) == "Articles: 3, annotations: 0. Written, read back and proven."


def test_a_name_without_an_ending_gets_one(dialog: ExportDialog, project: Path, qtbot: QtBot):
    field(dialog).selectAll()
    qtbot.keyClicks(field(dialog), str(project.with_name("other")))

    with qtbot.waitSignal(dialog.exported) as exported:
        qtbot.mouseClick(start(dialog), Qt.MouseButton.LeftButton)

    assert exported.args == [project.with_name("other.jsonl")]


def test_it_says_beforehand_that_a_file_will_be_replaced(
    dialog: ExportDialog, project: Path, qtbot: QtBot
):
    project.with_name("old.jsonl").write_text("old")

    field(dialog).selectAll()
    qtbot.keyClicks(field(dialog), str(project.with_name("old.jsonl")))
    assert words(dialog) == "This file will be replaced."

    qtbot.keyClicks(field(dialog), "x")
    assert words(dialog) == ""


def test_it_says_why_nothing_was_exported(dialog: ExportDialog, project: Path, qtbot: QtBot):
    field(dialog).setText(str(project.parent / "gone" / "out.jsonl"))

    qtbot.keyClick(field(dialog), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: words(dialog).startswith("Nothing was exported."))

    assert f"there is no folder {project.parent / 'gone'}; make it first" in words(dialog)
    assert start(dialog).isEnabled()


def test_leaving_ends_the_export_and_leaves_nothing(
    dialog: ExportDialog, project: Path, qtbot: QtBot
):
    qtbot.keyClick(field(dialog), Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert not dialog.isVisible()
    assert [path.name for path in project.parent.iterdir()] == [project.name]
