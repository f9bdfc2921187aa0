"""``standfirst history``: every act of a project as a file, to see who decided what, and when."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from db.whole_file import in_one_step
from desktop.cli.opening import readable
from desktop.cli.output import CommandError, say


def add_to(verbs: Any) -> None:
    """Add the verb and its options to those of the command line."""
    history = verbs.add_parser("history", help="write every act of a project as an audit trail")
    history.add_argument("project", type=Path)
    history.add_argument(
        "out",
        type=Path,
        nargs="?",
        default=Path("-"),
        metavar="OUT.jsonl|OUT.csv",
        help="the ending says which; without it, JSON Lines on standard output",
    )
    history.add_argument("--csv", action="store_true", help="CSV on standard output")
    history.set_defaults(run=_history)


def _history(given: argparse.Namespace) -> None:
    from desktop.history.trail import SUFFIXES, lines

    project, out = given.project, given.out
    if str(out) == "-":
        with readable(project) as session:
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
            sys.stdout.writelines(lines(session, as_csv=given.csv))
        return
    if out.suffix.lower() not in SUFFIXES:
        raise CommandError(f"{out}: give it a name that ends in {' or '.join(SUFFIXES)}")
    if not out.parent.is_dir():
        raise CommandError(f"{out}: there is no folder {out.parent}; make it first")
    count = 0
    as_csv = out.suffix.lower() == ".csv"
    with (
        readable(project) as session,
        in_one_step(out) as part,
        part.open("w", encoding="utf-8", newline="") as file,
    ):
        for count, line in enumerate(lines(session, as_csv=as_csv), start=1):  # noqa: B007
            file.write(line)
    say(f"{out}: {count} lines")
