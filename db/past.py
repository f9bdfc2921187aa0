"""An article as it was after any act: what is there now, with the history taken back from it.

Nothing is kept for it. Every entry holds what it changed, before and after, undos among them; so
going back through those after a moment, newest first, gives the rows of that moment exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select
from sqlmodel import Session

from db import articles
from db.acts import Sweep
from db.history import touching
from db.models import TABLES
from db.rows import (
    METADATA,
    Row,
    checked_from_row,
    from_row,
    in_reading_order,
    suggestion_from_row,
    with_article_columns,
)
from db.sweeps import sweep_from_row, swept_back
from db.transactions import snapshot
from db.values import Annotation, Article, Checked, Layer

Rows = dict[tuple[str, str], Row]
"""Rows of an article by table and id."""

_history, _suggestion = TABLES["history"], TABLES["suggestion"]
_TABLES = (*(layer.value for layer in Layer), "checked")


@dataclass(frozen=True, slots=True)
class Past:
    """An article after the act ``seq``, done at ``at``.

    ``decisions`` are all of then, the rejected among them; ``suggestions`` those that were there
    and undecided, as far as they still are: what was suggested anew since has taken others' place.
    """

    seq: int
    at: str
    article: Article
    suggestions: list[Annotation]
    decisions: list[Annotation]
    checked: list[Checked]


def as_of(session: Session, article: UUID, seq: int) -> Past:
    """Return an article as it stood once the entry ``seq`` was written.

    Raises:
        LookupError: if there is no such article, or no such entry.
    """
    with snapshot(session) as connection:
        now = articles.get(session, article)
        at = connection.scalar(select(_history.c.at).where(_history.c.seq == seq))
        if at is None:
            raise LookupError(f"no entry {seq} in this history")
        rows = rows_as_of(connection, article, seq)
        suggested = connection.execute(
            select(_suggestion).where(
                _suggestion.c.article_id == str(article), _suggestion.c.created_at <= at
            )
        ).mappings()
        found = [suggestion_from_row(str(article), dict(row)) for row in suggested]
    decided = decisions_in(rows)
    known = {one.id for one in decided}
    return Past(
        seq=seq,
        at=at,
        article=with_article_columns(now, rows["article", str(article)]),
        suggestions=in_reading_order(one for one in found if one.id not in known),
        decisions=decided,
        checked=[checked_from_row(row) for (table, _), row in rows.items() if table == "checked"],
    )


def rows_as_of(connection: Connection, article: UUID, seq: int) -> Rows:
    """Return an article's own row (status and details) and all rows on it, as of an entry."""
    rows = _rows_now(connection, str(article))
    later = connection.scalars(
        select(_history.c.changes)
        .where(_history.c.seq.in_(touching(article, after=seq)))
        .order_by(_history.c.seq.desc())
    )
    for changes in later:
        take_back(rows, changes, str(article))
    return rows


def take_back(rows: Rows, changes: list[dict[str, Any]], article: str) -> None:
    """Turn an entry's changes round on an article's rows; those on other articles pass by."""
    for change in reversed(changes):
        if "rows" in change:
            _sweep_back(rows, sweep_from_row(change))
            continue
        if "import" in change:
            own = "article", article
            rows[own] = {**rows[own], "removed": not change["removed"]}
            continue
        at, before = (change["table"], change["id"]), change["before"]
        if before is None:
            rows.pop(at, None)
        elif change["after"] is not None:
            if at in rows:  # what is gone since was brought back by now: this is elsewhere
                rows[at] = {**rows[at], **before}
        elif before.get("article_id") == article:
            rows[at] = before


def _sweep_back(rows: Rows, sweep: Sweep) -> None:
    here = {id_: (table, id_) for table, id_ in rows if table == sweep.table}
    for identifier in here.keys() & set(sweep.rows):
        at = here[identifier]
        rows[at] = swept_back(sweep, rows[at])


def decisions_in(rows: Mapping[tuple[str, str], Row]) -> list[Annotation]:
    """Read the annotations among rows, in reading order."""
    layers = {layer.value: layer for layer in Layer}
    found = (from_row(layers[table], row) for (table, _), row in rows.items() if table in layers)
    return in_reading_order(found)


def changed_since(past: Past, now: Iterable[Annotation]) -> dict[UUID, Annotation | None]:
    """Return which annotations are otherwise now, and how; None for what is there no more."""
    known = {one.id: one for one in now}
    then = {one.id: one for one in (*past.suggestions, *past.decisions)}
    changed = {id_: known.get(id_) for id_, one in then.items() if known.get(id_) != one}
    return changed | {id_: one for id_, one in known.items() if id_ not in then}


def _rows_now(connection: Connection, article: str) -> Rows:
    own = TABLES["article"]
    columns = [own.c[name] for name in ("id", "status", "removed", *METADATA)]
    row = connection.execute(select(*columns).where(own.c.id == article)).mappings().one()
    rows: Rows = {("article", article): dict(row)}
    for name in _TABLES:
        table = TABLES[name]
        found = connection.execute(select(table).where(table.c.article_id == article)).mappings()
        rows |= {(name, row["id"]): dict(row) for row in found}
    return rows
