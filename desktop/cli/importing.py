"""``standfirst import``: articles and corpora brought into a project."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.cli.opening import engine_with, opened, writing
from desktop.cli.output import CommandError, say
from desktop.corpus.formats import jsonl
from desktop.corpus.parsing import Parsed, parse
from desktop.library.readers.incoming import Incoming
from desktop.library.readers.text import read

if TYPE_CHECKING:
    from sqlmodel import Session

    from desktop.suggest.engine import Engine

BATCH = 100
"""Articles stored in one transaction: a window beside us must not wait long for its turn."""


def add_to(verbs: Any) -> None:
    """Add the verb and its options to those of the command line."""
    bring = verbs.add_parser("import", help="bring articles or corpus records into a project")
    bring.add_argument("project", type=Path, help="made if there is none")
    bring.add_argument("files", type=Path, nargs="+", metavar="FILE", help="text, or .jsonl")
    bring.add_argument("--suggest", action="store_true", help="make suggestions too")
    bring.set_defaults(run=_import)


def _import(given: argparse.Namespace) -> None:
    # All faults of the files show before anything is written; then they are read again, so that
    # no corpus has to fit into memory.
    for path in given.files:
        for _ in _read(path):
            pass
    engine = None
    if given.suggest and not given.project.exists():
        engine = engine_with(None)
    with writing(given.project) as session:
        arrivals = ((path, one) for path in given.files for one in _read(path))
        ids, new = _store(session, arrivals)
    say(f"{new} of {len(ids)} articles are new in {given.project}")
    if given.suggest:
        with opened(given.project) as session:
            _add_suggestions(session, engine, ids)


def _read(path: Path) -> Iterator[Incoming | Parsed]:
    if path.suffix.lower() == ".jsonl":
        yield from map(parse, jsonl.read(path))
    else:
        yield read(path)


def _store(
    session: Session, arrivals: Iterator[tuple[Path, Incoming | Parsed]]
) -> tuple[list[UUID], int]:
    """Store what is not there yet; return all ids, and how many are new."""
    from db.exchange import ClashError
    from db.transactions import transaction

    ids, new = list[UUID](), 0
    while batch := list(islice(arrivals, BATCH)):
        with transaction(session):
            for path, one in batch:
                try:
                    identifier, added = _add(session, one)
                except ClashError as error:
                    raise CommandError(f"{path}: {error}") from error
                if not added:
                    say(f"{path}: is in the project already and stays as it is")
                ids.append(identifier)
                new += added
    return ids, new


def _add(session: Session, one: Incoming | Parsed) -> tuple[UUID, bool]:
    """Store an article if it is not there yet; return its id, and whether it is new."""
    from db import articles, exchange

    if isinstance(one, Parsed):
        return one.loaded.article.id, exchange.bring_in(session, one.loaded, one.issues)
    known = articles.find_by_sha256(session, articles.text_sha256(one.text))
    if known is not None:
        return known, False
    return articles.add(session, one.text, one.meta).id, True


def _add_suggestions(session: Session, engine: Engine | None, ids: Iterable[UUID]) -> None:
    """Suggest on the articles that no model has looked at yet, each in a transaction of its own."""
    from db import annotations, articles, issues, precedents, projects
    from db.transactions import transaction
    from db.values import Model
    from desktop.suggest.protocol import marked
    from desktop.suggest.reconcile import worth_keeping
    from desktop.suggest.stances.issues import Issues

    remembered = False
    for identifier in ids:
        loaded = annotations.load(session, identifier)
        if loaded.model is not None:
            continue
        article = loaded.article
        engine = engine or engine_with(projects.get(session).pipeline)
        if not remembered:
            engine.precedents.learn(precedents.forms(session).all_learnt(), anew=True)
            engine.issues = Issues(issues.issues(session))
            remembered = True
        found = engine.suggest(identifier, article.text, article.meta.language)
        model = marked(Model(**engine.model), list(engine.issues))
        with transaction(session):
            articles.set_zones(session, identifier, found.zones)
            new = worth_keeping(found.annotations, annotations.decisions(session, identifier))
            annotations.set_suggestions(
                session, identifier, article.sha256, new, model.name, model.version
            )
