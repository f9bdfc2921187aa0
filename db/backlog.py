"""Articles that a model has not suggested on yet: they wait, and their own rows say so."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, text
from sqlmodel import Session

from db import articles
from db.models import TABLES
from db.rows import NEWEST_FIRST
from db.transactions import snapshot
from db.values import Article, ArticleStatus, Model

_article = TABLES["article"]
_OPEN = and_(_article.c.removed.is_(False), _article.c.status != ArticleStatus.DONE.value)


def backlog(session: Session, model: Model) -> tuple[list[int], int]:
    """Return the numbers of the articles that wait for a model, the newest first, and of how many.

    What is done waits for nothing and does not count, nor does what is in the bin.
    """
    with snapshot(session) as connection:
        waiting = select(_article.c.number).where(_waits_for(model)).order_by(text(NEWEST_FIRST))
        total = select(func.count()).select_from(_article).where(_OPEN)
        return list(connection.scalars(waiting)), connection.scalar(total) or 0


def waiting(session: Session, number: int, model: Model) -> Article | None:
    """Return an article by its number, if it waits for a model still."""
    with snapshot(session) as connection:
        one = select(_article.c.id).where(_article.c.number == number, _waits_for(model))
        found = connection.scalar(one)
    return None if found is None else articles.get(session, UUID(found))


def _waits_for(model: Model) -> ColumnElement[bool]:
    return and_(
        _OPEN,
        or_(
            _article.c.model.is_distinct_from(model.name),
            _article.c.model_version.is_distinct_from(model.version),
        ),
    )
