"""The history exported from the window: ``standfirst history`` in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.history.wording import tr
from desktop.starting import start


def ask_and_export(project: Path, parent: QWidget, say: Callable[[str], object]) -> None:
    """Ask where to, and write the history there; ``say`` hears how that went."""
    proposed = project.with_name(f"{project.stem} history.csv")
    kinds = tr("Table (*.csv);;JSON Lines (*.jsonl)")
    dialog = QFileDialog(parent, tr("Export the history"), str(proposed.parent), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(proposed.name)
    dialog.setDefaultSuffix("csv")
    dialog.filterSelected.connect(
        lambda kind: dialog.setDefaultSuffix("csv" if "csv" in kind else "jsonl")
    )
    dialog.fileSelected.connect(lambda name: export(project, Path(name), parent, say))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def export(project: Path, out: Path, parent: QWidget, say: Callable[[str], object]) -> QProcess:
    """Write a project's history into a file; ``say`` hears how that went."""
    process = QProcess(parent)

    def end(code: int) -> None:
        told = bytes(process.readAllStandardError().data()).decode(errors="replace")
        why = told.strip().rpartition("\n")[2].removeprefix("standfirst: ")
        if code:
            say(tr("Nothing was exported. {}").format(why))
        else:
            say(tr("The history is in {}").format(out.name))
        process.deleteLater()

    process.finished.connect(end)
    start(process, "history", str(project.absolute()), str(out.absolute()))
    return process
