"""What an import says while it runs: to a person, or to the window that started it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

from desktop.cli.output import say
from desktop.importing.report import Line, Outcome, Tally
from desktop.importing.run import Progress

_MOST = 20  # lines said one by one


class ToTerminal:
    """Says what stays out, the first of it, and how far it is where somebody can watch."""

    def __init__(self, project: Path, *, rehearsal: bool, report: Path | None) -> None:
        self._project, self._rehearsal, self._report = project, rehearsal, report
        self._said = 0
        self._unsaid = 0
        self._watched = sys.stderr.isatty()

    def tell(self, line: Line) -> None:
        """Say what became of a record, if it was not just taken."""
        if line.outcome is Outcome.TAKEN:
            return
        if self._said >= _MOST:
            self._unsaid += 1
            return
        self._said += 1
        self._clear()
        say(f"{line.place}: {line.why}")

    def news(self, progress: Progress) -> None:
        """Show how far it is, in one line that is written over."""
        if not self._watched:
            return
        part = f"{progress.done / progress.size:4.0%}" if progress.size else ""
        left = "" if progress.left is None else f", {clock(progress.left)} left"
        words = f"{part} {progress.articles:,} articles, {progress.rate:,.0f}/s{left}"
        sys.stderr.write(f"\r\x1b[K{words}  {progress.file}"[:120])
        sys.stderr.flush()

    def end(self, tally: Tally, *, stopped: bool, first: UUID | None) -> None:
        """Say what it came to."""
        self._clear()
        if self._unsaid:
            where = f"{self._report} has" if self._report else "--report FILE writes"
            say(f"… and {self._unsaid:,} more; {where} them all")
        taken, doubtful = tally[Outcome.TAKEN], tally[Outcome.DOUBTFUL]
        are = "would be new" if self._rehearsal else "are new"
        words = f"{taken:,} of {tally.seen:,} articles {are} in {self._project}"
        if tally[Outcome.REFUSED]:
            words += f"; {tally[Outcome.REFUSED]:,} could not be taken"
        if doubtful:
            words += f"; {doubtful:,} to be looked at"
        say(words)
        if stopped:
            say("stopped: what is in is whole, and the same command takes the rest")

    def _clear(self) -> None:
        if self._watched:
            sys.stderr.write("\r\x1b[K")


class ToWindow:
    """Says everything as JSON, a line each: ``progress``, ``line`` and at last ``end``."""

    def tell(self, line: Line) -> None:
        """Say what became of a record; those that were just taken are in the report alone."""
        if line.outcome is not Outcome.TAKEN:
            _write("line", asdict(line))

    def news(self, progress: Progress) -> None:
        """Say how far it is."""
        counted = asdict(progress) | {"rate": progress.rate, "left": progress.left}
        _write("progress", counted)

    def end(self, tally: Tally, *, stopped: bool, first: UUID | None) -> None:
        """Say what it came to."""
        counted = {outcome.value: tally[outcome] for outcome in Outcome}
        _write("end", {"tally": counted, "stopped": stopped, "first": str(first) if first else ""})


def _write(kind: str, what: object) -> None:
    sys.stderr.write(json.dumps({kind: what}) + "\n")
    sys.stderr.flush()


def clock(seconds: float) -> str:
    """Return a time in words: "48 s", "3 min 20 s"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:,} min {rest} s" if minutes else f"{rest} s"
