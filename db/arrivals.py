"""What came with one import, taken out of the bin or put into it in one statement."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection, Select, func, select

from db.acts import Arrival
from db.models import TABLES
from db.rows import Row

_article, _history = TABLES["article"], TABLES["history"]


def move(connection: Connection, arrival: Arrival) -> UUID | None:
    """Move all articles of an import, or none; return one that is there already, if there is."""
    mine = _article.c.import_id == str(arrival.brought_by)
    there = select(_article.c.id).where(mine, _article.c.removed == arrival.removed).limit(1)
    if (found := connection.scalar(there)) is not None:
        return UUID(found)
    connection.execute(_article.update().where(mine).values(removed=arrival.removed))
    return None


def articles_brought(connection: Connection, arrival: Arrival) -> set[str]:
    """Return the articles of an import."""
    mine = _article.c.import_id == str(arrival.brought_by)
    return set(connection.scalars(select(_article.c.id).where(mine)))


def entries_that_moved(article: str) -> Select[tuple[int]]:
    """Select the numbers of the entries that moved an article together with its import."""
    brought_by = select(_article.c.import_id).where(_article.c.id == article).scalar_subquery()
    return select(_history.c.seq).where(_history.c.act_id == brought_by)


def stands(connection: Connection, brought_by: UUID) -> bool:
    """Tell whether an import is in force: begun, and not undone now."""
    mine = _history.c.act_id == str(brought_by)
    last = select(_history.c.kind).where(mine).order_by(_history.c.seq.desc()).limit(1)
    return connection.scalar(last) in ("act", "redo")


def last_undoings() -> Select[tuple[int]]:
    """Select the numbers of the entries that undid an import all of which is in the bin."""
    brought = _article.c.import_id
    there = select(brought).where(brought.is_not(None)).group_by(brought)
    there = there.having(func.min(_article.c.removed) == 1)
    last = (
        select(func.max(_history.c.seq))
        .where(_history.c.act_id.in_(there))
        .group_by(_history.c.act_id)
    )
    return select(_history.c.seq).where(_history.c.seq.in_(last), _history.c.kind == "undo")


def undone(connection: Connection, articles: Select[tuple[str]]) -> set[str]:
    """Return those of some articles in the bin that are there because their import was undone.

    What was removed or restored by itself since is not among them.
    """
    own, brought = _history.alias("own"), _history.alias("brought")
    by_itself = select(func.max(own.c.seq)).where(
        own.c.article_id == _article.c.id, own.c.name.in_(("remove", "restore"))
    )
    with_import = (
        select(brought.c.seq)
        .where(brought.c.act_id == _article.c.import_id)
        .order_by(brought.c.seq.desc())
        .limit(1)
    )
    kind = with_import.with_only_columns(brought.c.kind)
    found = select(_article.c.id).where(
        _article.c.id.in_(articles),
        kind.scalar_subquery() == "undo",
        func.coalesce(by_itself.scalar_subquery(), 0) < with_import.scalar_subquery(),
    )
    return set(connection.scalars(found))


def arrival_to_row(arrival: Arrival) -> Row:
    """Return an arrival as the history holds it."""
    return {"table": "article", "import": str(arrival.brought_by), "removed": arrival.removed}


def arrival_from_row(row: Row) -> Arrival:
    """Read what :func:`arrival_to_row` wrote."""
    return Arrival(UUID(row["import"]), row["removed"])
