"""A project file seen from outside: is it one, is it whole, may we write to it.

Standard library only, so that the first paint can ask. Nothing here changes a byte of the file:
it is read without locks where no other program has it open, and read-only where one has.

Only SQLite may open a project. On POSIX whoever closes a file gives up all locks that any other
part of the process has on it, and SQLite alone knows when none of its connections needs them.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

SUFFIX = ".standfirst"
APPLICATION_ID = 0x53464E44  # "SFND", where file managers look for it
REVISION = "0008"
"""The revision of the tables this program works with: the newest in ``db/migrations``."""
CHECKED_SIZE = 64 * 2**20
"""Projects up to this size, in bytes, are read through when they are opened."""
WAIT = 10.0
"""Seconds to wait for another program's transaction."""

_MAGIC = b"SQLite format 3\0"
_HEADER_SIZE = 100


class ProjectError(Exception):
    """A project that cannot be used as asked; the message says why and what to do."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path


class ProjectMissingError(ProjectError):
    """There is no such file."""


class ProjectExistsError(ProjectError):
    """There is one already, where a new one was to be made."""


class NotAProjectError(ProjectError):
    """The file is something else."""


class ProjectDamagedError(ProjectError):
    """The file was a project, but cannot be read."""


class ProjectNewerError(ProjectError):
    """The file was written by a newer Standfirst."""


class ProjectReadOnlyError(ProjectError):
    """The file may not be written, or not even read, by this user."""


class ProjectBusyError(ProjectError):
    """Another program has been writing for longer than we wait."""


class UpdateError(ProjectError):
    """The file is of an older version and could not be brought to this one."""


def examine(path: Path) -> str:
    """Return the revision of the project at ``path``: :data:`REVISION`, or an older one.

    Raises:
        ProjectError: the file is missing, foreign, damaged, newer, or may not be read.
    """
    _require_readable(path)
    try:
        with closing(connect_read_only(path)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            if application != APPLICATION_ID:
                raise _foreign(path)
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT id FROM project").fetchone()[0]
            connection.execute("SELECT max(seq) FROM history").fetchone()
    except sqlite3.DatabaseError as error:
        unknown = getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB"
        if unknown and not _has_our_header(path):
            raise _foreign(path) from error
        raise (explained(path, error) or _damaged(path)) from error
    except TypeError as error:  # a table that should not be empty is
        raise _damaged(path) from error
    if revision > REVISION:
        raise ProjectNewerError(
            path,
            f"“{path.name}” was last saved by a newer version of Standfirst. Install the newest "
            "version to open it; the file was left as it is.",
        )
    return revision


def check_pages(path: Path) -> None:
    """Read a file of up to :data:`CHECKED_SIZE` bytes and see that it hangs together.

    That takes up to 0.2 s. Damage in a larger file is told when it is met.

    Raises:
        ProjectError: it does not (``ProjectDamagedError``), or cannot be read.
    """
    if path.stat().st_size > CHECKED_SIZE:
        return
    try:
        with closing(connect_read_only(path)) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise (explained(path, error) or _damaged(path)) from error
    if verdict != "ok":
        raise _damaged(path)


def require_writable(path: Path) -> None:
    """Make sure that acts can be stored: in the file, and beside it, where SQLite keeps its log.

    Raises:
        ProjectReadOnlyError: if they cannot.
        ProjectBusyError: if another program kept writing for :data:`WAIT` seconds.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as connection:
            connection.execute("BEGIN IMMEDIATE")  # in a file that is read-only this does not fail
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        raise (explained(path, error) or _damaged(path)) from error


def may(path: Path, mode: int) -> bool:
    """Tell whether the system permits this, such as ``os.W_OK``, without opening anything."""
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Return a plain connection that can only read, and leaves no files beside the project."""
    # A read-only reader of a WAL database leaves the log's two files behind when it closes, unless
    # it may take the file as unchanging: which it is while no other program has a log beside it.
    mode = "mode=ro" if log_of(path).exists() else "mode=ro&immutable=1"
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?{mode}", uri=True, isolation_level=None, timeout=WAIT
    )


def log_of(path: Path) -> Path:
    """Return where SQLite keeps a project's log while a program has it open, or died with it."""
    file = path.resolve()
    return file.with_name(f"{file.name}-wal")


def explained(path: Path, error: BaseException) -> ProjectError | None:
    """Return what an error of the system or of SQLite says of the file; None if nothing."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ProjectBusyError(
            path,
            f"Another program is writing to “{path.name}”. Wait until it is done, or close it, "
            "and try again.",
        )
    if isinstance(error, OSError) or name.startswith(
        ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")
    ):
        return ProjectReadOnlyError(
            path,
            f"“{path.name}” cannot be changed: the file or its folder is read-only. Copy it to a "
            "folder of your own, or ask for permission to write there; it was left as it is.",
        )
    if name.startswith("SQLITE_FULL"):
        return ProjectError(
            path,
            f"The disk “{path.name}” lies on is full. What was done last is not in the file: make "
            "room, then do it again.",
        )
    if name.startswith("SQLITE_IOERR"):
        return ProjectError(
            path, f"“{path.name}” could not be read or written: {error}. Is its disk still there?"
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return _damaged(path)
    return None


def _require_readable(path: Path) -> None:
    try:
        about = path.stat()
        if not may(path, os.R_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except FileNotFoundError as error:
        raise ProjectMissingError(
            path, f"There is no “{path}”. Was it moved or renamed? Open it from where it is now."
        ) from error
    except OSError as error:
        raise ProjectReadOnlyError(
            path, f"“{path.name}” cannot be read: {error.strerror}. Check its permissions."
        ) from error
    if stat.S_ISDIR(about.st_mode):
        raise NotAProjectError(path, f"“{path.name}” is a folder, not a Standfirst project.")


def _has_our_header(path: Path) -> bool:
    """Tell whether a file that SQLite cannot read, and so has not open, was a project once."""
    with path.open("rb") as file:
        header = file.read(_HEADER_SIZE)
    return header.startswith(_MAGIC) and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _foreign(path: Path) -> NotAProjectError:
    return NotAProjectError(
        path,
        f"“{path.name}” is not a Standfirst project. To bring in an article, import it into "
        "a project; the file was left as it is.",
    )


def _damaged(path: Path) -> ProjectDamagedError:
    return ProjectDamagedError(
        path,
        f"“{path.name}” is damaged: it may have been cut short while it was copied or "
        "synchronised. Open a backup or copy it anew; the file was left as it is.",
    )
