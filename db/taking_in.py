"""One text taken in, such as one that was pasted: a new article, unless it is known in some way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID, uuid4

from sqlmodel import Session

from db import articles, versions
from db.bin import article_with, restore_article
from db.history import perform
from db.rows import METADATA
from db.transactions import transaction
from db.values import Article, Metadata


class How(StrEnum):
    """How an article that was taken in is in the project now."""

    NEW = "new"
    NEWER = "a newer version"
    HERE = "here already"
    BACK = "back from the bin"


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that was taken in; ``carried`` says what a newer version took over."""

    article: UUID
    how: How
    carried: versions.Carried | None = None


def take_in(session: Session, text: str, meta: Metadata, coder: UUID | None) -> Taken:
    """Take a text in, as one act; out of the bin if it lies there, and not twice.

    A newer version of an article that is there takes its place, as in an import, and has all that
    is known of it where ``meta`` says nothing.

    Raises:
        TextError: if the text holds a lone surrogate.
    """
    sha256 = articles.text_sha256(text)
    if known := articles.find_by_sha256(session, sha256):
        return Taken(known, How.HERE)
    if known := article_with(session, sha256):
        restore_article(session, known, coder)
        return Taken(known, How.BACK)
    article = Article(uuid4(), text, sha256, meta)
    with transaction(session) as connection:
        old = versions.likely_older(session, article)
        if old is None:
            return Taken(articles.add(session, text, meta, coder=coder).id, How.NEW)
        known = {name: getattr(meta, name) or getattr(old.meta, name) for name in METADATA}
        status = versions.status_after(old.status)
        article = replace(article, meta=Metadata(**known), status=status)
        articles.store(connection, article, version_of=old.id)
        changes, carried = versions.supersede(session, old, article)
        act = articles.importing(article)
        perform(session, replace(act, changes=(*act.changes, *changes)), coder)
        return Taken(article.id, How.NEWER, carried)
