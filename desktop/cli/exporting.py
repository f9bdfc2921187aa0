"""``standfirst export``: a project's corpus, proven; the window exports through it as well."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.cli.opening import readable, warn_of_window
from desktop.cli.output import CommandError, say, tell
from desktop.cli.signals import each_held
from desktop.corpus.save import Proof, pour, save
from desktop.corpus.shape import Record


def add_to(verbs: Any) -> None:
    """Add the verb and its options to those of the command line."""
    export = verbs.add_parser("export", help="write a project's corpus as JSON Lines")
    export.add_argument("project", type=Path)
    export.add_argument("out", type=Path, metavar="OUT.jsonl", help="- for standard output")
    export.add_argument(
        "--progress", action="store_true", help="tell of the progress as JSON on standard error"
    )
    export.set_defaults(run=_export)


def _export(given: argparse.Namespace) -> None:
    from db.counts import stats
    from desktop.corpus.project import records

    project, out = given.project, given.out
    same = out.exists() and project.exists() and out.samefile(project)
    if same or out.suffix == ".standfirst":
        raise CommandError(f"{out}: is a project, not a corpus; give the export another name")
    if not out.parent.is_dir():
        raise CommandError(f"{out}: there is no folder {out.parent}; make it first")
    with readable(project) as session:
        corpus = each_held(records(session))
        if given.progress:  # then it is the window itself that asks
            corpus = _told(corpus, stats(session).articles)
        else:
            warn_of_window(project)
        proof = _deliver(corpus, out)
    if given.progress:
        tell(articles=proof.articles, annotations=proof.annotations)
    else:
        say(f"{out}: {proof.articles} articles, {proof.annotations} annotations, proven")


def _told(corpus: Iterator[Record], total: int) -> Iterator[Record]:
    """Pass records on and tell of every hundredth part."""
    step = max(1, total // 100)
    for done, one in enumerate(corpus):
        if done % step == 0:
            tell(done=done, of=total)
        yield one


def _deliver(corpus: Iterator[Record], out: Path) -> Proof:
    if str(out) == "-":
        return pour(corpus, sys.stdout.buffer)
    if out.exists() and not out.is_file():  # a pipe or a device keeps its place
        with out.open("wb") as stream:
            return pour(corpus, stream)
    return save(corpus, out)
