"""All actors of a project in memory, found by what articles call them.

Pure: standard library only. :meth:`ActorBook.apply` keeps it in line with the project file, act by
act, so that nothing has to be read again while the analyst works.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from db.acts import Change
from db.forms import form_of
from db.values import Actor

PERSON = "person"
_EMPTY: frozenset[UUID] = frozenset()


def key_of(name: str) -> str:
    """Return what two spellings of one name have in common, case and article levelled."""
    key = form_of(name).casefold()
    for ending in ("'s", "'"):
        key = key.removesuffix(ending)
    return key.removeprefix("the ") or key


def may_be(kind: str | None, label: str) -> bool:
    """Tell whether an actor of a kind may bear a label: people are nothing else.

    A country is a place in one sentence and acts in the next, so all others may be each other.
    """
    return kind is None or (kind.casefold() == PERSON) == (label.casefold() == PERSON)


class ActorBook:
    """Actors by id, by name and by alias."""

    def __init__(self, actors: Iterable[Actor] = ()) -> None:
        self.by_id: dict[UUID, Actor] = {}
        self._names: dict[str, set[UUID]] = {}
        self._aliases: dict[str, set[UUID]] = {}
        for actor in actors:
            self._put(actor)

    def __len__(self) -> int:
        return len(self.by_id)

    def get(self, identifier: UUID | None) -> Actor | None:
        """Return an actor, or None if there is none of that id."""
        return None if identifier is None else self.by_id.get(identifier)

    def name(self, identifier: UUID | None) -> str:
        """Return an actor's name; of one that is not there, nothing."""
        actor = self.get(identifier)
        return actor.name if actor else ""

    def find(self, form: str, label: str) -> list[Actor]:
        """Return who bears a form as their name, or if nobody does, as an alias."""
        key = key_of(form)
        for index in (self._names, self._aliases):
            found = [self.by_id[each] for each in index.get(key, _EMPTY)]
            if fitting := [actor for actor in found if may_be(actor.kind, label)]:
                return sorted(fitting, key=lambda actor: (actor.name, str(actor.id)))
        return []

    def bears(self, identifier: UUID, form: str) -> bool:
        """Tell whether a form is the name or an alias of an actor."""
        key = key_of(form)
        known = (self._names.get(key, _EMPTY), self._aliases.get(key, _EMPTY))
        return any(identifier in each for each in known)

    def apply(self, changes: Iterable[Change]) -> set[UUID]:
        """Follow the changes of an act; return the actors that are other than before."""
        touched: set[UUID] = set()
        for change in changes:
            if change.table == "actor":
                self._change(change)
                touched.add(change.id)
            elif change.table == "actor_alias":
                touched |= self._change_alias(change)
        return touched

    def _change(self, change: Change) -> None:
        old = self._take(change.id)
        after = change.after
        if after is None:
            return
        actor = old or Actor(change.id, "")
        affiliation = after.get("affiliation_id", actor.affiliation)
        self._put(
            replace(
                actor,
                name=after.get("name", actor.name),
                kind=after.get("kind", actor.kind),
                affiliation=UUID(affiliation) if isinstance(affiliation, str) else affiliation,
            )
        )

    def _change_alias(self, change: Change) -> set[UUID]:
        touched: set[UUID] = set()
        for row, there in ((change.before, False), (change.after, True)):
            owner = UUID(row["actor_id"]) if row else None
            old = self._take(owner) if owner else None
            if row and old:
                kept = {alias for alias in old.aliases if alias != row["alias"]}
                aliases = sorted(kept | ({row["alias"]} if there else set()))
                self._put(replace(old, aliases=tuple(aliases)))
                touched.add(old.id)
        return touched

    def _put(self, actor: Actor) -> None:
        self.by_id[actor.id] = actor
        self._names.setdefault(key_of(actor.name), set()).add(actor.id)
        for alias in actor.aliases:
            self._aliases.setdefault(key_of(alias), set()).add(actor.id)

    def _take(self, identifier: UUID) -> Actor | None:
        actor = self.by_id.pop(identifier, None)
        if actor is not None:
            for index, words in ((self._names, (actor.name,)), (self._aliases, actor.aliases)):
                for key in {key_of(word) for word in words}:
                    index[key].discard(identifier)
                    if not index[key]:
                        del index[key]
        return actor
