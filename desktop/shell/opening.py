"""Opening a project, in the store's thread: this is where SQLModel is imported."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from db import articles, people, projects, schemes
from db.actor_book import ActorBook
from db.engine import create, open_project, session
from db.scheme_values import DEFAULT
from desktop.library.samples import read_samples
from desktop.shell.opened import Make, Opened


def open_for_writing(path: Path, coder: str | None) -> tuple[Opened, Engine]:
    """Open a project.

    Raises:
        db.project_file.ProjectError: if it cannot be opened; it was left as it was.
    """
    engine = open_project(path)
    with session(engine) as own:
        signed = people.coder(own, coder) if coder else None
        actors = ActorBook(people.actors(own))
        return Opened(projects.get(own), schemes.current(own), signed, actors), engine


def make(path: Path, what: Make, scheme: str = DEFAULT) -> None:
    """Make a new project with a bundled scheme; the sample project has our articles in it.

    Raises:
        db.project_file.ProjectError: if it cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    create(path, name=path.stem, scheme=scheme)
    if what is not Make.SAMPLE:
        return
    engine = open_project(path)
    with session(engine) as own:
        for incoming in read_samples():
            articles.add(own, incoming.text, incoming.meta)
    engine.dispose()
