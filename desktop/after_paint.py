"""What the first paint does without, made right after it: a piece a turn of the event loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

if TYPE_CHECKING:
    from desktop.app import Standfirst

# Each takes a turn of the event loop, and none takes long.
OF_THE_ARTICLE = (
    "db.values",
    "db.glance",
    "desktop.article.session",
    "desktop.article.canvas",
    "desktop.library.view",
    "desktop.app",
)
"""What the window is filled with, and who fills it."""
_OF_THE_HANDS = (
    "desktop.shell.actions",
    "desktop.article.commands",
    "desktop.shell.store",
    "desktop.shell.engine",
    "desktop.shell.suggesting",
    "desktop.shell.backlog",
    "desktop.bindings",
    "desktop.bringing_in",
)
_OF_THE_INSPECTOR = (
    "desktop.shell.listing",
    "desktop.shell.twins",
    "db.positions",
    "desktop.article.actors",
    "desktop.article.inspector.ledger",
    "desktop.article.inspector.actors_list",
    "desktop.article.inspector.card",
    "desktop.article.inspector",
    "desktop.shell.company",
)


def steps(app: Standfirst) -> Iterator[Callable[[], object]]:
    """Yield what is to be imported and made, in this order."""
    for module in _OF_THE_HANDS:
        yield partial(import_module, module)
    for step in (_make_actions, _bind_actions):
        yield partial(step, app)
    yield app.at_hand.emit
    for module in _OF_THE_INSPECTOR:
        yield partial(import_module, module)
    for step in (_build_inspector, _show_inspector, _add_marks):
        yield partial(step, app)


def _make_actions(app: Standfirst) -> None:
    app.window.actions_table.on_letter(app.session.press_digit)


def _bind_actions(app: Standfirst) -> None:
    from desktop.bindings import handlers, library, reading

    app.window.actions_table.bind(handlers(app))
    app.show_appearance(app.settings.appearance)
    reading.begin(app)
    library.begin(app)
    app.facts.begin()


def _build_inspector(app: Standfirst) -> None:
    from desktop.article.inspector import Inspector
    from desktop.bindings import actors

    app.inspector = Inspector(app.session)
    app.inspector.left.connect(app.canvas.setFocus)
    actors.listen(app)


def _show_inspector(app: Standfirst) -> None:
    assert app.inspector is not None
    layout = QVBoxLayout(app.window.inspector_pane)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(app.inspector)


def _add_marks(app: Standfirst) -> None:
    from desktop.bindings import reading

    reading.add_marks(app)
