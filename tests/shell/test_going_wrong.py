"""When something goes wrong: a calm word, nothing lost, and a report without anybody's words."""

from __future__ import annotations

import faulthandler
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, qInstallMessageHandler
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QPlainTextEdit, QPushButton

from desktop import app, running
from desktop.bindings import helping
from desktop.shell import report
from desktop.shell.fallen import FallenDialog
from desktop.shell.places import crash_file, last_crash_file, log_file
from desktop.shell.report_dialog import ReportDialog
from desktop.shell.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ROOT = Path(__file__).parents[2]
SECRET = "the minister wept in the corridor"


@pytest.fixture
def kept(standfirst):
    """Keep a log as a start does, and leave things as they were."""
    root, hook = logging.getLogger(), sys.excepthook
    before = root.handlers[:]
    root.handlers.clear()
    running._keep_log(standfirst, fallen=False)
    yield standfirst
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = before
    sys.excepthook = hook
    qInstallMessageHandler(None)
    faulthandler.enable(2)


def fail(words: str) -> None:
    """Let an error get as far as the window's own net."""
    try:
        raise ValueError(words)
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)


def test_an_error_is_told_and_the_window_goes_on(kept, qtbot, capsys):
    fail("no such thing")

    message = kept.window.message
    assert "no such thing" in message.text and "saved" in message.text
    assert "ValueError: no such thing" in log_file().read_text("utf-8")

    message.findChild(QPushButton, "message-offer").click()
    dialog = kept.window.findChild(ReportDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert "ValueError" in dialog.findChild(QPlainTextEdit).toPlainText()
    dialog.reject()


def test_a_report_has_versions_and_no_word_of_an_article(kept, qtbot, tmp_path, capsys):
    fail(SECRET)
    logging.getLogger("qt").warning('cannot open "%s"', SECRET)
    logging.getLogger("standfirst").warning("lost: %s", SECRET)

    kept.window.actions_table["report"].trigger()
    dialog = kept.window.findChild(ReportDialog)
    buttons = dialog.findChild(QDialogButtonBox)
    buttons.button(QDialogButtonBox.StandardButton.Save).click()
    (asking,) = dialog.findChildren(QFileDialog)
    asking.fileSelected.emit(str(tmp_path / "report.txt"))
    asking.close()
    dialog.reject()

    written = (tmp_path / "report.txt").read_text("utf-8")
    assert "Standfirst 0" in written and "PySide6" in written and "ValueError" in written
    assert "test_going_wrong.py" in written  # where it happened
    assert "minister" not in written and "corridor" not in written
    assert str(Path.home()) not in written
    text = kept.session.state.text
    assert not any(line.strip() in written for line in text.splitlines() if len(line) > 40)


def test_lines_nobody_knows_stay_out_of_a_report(tmp_path):
    log = tmp_path / "engine.log"
    log.write_text(f'{SECRET}\nMore of it\n  File "/home/zoe/x/db/a.py", line 3, in f\n', "utf-8")

    composed = report.compose({}, [log, tmp_path / "missing.log"])

    assert "(2 lines left out)" in composed
    assert 'File "x/db/a.py", line 3, in f' in composed
    assert "zoe" not in composed and "minister" not in composed


def test_where_nothing_can_be_changed_a_decision_is_told_why(project, qapp, qtbot):
    with project.open("r+b") as file:
        file.seek(-4096, 2)  # the last page: what the first paint shows is before it
        file.write(b"\xa5" * 4096)
    started = app.start(project, [], Settings())
    assert started is not None
    try:
        qtbot.waitUntil(lambda: "is damaged" in started.window.message.text)
        assert started.canvas.isVisible()  # it can be read all the same

        bar = started.window.footer
        assert "Read only" in [label.text() for label in bar.findChildren(QLabel)]

        assert started.session.signed() is None  # which every decision asks
        said = [label.text() for label in started.window.toast.findChildren(QLabel)]
        assert said == ["Nothing can be changed in this project."]
    finally:
        started.window.close()
        started.window.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


CRASH = """
import faulthandler
from PySide6.QtGui import QGuiApplication
from desktop.shell import logbook
app = QGuiApplication(["x"])
app.setApplicationName("standfirst")
if logbook.crashed_before():
    print("crashed before")
else:
    faulthandler._sigsegv()
"""
FALL = """
from PySide6.QtCore import qFatal
from PySide6.QtGui import QGuiApplication
from desktop.shell import logbook
app = QGuiApplication(["x"])
logbook.keep(print, lambda: print("fallen", flush=True))
qFatal("no platform")
"""


def run(script: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_a_crash_is_told_at_the_next_start(standfirst, qtbot):
    assert run(CRASH).returncode < 0
    assert crash_file().stat().st_size > 0

    assert run(CRASH).stdout == "crashed before\n"
    assert "Segmentation fault" in last_crash_file().read_text("utf-8")
    assert run(CRASH).returncode < 0  # told once

    helping.report(standfirst)
    dialog = standfirst.window.findChild(ReportDialog)
    assert (
        "Fatal Python error: Segmentation fault" in dialog.findChild(QPlainTextEdit).toPlainText()
    )
    dialog.reject()


def test_word_is_left_before_qt_ends_the_process():
    done = run(FALL)

    assert done.returncode < 0
    assert done.stdout == "fallen\n"


def test_after_a_fall_the_project_can_be_opened_again(qtbot):
    dialog = FallenDialog("Standfirst stopped unexpectedly", "All is saved.", "Open again")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    with qtbot.waitSignal(dialog.accepted):
        next(b for b in dialog.findChildren(QPushButton) if b.text() == "Open again").click()
