"""What became of everything that was to be brought in: a line each, and how many of each kind."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from desktop.spreadsheets import harmless


class Outcome(StrEnum):
    """What became of one record, or of a whole file."""

    TAKEN = "taken"
    DOUBTFUL = "doubtful"
    """Taken too, but to be looked at."""
    KNOWN = "known"
    """Its text is in the project already, or in the bin."""
    PASSED = "passed over"
    """Nothing that was meant: a hidden file, or of a kind that holds no articles."""
    REFUSED = "refused"
    """It could not be read, or not stored."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report; ``place`` is such as ``reuters.jsonl:17``, ``article`` an id."""

    outcome: Outcome
    place: str
    why: str = ""
    title: str = ""
    article: str = ""


class Tally(Counter[Outcome]):
    """How many lines of each outcome; what is doubtful was counted as taken, too."""

    @property
    def seen(self) -> int:
        """All that was meant: articles, new or not, and what could not be one."""
        return self[Outcome.TAKEN] + self[Outcome.KNOWN] + self[Outcome.REFUSED]


class ReportFile:
    """Writes lines as they come: JSON Lines to a ``.jsonl``, else a table for spreadsheets."""

    def __init__(self, file: IO[str], *, as_json: bool) -> None:
        self._file, self._table = file, None if as_json else csv.writer(file)
        if self._table:
            self._table.writerow(Line.__dataclass_fields__)

    def add(self, line: Line) -> None:
        """Write a line."""
        if self._table:
            self._table.writerow(map(harmless, asdict(line).values()))
        else:
            self._file.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")


def save(lines: Iterable[Line], path: Path) -> None:
    """Write a report into a file.

    Raises:
        OSError: if it cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        report = ReportFile(file, as_json=is_json(path))
        for line in lines:
            report.add(line)


def is_json(path: Path) -> bool:
    """Tell by its name whether a report is JSON Lines."""
    return path.suffix.lower() in (".jsonl", ".json", ".ndjson")
