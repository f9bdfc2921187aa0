"""What each line of the actions table does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from db.values import ArticleStatus, Span
from desktop.article.bounds import Edge, Unit
from desktop.article.commands import Slot
from desktop.article.places import start_of
from desktop.article.wording import reasons
from desktop.library.intake import PROJECT_SUFFIX
from desktop.shell.command_field import Choice
from desktop.shell.opened import Make
from desktop.shell.places import log_file

if TYPE_CHECKING:
    from desktop.app import Standfirst


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Bindings", text)


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return a handler for every id of :data:`desktop.shell.actions.SPECS`."""
    window, session, canvas = app.window, app.session, app.canvas

    def bound(edge: Edge, unit: Unit, step: int) -> Callable[[], object]:
        return lambda: session.move_bound(edge, unit, step)

    return {
        "new": partial(_new, app),
        "open": partial(_open, app),
        "recent": partial(_recent, app),
        "paste": lambda: app.take(QGuiApplication.clipboard().mimeData()),
        "export": partial(_export, app),
        "issues": partial(_issues, app),
        "project": partial(_project, app),
        "quit": window.close,
        "undo": app.undo,
        "redo": app.redo,
        "command": window.field.begin,
        "next": partial(session.step, 1),
        "previous": partial(session.step, -1),
        "quote": session.next_quote,
        "accept": session.accept_and_next,
        "reject": session.reject,
        "why": partial(_why, app),
        "edit": session.edit,
        "note": app.edit_note,
        "delete": session.delete,
        "start-left": bound(Edge.START, Unit.CHARACTER, -1),
        "start-right": bound(Edge.START, Unit.CHARACTER, 1),
        "end-left": bound(Edge.END, Unit.CHARACTER, -1),
        "end-right": bound(Edge.END, Unit.CHARACTER, 1),
        "start-word-left": bound(Edge.START, Unit.WORD, -1),
        "start-word-right": bound(Edge.START, Unit.WORD, 1),
        "end-word-left": bound(Edge.END, Unit.WORD, -1),
        "end-word-right": bound(Edge.END, Unit.WORD, 1),
        "add": partial(_label, app, session.add_from_selection),
        "relabel": partial(_label, app, session.relabel),
        **{f"digit-{n}": partial(session.press_digit, str(n)) for n in range(1, 10)},
        "stance": session.add_stance,
        "holder": partial(session.set_slot, Slot.HOLDER),
        "nested": partial(session.set_slot, Slot.NESTED),
        "unreported": partial(session.fill, Slot.NESTED, ()),
        "target": partial(session.set_slot, Slot.TARGET),
        "negate": session.toggle_negated,
        "cue": partial(session.set_slot, Slot.CUE),
        "cue-more": partial(session.set_slot, Slot.CUE, more=True),
        "evidence": partial(session.set_slot, Slot.EVIDENCE),
        "evidence-more": partial(session.set_slot, Slot.EVIDENCE, more=True),
        "certainty": session.next_certainty,
        "done": partial(_done, app),
        "unsure": partial(session.set_status, ArticleStatus.FLAGGED),
        "todo": partial(session.set_status, ArticleStatus.IN_PROGRESS),
        "checked": partial(_checked, app),
        "details": partial(_details, app),
        "suggest": partial(_suggest, app),
        "next-article": partial(app.next_article, 1),
        "previous-article": partial(app.next_article, -1),
        "library": partial(window.fold, app.library),
        "inspector": partial(window.fold, app.inspector_pane),
        "pane": window.go_to_next_pane,
        "zoom-in": canvas.zoom_in,
        "zoom-out": canvas.zoom_out,
        "zoom-reset": canvas.zoom_reset,
        "appearance": app.show_appearance,
        "keys": partial(_keys, app),
        "logs": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file()))),
        "about": partial(_about, app),
    }


def _new(app: Standfirst) -> None:
    dialog = QFileDialog(app.window, tr("New project"), filter=tr("Projects (*.standfirst)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(PROJECT_SUFFIX.removeprefix("."))
    _then(dialog, lambda files: app.open_project(files[0], Make.EMPTY))


def _open(app: Standfirst) -> None:
    kinds = tr("Projects and texts (*.standfirst *.txt);;All files (*)")
    dialog = QFileDialog(app.window, tr("Open"), filter=kinds)
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


def _label(app: Standfirst, give: Callable[[str], object]) -> None:
    choices = [
        Choice(label.name, label.guideline, label.shortcut or "", partial(give, label.name))
        for label in app.session.scheme.entities
    ]
    app.window.field.ask(tr("Which label?"), choices)


def _why(app: Standfirst) -> None:
    if annotation := app.session.focused:
        choices = [
            Choice(words, "", str(key), partial(app.session.reject, reason))
            for key, (reason, words) in enumerate(reasons(annotation).items(), start=1)
        ]
        app.window.field.ask(tr("What is wrong?"), choices)


def _done(app: Standfirst) -> None:
    after = app.library.neighbour(1) or app.library.neighbour(-1)
    app.session.mark_done()
    state = app.session.state
    if state and state.article.status is ArticleStatus.DONE and after:
        app.open_article(after)


def _checked(app: Standfirst) -> None:
    session = app.session
    if session.state and session.state.text and not session.selection:
        at = session.caret
        if at is None:  # nobody pointed at anything since
            at = start_of(session.focused) if session.focused else 0
        session.set_selection(Span(*_paragraph(session.state.text, at)))
    session.mark_checked("entities")
    session.mark_checked("stances")
    session.clear_selection()


def _paragraph(text: str, at: int) -> Iterator[int]:
    yield text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    yield len(text) if end < 0 else end


def _details(app: Standfirst) -> None:
    from desktop.library.metadata_dialog import MetadataDialog

    if state := app.session.state:
        dialog = MetadataDialog(state.article.meta, app.window)
        dialog.accepted.connect(lambda: app.session.set_metadata(dialog.meta))
        dialog.open()


def _suggest(app: Standfirst) -> None:
    if state := app.session.state:
        app.suggesting.ask(state.article)


def _keys(app: Standfirst) -> None:
    from desktop.shell.keys_page import KeysPage

    KeysPage(app.window).open()


def _about(app: Standfirst) -> None:
    from desktop.shell.about import AboutDialog

    AboutDialog(app.suggesting.model, app.window).open()
