"""``standfirst import``: files and folders brought into a project; the window imports with it too.

It ends with 0 if all that was read is in the project now, 1 if some of it could not be taken, and
2 if nothing could.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from db.scheme_values import DEFAULT
from desktop.cli.opening import engine_with
from desktop.cli.output import CommandError
from desktop.cli.signals import held
from desktop.importing.columns import FIELDS, Columns
from desktop.importing.report import Line, Outcome, ReportFile, Tally, is_json

if TYPE_CHECKING:
    from desktop.importing.asking import Reader


def add_to(verbs: Any) -> None:
    """Add the verb and its options to those of the command line."""
    bring = verbs.add_parser("import", help="bring files and folders into a project")
    bring.add_argument("project", type=Path, help="made if there is none")
    bring.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="a file or a folder")
    bring.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="what a column of a table holds, by its name or its number, such as text=Body; "
        f"fields are {', '.join(FIELDS)}",
    )
    bring.add_argument(
        "--scheme",
        metavar="NAME",
        help=f"the labels a new project begins with: news, actors, claims, entities ({DEFAULT})",
    )
    bring.add_argument(
        "--labels",
        choices=("add", "skip"),
        default="add",
        help="what becomes of names under labels that the scheme lacks (add)",
    )
    bring.add_argument("--dry-run", action="store_true", help="read and report, change nothing")
    bring.add_argument(
        "--report", type=Path, metavar="FILE", help="what became of each: .csv, or .jsonl"
    )
    bring.add_argument("--coder", metavar="NAME", help="who does it, for the history")
    bring.add_argument("--suggest", action="store_true", help="make suggestions too")
    bring.add_argument("--progress", action="store_true", help=argparse.SUPPRESS)
    bring.add_argument("--columns", type=Path, help=argparse.SUPPRESS)  # remembered by the window
    bring.set_defaults(run=_import)


def _import(given: argparse.Namespace) -> int:
    from desktop.child import step_back
    from desktop.importing.asking import Reader

    if given.progress:  # there is a window, which goes first
        step_back()
    with Reader() as reader:
        reader.start()  # it gets ready while we do
        return _bring_in(given, reader)


def _bring_in(given: argparse.Namespace, reader: Reader) -> int:
    from db.imports import TakenBack
    from desktop.cli.target import Target
    from desktop.cli.telling import ToTerminal, ToWindow
    from desktop.importing.run import Run
    from desktop.importing.sources import find, named, readable

    columns, scheme = _columns(given), _scheme(given)
    # What cannot be used is said before hours of work.
    suggest = given.suggest and not given.dry_run
    engine = engine_with(None) if suggest and not given.project.exists() else None
    ids: list[UUID] = []
    paths = [path.absolute() for path in given.paths]
    with ExitStack() as stack:
        add = stack.enter_context(_report(given.report)) if given.report else None
        target = Target(
            given.project,
            [readable(str(path)) for path in paths],
            named(paths),
            scheme=scheme,
            labels=given.labels,
            coder=given.coder,
            rehearsal=given.dry_run,
            quiet=given.progress,
        )
        stack.enter_context(target)
        told = (
            ToWindow()
            if given.progress
            else ToTerminal(given.project, rehearsal=given.dry_run, report=given.report)
        )

        def tell(line: Line) -> None:
            if add:
                add(line)
            if suggest and line.outcome is Outcome.TAKEN:
                ids.append(UUID(line.article))
            told.tell(line)

        gc.freeze()  # what is here by now stays
        gone = _when_nobody_listens() if given.progress else threading.Event()
        ended = stack.enter_context(held())
        run = Run(reader, target, tell, told.news, lambda: gone.is_set() or ended(), target.beside)
        try:
            result = run.run(find(paths), columns)
        except (KeyboardInterrupt, SystemExit):
            told.end(run.result.tally, stopped=True, first=run.result.first)
            raise
        except TakenBack as why:
            raise CommandError(str(why)) from why
        told.end(result.tally, stopped=result.stopped, first=result.first)
    if suggest and ids:
        from desktop.cli.suggestions import add_suggestions

        add_suggestions(given.project, engine, ids)
    return _code(result.tally)


def _code(tally: Tally) -> int:
    if not tally[Outcome.REFUSED]:
        return 0
    return 1 if tally[Outcome.TAKEN] or tally[Outcome.KNOWN] else 2


def _scheme(given: argparse.Namespace) -> str:
    """Return the scheme a new project is to begin with; one that is there has its own."""
    if given.scheme is None:
        return DEFAULT
    from db import schemes

    if given.scheme not in (known := schemes.names()):
        raise CommandError(f"--scheme {given.scheme}: there is none; choose {', '.join(known)}")
    if given.project.exists():
        raise CommandError(
            f"{given.project}: is there already, with labels of its own; leave --scheme out"
        )
    return str(given.scheme)


def _columns(given: argparse.Namespace) -> Columns | None:
    """Return what was said of the columns of tables, if anything was."""
    named: dict[str, str] = {}
    for said in given.map:
        field, equals, column = said.partition("=")
        if not equals or field not in FIELDS or not column.strip():
            raise CommandError(f"--map {said}: say it as FIELD=COLUMN, with {', '.join(FIELDS)}")
        named[column.strip()] = field
    known = json.loads(given.columns.read_text("utf-8")) if given.columns else {}
    return Columns(known=known, named=named) if known or named else None


@contextmanager
def _report(path: Path) -> Iterator[Callable[[Line], None]]:
    """Write a report as the import goes: what is known of it stays, whatever ends it."""
    if path.is_dir() or not path.parent.is_dir():
        raise CommandError(f"{path}: there is no folder for it, or it is one itself")
    with path.open("w", encoding="utf-8", newline="") as file:
        yield ReportFile(file, as_json=is_json(path)).add


def _when_nobody_listens() -> threading.Event:
    """Return what is set when the window that started us says so, or has gone."""
    gone = threading.Event()

    def wait() -> None:
        os.read(0, 1)  # not through Python's stream, whose lock would be held at exit
        gone.set()

    threading.Thread(target=wait, daemon=True).start()
    return gone
