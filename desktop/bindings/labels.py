"""The window of the project's labels, and the files they come in and leave by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from db import schemes
from db.labels import LabelError, plan
from db.scheme_values import Label
from db.values import Position
from desktop import theme
from desktop.article.wording import own_position_name
from desktop.scheme import files
from desktop.scheme.dialog import LabelsDialog
from desktop.shell.actions import owner_of

if TYPE_CHECKING:
    from desktop.app import Standfirst


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Bindings", text)


def show(app: Standfirst) -> None:
    """Open the window, or bring it to the front."""
    window, scheme = app.window, app.suggesting.scheme
    dialog = window.findChild(LabelsDialog)
    if dialog is None and scheme.known is not None:
        names = {position.value: own_position_name(position) for position in Position}
        dialog = LabelsDialog(names, schemes.names(), owner_of, window)
        for name in ("undo", "redo"):
            dialog.addAction(window.actions_table[name])
        dialog.added.connect(scheme.add)
        dialog.changed.connect(scheme.change)
        dialog.merged.connect(scheme.merge)
        dialog.removed.connect(scheme.remove)
        dialog.ordered.connect(scheme.order)
        dialog.usage_wanted.connect(scheme.count)
        scheme.counted.connect(dialog.show_usage)
        dialog.files_wanted.connect(partial(_file, app, dialog))
        scheme.changed.connect(dialog.show_scheme)
        scheme.refused.connect(dialog.say)
        scheme.closing.connect(dialog.leave)
        dialog.show_scheme(scheme.known)
        dialog.begin()
    if dialog is not None:
        dialog.show()
        dialog.activateWindow()


def _file(app: Standfirst, dialog: LabelsDialog, wanted: str) -> None:
    if wanted == "import":
        _ask_for(dialog, partial(_import, app, dialog))
    elif wanted == "export":
        _ask_where(app, dialog)
    else:
        _offer(app, dialog, list(schemes.bundled(wanted).labels), wanted)


def _ask_for(dialog: LabelsDialog, then: Callable[[str], object]) -> None:
    kinds = tr("Labels (*.json *.txt *.xml);;All files (*)")
    asking = QFileDialog(dialog, tr("Import labels"), filter=kinds)
    asking.setFileMode(QFileDialog.FileMode.ExistingFile)
    asking.fileSelected.connect(then)
    asking.finished.connect(asking.deleteLater)
    asking.open()


def _import(app: Standfirst, dialog: LabelsDialog, name: str) -> None:
    path = Path(name)
    try:
        labels = files.read(path)
    except files.LabelFileError as error:
        dialog.say(str(error))
    else:
        _offer(app, dialog, labels, path.name)


def _offer(app: Standfirst, dialog: LabelsDialog, labels: list[Label], source: str) -> None:
    """Say what taking labels in would come to, and do it if that is wanted."""
    scheme = app.suggesting.scheme
    if scheme.known is None:
        return
    labels = [
        replace(label, shortcut=None) if owner_of(label.shortcut or "") else label
        for label in labels
    ]
    try:
        new, changed = plan(scheme.known, labels)
    except LabelError as error:
        dialog.say(f"“{source}”: {error}")
        return
    if not new and not changed:
        dialog.say(tr("“{}”: all of it is here already.").format(source), wrong=False)
        return
    words = tr("“{}”: {} new, {} changed; none is taken out.")
    dialog.question.ask(
        words.format(source, len(new), len(changed)),
        [(tr("&Take in"), lambda _: scheme.take(labels, source))],
    )


def _ask_where(app: Standfirst, dialog: LabelsDialog) -> None:
    project = app.project
    if project is None:
        return
    kinds = {
        tr("Standfirst labels (*.json)"): files.ours,
        tr("Names, one a line (*.txt)"): files.names,
        tr("Label Studio (*.xml)"): partial(files.label_studio, line_of=_line_of),
        tr("doccano (*.json)"): partial(files.doccano, line_of=_line_of),
    }
    asking = QFileDialog(dialog, tr("Export labels"), filter=";;".join(kinds))
    asking.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asking.setDefaultSuffix("json")
    asking.filterSelected.connect(
        lambda kind: asking.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")"))
    )
    asking.selectFile(str(project.path.with_name(f"{project.path.stem} labels.json")))

    def save(name: str) -> None:
        known = app.suggesting.scheme.known
        try:
            if known is not None:
                files.save(Path(name), known, kinds[asking.selectedNameFilter()])
        except files.LabelFileError as error:
            dialog.say(str(error))
        else:
            dialog.say(tr("Saved as {}.").format(Path(name).name), wrong=False)

    asking.fileSelected.connect(save)
    asking.finished.connect(asking.deleteLater)
    asking.open()


def _line_of(colour: str) -> str:
    return theme.quartet(colour).line
