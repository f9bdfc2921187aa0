"""Names on one span that differ in their labels alone: where the labels become one, one stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, and_, func, select

from db.acts import Change
from db.forms import MERGED
from db.models import TABLES
from db.rows import Row, from_row, to_row
from db.values import Layer, Status

_STANDING = (Status.ACCEPTED, Status.CORRECTED, Status.ADDED)
_SLOTS = {"statement": ("source", "addressee"), "stance": ("holder", "target", "nested")}
_MANY = 500  # articles asked for in one go


def without_doubles(connection: Connection, gone: str, kept: str) -> list[Change]:
    """Return the changes that leave one name on each span where both labels stand.

    That which bears the kept label stays, and fills the slots of the others. What was added by
    hand is deleted; what was suggested stays known as rejected, so that it is not offered again.
    """
    changes: list[Change] = []
    instead: dict[str, Row] = {}
    articles: set[str] = set()
    for _, together in groupby(_shared(connection, gone, kept), _place):
        one, *others = sorted(together, key=lambda row: (row["label"] != kept, row["id"]))
        for other in others:
            changes.append(_taken_away(other))
            instead[other["id"]] = {"entity": one["id"], "actor": one["actor_id"]}
            articles.add(other["article_id"])
    return [*_refilled(connection, instead, articles), *changes]


def _shared(connection: Connection, gone: str, kept: str) -> Sequence[RowMapping]:
    """Return the standing names under either label that share their span, span by span."""
    entity = TABLES["entity"]
    mine = and_(entity.c.label.in_((gone, kept)), entity.c.status.in_(_STANDING))
    place = (entity.c.article_id, entity.c.start, entity.c.end)
    spans = select(*place).where(mine).group_by(*place).having(func.count() > 1).subquery()
    on_one = and_(*(mine == theirs for mine, theirs in zip(place, spans.c, strict=True)))
    found = select(entity).join(spans, on_one).where(mine).order_by(*place)
    return connection.execute(found).mappings().all()


def _place(row: RowMapping) -> tuple[str, int, int]:
    return row["article_id"], row["start"], row["end"]


def _taken_away(row: RowMapping) -> Change:
    identifier, status = UUID(row["id"]), row["status"]
    if status == Status.ADDED.value:
        return Change("entity", identifier, to_row(from_row(Layer.ENTITY, dict(row))), None)
    before = {"status": status, "reason": row["reason"]}
    return Change("entity", identifier, before, {"status": "rejected", "reason": MERGED})


def _refilled(
    connection: Connection, instead: Mapping[str, Row], articles: Iterable[str]
) -> list[Change]:
    """Return the changes that put the names which stay into the slots of those that go."""
    changes: list[Change] = []
    wanted = sorted(articles)
    for name, columns in _SLOTS.items():
        table = TABLES[name]
        asked = select(table.c.id, *(table.c[column] for column in columns))
        for start in range(0, len(wanted), _MANY):
            here = asked.where(table.c.article_id.in_(wanted[start : start + _MANY]))
            for row in connection.execute(here).mappings():
                after = {column: _with(row[column], instead) for column in columns}
                differ = [column for column in columns if after[column] != row[column]]
                if differ:
                    old: Row = {column: row[column] for column in differ}
                    new = {column: after[column] for column in differ}
                    changes.append(Change(name, UUID(row["id"]), old, new))
    return changes


def _with(slot: Any, instead: Mapping[str, Row]) -> Any:
    """Return a slot, or several, with other names in it."""
    if isinstance(slot, list):
        return [_with(each, instead) for each in slot]  # pyright: ignore[reportUnknownVariableType]
    if slot is None or slot["entity"] not in instead:
        return slot
    return {**slot, **instead[slot["entity"]]}
