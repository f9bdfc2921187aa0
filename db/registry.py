"""Changes of a project's actors that only the file knows the extent of, each as one act.

Whatever refers to an actor goes along: mentions, slots of statements and stances, aliases,
affiliations. Every function returns the act it performed, or None where nothing would change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    Column,
    Connection,
    Select,
    String,
    Table,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlmodel import Session

from db.actor_book import key_of
from db.acts import Act, Change
from db.forms import form_of
from db.history import perform
from db.models import TABLES
from db.people import actors
from db.rows import Row
from db.transactions import snapshot, transaction
from db.values import Actor, Status

_article, _actor, _alias = TABLES["article"], TABLES["actor"], TABLES["actor_alias"]
_entity = TABLES["entity"]
_stance, _statement, _text = TABLES["stance"], TABLES["statement"], TABLES["article_text"]
_NONE = [Status.REJECTED.value, Status.SUGGESTED.value]
_SLOTS = {"statement": ("source", "addressee"), "stance": ("holder", "target", "nested")}


class RegistryError(ValueError):
    """What was asked of an actor cannot be done; the message says why. Nothing was done."""


@dataclass(frozen=True, slots=True)
class Uses:
    """How often an actor is met: decided mentions, stances it is in, and articles with either."""

    articles: int = 0
    mentions: int = 0
    stances: int = 0


def uses(session: Session, identifiers: Collection[UUID]) -> dict[UUID, Uses]:
    """Return how often some actors are met; ask for those that are shown."""
    ids = [str(identifier) for identifier in identifiers]
    holder, target = _stance.c.holder_actor, _stance.c.target_actor
    met = union_all(
        _met(_entity.c.actor_id, ids, mentions=1),
        _met(holder, ids, stances=1),
        _met(target, ids, stances=1).where(holder.is_distinct_from(target)),  # itself counts once
    ).subquery()
    counted = select(
        met.c.actor,
        func.count(met.c.article_id.distinct()),
        func.sum(met.c.mentions),
        func.sum(met.c.stances),
    ).group_by(met.c.actor)
    with snapshot(session) as connection:
        found = {actor: Uses(*counts) for actor, *counts in connection.execute(counted)}
    return {UUID(identifier): found.get(identifier, Uses()) for identifier in ids}


def _met(
    column: Column[str | None], ids: list[str], *, mentions: int = 0, stances: int = 0
) -> Select[str | None, str, int, int]:
    """Return the places where a column of a decided annotation names one of these actors."""
    table = column.table
    return select(
        column.label("actor"),
        table.c.article_id,
        literal(mentions).label("mentions"),
        literal(stances).label("stances"),
    ).where(column.in_(ids), table.c.status.not_in(_NONE))


def change(session: Session, actor: Actor, coder: UUID | None = None) -> Act | None:
    """Give an actor this name, kind, these aliases and this affiliation.

    Raises:
        RegistryError: if the name is blank, the actor or the affiliation is gone, or an actor would
            belong to itself, at whatever remove.
    """
    actor = _tidied(actor)
    if not actor.name:
        raise RegistryError("An actor has a name.")
    with transaction(session) as connection:
        old = _known(session, actor.id)
        _check_affiliation(connection, actor)
        before, after = _row(old), _row(actor)
        differ = [column for column in after if after[column] != before[column]]
        changes = _aliases_changed(connection, actor.id, actor.aliases)
        if differ:
            columns = {c: before[c] for c in differ}, {c: after[c] for c in differ}
            changes.insert(0, Change("actor", actor.id, *columns))
        title = f"change actor ‘{old.name}’"
        if differ == ["name"] and len(changes) <= 2:
            title = f"rename ‘{old.name}’ to ‘{actor.name}’"
        return _performed(session, "change_actor", title, changes, coder)


def merge(
    session: Session,
    into: UUID,
    others: Collection[UUID],
    coder: UUID | None = None,
    *,
    name: str = "",
    aliases: Iterable[str] = (),
) -> Act | None:
    """Make several actors one: what referred to the ``others`` refers to ``into`` from now on.

    Their names and aliases become its aliases, and where it has no affiliation it takes theirs. It
    may get another ``name`` and more ``aliases`` on the way.

    Raises:
        RegistryError: if one of them is gone.
    """
    gone = [identifier for identifier in dict.fromkeys(others) if identifier != into]
    if not gone:
        return None
    with transaction(session) as connection:
        kept = _known(session, into)
        lost = [_known(session, identifier) for identifier in gone]
        changes = [
            *_mentions(connection, {str(each): str(into) for each in gone}),
            *_slots(connection, {str(each): str(into) for each in gone}),
        ]
        words = [word for each in lost for word in (each.name, *each.aliases)]
        name = " ".join(name.split()) or kept.name
        words += [*aliases, kept.name]
        changes += _aliases_changed(connection, into, _once((*kept.aliases, *words), but=name))
        if name != kept.name:
            changes.append(Change("actor", into, {"name": kept.name}, {"name": name}))
        changes += _affiliations(connection, kept, lost)
        changes += _deletions(connection, lost)
        names = f"‘{lost[0].name}’" if len(lost) == 1 else f"{len(lost)} actors"
        title = f"merge {names} into ‘{name}’"
        return _performed(session, "merge_actors", title, changes, coder)


def split(
    session: Session, identifier: UUID, alias: str, coder: UUID | None = None
) -> tuple[Act, UUID]:
    """Make an alias an actor of its own; the mentions with just these words become that one's.

    So do the slots that these mentions fill. Returns the act and the id of the new actor.

    Raises:
        RegistryError: if the actor is gone or has no such alias.
    """
    with transaction(session) as connection:
        old = _known(session, identifier)
        if alias not in old.aliases:
            raise RegistryError(f"“{old.name}” has no alias “{alias}” any more.")
        new = Actor(uuid4(), alias, old.kind)
        rest = tuple(each for each in old.aliases if each != alias)
        moved = _mentions_in_words(connection, identifier, alias)
        changes = [
            *_aliases_changed(connection, identifier, rest),
            Change("actor", new.id, None, _row(new)),
            *_mentions(connection, {str(identifier): str(new.id)}, only=moved),
            *_slots(connection, {str(identifier): str(new.id)}, only=moved),
        ]
        title = f"split ‘{alias}’ off ‘{old.name}’"
        act = _performed(session, "split_actor", title, changes, coder)
        assert act is not None
        return act, new.id


def remove(session: Session, identifiers: Collection[UUID], coder: UUID | None = None) -> Act:
    """Take actors out of the project that nothing refers to.

    Raises:
        RegistryError: if one is in use, or gone.
    """
    with transaction(session) as connection:
        lost = [_known(session, identifier) for identifier in dict.fromkeys(identifiers)]
        for each in lost:
            own = {str(each.id): ""}
            if _mentions(connection, own) or _slots(connection, own):
                raise RegistryError(
                    f"“{each.name}” cannot be deleted: articles refer to it. Merge it into another "
                    "actor instead."
                )
        changes = [*_affiliations(connection, None, lost), *_deletions(connection, lost)]
        names = f"‘{lost[0].name}’" if len(lost) == 1 else f"{len(lost)} actors"
        act = _performed(session, "remove_actors", f"delete {names}", changes, coder)
        assert act is not None
        return act


def _performed(
    session: Session, name: str, title: str, changes: Iterable[Change], coder: UUID | None
) -> Act | None:
    act = Act(name, title, None, tuple(changes))
    if act.changes:
        perform(session, act, coder)
    return act if act.changes else None


def _known(session: Session, identifier: UUID) -> Actor:
    found = actors(session, [identifier])
    if not found:
        raise RegistryError("The actor is gone: it was merged or deleted meanwhile.")
    return found[0]


def _row(actor: Actor) -> Row:
    return {
        "id": str(actor.id),
        "name": actor.name,
        "kind": actor.kind,
        "affiliation_id": None if actor.affiliation is None else str(actor.affiliation),
    }


def _check_affiliation(connection: Connection, actor: Actor) -> None:
    if actor.affiliation is None:
        return
    if not connection.scalar(select(_actor.c.id).where(_actor.c.id == str(actor.affiliation))):
        raise RegistryError("The affiliation is gone: it was merged or deleted meanwhile.")
    if str(actor.id) in _above(connection, str(actor.affiliation)):
        raise RegistryError(f"“{actor.name}” cannot belong to itself.")


def _aliases_changed(connection: Connection, owner: UUID, aliases: Iterable[str]) -> list[Change]:
    """Return the changes that leave an actor with just these aliases."""
    rows = connection.execute(select(_alias).where(_alias.c.actor_id == str(owner))).mappings()
    there = {row["alias"]: dict(row) for row in rows}
    wanted = set(aliases)
    gone = [there[word] for word in sorted(there.keys() - wanted)]
    new = [
        {"id": str(uuid4()), "actor_id": str(owner), "alias": word}
        for word in sorted(wanted - there.keys())
    ]
    return [
        *(Change("actor_alias", UUID(row["id"]), row, None) for row in gone),
        *(Change("actor_alias", UUID(row["id"]), None, row) for row in new),
    ]


def _affiliations(connection: Connection, kept: Actor | None, lost: list[Actor]) -> list[Change]:
    """Return the changes that leave nobody affiliated to an actor that goes, but to ``kept``."""
    gone = {str(each.id) for each in lost}
    rows = connection.execute(
        select(_actor.c.id, _actor.c.affiliation_id).where(_actor.c.affiliation_id.in_(gone))
    )
    before: dict[str, str | None] = {row.id: row.affiliation_id for row in rows}
    after: dict[str, str | None] = dict.fromkeys(before)
    if kept is not None:
        own = _row(kept)["affiliation_id"]
        heirs = [own, *(_row(each)["affiliation_id"] for each in lost)]
        mine = next((heir for heir in heirs if heir not in {None, str(kept.id), *gone}), None)
        above = _above(connection, mine)
        after |= {id_: str(kept.id) for id_ in before if id_ not in {*gone, *above}}
        before[str(kept.id)], after[str(kept.id)] = own, mine
    return [
        Change("actor", UUID(id_), {"affiliation_id": before[id_]}, {"affiliation_id": after[id_]})
        for id_ in before
        if before[id_] != after[id_]
    ]


def _above(connection: Connection, identifier: str | None) -> list[str]:
    """Return an actor, what it belongs to, what that belongs to, and so on."""
    found: list[str] = []
    while identifier is not None and identifier not in found:
        found.append(identifier)
        above = select(_actor.c.affiliation_id).where(_actor.c.id == identifier)
        identifier = connection.scalar(above)
    return found


def _deletions(connection: Connection, lost: list[Actor]) -> list[Change]:
    """Return the changes that take actors away, once nobody is affiliated to them."""
    gone = {each.id for each in lost}
    freed = [replace(a, affiliation=None) if a.affiliation in gone else a for a in lost]
    aliases = [change for each in lost for change in _aliases_changed(connection, each.id, ())]
    return [*aliases, *(Change("actor", each.id, _row(each), None) for each in freed)]


def _mentions(
    connection: Connection, instead: dict[str, str], only: Collection[str] | None = None
) -> list[Change]:
    """Return the changes that let mentions mean other actors; ``only`` some of them."""
    rows = connection.execute(
        select(_entity.c.id, _entity.c.actor_id).where(_entity.c.actor_id.in_(instead))
    )
    return [
        Change("entity", UUID(id_), {"actor_id": actor}, {"actor_id": instead[actor]})
        for id_, actor in rows
        if only is None or id_ in only
    ]


def _slots(
    connection: Connection, instead: dict[str, str], only: Collection[str] | None = None
) -> list[Change]:
    """Return the changes that let slots mean other actors; ``only`` those that mentions fill."""
    changes: list[Change] = []
    for name, columns in _SLOTS.items():
        table = TABLES[name]
        for row in connection.execute(_referring(table, columns, instead)).mappings():
            after = {column: _meaning(row[column], instead, only) for column in columns}
            differ = [column for column in columns if after[column] != row[column]]
            if differ:
                old, new = {c: row[c] for c in differ}, {c: after[c] for c in differ}
                changes.append(Change(name, UUID(row["id"]), old, new))
    return changes


def _referring(table: Table, columns: Iterable[str], identifiers: Iterable[str]) -> Any:
    named = [
        cast(table.c[column], String).contains(identifier)
        for column in columns
        for identifier in identifiers
    ]
    return select(table.c.id, *(table.c[column] for column in columns)).where(or_(*named))


def _meaning(value: Any, instead: dict[str, str], only: Collection[str] | None) -> Any:
    """Return a slot, or several, with other actors in it."""
    if isinstance(value, list):
        return [_meaning(each, instead, only) for each in value]  # pyright: ignore[reportUnknownVariableType]
    if value is None or value["actor"] not in instead:
        return value
    if only is not None and value["entity"] not in only:
        return value
    return {**value, "actor": instead[value["actor"]]}


def _mentions_in_words(connection: Connection, actor: UUID, words: str) -> set[str]:
    """Return the mentions of an actor whose words are just these."""
    length = case((_entity.c.end > _entity.c.start, _entity.c.end - _entity.c.start), else_=0)
    rows = connection.execute(
        select(_entity.c.id, func.substr(_text.c.text, _entity.c.start + 1, length))
        .join(_article, _article.c.id == _entity.c.article_id)
        .join(_text, _text.c.number == _article.c.number)
        .where(_entity.c.actor_id == str(actor))
    )
    return {identifier for identifier, covered in rows if form_of(covered) == form_of(words)}


def _tidied(actor: Actor) -> Actor:
    name = " ".join(actor.name.split())
    return replace(actor, name=name, aliases=_once(actor.aliases, but=name))


def _once(words: Iterable[str], but: str) -> tuple[str, ...]:
    """Return aliases in order, none twice whatever its case, and none that is the name."""
    tidy = {word.casefold(): word for each in words if (word := " ".join(each.split()))}
    return tuple(sorted(word for word in tidy.values() if key_of(word) != key_of(but)))
