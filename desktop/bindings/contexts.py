"""The window of keywords in context, and the way from a line to its place."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from desktop.library.contexts_dialog import ContextsDialog
from desktop.shell.contexts import ContextReader

if TYPE_CHECKING:
    from db.contexts import Context
    from desktop.app import Standfirst

_LONGEST = 200  # code points of a selection that is looked for


def show(app: Standfirst) -> None:
    """Open the window, or bring it to the front."""
    window, project = app.window, app.project
    if project is None:
        return
    dialog = window.findChild(ContextsDialog)
    if dialog is None:
        search = app.library.bar.search
        dialog = ContextsDialog(window)
        reader = ContextReader(project.store, dialog)
        dialog.wanted.connect(lambda text: reader.begin(replace(search, text=text, sort="newest")))
        dialog.more_wanted.connect(reader.more)
        reader.came.connect(dialog.take)
        reader.stopped.connect(dialog.stop)
        reader.refused.connect(dialog.say)
        dialog.chosen.connect(partial(_go, app))
        project.destroyed.connect(dialog.close)
        selection, state = app.session.selection, app.session.state
        words = selection.of(state.text) if selection and state else ""
        phrase = " ".join(words.replace('"', " ").split())[:_LONGEST]
        dialog.look_for(f'"{phrase}"' if phrase else search.text)
    dialog.show()
    dialog.activateWindow()


def _go(app: Standfirst, line: Context) -> None:
    """Show a place in its article, which may have to be opened first."""
    state = app.session.state
    if state and state.article.id == line.article:
        app.canvas.look_at(line.span)
    elif app.project:
        app.project.article.open(line.article, at=line.span)
    app.window.activateWindow()
    app.window.go_to_article()
