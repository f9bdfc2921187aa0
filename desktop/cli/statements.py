"""``standfirst statements``: the decided stances of a project as a table for a spreadsheet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from db.query import QueryError
from db.search_values import SORTS, Search
from desktop.cli.opening import readable
from desktop.cli.output import CommandError, say


def add_to(verbs: Any) -> None:
    """Add the verb and its options to those of the command line."""
    statements = verbs.add_parser("statements", help="write every decided stance as a row of a CSV")
    statements.add_argument("project", type=Path)
    statements.add_argument(
        "out", type=Path, nargs="?", default=Path("-"), metavar="OUT.csv", help="or standard output"
    )
    statements.add_argument(
        "--search", default="", metavar="QUERY", help="only of articles that this finds"
    )
    statements.add_argument("--sort", choices=SORTS, default="newest", help="the articles' order")
    statements.add_argument("--seed", type=int, default=1, help="of the random order")
    statements.set_defaults(run=_statements)


def _statements(given: argparse.Namespace) -> None:
    from db.search import find
    from db.statement_table import statement_rows
    from desktop.corpus.statements import SUFFIX, save_table, table_lines

    project, out = given.project, given.out
    search = Search(given.search, sort=given.sort, seed=given.seed)
    to_file = str(out) != "-"
    if to_file and out.suffix.lower() != SUFFIX:
        raise CommandError(f"{out}: give it a name that ends in {SUFFIX}")
    if to_file and not out.parent.is_dir():
        raise CommandError(f"{out}: there is no folder {out.parent}; make it first")
    with readable(project) as session:
        try:
            numbers = find(session, search)
        except QueryError as error:
            raise CommandError(f"--search: {error}") from error
        rows = statement_rows(session, numbers)
        if to_file:
            say(f"{out}: {save_table(rows, out)} statements")
        else:
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
            sys.stdout.writelines(table_lines(rows))
