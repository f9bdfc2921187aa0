"""A run of the window from its first to its last moment, and what is told if it ends badly."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import after_paint, first_paint
from desktop.shell import tidying, trace
from desktop.shell.application import make_application
from desktop.shell.places import sample_project
from desktop.shell.settings import Settings
from desktop.shell.turns import in_turns

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.app import Standfirst
    from desktop.first_paint import Begun

# What the window soon has a use for: imported then, it would hold up what the analyst does.
_LATER = (
    "desktop.shell.logbook",
    "desktop.shell.fallen",
    "desktop.suggest.names.lexicon",
    "desktop.suggest.names.precedents",
    "rapidfuzz.distance",
)


def run(
    project: Path | None, files: list[Path], *, sample: bool = False, fallen: bool = False
) -> int:
    """Open the window and return the exit code when it is closed.

    Without a project it is the last one open, at first the sample project. After it has ``fallen``
    the analyst is asked first.
    """
    tidying.begin()
    application = make_application([])
    settings = Settings()
    last = [] if sample else settings.recent
    if fallen and not import_module("desktop.shell.fallen").reopen():
        return 0
    standfirst: Standfirst | None = None

    def hear(file: Path) -> None:
        if standfirst:
            standfirst.take_files([file])
        else:
            files.append(file)

    application.asked.connect(hear)
    try:
        begun = first_paint.begin(project or next(iter(last), sample_project()), files, settings)
        if begun is None:
            return 0
        standfirst = _shown(begun, files)
    except Exception as error:
        return import_module("desktop.shell.fallen").could_not_start(error)
    if standfirst is None:
        return 0
    later = (
        *(partial(import_module, module) for module in _LATER),
        partial(_keep_log, standfirst, fallen=fallen),
        partial(_show_icon, application),
        partial(_offer_tour, standfirst),
    )
    standfirst.settled.connect(partial(in_turns, standfirst, later))
    first_paint.until(standfirst.at_hand, begun.window)
    return application.exec() if begun.window.isVisible() else 0


def _shown(begun: Begun, files: list[Path]) -> Standfirst | None:
    """Show the window, then what is in it; None if it was closed before."""
    window = begun.window
    window.show()
    first_paint.until(window.painted, window)
    trace.mark("first_paint")
    for module in after_paint.OF_THE_ARTICLE:
        import_module(module)
        first_paint.turn()
    from desktop import app

    standfirst = app.Standfirst(begun.settings, window)
    first_paint.turn()
    if not window.isVisible():
        begun.sole.leave()
        return None
    standfirst.begin(begun, files)
    return standfirst


def _keep_log(standfirst: Standfirst, *, fallen: bool) -> None:
    from desktop.bindings.helping import report
    from desktop.shell import logbook
    from desktop.shell.fallen import leave_word

    message, tr = standfirst.window.message, standfirst.tr
    offer = tr("Report a problem…"), partial(report, standfirst)
    said = tr("Something went wrong, and is in the log: {}. What you decided is saved.")
    logbook.keep(
        lambda error: message.say(said.format(error), *offer),
        lambda: leave_word(standfirst.project.path if standfirst.project else None),
    )
    if logbook.crashed_before() and not fallen:
        message.say(
            tr("Standfirst stopped unexpectedly last time. All you decided until then is here."),
            *offer,
        )


def _show_icon(application: QApplication) -> None:
    from PySide6.QtGui import QIcon

    import resources

    application.setWindowIcon(QIcon(str(resources.path("icons", "standfirst.svg"))))


def _offer_tour(standfirst: Standfirst) -> None:
    from desktop.bindings.helping import touring

    touring(standfirst).begin_on_first_day()
