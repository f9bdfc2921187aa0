"""Taking back more than the newest act: several at once, or one from amid the others.

Both are all or nothing, and add to the history as anything else does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, select
from sqlmodel import Session

from db.acts import Act
from db.annotations import load, refs_of
from db.history import Conflict, Entry, perform, read_entry, touching, turn
from db.models import TABLES
from db.rows import Row
from db.transactions import transaction
from db.values import Annotation, Stance, Status

_history, _coder = TABLES["history"], TABLES["coder"]


class InTheWay(Exception):  # noqa: N818 - it is not a mistake of anybody's
    """An act that cannot be taken back as things are; the text says why. Nothing was done."""


def undo_these(session: Session, acts: Iterable[UUID], coder: UUID | None) -> list[Act]:
    """Undo acts, newest first, each with a history entry of its own; return what was done.

    Acts that are undone already are left out.

    Raises:
        InTheWay: if one of them cannot be undone while a later act stands.
    """
    wanted = [str(act) for act in acts]
    done: list[Act] = []
    with transaction(session) as connection:
        for entry in _standing(connection, wanted):
            try:
                done.append(turn(connection, "undo", entry, coder))
            except Conflict as conflict:
                raise InTheWay(_why(connection, entry, conflict)) from conflict
    return done


def take_back(session: Session, act: UUID, coder: UUID | None) -> Act:
    """Do the inverse of one act as a new act, whatever was done since; return it.

    Raises:
        InTheWay: if what it changed was changed again since, or is in use by what came since.
    """
    with transaction(session) as connection:
        entries = _standing(connection, [str(act)])
        if not entries:
            raise InTheWay("It is undone already.")
        (entry,) = entries
        inverse = entry.act.inverse()
        title = f"take back: {entry.act.title}"
        back = replace(inverse, name="take_back", title=title)
        try:
            performed = perform(session, back, coder)
        except Conflict as conflict:
            raise InTheWay(_why(connection, entry, conflict)) from conflict
        for article in _articles(connection, performed):
            _check_slots(session, article, back)
    return back


def _standing(connection: Connection, acts: list[str]) -> list[Entry]:
    """Return those of some acts that are not undone now, newest first."""
    rows = connection.execute(
        select(_history)
        .where(_history.c.kind == "act", _history.c.act_id.in_(acts))
        .order_by(_history.c.seq.desc())
    ).mappings()
    return [read_entry(row) for row in rows.all() if not _undone(connection, row["act_id"])]


def _undone(connection: Connection, act: str) -> bool:
    last = (
        select(_history.c.kind)
        .where(_history.c.act_id == act)
        .order_by(_history.c.seq.desc())
        .limit(1)
    )
    return connection.scalar(last) == "undo"


def _articles(connection: Connection, entry: Entry) -> list[UUID]:
    among = TABLES["history_article"]
    found = connection.scalars(select(among.c.article_id).where(among.c.seq == entry.seq))
    own = [] if entry.act.article is None else [entry.act.article]
    return [*own, *(UUID(one) for one in found)]


def _why(connection: Connection, entry: Entry, conflict: Conflict) -> str:
    """Say which later act changed what this one would restore."""
    later = (
        select(_history.c.title, _history.c.kind, _history.c.changes, _coder.c.name)
        .join(_coder, _coder.c.id == _history.c.coder_id, isouter=True)
        .where(_history.c.seq > entry.seq)
        .order_by(_history.c.seq.desc())
    )
    if entry.act.article is not None:
        later = later.where(_history.c.seq.in_(touching(entry.act.article, after=entry.seq)))
    row = str(conflict.row)
    for other in connection.execute(later):
        if any(row in _changed(change) for change in other.changes):
            by = f" by {other.name}" if other.name else ""
            what = {"undo": "the undoing of ", "redo": "the redoing of "}.get(other.kind, "")
            return (
                f"“{entry.act.title}” cannot be taken back by itself: {what}“{other.title}”{by} "
                "came after it and changed the same."
            )
    return (
        f"“{entry.act.title}” cannot be taken back by itself: what it made is in use, or what it "
        "would restore is no longer possible."
    )


def _changed(change: Row) -> str:
    """Return the ids of the rows that a change in the history is on."""
    return change.get("id") or change.get("rows") or change["import"]


def _check_slots(session: Session, article: UUID, act: Act) -> None:
    """Refuse an act that leaves a slot pointing at what is no longer there."""
    changed = {change.id for change in act.changes}
    now = load(session, article)
    there = {one.id for one in now.suggestions}
    there |= {one.id for one in now.decisions if one.decision.status is not Status.REJECTED}
    for one in now.decisions:
        if one.decision.status is Status.REJECTED:
            continue
        for used in _leans_on(one) - there:
            if one.id in changed or used in changed:
                kind = "stance" if isinstance(one, Stance) else "quotation"
                raise InTheWay(
                    f"“{act.title.removeprefix('take back: ')}” cannot be taken back by itself: "
                    f"a {kind} in this article names what would be gone, or what is gone since."
                )


def _leans_on(annotation: Annotation) -> set[UUID]:
    """Return the ids of the annotations in an annotation's slots."""
    used = {ref.entity for ref in refs_of(annotation) if ref.entity is not None}
    if isinstance(annotation, Stance) and annotation.statement is not None:
        used.add(annotation.statement)
    return used
