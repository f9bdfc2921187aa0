"""Suggestions on articles of a project, made by a command."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.cli.opening import engine_with, opened

if TYPE_CHECKING:
    from sqlmodel import Session

    from desktop.suggest.engine import Engine


def add_suggestions(project: Path, engine: Engine | None, ids: Iterable[UUID]) -> None:
    """Suggest on those of some articles that no model has looked at yet."""
    with opened(project) as session:
        _suggest(session, engine, ids)


def _suggest(session: Session, engine: Engine | None, ids: Iterable[UUID]) -> None:
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
