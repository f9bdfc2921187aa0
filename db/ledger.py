"""What actors hold, across the project: each decided stance of a holder, newest article first."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlmodel import Session

from db.models import TABLES
from db.positions import WORDS, Recorded, plain, target_of
from db.rows import ref_from_row, spans_from_row
from db.transactions import snapshot
from db.values import Position, RefKind, Status

_article, _text, _stance = TABLES["article"], TABLES["article_text"], TABLES["stance"]
_issue, _actor = TABLES["issue"], TABLES["actor"]
_STANDING = [Status.ACCEPTED.value, Status.CORRECTED.value, Status.ADDED.value]
_EXCERPT = 160  # code points
MOST = 100
"""Positions read of one actor, the newest ones."""


def positions(session: Session, holders: Collection[UUID], most: int = MOST) -> list[Recorded]:
    """Return what some actors hold, the newest article's first; the bin's are left out."""
    if not holders:
        return []
    with snapshot(session) as connection:
        rows = connection.execute(held_by(holders, most)).mappings()
        return [_recorded(dict(row)) for row in rows]


def held_by(holders: Collection[UUID], most: int = MOST) -> Select[*tuple[Any, ...]]:
    """Select the decided stances of some actors, with what the ledger shows of their articles.

    Texts are cut by SQLite, which counts code points as we do.
    """
    # Of a hundred thousand articles few are theirs: the stances have to be found first.
    found = (
        select(
            _stance.c.id,
            _stance.c.article_id,
            _stance.c.holder_actor,
            _stance.c.target_actor,
            _stance.c.target,
            _stance.c.position,
            _stance.c.evidence,
        )
        .where(
            _stance.c.holder_actor.in_([str(holder) for holder in holders]),
            _stance.c.status.in_(_STANDING),
        )
        .cte("found")
        .prefix_with("MATERIALIZED")
    )
    newest = _article.c.published.desc(), _article.c.imported_at.desc()
    nth = func.row_number().over(partition_by=found.c.holder_actor, order_by=newest).label("nth")
    held = (
        select(
            *found.c,
            nth,
            _article.c.number,
            _article.c.title,
            _article.c.publication,
            _article.c.published,
            _article.c.imported_at,
        )
        .join(_article, _article.c.id == found.c.article_id)
        .where(_article.c.removed.is_(False))
        .cte("held")
    )
    start, issue = _in(held.c.target, "$.start"), _in(held.c.target, "$.issue")
    first = _in(held.c.evidence, "$[0][0]")
    return (
        select(
            *held.c,
            _issue.c.name.label("issue_name"),
            _actor.c.name.label("actor_name"),
            func.substr(_text.c.text, start + 1, WORDS).label("words"),
            func.substr(_text.c.text, first + 1, _EXCERPT).label("excerpt"),
        )
        .join(_text, _text.c.number == held.c.number)
        .outerjoin(_issue, _issue.c.id == issue)
        .outerjoin(_actor, _actor.c.id == held.c.target_actor)
        .where(held.c.nth <= most)
        .order_by(held.c.published.desc(), held.c.imported_at.desc())
    )


def _in(column: Any, path: str) -> Any:
    return func.json_extract(column, path)


def _recorded(row: dict[str, Any]) -> Recorded:
    target, evidence = ref_from_row(row["target"]), spans_from_row(row["evidence"])[:1]
    length = target.span.end - target.span.start if target.span else 0
    words = _line(row["words"], length)
    whole = evidence[0].end - evidence[0].start if evidence else 0
    named = row["issue_name"] or row["actor_name"]
    if named is None and target.kind is RefKind.WRITER:
        named = "the writer"
    return Recorded(
        stance=UUID(row["id"]),
        article=UUID(row["article_id"]),
        holder=UUID(row["holder_actor"]),
        on=target_of(target, words),
        words=named or words,
        position=plain(Position(row["position"]), negated=target.negated),
        title=row["title"],
        publication=row["publication"],
        published=row["published"],
        excerpt=_line(row["excerpt"], whole) + ("…" if whole > _EXCERPT else ""),
    )


def _line(text: str | None, length: int) -> str:
    return " ".join((text or "")[:length].split())
