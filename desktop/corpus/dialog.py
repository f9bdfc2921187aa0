"""Export from the window: where to, how far, and that it was proven.

The export itself is ``standfirst export`` in a process of its own: a busy Python thread would make
the window stutter, and one way to write a corpus is enough to trust.
"""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QLocale, QProcess, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.starting import start

SUFFIX = ".jsonl"


class ExportDialog(QDialog):
    """Asks where to, exports, and says what was written and proven, or why it was not.

    ``project`` must hold all that is to be exported: what the store still writes comes too late.
    """

    exported = Signal(object)
    """The :class:`~pathlib.Path` of a finished corpus."""

    def __init__(self, project: Path, proposed: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export corpus"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._project = project
        self._out = proposed
        self._told = ""
        self._process = QProcess(self)
        self._process.readyReadStandardError.connect(self._listen)
        self._process.finished.connect(self._end)
        self._process.errorOccurred.connect(self._on_error)

        self._field = QLineEdit(str(proposed))
        self._field.setObjectName("export-path")
        self._field.setMinimumWidth(420)
        self._field.textChanged.connect(self._hint)
        self._choose = QPushButton(self.tr("Choose…"))
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._ask_file)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(6)
        self._bar.hide()
        kept = self._bar.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # nothing moves when it comes
        self._bar.setSizePolicy(kept)
        self._words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._words.setObjectName("export-outcome")
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._show = QPushButton(self.tr("Open folder"))
        self._show.setAutoDefault(False)
        self._show.clicked.connect(self._open_folder)
        self._show.hide()
        self._close = QPushButton(self.tr("Cancel"))
        self._close.setObjectName("export-close")
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.reject)
        self._start = QPushButton(self.tr("Export"))
        self._start.setObjectName("export-start")
        self._start.setProperty("primary", True)
        self._start.setDefault(True)
        self._start.clicked.connect(self._export)
        self._lay_out()
        self._hint()

    def _lay_out(self) -> None:
        about = QLabel(
            self.tr(
                "Every article with its decisions and open suggestions, as JSON Lines. The file is "
                "read back and each span checked before it takes its place."
            ),
            wordWrap=True,
        )
        about.setProperty("role", "muted")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._field, 1)
        row.addWidget(self._choose)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        name = QLabel(self.tr("&File"))
        name.setBuddy(self._field)
        form.addRow(name, row)
        buttons = QHBoxLayout()
        buttons.addWidget(self._show)
        buttons.addStretch()
        buttons.addWidget(self._close)
        buttons.addWidget(self._start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addWidget(about)
        layout.addLayout(form)
        layout.addWidget(self._bar)
        layout.addWidget(self._words)
        layout.addLayout(buttons)

    def done(self, result: int) -> None:
        """Close; an export under way is ended, and leaves what was there before."""
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.finished.disconnect(self._end)
            self._process.terminate()
            if not self._process.waitForFinished(2000):
                self._process.kill()
                self._process.waitForFinished(2000)
        super().done(result)

    def _ask_file(self) -> None:
        dialog = QFileDialog(
            self, self.tr("Export corpus"), self._field.text(), self.tr("JSON Lines (*.jsonl)")
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # said here, beside the field
        dialog.setDefaultSuffix(SUFFIX)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._field.setText)
        dialog.open()

    def _hint(self) -> None:
        path = self._target()
        self._start.setEnabled(path is not None)
        exists = path is not None and path.exists()
        self._say(self.tr("This file will be replaced.") if exists else "")

    def _say(self, words: str) -> None:
        self._words.setText(words)
        if self.isVisible():  # before that it opens as large as it needs
            needed = self.heightForWidth(self.width())  # more than before, if it takes more lines
            self.resize(self.width(), max(self.height(), needed))

    def _target(self) -> Path | None:
        """Return where the field says to export to."""
        path = Path(self._field.text().strip()).expanduser()
        if not path.name or path.is_dir():
            return None
        return (path if path.suffix else path.with_suffix(SUFFIX)).absolute()

    def _export(self) -> None:
        out = self._target()
        if out is None:
            return
        self._out, self._told = out, ""
        self._busy(True)
        self._say(self.tr("Writing…"))
        start(self._process, "export", "--progress", str(self._project.absolute()), str(out))

    def _busy(self, busy: bool) -> None:
        for widget in (self._field, self._choose, self._start):
            widget.setEnabled(not busy)
        self._bar.setRange(0, 0)
        self._bar.setVisible(busy)

    def _listen(self) -> None:
        self._told += bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        numbers = _numbers(self._told)
        if "done" in numbers:
            self._bar.setRange(0, numbers["of"])
            self._bar.setValue(numbers["done"])

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # the one error no `finished` follows
            self._fail(self._process.errorString())

    def _end(self, code: int) -> None:
        self._listen()
        numbers = _numbers(self._told)
        if code or "articles" not in numbers:
            last = self._told.strip().rpartition("\n")[2].removeprefix("standfirst: ")
            self._fail(last or self.tr("The export ended without a word."))
            return
        self._busy(False)
        number = QLocale().toString
        self._say(
            self.tr("Articles: {}, annotations: {}. Written, read back and proven.").format(
                number(numbers["articles"]), number(numbers["annotations"])
            )
        )
        self._show.show()
        self._close.setText(self.tr("Close"))
        self._close.setDefault(True)
        self._start.hide()
        self._choose.hide()
        self._field.setReadOnly(True)
        self._close.setFocus()
        self.exported.emit(self._out)

    def _fail(self, why: str) -> None:
        self._busy(False)
        self._say(self.tr("Nothing was exported. {}").format(why))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._out.parent)))


def _numbers(told: str) -> dict[str, int]:
    """Return the last whole line of progress, or nothing."""
    lines = [line for line in told.splitlines(keepends=True) if line.startswith("{")]
    whole = [line for line in lines if line.endswith("\n")]
    return json.loads(whole[-1]) if whole else {}
