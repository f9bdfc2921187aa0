"""A project that is open here keeps its locks: no other program may take our log for its own.

POSIX drops all locks a process has on a file with the first of its descriptors that is closed.
Without them another program that leaves takes itself for the last, and removes the log we write to.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session

from db import projects
from db.engine import open_project
from db.glance import glance
from db.project_file import check_pages, examine, log_of, require_writable
from db.update import back_up


def elsewhere(path: Path) -> str:
    """What another program reads as the project's name, before it leaves."""
    code = (
        "import sqlite3, sys; project = sqlite3.connect(sys.argv[1])\n"
        "print(*project.execute('SELECT name FROM project').fetchone()); project.close()"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, timeout=60)
    assert not done.stderr
    return done.stdout.decode().strip()


def beside_ourselves(path: Path) -> None:
    open_project(path).dispose()


def to_read_alone(path: Path) -> None:
    open_project(path, read_only=True).dispose()


@pytest.mark.parametrize(
    "look",
    [
        examine,
        check_pages,
        require_writable,
        glance,
        beside_ourselves,
        to_read_alone,
        lambda path: back_up(path, "0001"),
    ],
    ids=lambda look: look.__name__.replace("<lambda>", "back_up"),
)
def test_a_look_at_a_project_that_is_open_leaves_its_locks(
    path: Path, session: Session, look: Callable[[Path], object]
):
    projects.set_name(session, "Ferry pact")
    look(path)
    assert elsewhere(path) == "Ferry pact"
    assert log_of(path).exists()
    projects.set_name(session, "Harbour vote")
    assert elsewhere(path) == "Harbour vote"
