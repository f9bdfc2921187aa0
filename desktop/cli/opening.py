"""Projects opened by a command, to read from or to write to, and the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from db.project_file import ProjectReadOnlyError
from desktop.cli.output import CommandError, say

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.presence import Presence
    from desktop.suggest.engine import Engine
    from desktop.suggest.evaluation.sides import Answerer


@contextmanager
def opened(path: Path) -> Iterator[Session]:
    """Open a project to write to, beside whoever else has it open."""
    with present(path) as (own, presence):
        warn(path, presence)
        yield own


@contextmanager
def present(path: Path) -> Iterator[tuple[Session, Presence]]:
    """Open a project to write to, and keep an eye on whoever else has it open."""
    from db.engine import open_project, session
    from db.presence import Presence

    engine = open_project(path)
    try:
        with Presence(path) as presence, session(engine) as own:
            yield own, presence
    finally:
        engine.dispose()  # folds SQLite's log into the file


@contextmanager
def readable(path: Path) -> Iterator[Session]:
    """Open a project to read from, be it on a disk that cannot be written."""
    from db.engine import open_project, session

    try:
        engine = open_project(path)
    except ProjectReadOnlyError:
        engine = open_project(path, read_only=True)
    try:
        with session(engine) as own:
            yield own
    finally:
        engine.dispose()


def warn_of_window(project: Path) -> None:
    """Look whether another program has a project open, and say so."""
    from db.presence import Presence

    with suppress(OSError), Presence(project) as presence:  # a disk that cannot be written
        warn(project, presence)


def warn(path: Path, presence: Presence) -> None:
    """Say so if another program has a project open."""
    if presence.others():
        say(f"{path}: is open in another program; nothing is lost")


def engine_with(pipeline: str | None) -> Engine:
    """Start the engine with a pipeline, or with the bundled one.

    Raises:
        CommandError: if the pipeline cannot be used.
    """
    from desktop.suggest.engine import Engine
    from desktop.suggest.pipeline import PipelineError

    try:
        return Engine(pipeline)
    except PipelineError as error:
        raise CommandError(str(error)) from error


def reader_with(pipeline: str | None) -> Answerer:
    """Return what answers questions of stance: a pipeline's reader, or the bundled one's.

    Raises:
        CommandError: if the pipeline cannot be used.
    """
    from desktop.suggest.evaluation.sides import reader_of
    from desktop.suggest.pipeline import PipelineError, load

    try:
        return reader_of(load(pipeline))
    except PipelineError as error:
        raise CommandError(str(error)) from error
