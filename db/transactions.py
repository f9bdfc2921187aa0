"""The two ways to work in an open project: write in a transaction, read from a snapshot.

Every public function of this package uses one of the two and leaves no transaction open.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from db.project_file import explained

PATH = "standfirst_path"  # execution options, set by db.engine and here
WRITING = "standfirst_writing"


@contextmanager
def transaction(session: Session) -> Generator[Connection]:
    """Write: all of it on leaving, durably, or none of it. Inside another one, be part of that.

    Raises:
        ProjectBusyError: if another program kept writing for :data:`db.project_file.WAIT` seconds.
    """
    if session.info.get(WRITING):
        yield session.connection()
        return
    session.rollback()  # a read left open would hold on to an old state
    try:
        connection = session.connection(execution_options={WRITING: True})
    except OperationalError as error:
        session.rollback()
        path = session.get_bind().get_execution_options()[PATH]
        raise explained(path, error.orig or error) from error
    session.info[WRITING] = True
    try:
        yield connection
        session.commit()
    finally:
        session.info[WRITING] = False
        session.rollback()  # nothing is left to roll back after the commit


@contextmanager
def snapshot(session: Session) -> Generator[Connection]:
    """Read one state of the project, whatever others write meanwhile; then let go of it."""
    inside = session.in_transaction()
    try:
        yield session.connection()
    finally:
        if not inside:
            session.rollback()
