"""Bring a project of an older version to this one: back it up, then migrate it, all or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from db import migrations
from db.project_file import SUFFIX, WAIT, UpdateError, connect_read_only
from db.whole_file import sync_folder

MIGRATIONS = Path(migrations.__file__).parent


def update(path: Path, revision: str) -> Path:
    """Migrate the project at ``path`` from ``revision`` to the newest; return its backup.

    Raises:
        UpdateError: if it could not be backed up or migrated. The project is as it was.
    """
    try:
        backup = back_up(path, revision)
        migrate(path)
    except (OSError, sqlite3.Error, SQLAlchemyError, CommandError) as error:
        raise UpdateError(
            path,
            f"“{path.name}” is of an older version ({revision}) and could not be brought to this "
            f"one: {error}. It was left as it is.",
        ) from error
    return backup


def back_up(path: Path, revision: str) -> Path:
    """Copy a project, log and all, to a file beside it that says what it is; return its path."""
    when = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    backup = path.with_name(f"{path.stem} (version {revision}, {when}){SUFFIX}")
    unfinished = backup.with_name(f".{backup.name}")
    try:
        with closing(connect_read_only(path)) as source, closing(_plain(unfinished)) as copy:
            source.backup(copy)
        unfinished.replace(backup)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(backup.parent)
    return backup


def migrate(path: Path, to: str = "head") -> None:
    """Run the revisions a project lacks, in one transaction."""
    engine = create_engine("sqlite://", creator=lambda: _plain(path), poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise CommandError(f"the table {broken[0]} refers to rows that are not there")
    finally:
        engine.dispose()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _plain(path: Path) -> sqlite3.Connection:
    # Foreign keys stay off: a table that is made anew would take what refers to it along.
    connection = sqlite3.connect(path, isolation_level=None, timeout=WAIT)
    connection.execute("PRAGMA synchronous = FULL")
    return connection
