"""The names of a whole project, counted by what was decided of them."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import Session

from db.forms import MERGED, Forms, form_of
from db.models import TABLES
from db.transactions import snapshot
from db.values import Status


def forms(session: Session) -> Forms:
    """Count the decisions on entities of all articles that are not in the bin."""
    entity, article, body = TABLES["entity"], TABLES["article"], TABLES["article_text"]
    # SQLite and PostgreSQL count code points from one, as we do from nought.
    covered = func.substr(body.c.text, entity.c.start + 1, entity.c.end - entity.c.start)
    found = Forms()
    with snapshot(session) as connection:
        rows = connection.execute(
            select(covered, entity.c.label, entity.c.status, func.count())
            .join(article, article.c.id == entity.c.article_id)
            .join(body, body.c.number == article.c.number)
            .where(article.c.removed.is_(False), entity.c.status != Status.SUGGESTED)
            .where(entity.c.reason.is_distinct_from(MERGED))
            .group_by(covered, entity.c.label, entity.c.status)
        )
        for text, label, status, many in rows:
            found.count(form_of(text), label, Status(status), many)
    return found
