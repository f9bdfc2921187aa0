"""Help ▸ Report a problem: what would go into the file, and where to put it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.screens import open_with
from desktop.shell.engine import default_log
from desktop.shell.places import last_crash_file, log_file
from desktop.shell.report import compose

_NAME = "Standfirst report.txt"


class ReportDialog(QDialog):
    """Shows the report before it is written: nothing is in the file that is not on the screen."""

    def __init__(self, settings: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Report a problem"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._report = compose(settings, [log_file(), default_log(), last_crash_file()])
        self._words = QLabel(
            self.tr(
                "Save this as a file and give it to whoever looks after Standfirst for you, with a "
                "few words on what you did. It has versions and logs in it, and no word of any "
                "article. Nothing is sent."
            ),
            wordWrap=True,
        )
        text = QPlainTextEdit(self._report, readOnly=True)
        text.setAccessibleName(self.tr("The report"))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Close
        )
        save = buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setText(self.tr("Save…"))
        save.setProperty("primary", True)
        save.clicked.connect(self._ask_where)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self._words)
        layout.addWidget(text, 1)
        layout.addWidget(buttons)
        open_with(self, 680, 520)
        save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Save the report"), str(Path(folder) / _NAME))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self._write(Path(name)))
        dialog.open()

    def _write(self, path: Path) -> None:
        try:
            path.write_text(self._report, "utf-8")
        except OSError as error:
            problem = self.tr("{} could not be written: {}. Choose another folder.")
            self._words.setText(problem.format(path, error.strerror))
        else:
            self._words.setText(self.tr("Saved as {}").format(path))
