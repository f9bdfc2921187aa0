"""Suggestions on articles of a project, made by a command."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from desktop.cli.opening import engine_with, opened
from desktop.cli.output import CommandError
from desktop.cli.signals import held

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.values import Article
    from desktop.suggest.engine import Engine


def add_suggestions(project: Path, engine: Engine | None, ids: Iterable[UUID]) -> None:
    """Suggest on those of some articles that no model has looked at yet."""
    with opened(project) as session:
        _suggest(session, engine, ids)


def add_all(project: Path) -> int:
    """Suggest on all articles of a project that wait for its pipeline; return how many did.

    Raises:
        CommandError: if another program is at it.
    """
    from db.backlog import backlog, waiting
    from db.presence import Sole

    with opened(project) as session:
        sole, count = Sole(project, "suggesting"), 0
        if not sole.take():
            raise CommandError(f"{project}: another program makes suggestions on it now")
        try:
            maker = _Maker(session, None)
            for number in backlog(session, maker.model)[0]:
                if article := waiting(session, number, maker.model):
                    maker.suggest(session, article)
                    count += 1
        finally:
            sole.leave()
    return count


def _suggest(session: Session, engine: Engine | None, ids: Iterable[UUID]) -> None:
    """Suggest on the articles that no model has looked at yet."""
    from db import annotations

    maker: _Maker | None = None
    for identifier in ids:
        loaded = annotations.load(session, identifier)
        if loaded.model is None:
            maker = maker or _Maker(session, engine)
            maker.suggest(session, loaded.article)


class _Maker:
    """The engine, with all that it is to know of a project."""

    def __init__(self, session: Session, engine: Engine | None) -> None:
        from db import issues, precedents, projects
        from db.values import Model
        from desktop.suggest.protocol import marked
        from desktop.suggest.stances.issues import Issues

        self._engine = engine = engine or engine_with(projects.get(session).pipeline)
        engine.precedents.learn(precedents.forms(session).all_learnt(), anew=True)
        engine.issues = Issues(issues.issues(session))
        self.model = marked(Model(**engine.model), list(engine.issues))

    def suggest(self, session: Session, article: Article) -> None:
        """Suggest on an article, in a transaction of its own."""
        from db import annotations, articles
        from db.transactions import transaction
        from desktop.suggest.reconcile import worth_keeping

        found = self._engine.suggest(article.id, article.text, article.meta.language)
        with held(), transaction(session):
            articles.set_zones(session, article.id, found.zones)
            new = worth_keeping(found.annotations, annotations.decisions(session, article.id))
            annotations.set_suggestions(
                session, article.id, article.sha256, new, self.model.name, self.model.version
            )
