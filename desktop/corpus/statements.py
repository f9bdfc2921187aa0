"""The statements table as a file: CSV that spreadsheets open as it is, and safely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from db.statement_table import COLUMNS
from db.whole_file import in_one_step
from desktop.spreadsheets import MARK, csv_line

SUFFIX = ".csv"


def table_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of the file, each with its end: the mark, the head, and a line a row."""
    yield MARK + csv_line(COLUMNS)
    yield from map(csv_line, rows)


def save_table(rows: Iterable[Sequence[str]], out: Path) -> int:
    """Write rows to ``out`` in one step, and return how many; or leave it as it was before.

    Raises:
        OSError: the disk says no.
    """
    count = -1  # the head is no row
    with in_one_step(out) as part, part.open("w", encoding="utf-8", newline="") as file:
        for line in table_lines(rows):
            file.write(line)
            count += 1
    return count
