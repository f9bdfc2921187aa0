"""The statements of what is listed, saved as a table by ``standfirst statements``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QProcess
from PySide6.QtWidgets import QFileDialog

from desktop.library.shelf import Shelf
from desktop.starting import start

if TYPE_CHECKING:
    from desktop.app import Standfirst


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Bindings", text)


def ask(app: Standfirst) -> None:
    """Ask where the table is to go."""
    if app.project is None:
        return
    path = app.project.path
    dialog = QFileDialog(app.window, tr("Save statements"), str(path.parent), tr("Table (*.csv)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.selectFile(f"{path.stem} statements.csv")
    dialog.fileSelected.connect(lambda name: save(app, Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def save(app: Standfirst, out: Path) -> None:
    """Write the statements of the articles that are listed, once all is on the disk."""
    if project := app.project:
        project.store.ask(lambda _: None, lambda _: _start(app, project.path, out))


def _start(app: Standfirst, project: Path, out: Path) -> None:
    search = app.library.bar.search
    process = QProcess(app.window)
    process.finished.connect(lambda code, _: _end(app, process, out, code))
    listed = ("--sort", search.sort, "--seed", str(search.seed), f"--search={_listed(app)}")
    start(process, "statements", str(project), str(out.absolute()), *listed)


def _listed(app: Standfirst) -> str:
    """Return the query that finds what is listed: that of the field, on the chosen shelf."""
    query, shelf = app.library.bar.search.written(), app.library.model.shelf
    if shelf is Shelf.ALL:
        return query
    states = " OR ".join(f"status:{status}" for status in shelf.value)
    return f"({query}) ({states})" if query.strip() else states


def _end(app: Standfirst, process: QProcess, out: Path, code: int) -> None:
    told = bytes(process.readAllStandardError().data()).decode(errors="replace")
    why = told.strip().rpartition("\n")[2].removeprefix("standfirst: ")
    said = (
        tr("Nothing was saved. {}").format(why)
        if code
        else tr("The table is in {}").format(out.name)
    )
    app.window.toast.say(said)
    process.deleteLater()
