"""The first rows of tables, read beside the window while the analyst looks at the dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QProcess

from desktop.importing.previews import Previews


def test_what_comes_after_it_was_stopped_is_nobody_s(qtbot, qapp, tmp_path: Path):
    table = tmp_path / "table.csv"
    table.write_text("title,text\nVote,The board voted.\n")
    previews = Previews()
    process = previews.findChild(QProcess)
    assert process is not None
    previews.ask(table)
    process.blockSignals(True)
    assert process.waitForReadyRead(60_000)
    process.blockSignals(False)
    previews.stop()
    with qtbot.captureExceptions() as raised:
        process.readyReadStandardOutput.emit()
    assert raised == []
