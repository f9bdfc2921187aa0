"""``standfirst suggest``: suggestions on texts, as corpus records; on a project, kept in it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from db.values import Article, Loaded, Model
from desktop.cli.opening import engine_with
from desktop.cli.output import CommandError, say, stdout_for_us_alone
from desktop.corpus.formats import jsonl
from desktop.corpus.proof import check
from desktop.corpus.records import record
from desktop.library.readers.incoming import Incoming, Refused
from desktop.library.readers.reading import read

if TYPE_CHECKING:
    from desktop.suggest.engine import Engine


def add_to(verbs: Any) -> None:
    """Add the verb and its options to those of the command line."""
    suggest = verbs.add_parser("suggest", help="write suggestions to standard output as JSON Lines")
    suggest.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="a text, web page, mail, Word or PDF file …, or one project to keep them",
    )
    suggest.add_argument(
        "--pipeline", help="an installed spaCy pipeline instead of the bundled one"
    )
    suggest.set_defaults(run=_suggest)


def _suggest(given: argparse.Namespace) -> None:
    from db import schemes
    from db.scheme_values import DEFAULT

    if any(path.suffix == ".standfirst" for path in given.files):
        _keep(given)
        return
    # All are read before the first line goes out.
    arrivals = [(path, one) for path in given.files for one in _articles(path)]
    with stdout_for_us_alone() as out:
        engine, scheme = engine_with(given.pipeline), schemes.bundled(DEFAULT)
        for path, one in arrivals:
            line = jsonl.line(record(_suggested(engine, one), scheme))
            try:
                check(line)
            except ValueError as error:
                raise CommandError(
                    f"{path}: {error}; this is a fault of Standfirst, report it"
                ) from error
            out.write(line)
            out.flush()


def _articles(path: Path) -> list[Incoming]:
    found = list[Incoming]()
    for one in read(path):
        if isinstance(one, Refused):
            raise CommandError(f"{one.place}: {one.why}")
        found.append(one)
    return found


def _keep(given: argparse.Namespace) -> None:
    """Suggest on all articles of a project that wait for it."""
    from desktop.cli.suggestions import add_all

    project = next(path for path in given.files if path.suffix == ".standfirst")
    if len(given.files) > 1:
        raise CommandError(f"{project}: one project at a time, and no texts beside it")
    if given.pipeline:
        raise CommandError(f"{project}: it has its own pipeline; leave --pipeline out")
    number = add_all(project)
    say(f"{project}: suggestions on {number:,} articles are new")


def _suggested(engine: Engine, one: Incoming) -> Loaded:
    from db import articles

    sha256 = articles.text_sha256(one.text)
    # The same text has the same id each time, and so have its suggestions.
    identifier = uuid5(NAMESPACE_URL, f"urn:sha256:{sha256}")
    found = engine.suggest(identifier, one.text, one.meta.language)
    return Loaded(
        Article(identifier, one.text, sha256, one.meta, zones=tuple(found.zones)),
        suggestions=found.annotations,
        decisions=[],
        checked=[],
        actors=[],
        model=Model(**engine.model),
    )
