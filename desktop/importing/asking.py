"""Asking the process that reads: what a file holds, and what went wrong, never for too long."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from db.rows import Row
from desktop.corpus.parsing import Parsed
from desktop.importing.columns import Columns
from desktop.importing.reading import MEMORY
from desktop.importing.sources import Source
from desktop.importing.wire import from_row, put_texts
from desktop.refused import Refused
from desktop.starting import FOLDER, command
from desktop.suggest.protocol import Message, ProtocolError, frame, read

PATIENCE, STARTING_PATIENCE = 10.0, 60.0
"""Seconds one record may take to be read, and the process to start."""

_DIED = (
    "its reading came to an unexpected end: it is broken, or takes more than "
    f"{MEMORY >> 20} MB of memory; "
    "get it anew, or split it"
)
_AHEAD = 64  # messages read while what came before them is stored


@dataclass(frozen=True, slots=True)
class Read:
    """Some records of a file; ``at`` is how many bytes of it are behind them."""

    records: list[Parsed | Refused]
    at: int


class Stopped(Exception):  # noqa: N818 - what was read before it counts
    """A file could not be read to its end; the text says why."""


class Reader:
    """A process that reads, started when it is needed, and anew after a file was its end."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[Message | None] = queue.Queue(_AHEAD)
        self._listener: threading.Thread | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Have the process started by the time it is asked."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()

    def close(self) -> None:
        """End the process, in the midst of a file or not."""
        if process := self._process:
            self._process = None
            process.kill()
            process.wait()
            with contextlib.suppress(queue.Empty):  # who listens may wait for room
                while True:
                    self._answers.get_nowait()
            if self._listener:
                self._listener.join()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    with contextlib.suppress(OSError):
                        pipe.close()

    def read(self, source: Source, columns: Columns | None = None) -> Iterator[Read]:
        """Yield what a file holds, a handful at a time.

        Raises:
            Stopped: if it cannot be read to its end.
        """
        patience = self._patience if self._process else STARTING_PATIENCE
        asked = {"path": str(source.path), "name": source.name, "size": source.size}
        self._send({"type": "read", **asked, "columns": columns})
        while True:
            answer = self._next(patience)
            patience = self._patience
            if answer["type"] == "end":
                if answer["failed"] is not None:
                    raise Stopped(answer["failed"])
                return
            yield Read([_record(row) for row in answer["rows"]], answer["at"])

    def _send(self, message: Message) -> None:
        self.start()
        assert self._process and self._process.stdin
        with contextlib.suppress(OSError):  # its end is told where its answer is waited for
            self._process.stdin.write(frame(message))
            self._process.stdin.flush()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            command("--reading"),
            cwd=FOLDER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._answers = queue.Queue(_AHEAD)
        assert self._process.stdout
        listening = (self._process.stdout, self._answers)
        self._listener = threading.Thread(target=_listen, args=listening, daemon=True)
        self._listener.start()

    def _next(self, patience: float) -> Message:
        try:
            answer = self._answers.get(timeout=patience)
        except queue.Empty:
            self.close()
            words = f"its reading was stopped: a record took longer than {patience:.0f} seconds"
            raise Stopped(words) from None
        if answer is None:
            self.close()
            raise Stopped(_DIED)
        return answer


def _record(row: Row) -> Parsed | Refused:
    try:
        return from_row(row)
    except ValueError as error:  # such as a mark beyond the end of its text
        return Refused(row["place"], str(error))


def _listen(answers: IO[bytes], to: queue.Queue[Message | None]) -> None:
    """Pass messages on, no more than can be taken up; None at the end."""
    with contextlib.suppress(ProtocolError, OSError, ValueError):
        while (message := read(answers)) is not None:
            if message["type"] == "records":
                put_texts(message["rows"], message["sizes"], answers)
            to.put(message)
    to.put(None)
