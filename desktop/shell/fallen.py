"""What an analyst sees when the program fell over, or could not get up."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QProcess, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout

from desktop.starting import FOLDER, command

OPTION = "--fallen"
"""Asks first whether to open the project again."""


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Fallen", text)


def leave_word(project: Path | None) -> None:
    """Have a process of its own ask whether to open ``project`` again: this one is about to end."""
    program, *given = command(OPTION, *([str(project)] if project else []))
    QProcess.startDetached(program, given, FOLDER)


def reopen() -> bool:
    """Ask, after a fall, whether to open the project again."""
    words = tr("What you decided until then is saved. Standfirst can go on from there.")
    dialog = FallenDialog(tr("Standfirst stopped unexpectedly"), words, tr("Open again"))
    return dialog.exec() == QDialog.DialogCode.Accepted


def could_not_start(error: Exception) -> int:
    """Say that the window could not be made, and return the exit code."""
    logging.getLogger("standfirst").error("unexpected", exc_info=error)
    words = tr("Your projects are as they were. The reason given: {}")
    FallenDialog(tr("Standfirst could not start"), words.format(error), "").exec()
    return 1


class FallenDialog(QDialog):
    """A calm word, a way on if there is one, and a report for whoever can mend it."""

    def __init__(self, title: str, words: str, way_on: str) -> None:
        super().__init__()
        self.setWindowTitle("Standfirst")
        heading, text = QLabel(title), QLabel(words, wordWrap=True)
        heading.setProperty("role", "title")
        report = QPushButton(tr("Report a problem…"))
        report.clicked.connect(self._report)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(report, QDialogButtonBox.ButtonRole.HelpRole)
        buttons.rejected.connect(self.reject)
        if way_on:
            on = buttons.addButton(way_on, QDialogButtonBox.ButtonRole.AcceptRole)
            on.setProperty("primary", True)
            on.setDefault(True)
            on.setFocus(Qt.FocusReason.OtherFocusReason)
            buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        for widget in (heading, text, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(440)

    def _report(self) -> None:
        from desktop.shell.report_dialog import ReportDialog  # most never see it

        ReportDialog({}, self).open()
