"""What each line of the actions table does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.bindings import (
    actors,
    annotating,
    article,
    helping,
    library,
    project,
    reading,
    speed,
    twins,
    view,
)

if TYPE_CHECKING:
    from desktop.app import Standfirst


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return a handler for every id of :data:`desktop.shell.menus.SPECS`.

    Raises:
        KeyError: if two parts have a handler for one id.
    """
    found: dict[str, Callable[..., object]] = {}
    parts = (project, annotating, speed, actors, article, twins, library, view, reading, helping)
    for part in parts:
        for identifier, handler in part.handlers(app).items():
            if identifier in found:
                raise KeyError(f"two handlers: {identifier}")
            found[identifier] = handler
    return found
