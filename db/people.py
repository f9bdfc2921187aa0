"""Who codes and who is mentioned: coders and actors of a project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID, uuid4

from sqlalchemy import Connection, select
from sqlmodel import Session

from db.acts import Act, Change
from db.history import perform
from db.models import TABLES
from db.transactions import snapshot, transaction
from db.values import Actor, now

_coder = TABLES["coder"]


def coder(session: Session, name: str) -> UUID:
    """Return the coder of that name, made known to the project if new.

    Raises:
        ValueError: if the name is blank.
    """
    name = name.strip()
    if not name:
        raise ValueError("a coder has a name")
    known = select(_coder.c.id).where(_coder.c.name == name)
    with transaction(session) as connection:
        identifier = connection.scalar(known)
        if identifier is None:
            identifier = str(uuid4())
            connection.execute(
                _coder.insert(), {"id": identifier, "name": name, "created_at": now()}
            )
    return UUID(identifier)


def coders(session: Session) -> dict[UUID, str]:
    """Return the names of the project's coders."""
    with snapshot(session) as connection:
        rows = connection.execute(select(_coder.c.id, _coder.c.name).order_by(_coder.c.name))
        return {UUID(identifier): name for identifier, name in rows}


def actors(session: Session, only: Collection[UUID] | None = None) -> list[Actor]:
    """Return the project's actors by name, or those of the given ids."""
    if only is not None and not only:
        return []
    actor = TABLES["actor"]
    wanted = select(actor).order_by(actor.c.name, actor.c.id)
    if only is not None:
        wanted = wanted.where(actor.c.id.in_([str(identifier) for identifier in only]))
    with snapshot(session) as connection:
        rows = connection.execute(wanted).all()
        aliases = _aliases(connection, None if only is None else {row.id for row in rows})
    return [
        Actor(
            UUID(row.id),
            row.name,
            row.kind,
            tuple(aliases[row.id]),
            None if row.affiliation_id is None else UUID(row.affiliation_id),
        )
        for row in rows
    ]


def add_actor(
    session: Session,
    name: str,
    kind: str | None,
    aliases: Iterable[str] = (),
    coder: UUID | None = None,
) -> Actor:
    """Make an actor known to the project, as an act."""
    actor = Actor(uuid4(), name, kind, tuple(sorted(aliases)))
    row = {"id": str(actor.id), "name": name, "kind": kind, "affiliation_id": None}
    changes = [Change("actor", actor.id, before=None, after=row)]
    for alias in actor.aliases:
        own = uuid4()
        row = {"id": str(own), "actor_id": str(actor.id), "alias": alias}
        changes.append(Change("actor_alias", own, before=None, after=row))
    perform(session, Act("add_actor", f"add actor ‘{name}’", None, tuple(changes)), coder)
    return actor


def _aliases(connection: Connection, actors: Collection[str] | None) -> dict[str, list[str]]:
    """Return the aliases of some actors, or with None of all."""
    alias = TABLES["actor_alias"]
    found = defaultdict[str, list[str]](list)
    wanted = select(alias.c.actor_id, alias.c.alias).order_by(alias.c.alias)
    if actors is not None:
        wanted = wanted.where(alias.c.actor_id.in_(actors))
    for identifier, name in connection.execute(wanted):
        found[identifier].append(name)
    return found
