"""What is on screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.app import Standfirst


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return what the menu View does."""
    window, canvas = app.window, app.canvas
    return {
        "library": partial(window.fold, app.library),
        "inspector": partial(window.fold, app.window.inspector_pane),
        "pane": window.go_to_next_pane,
        "zoom-in": canvas.zoom_in,
        "zoom-out": canvas.zoom_out,
        "zoom-reset": canvas.zoom_reset,
        "appearance": app.show_appearance,
    }
