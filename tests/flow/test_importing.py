"""An analyst brings files and folders in: drops them, watches, cancels, looks, takes back."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QPushButton, QTableWidget

from desktop import app
from desktop.importing.bar import ImportBar
from desktop.importing.dialog import ImportDialog
from desktop.importing.report_dialog import ReportDialog
from desktop.shell.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """A folder as one gets it: a text, a web page, a corpus, a broken line, a picture."""
    press = tmp_path / "press"
    press.mkdir()
    (press / "a vote.txt").write_text("Harbour vote\n\nThe mayor of Varn said no.")
    body = (
        "<p>The minister for harbours said on Monday that the toll would rise by a third.</p>" * 5
    )
    (press / "page.html").write_text(
        f"<html><head><title>Toll rises</title></head><body><article><h1>Toll rises</h1>{body}"
        "</article></body></html>"
    )
    (press / "wire.jsonl").write_text(
        json.dumps({"title": "One", "text": "First wire story."}) + "\n{broken\n"
    )
    (press / "photo.heic").write_bytes(b"\0\1")
    return press


def drop(window, *paths: Path) -> None:
    """Let go of files over the window, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    button, none = Qt.MouseButton.LeftButton, Modifier.NoModifier
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, data, button, none)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, button, none))


def bar_of(window) -> ImportBar:
    bar = window.findChild(ImportBar)
    assert bar is not None
    return bar


def button(where, name: str) -> QPushButton:
    found = where.findChild(QPushButton, name)
    assert found is not None
    return found


def through(app, qtbot) -> ImportBar:
    qtbot.waitUntil(lambda: not app.project.bringing.busy)
    return bar_of(app.window)


def title(app) -> str:
    return app.session.state.article.meta.title if app.session.state else ""


def listed(app) -> set[str]:
    return {row.title for row in app.articles.rows}


def wire(path: Path, number: int) -> Path:
    with path.open("w") as file:
        for nth in range(number):
            text = f"Story {nth}. The minister said the pact would hold. " * 40
            file.write(json.dumps({"title": f"Story {nth}", "text": text}) + "\n")
    return path


def test_a_dropped_folder_comes_in_is_taken_back_and_done_again(standfirst, window, press, qtbot):
    before = listed(standfirst)
    drop(window, press)
    bar = through(standfirst, qtbot)

    assert bar.text == "3 articles came in · 1 not taken"
    qtbot.waitUntil(lambda: listed(standfirst) == before | {"Harbour vote", "Toll rises", "One"})
    qtbot.waitUntil(lambda: title(standfirst) == "Harbour vote")
    undo = window.actions_table["undo"]
    qtbot.waitUntil(lambda: undo.text() == "&Undo import 3 articles from press")

    qtbot.keyClick(window, Key.Key_Z, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: listed(standfirst) == before)
    qtbot.waitUntil(lambda: title(standfirst) in before)

    qtbot.keyClick(window, Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(listed(standfirst)) == len(before) + 3)


def test_the_report_says_what_stayed_out_and_can_be_kept(
    standfirst, window, press, qtbot, tmp_path
):
    drop(window, press)
    bar = through(standfirst, qtbot)
    qtbot.mouseClick(button(bar, "import-report"), Qt.MouseButton.LeftButton)
    dialog = window.findChild(ReportDialog)
    assert dialog is not None

    model = dialog.list.model()
    told = {
        tuple(model.index(row, column).data() for column in range(3))
        for row in range(model.rowCount())
    }
    assert {(where, what) for where, what, _ in told} == {
        ("press/photo.heic", "Passed over"),
        ("press/wire.jsonl:2", "Not taken"),
    }
    qtbot.keyClicks(dialog.field, "heic")
    assert model.rowCount() == 1

    button(dialog, "save-report").click()
    chooser = dialog.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(tmp_path / "kept.csv"))
    chooser.done(1)
    with (tmp_path / "kept.csv").open(newline="") as file:
        outcomes = {row["place"]: row["outcome"] for row in csv.DictReader(file)}
    assert outcomes["press/a vote.txt"] == "taken"
    dialog.accept()


