"""Projects and what is in them: opening, exporting, undoing, finding."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.library.intake import PROJECT_SUFFIX
from desktop.shell.command_field import Choice
from desktop.shell.opened import Make

if TYPE_CHECKING:
    from desktop.app import Standfirst


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Bindings", text)


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return what the menus File and Edit do."""
    window = app.window
    return {
        "new": partial(_new, app),
        "open": partial(_open, app),
        "recent": partial(_recent, app),
        "paste": lambda: app.take(QGuiApplication.clipboard().mimeData()),
        "import": partial(_import, app),
        "export": partial(_export, app),
        "issues": partial(_issues, app),
        "labels": partial(_labels, app),
        "project": partial(_project, app),
        "quit": window.close,
        "undo": app.undo,
        "redo": app.redo,
        "history": lambda: app.look_back().toggle(),
        "bin": lambda: app.look_back().toggle_bin(),
        "now": lambda: app.look_back().now(),
        "command": window.field.begin,
    }


def _new(app: Standfirst) -> None:
    from db import schemes
    from desktop.shell.new_project import NewProjectDialog

    dialog = NewProjectDialog(schemes.names(), app.window)
    dialog.chosen.connect(lambda path, scheme: app.open_project(path, Make.EMPTY, scheme))
    dialog.open()


def _open(app: Standfirst) -> None:
    from desktop.importing.sources import SUFFIXES

    patterns = " ".join(f"*{suffix}" for suffix in (PROJECT_SUFFIX, *sorted(SUFFIXES)))
    kinds = [f"{tr('Projects and articles')} ({patterns})", tr("All files (*)")]
    dialog = QFileDialog(app.window, tr("Open"), filter=";;".join(kinds))
    dialog.setOption(QFileDialog.Option.HideNameFilterDetails)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    _then(dialog, app.take_files)


def _then(dialog: QFileDialog, do: Callable[[list[Path]], object]) -> None:
    dialog.filesSelected.connect(lambda names: do([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _recent(app: Standfirst) -> None:
    choices = [
        Choice(path.stem, str(path.parent), "", partial(app.open_project, path))
        for path in app.settings.recent
    ]
    app.window.field.ask(tr("Which project?"), choices)


def _import(app: Standfirst) -> None:
    if app.project:
        app.project.bringing.ask()


def _export(app: Standfirst) -> None:
    from desktop.corpus.dialog import ExportDialog

    if project := app.project:
        path = project.path

        def offer(_: object) -> None:
            ExportDialog(path, path.with_suffix(".jsonl"), app.window).open()

        # Behind all that is still to be written.
        project.store.ask(lambda _: None, offer)


def _project(app: Standfirst) -> None:
    from desktop.shell.project_dialog import ProjectDialog

    if project := app.project:
        dialog = ProjectDialog(project.pipeline, app.window)
        dialog.accepted.connect(lambda: project.use_pipeline(dialog.pipeline))
        dialog.open()


def _issues(app: Standfirst) -> None:
    from desktop.issues.dialog import IssuesDialog

    window, issues = app.window, app.suggesting.issues
    dialog = window.findChild(IssuesDialog)
    if dialog is None and issues.known is not None:
        dialog = IssuesDialog(window)
        for name in ("undo", "redo"):
            dialog.addAction(window.actions_table[name])
        dialog.added.connect(issues.add)
        dialog.changed.connect(issues.change)
        dialog.removed.connect(issues.remove)
        issues.changed.connect(dialog.show_issues)
        issues.refused.connect(dialog.say)
        issues.closing.connect(dialog.leave)
        dialog.show_issues(issues.known)
        dialog.begin()
    if dialog is not None:
        dialog.show()
        dialog.activateWindow()


def _labels(app: Standfirst) -> None:
    from desktop.bindings.labels import show

    show(app)
