"""Help: keys, pages, the tour, and what to do when something went wrong."""

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
    from desktop.touring import Touring


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return what the menu Help does."""
    return {
        "help": partial(_help, app),
        "keys": partial(_keys, app),
        "tour": lambda: touring(app).go_on(),
        "tour-skip": lambda: touring(app).skip(),
        "report": partial(report, app),
        "logs": lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file()))),
        "about": partial(_about, app),
    }


def touring(app: Standfirst) -> Touring:
    """Return the window's tour, made when it is first asked for."""
    from desktop.touring import Touring

    return app.findChild(Touring) or Touring(app)


def report(app: Standfirst) -> None:
    """Show what a report of a problem would say, to be saved as a file."""
    from desktop.shell.report_dialog import ReportDialog

    model = app.suggesting.model
    facts = {
        "Model": f"{model.name} {model.version}" if model else "none",
        "Appearance": app.settings.appearance,
        "Zoom": f"{app.settings.zoom} %",
        "Screen": f"{app.window.screen().devicePixelRatio():g} ×",
        "Articles": str(app.articles.total),
    }
    ReportDialog(facts, app.window).open()


def _help(app: Standfirst, page: str = "") -> None:
    from desktop.shell.help_page import START, HelpPage

    shown = app.window.findChild(HelpPage) or HelpPage(app.window)
    shown.show()
    shown.raise_()
    shown.show_page(page or START)


def _keys(app: Standfirst) -> None:
    from desktop.shell.keys_page import KeysPage

    scheme = app.session.scheme
    labels = {label.shortcut: label.name for label in scheme.entities if label.shortcut}
    stances = {key: position_name(each) for key, each in scheme.position_keys.items()}
    KeysPage(labels, stances, app.window).open()


def _about(app: Standfirst) -> None:
    from desktop.shell.about import AboutDialog

    about = AboutDialog(app.suggesting.model, app.window)
    about.page_wanted.connect(partial(_help, app))
    about.open()