def test_cancelled_it_leaves_whole_articles_and_goes_on_as_one_act(
    standfirst, window, tmp_path, qtbot, project
):
    corpus = wire(tmp_path / "wire.jsonl", 6_000)
    drop(window, corpus)
    bar = bar_of(window)
    qtbot.waitUntil(lambda: count(project) > 2)
    qtbot.mouseClick(button(bar, "import-stop"), Qt.MouseButton.LeftButton)
    through(standfirst, qtbot)
    assert bar.text.startswith("Stopped: ")
    stopped_at = count(project)
    assert stopped_at < 6_002

    drop(window, corpus)
    bar = through(standfirst, qtbot)
    assert count(project) == 6_002
    undo = window.actions_table["undo"]
    qtbot.waitUntil(lambda: undo.text() == "&Undo import 6,000 articles from wire.jsonl")
    qtbot.mouseClick(button(bar, "import-undo"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count(project) == 2)


def test_the_window_works_on_while_an_import_runs(standfirst, window, tmp_path, qtbot, project):
    drop(window, wire(tmp_path / "wire.jsonl", 4_000))
    qtbot.waitUntil(lambda: count(project) > 2)

    window.actions_table["unsure"].trigger()
    qtbot.waitUntil(lambda: standfirst.project.store.idle)

    through(standfirst, qtbot)
    assert count(project) == 4_002
    assert not window.message.isVisible()
    with closing(sqlite3.connect(project)) as plain:
        names = [name for (name,) in plain.execute("SELECT name FROM history ORDER BY seq")]
    assert names[-2:] == ["import", "status"]


def test_undone_while_it_runs_an_import_stops(standfirst, window, tmp_path, qtbot, project):
    drop(window, wire(tmp_path / "wire.jsonl", 12_000))
    undo = window.actions_table["undo"]
    qtbot.waitUntil(lambda: "articles from wire" in undo.text())
    undo.trigger()

    bar = through(standfirst, qtbot)
    assert bar.text == "The import from wire.jsonl was undone while it was under way."
    assert count(project) == 2


def test_one_text_still_opens_at_once(standfirst, window, press, qtbot):
    drop(window, press / "a vote.txt")
    qtbot.waitUntil(lambda: title(standfirst) == "Harbour vote")
    assert window.findChild(ImportBar) is None


def test_one_page_opens_without_ado(standfirst, window, press, qtbot):
    drop(window, press / "page.html")
    bar = through(standfirst, qtbot)
    qtbot.waitUntil(lambda: title(standfirst) == "Toll rises")
    assert not bar.isVisible()


def test_a_table_is_asked_about_and_its_columns_are_remembered(
    standfirst, window, tmp_path, qtbot, project
):
    table = tmp_path / "monitor.csv"
    table.write_text("nr,regel,stuk\n1,Tol omhoog,De minister zei ja.\n2,Haven,De haven groeit.\n")
    drop(window, table)
    dialog = window.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.findChild(QComboBox, "column-3") is not None)
    first, names = dialog.findChild(QTableWidget).item(1, 1), dialog.findChild(QCheckBox)
    assert (first.text(), first.font().bold()) == ("regel", True)
    names.setChecked(False)
    assert not first.font().bold()  # it is the first article then
    names.setChecked(True)
    choose(dialog, "column-2", "Title")
    choose(dialog, "column-3", "Text")
    qtbot.keyClick(dialog, Key.Key_Return)
    through(standfirst, qtbot)
    qtbot.waitUntil(lambda: {"Tol omhoog", "Haven"} <= listed(standfirst))

    other = tmp_path / "later.csv"
    other.write_text("nr,regel,stuk\n3,Brug dicht,De brug gaat dicht.\n")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Key.Key_E, Modifier.ControlModifier | Modifier.ShiftModifier)
    again = next(one for one in window.findChildren(ImportDialog) if one is not dialog)
    again.add([other])
    qtbot.waitUntil(lambda: again.findChild(QComboBox, "column-3") is not None)
    assert again.findChild(QComboBox, "column-2").currentText() == "Title"
    button(again, "import-start").click()
    through(standfirst, qtbot)
    qtbot.waitUntil(lambda: "Brug dicht" in listed(standfirst))


def test_labels_are_asked_about_only_where_some_may_come(standfirst, window, tmp_path, press):
    table = tmp_path / "monitor.csv"
    table.write_text("title,text\nTol,De minister zei ja.\n")
    drop(window, table, press / "a vote.txt")
    dialog = window.findChild(ImportDialog)
    labels = dialog.findChild(QComboBox, "labels")
    assert not labels.isVisible()
    dialog.add([press / "wire.jsonl"])
    assert labels.isVisible()
    dialog.list.setCurrentRow(2)
    button(dialog, "take-out").click()
    assert not labels.isVisible()
    dialog.reject()


def test_closed_with_an_import_under_way_it_is_gone_on_with_when_opened_again(
    qapp, standfirst, window, tmp_path, qtbot, project
):
    drop(window, wire(tmp_path / "wire.jsonl", 8_000))
    qtbot.waitUntil(lambda: count(project) > 2)
    window.close()
    with closing(sqlite3.connect(project)) as plain:
        assert plain.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert count(project) < 8_002

    again = app.start(project, [], Settings())
    assert again is not None
    qtbot.waitUntil(lambda: again.window.findChild(ImportBar) is not None)
    bar = bar_of(again.window)
    assert bar.text.startswith("The import of wire.jsonl stopped after ")
    qtbot.mouseClick(button(bar, "import-go-on"), Qt.MouseButton.LeftButton)
    through(again, qtbot)
    assert count(project) == 8_002
    undo = again.window.actions_table["undo"]
    qtbot.waitUntil(lambda: undo.text() == "&Undo import 8,000 articles from wire.jsonl")
    again.window.close()
    again.window.deleteLater()


def choose(dialog: ImportDialog, column: str, what: str) -> None:
    box = dialog.findChild(QComboBox, column)
    assert box is not None
    box.setCurrentIndex(box.findText(what))


def count(project: Path) -> int:
    with closing(sqlite3.connect(project, timeout=20)) as plain:
        return plain.execute("SELECT count(*) FROM article WHERE NOT removed").fetchone()[0]
