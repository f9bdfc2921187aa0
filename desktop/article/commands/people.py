"""What can be done to the actors of an article: say who is meant, rename, join, affiliate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID, uuid4

from db.actor_book import ActorBook, key_of
from db.acts import Act, Change
from db.values import Actor, Entity, Stance, Status
from desktop.article.commands.deciding import act, change_to, name_of, settled, stamped
from desktop.article.state import ArticleState
from desktop.article.who import is_name


def this_is(
    state: ArticleState,
    mentions: Iterable[UUID],
    actor: Actor,
    book: ActorBook,
    coder: UUID,
    at: str,
) -> Act | None:
    """Say who mentions mean; ``actor`` may be new to the project. Undecided ones are accepted."""
    found = [each for id_ in mentions if isinstance(each := state.get(id_), Entity)]
    changed = [each for each in found if each.actor != actor.id or not each.decision.decided]
    if not changed:
        return None
    changes = [*_made(actor, book)]
    for each in changed:
        known = replace(settled(state, each), actor=actor.id)
        if not each.decision.decided:
            known = stamped(known, Status.ACCEPTED, coder, at)
        changes.append(change_to(state, known))
    return act(state, "this_is", f"{name_of(state, changed[0])} is ‘{actor.name}’", changes)


def holder_is(
    state: ArticleState, identifier: UUID, actor: Actor, book: ActorBook, coder: UUID, at: str
) -> Act | None:
    """Say who holds a stance that names its holder by no name, or not at all."""
    stance = state.get(identifier)
    if not isinstance(stance, Stance) or stance.holder.actor == actor.id:
        return None
    known = replace(settled(state, stance), holder=replace(stance.holder, actor=actor.id))
    if not stance.decision.decided:
        known = stamped(known, Status.ACCEPTED, coder, at)
    changes = [*_made(actor, book), change_to(state, known)]
    title = f"holder of {name_of(state, stance)} is ‘{actor.name}’"
    return act(state, "this_is", title, changes)


def rename_actor(
    state: ArticleState, actor: Actor, name: str, book: ActorBook, coder: UUID, at: str
) -> Act | None:
    """Give an actor another name; the old one becomes an alias."""
    del coder, at
    name = " ".join(name.split())
    if not name or name == actor.name:
        return None
    known = book.get(actor.id)
    if known is None:
        changes = _made(replace(actor, name=name, aliases=(*actor.aliases, actor.name)), book)
    else:
        changes = [Change("actor", actor.id, {"name": known.name}, {"name": name})]
        if key_of(name) != key_of(known.name):
            changes += _aliases(replace(known, name=name), (known.name,))
    return Act(
        "rename_actor", f"rename ‘{actor.name}’ to ‘{name}’", state.article.id, tuple(changes)
    )


def join(
    state: ArticleState,
    mentions: Iterable[UUID],
    forms: Iterable[str],
    actor: Actor,
    book: ActorBook,
    coder: UUID,
    at: str,
) -> Act | None:
    """Make names that are nobody's yet an actor's: as aliases, and where decided as mentions."""
    del coder, at
    known = book.get(actor.id)
    forms = [form for form in forms if is_name(form)]
    if known is None:
        changes = _made(replace(actor, aliases=(*actor.aliases, *forms)), book)
    else:
        renamed = actor.name != known.name
        more = (*forms, known.name) if renamed else forms
        changes = _aliases(replace(known, name=actor.name), more)
        if renamed:
            changes.append(Change("actor", actor.id, {"name": known.name}, {"name": actor.name}))
    found = (state.row(each) for each in mentions)
    changes += [
        change_to(state, replace(each, actor=actor.id))
        for each in found
        if isinstance(each, Entity) and each.decision.decided and each.actor != actor.id
    ]
    joined = next((form for form in forms if form != actor.name), actor.name)
    title = f"join ‘{joined}’ to ‘{actor.name}’"
    return Act("join_actors", title, state.article.id, tuple(changes)) if changes else None


def affiliate(
    state: ArticleState,
    actor: Actor,
    to: Actor | None,
    book: ActorBook,
    coder: UUID,
    at: str,
) -> Act | None:
    """Say what an actor belongs to; None takes that back. Both may be new to the project."""
    del coder, at
    known, wanted = book.get(actor.id), to.id if to else None
    if actor.affiliation == wanted or (to and belongs(book, to.id, actor.id)):
        return None
    changes = [*(_made(to, book) if to else ()), *_made(actor, book)]
    old = str(known.affiliation) if known and known.affiliation else None
    new = str(wanted) if wanted else None
    changes.append(Change("actor", actor.id, {"affiliation_id": old}, {"affiliation_id": new}))
    title = f"affiliate ‘{actor.name}’ to ‘{to.name}’" if to else f"free ‘{actor.name}’"
    return Act("affiliate", title, state.article.id, tuple(changes))


def belongs(book: ActorBook, identifier: UUID, to: UUID) -> bool:
    """Tell whether an actor is, or belongs to at whatever remove, another one."""
    here: UUID | None = identifier
    seen: set[UUID] = set()
    while here is not None and here not in seen:
        if here == to:
            return True
        seen.add(here)
        actor = book.get(here)
        here = actor.affiliation if actor else None
    return False


def _made(actor: Actor, book: ActorBook) -> list[Change]:
    """Return the changes that make an actor known to the project; none if it is."""
    if actor.id in book.by_id:
        return []
    row = {"id": str(actor.id), "name": actor.name, "kind": actor.kind, "affiliation_id": None}
    return [
        Change("actor", actor.id, None, row),
        *_aliases(replace(actor, aliases=()), actor.aliases),
    ]


def _aliases(actor: Actor, forms: Iterable[str]) -> list[Change]:
    """Return the changes that give an actor aliases it has not."""
    there = {key_of(word) for word in (actor.name, *actor.aliases)}
    new = {key_of(form): form for form in forms if key_of(form) not in there}
    changes: list[Change] = []
    for form in new.values():
        own = uuid4()
        row = {"id": str(own), "actor_id": str(actor.id), "alias": form}
        changes.append(Change("actor_alias", own, None, row))
    return changes
