"""What actors hold, across the project: each decided stance of a holder, newest article first."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, select
from sqlmodel import Session

from db.models import TABLES
from db.positions import WORDS, Recorded, plain, target_of
from db.rows import ref_from_row, spans_from_row
from db.transactions import snapshot
from db.values import Position, Ref, RefKind, Span, Status

_article, _text, _stance = TABLES["article"], TABLES["article_text"], TABLES["stance"]
_STANDING = [Status.ACCEPTED.value, Status.CORRECTED.value, Status.ADDED.value]
_EXCERPT = 160  # code points
MOST = 400
"""Positions read at once, the newest ones."""


def positions(session: Session, holders: Collection[UUID], limit: int = MOST) -> list[Recorded]:
    """Return what some actors hold, the newest article's first; the bin's are left out."""
    if not holders:
        return []
    with snapshot(session) as connection:
        rows = connection.execute(held_by(holders, limit)).mappings().all()
        return [_recorded(connection, dict(row)) for row in rows]


def held_by(holders: Collection[UUID], limit: int = MOST) -> Select[*tuple[Any, ...]]:
    """Select the decided stances of some actors, with what the ledger shows of their articles."""
    # Of two hundred thousand articles few are theirs: the stances have to be found first.
    held = (
        select(
            _stance.c.id,
            _stance.c.article_id,
            _stance.c.holder_actor,
            _stance.c.target,
            _stance.c.position,
            _stance.c.evidence,
        )
        .where(
            _stance.c.holder_actor.in_([str(holder) for holder in holders]),
            _stance.c.status.in_(_STANDING),
        )
        .cte("held")
        .prefix_with("MATERIALIZED")
    )
    return (
        select(*held.c, _article.c.title, _article.c.publication, _article.c.published)
        .join(_article, _article.c.id == held.c.article_id)
        .where(_article.c.removed.is_(False))
        .order_by(_article.c.published.desc(), _article.c.imported_at.desc())
        .limit(limit)
    )


def _recorded(connection: Connection, row: dict[str, Any]) -> Recorded:
    target = ref_from_row(row["target"])
    evidence = spans_from_row(row["evidence"])
    excerpt = _cut(connection, row["article_id"], min(evidence, default=None), _EXCERPT)
    words = _cut(connection, row["article_id"], target.span, WORDS)
    return Recorded(
        stance=UUID(row["id"]),
        article=UUID(row["article_id"]),
        holder=UUID(row["holder_actor"]),
        on=target_of(target, words),
        words=_name_of(connection, target) or words,
        position=plain(Position(row["position"]), negated=target.negated),
        title=row["title"],
        publication=row["publication"],
        published=row["published"],
        excerpt=excerpt + ("…" if evidence and _length(min(evidence)) > _EXCERPT else ""),
    )


def _name_of(connection: Connection, target: Ref) -> str:
    """Return the name of the issue or the actor that a target is, if it is one."""
    for table, identifier in (("issue", target.issue), ("actor", target.actor)):
        if identifier is not None:
            named = TABLES[table]
            found = select(named.c.name).where(named.c.id == str(identifier))
            return connection.scalar(found) or ""
    return "the writer" if target.kind is RefKind.WRITER else ""


def _length(span: Span) -> int:
    return span.end - span.start


def _cut(connection: Connection, article: str, span: Span | None, longest: int) -> str:
    """Return how a span's text begins, in one line; SQLite counts code points as we do."""
    if span is None:
        return ""
    cut = func.substr(_text.c.text, span.start + 1, min(_length(span), longest))
    words = connection.scalar(select(cut).where(_text.c.article_id == article)) or ""
    return " ".join(words.split())
