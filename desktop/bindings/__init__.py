"""What each line of the actions table does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.bindings import actors, annotating, article, project, reading, speed, view

if TYPE_CHECKING:
    from desktop.app import Standfirst


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return a handler for every id of :data:`desktop.shell.menus.SPECS`."""
    return {
        **project.handlers(app),
        **annotating.handlers(app),
        **speed.handlers(app),
        **actors.handlers(app),
        **article.handlers(app),
        **view.handlers(app),
        **reading.handlers(app),
    }
