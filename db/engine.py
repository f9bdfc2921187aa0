"""Make a project and open one.

A project is one SQLite file in WAL mode with ``synchronous=FULL``: what was committed survives
the loss of power. Writers take the write lock when they begin (``BEGIN IMMEDIATE``), so that two
programs take turns instead of failing half-way.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from db import models, schemes
from db.full_text import make_full_text
from db.project_file import (
    APPLICATION_ID,
    REVISION,
    WAIT,
    ProjectExistsError,
    ProjectReadOnlyError,
    check_pages,
    examine,
    log_of,
    may,
    require_writable,
)
from db.scheme_values import DEFAULT
from db.transactions import PATH, WRITING, snapshot, transaction
from db.values import now
from db.whole_file import sync_folder

__all__ = ["create", "open_project", "session", "snapshot", "transaction"]


def create(path: Path, *, name: str, scheme: str = DEFAULT) -> None:
    """Make a new, empty project with a bundled scheme; it is there whole, or not at all.

    Raises:
        ProjectExistsError: if there is a file of that name already.
        ProjectReadOnlyError: if the folder cannot be written to.
        FileNotFoundError: if no scheme of that name is bundled.
    """
    if path.exists():
        raise ProjectExistsError(path, f"There is a “{path.name}” already. Choose another name.")
    labels = schemes.bundled(scheme)
    unfinished = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        engine = _engine(unfinished, mode="rwc", journal="DELETE")
        with Session(engine) as new, transaction(new) as connection:
            SQLModel.metadata.create_all(connection)
            make_full_text(connection)
            _stamp(connection)
            schemes.store(new, labels)
            connection.execute(
                models.TABLES["project"].insert(),
                {
                    "id": str(uuid4()),
                    "name": name,
                    "scheme_id": str(labels.id),
                    "created_at": now(),
                },
            )
        engine.dispose()
        # Last, so that the finished file needs no log beside it.
        with closing(sqlite3.connect(unfinished)) as plain:
            plain.execute("PRAGMA journal_mode = WAL")
        unfinished.replace(path)
    except (OSError, DBAPIError, ProjectReadOnlyError) as error:
        raise ProjectReadOnlyError(
            path,
            f"“{path.name}” cannot be made in “{path.parent}”: the folder is not there, or it is "
            "read-only, or the disk is full.",
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def open_project(path: Path, *, read_only: bool = False) -> Engine:
    """Open a project; one of an older version is backed up, then brought to this one.

    Dispose of the engine when done: that folds SQLite's log into the file. ``read_only`` reads
    projects that may not be changed; every write to it fails.

    Raises:
        ProjectError: the file is missing, foreign, damaged, newer, read-only or busy, or could
            not be updated; it was left as it was.
    """
    revision = examine(path)
    check_pages(path)  # before the first write, which could make a damaged file worse
    if read_only:
        if revision != REVISION:
            raise ProjectReadOnlyError(
                path, f"“{path.name}” is of an older version. Open it once where it can be changed."
            )
        # Where SQLite cannot make its log, it must be told that it needs none.
        logged = log_of(path).exists() or may(path.resolve().parent, os.W_OK)
        return _engine(path, mode="ro", immutable=not logged)
    require_writable(path)
    if revision != REVISION:
        from db.update import update  # Alembic is slow to import and seldom needed

        update(path, revision)
    return _engine(path)


def session(engine: Engine) -> Session:
    """Return a session on a project, to be used as a context manager and by one thread."""
    return Session(engine, expire_on_commit=False)


def _engine(
    path: Path, *, mode: str = "rw", journal: str = "WAL", immutable: bool = False
) -> Engine:
    query = {"mode": mode, "uri": "true"} | ({"immutable": "1"} if immutable else {})
    engine = create_engine(
        URL.create("sqlite", database=path.resolve().as_uri(), query=query),
        json_serializer=_to_json,
        execution_options={PATH: path},
    )

    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say
        connection.execute(f"PRAGMA busy_timeout = {int(WAIT * 1000)}")
        connection.execute("PRAGMA foreign_keys = ON")
        if mode != "ro":
            connection.execute(f"PRAGMA journal_mode = {journal}")
            connection.execute("PRAGMA synchronous = FULL")

    def on_begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _stamp(connection: Connection) -> None:
    """Write the revision as Alembic would, without importing it."""
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISION,))
