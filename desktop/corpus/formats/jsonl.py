"""JSON Lines, UTF-8: one record a line. The format everything of a corpus survives in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from desktop.corpus.errors import CorpusError
from desktop.corpus.proof import check
from desktop.corpus.shape import Record

# JSON allows these raw inside a string, but many readers end a line at them.
_LINE_ENDS = {mark: f"\\u{ord(mark):04x}" for mark in "\u0085\u2028\u2029"}


def line(record: Record) -> bytes:
    """Return a record as its line, with the line end."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    for mark, escape in _LINE_ENDS.items():  # many times faster than str.translate
        text = text.replace(mark, escape)
    return text.encode() + b"\n"


def read(path: Path, name: Path | None = None) -> Iterator[Record]:
    """Yield the records of a file one by one, each proven; blank lines are passed over.

    ``name`` is what errors call the file, where it is not yet in its place.

    Raises:
        CorpusError: a line is no record, or does not hold together (see
            :func:`desktop.corpus.proof.check`).
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if not raw.strip():
                continue
            try:
                record = check(raw)
            except ValueError as error:
                raise CorpusError(f"{name or path}:{number}: {error}") from error
            yield record
