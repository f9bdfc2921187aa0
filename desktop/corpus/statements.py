"""The statements table as a file: CSV that spreadsheets open as it is, and safely."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from db.project_file import sync_folder
from db.statement_table import COLUMNS
from desktop.spreadsheets import harmless

SUFFIX = ".csv"
MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""


def table_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of the file, each with its end: the mark, the head, and a line a row."""
    yield MARK + _line(COLUMNS)
    for row in rows:
        yield _line([harmless(cell) for cell in row])


def save_table(rows: Iterable[Sequence[str]], out: Path) -> int:
    """Write rows to ``out`` in one step, and return how many; or leave it as it was before.

    Raises:
        OSError: the disk says no.
    """
    out = out.resolve()  # what a link points to is replaced, not the link
    part = out.with_name(f".{out.name}.{uuid4().hex}.part")
    count = -1  # the head is no row
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            for line in table_lines(rows):
                file.write(line)
                count += 1
        if out.exists():
            shutil.copymode(out, part)
        part.replace(out)
        sync_folder(out.parent)
    finally:
        part.unlink(missing_ok=True)
    return count


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([cell.replace("\0", "") for cell in cells])
    return line.getvalue()
