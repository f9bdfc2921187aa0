"""The two ways to work in an open project: write in a transaction, read from a snapshot.

Every public function of this package uses one of the two and leaves no transaction open.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from db.project_file import explained

PATH = "standfirst_path"  # execution options, set by db.engine and here
WRITING = "standfirst_writing"


@contextmanager
def transaction(session: Session) -> Generator[Connection]:
    """Write: all of it on leaving, durably, or none of it. Inside another one, be part of that.

    Raises:
        ProjectError: the file is busy (another program kept writing for
            :data:`db.project_file.WAIT` seconds), damaged or read-only, or the disk is full.
    """
    if session.info.get(WRITING):
        yield session.connection()
        return
    session.rollback()  # a read left open would hold on to an old state
    try:
        with _explained(session):
            connection = session.connection(execution_options={WRITING: True})
            session.info[WRITING] = True
            yield connection
            session.commit()
    finally:
        session.info[WRITING] = False
        session.rollback()  # nothing is left to roll back after the commit


@contextmanager
def snapshot(session: Session) -> Generator[Connection]:
    """Read one state of the project, whatever others write meanwhile; then let go of it.

    Raises:
        ProjectError: the file is damaged.
    """
    inside = session.in_transaction()
    try:
        with _explained(session):
            yield session.connection()
    finally:
        if not inside:
            session.rollback()


@contextmanager
def _explained(session: Session) -> Generator[None]:
    """Say of an error what it means for the project, where it is about the file."""
    try:
        yield
    except (DBAPIError, sqlite3.DatabaseError) as error:
        path = session.get_bind().get_execution_options()[PATH]
        trouble = explained(path, getattr(error, "orig", None) or error)
        if trouble is None:
            raise
        raise trouble from error
