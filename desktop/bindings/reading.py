"""How the article is shown, and finding in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.article.view_settings import FACES
from desktop.shell.command_field import Choice

if TYPE_CHECKING:
    from desktop.app import Standfirst
    from desktop.article.find_bar import FindBar


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Bindings", text)


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return what changes how the article is shown, and what finds in it."""
    return {
        "column": lambda column: _show(app, column=column),
        "spacing": lambda spacing: _show(app, spacing=spacing),
        "font": partial(_font, app),
        "boilerplate": lambda: _show(app, folded=not app.canvas.view.folded),
        "stance-lines": lambda whose: _show(app, stance_lines=whose == "all"),
        "find": lambda: _find_bar(app).begin(),
        "find-next": lambda: _find_bar(app).step(1),
        "find-previous": lambda: _find_bar(app).step(-1),
    }


def begin(app: Standfirst) -> None:
    """Show how articles are shown."""
    _check(app)


def add_marks(app: Standfirst) -> None:
    """Lay the strip of marks beside the scroll bar; the first paint does without it."""
    from desktop.article.scroll_marks import ScrollMarks

    ScrollMarks(app.canvas, app.session)


def _show(app: Standfirst, **changes: object) -> None:
    app.canvas.view = replace(app.canvas.view, **changes)
    app.settings.view = app.canvas.view.to_texts()
    _check(app)


def _check(app: Standfirst) -> None:
    view, table = app.canvas.view, app.window.actions_table
    table.check("column", view.column)
    table.check("spacing", view.spacing)
    table.check("font", view.family if view.family in FACES else "other")
    table.check("stance-lines", "all" if view.stance_lines else "focus")


def _font(app: Standfirst, face: str) -> None:
    if face != "other":
        _show(app, family=face)
        return
    from PySide6.QtGui import QFontDatabase

    _check(app)  # nothing is chosen yet
    families = [each for each in QFontDatabase.families() if not each.startswith((".", "@"))]
    choices = [Choice(each, "", "", partial(_show, app, family=each)) for each in families]
    app.window.field.ask(tr("Which font?"), choices)


def _find_bar(app: Standfirst) -> FindBar:
    from desktop.article.find_bar import FindBar

    bar = app.canvas.findChild(FindBar)
    if bar is None:
        kept = app.settings.find
        bar = FindBar(app.canvas, app.session, case="case" in kept, whole="whole" in kept)
        bar.options_changed.connect(partial(_keep, app))
    return bar


def _keep(app: Standfirst, case: bool, whole: bool) -> None:
    app.settings.find = {name for name, on in (("case", case), ("whole", whole)) if on}
