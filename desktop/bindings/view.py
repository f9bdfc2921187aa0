"""What is on screen, and help."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.article.wording import position_name
from desktop.shell.places import log_file

if TYPE_CHECKING:
    from desktop.app import Standfirst


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return what the menus View and Help do."""
    window, canvas = app.window, app.canvas
    return {
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


def _keys(app: Standfirst) -> None:
    from desktop.shell.keys_page import KeysPage

    scheme = app.session.scheme
    labels = {label.shortcut: label.name for label in scheme.entities if label.shortcut}
    stances = {key: position_name(each) for key, each in scheme.position_keys.items()}
    KeysPage(labels, stances, app.window).open()


def _about(app: Standfirst) -> None:
    from desktop.shell.about import AboutDialog

    AboutDialog(app.suggesting.model, app.window).open()
