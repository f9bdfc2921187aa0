"""The process that reads: a path comes by stdin, its records go by stdout, and it ends with us.

Whatever a file does to its reader, it does here: what fills the memory, crashes or hangs takes
nothing along but the reading of that file. Nothing here may reach the network, or start a program.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from desktop.child import die_with_parent, leave_interrupts, take_streams
from desktop.importing.columns import Columns, mapping_of
from desktop.importing.sources import Source
from desktop.importing.wire import take_texts, to_row
from desktop.refused import ReadError
from desktop.suggest.protocol import Message, frame, read

MEMORY = 1 << 30
"""Bytes of address space a file may make us take."""

_FULL, _OFTEN = 256 * 1024, 0.1  # bytes of text, and seconds, after which records are sent
_CELL = 200  # code points of a cell that a preview shows
_FORBIDDEN = (
    "socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind", "socket.getaddrinfo",
    "socket.gethostbyname", "urllib.Request", "subprocess.Popen", "os.system", "os.exec",
    "os.posix_spawn", "os.fork",
)  # fmt: skip


def records(path: Path, columns: Columns | None = None) -> Iterator[Any]:
    """Yield what a file holds, read by whoever reads files of its kind.

    Raises:
        ReadError: if nothing can be read from it.
    """
    from desktop.corpus.formats import reading as corpora
    from desktop.library.readers import reading as texts

    suffix = path.suffix.lower()
    if suffix in corpora.SUFFIXES:
        yield from corpora.read(path)
    else:
        table = columns and suffix in texts.TABLES
        yield from texts.read(path, mapping_of(path, columns) if table and columns else None)


class Reading:
    """Reads one file at a time, and sends what it finds by the handful."""

    def __init__(self, answers: BinaryIO) -> None:
        self._answers = answers
        self._rows: list[dict[str, Any]] = []
        self._size, self._sent_at = 0, 0.0

    def serve(self, requests: BinaryIO) -> None:
        """Serve until the other side has gone."""
        while (message := read(requests)) is not None:
            if message["type"] == "preview":
                self._preview(Path(message["path"]))
                continue
            source = Source(Path(message["path"]), message["name"], message["size"])
            self._file(source, message["columns"])

    def _file(self, source: Source, columns: Columns | None) -> None:
        self._rows, self._size, self._sent_at = [], 0, time.monotonic()
        failed = None
        try:
            for one in records(source.path, columns):
                self._add(one, source)
        except ReadError as error:
            failed = str(error)
        except MemoryError:
            failed = f"it takes more than {MEMORY >> 20} MB of memory to read; split it"
        except RecursionError:
            failed = "it is nested too deeply"
        except Exception as error:  # a reader's own fault stops no other file
            traceback.print_exc()
            failed = f"{type(error).__name__}: {error}"
        self._flush(source, at=source.size)  # its reader has closed it by now
        self._send({"type": "end", "failed": failed})

    def _preview(self, path: Path) -> None:
        """Send the first rows of a table, and what its columns seem to be."""
        from desktop.library.readers.mapping import key
        from desktop.library.readers.tables import preview

        try:
            seen = preview(path)
        except Exception as error:  # whatever is wrong with it, the import will say
            self._send({"type": "preview", "path": str(path), "failed": str(error)})
            return
        rows = [[cell[:_CELL] for cell in row] for row in (seen.header, *seen.rows)]
        about = {"key": key(seen.header), "mapping": seen.mapping.to_json(), "rows": rows}
        self._send({"type": "preview", "path": str(path), "failed": None, **about})

    def _add(self, one: Any, source: Source) -> None:
        row = to_row(one)
        row["place"] = source.place(row["place"])
        self._rows.append(row)
        self._size += len(row.get("text") or row.get("line") or "")
        if self._size > _FULL or time.monotonic() - self._sent_at > _OFTEN:
            self._flush(source)

    def _flush(self, source: Source, at: int | None = None) -> None:
        if self._rows:
            at = position(source.path) if at is None else at
            sizes, texts = take_texts(self._rows)
            self._send({"type": "records", "rows": self._rows, "at": at, "sizes": sizes}, texts)
        self._rows, self._size, self._sent_at = [], 0, time.monotonic()

    def _send(self, message: Message, behind: bytes = b"") -> None:
        self._answers.write(frame(message) + behind)
        self._answers.flush()


def position(path: Path) -> int:
    """Return how many bytes of a file its reader has behind it, wherever it was opened; 0 if not.

    Readers yield records and know nothing of progress; the system knows where they are.
    """
    try:
        about = path.stat()
    except OSError:
        return 0
    furthest = 0
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            other = os.fstat(descriptor)
            if (other.st_dev, other.st_ino) == (about.st_dev, about.st_ino):
                furthest = max(furthest, os.lseek(descriptor, 0, os.SEEK_CUR))
    return furthest


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no limit of its own
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def _forbid(event: str, _: Any) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"what is read may not do this: {event}")


def main() -> None:
    """Serve until whoever started us has gone."""
    requests, answers = take_streams()
    die_with_parent()
    leave_interrupts()
    _limit_memory()
    sys.addaudithook(_forbid)
    with contextlib.suppress(ConnectionError):
        Reading(answers).serve(requests)
    os._exit(0)  # an ordinary exit would flush the broken pipe, and complain
