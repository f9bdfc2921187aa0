"""Who codes, who is mentioned, and what is debated: coders, actors and issues of a project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID, uuid4

from sqlalchemy import Connection, select
from sqlmodel import Session

from db.acts import Act, Change
from db.history import perform
from db.models import TABLES
from db.rows import Row
from db.transactions import snapshot, transaction
from db.values import Actor, Issue, now

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
    wanted = select(actor.c.id, actor.c.name, actor.c.kind).order_by(actor.c.name)
    if only is not None:
        wanted = wanted.where(actor.c.id.in_([str(identifier) for identifier in only]))
    with snapshot(session) as connection:
        rows = connection.execute(wanted).all()
        aliases = _aliases(connection, "actor", {row.id for row in rows})
    return [Actor(UUID(row.id), row.name, row.kind, tuple(aliases[row.id])) for row in rows]


def issues(session: Session) -> list[Issue]:
    """Return the project's issues by name."""
    issue = TABLES["issue"]
    with snapshot(session) as connection:
        rows = connection.execute(select(issue.c.id, issue.c.name).order_by(issue.c.name)).all()
        aliases = _aliases(connection, "issue", {row.id for row in rows})
    return [Issue(UUID(row.id), row.name, tuple(aliases[row.id])) for row in rows]


def add_actor(
    session: Session,
    name: str,
    kind: str | None,
    aliases: Iterable[str] = (),
    coder: UUID | None = None,
) -> Actor:
    """Make an actor known to the project, as an act."""
    actor = Actor(uuid4(), name, kind, tuple(sorted(aliases)))
    changes = _additions("actor", actor.id, {"name": name, "kind": kind}, actor.aliases)
    perform(session, Act("add_actor", f"add actor ‘{name}’", None, changes), coder)
    return actor


def add_issue(
    session: Session, name: str, aliases: Iterable[str] = (), coder: UUID | None = None
) -> Issue:
    """Make an issue known to the project, as an act.

    Raises:
        Conflict: if there is an issue of that name.
    """
    issue = Issue(uuid4(), name, tuple(sorted(aliases)))
    changes = _additions("issue", issue.id, {"name": name}, issue.aliases)
    perform(session, Act("add_issue", f"add issue ‘{name}’", None, changes), coder)
    return issue


def _additions(
    table: str, identifier: UUID, row: Row, aliases: Iterable[str]
) -> tuple[Change, ...]:
    """Return the changes that insert a row and one of ``{table}_alias`` for each alias."""
    named = Change(table, identifier, before=None, after={"id": str(identifier), **row})
    ids = ((uuid4(), alias) for alias in aliases)
    return (
        named,
        *(
            Change(
                f"{table}_alias",
                own,
                before=None,
                after={"id": str(own), f"{table}_id": str(identifier), "alias": alias},
            )
            for own, alias in ids
        ),
    )


def _aliases(connection: Connection, table: str, owners: Collection[str]) -> dict[str, list[str]]:
    alias = TABLES[f"{table}_alias"]
    owner = alias.c[f"{table}_id"]
    found = defaultdict[str, list[str]](list)
    if owners:
        rows = connection.execute(
            select(owner, alias.c.alias).where(owner.in_(owners)).order_by(alias.c.alias)
        )
        for identifier, name in rows:
            found[identifier].append(name)
    return found
