"""A project of one's own for every test, and the few acts most of them need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import Session

from db import engine as door
from db import people


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The path of an empty project, with a name that URLs would trip over."""
    path = tmp_path / "Fähren ? #1 100%.standfirst"
    door.create(path, name="Ferry pact study")
    return path


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    engine = door.open_project(path)
    with door.session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def coder(session: Session) -> UUID:
    return people.coder(session, "Ada")
