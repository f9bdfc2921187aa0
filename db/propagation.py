"""Where in a project a form stands: what is decided on one mention can be decided on all."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session

from db.forms import places
from db.models import TABLES
from db.transactions import snapshot

_article, _text = TABLES["article"], TABLES["article_text"]


def articles_with(session: Session, form: str) -> Iterator[UUID]:
    """Yield the articles a form stands in, the oldest first; the bin is left out."""
    # A form may be broken by any white space, and an apostrophe has two shapes: ask the database
    # for its longest piece without either, and look closer at what it finds.
    piece = max(form.replace("'", " ").split(), key=len, default="")
    if not piece:
        return
    with snapshot(session) as connection:
        found = connection.execute(
            select(_article.c.id, _text.c.text)
            .join(_text, _text.c.number == _article.c.number)
            .where(_article.c.removed.is_(False), _text.c.text.contains(piece, autoescape=True))
            .order_by(_article.c.imported_at, _article.c.id)
        )
        hits = [id_ for id_, text in found if next(places(text, form), None) is not None]
    for identifier in hits:
        yield UUID(identifier)
