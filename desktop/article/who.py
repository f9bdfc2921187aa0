"""Which actor of the project each name of an article means. Qt-free.

A decided mention says so itself. What an undecided one would become is read off the names it goes
with (:func:`desktop.actors.same_actors`): another's decision, or the project's names and aliases.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from db.actor_book import ActorBook
from db.forms import form_of
from db.values import Entity
from desktop.actors import Groups
from desktop.article.state import ArticleState

_AT_ONCE = 200  # names in one turn of the event loop


class Meaning(NamedTuple):
    """Who some names mean: ``name`` is the fullest of them, ``actor`` None where none is known.

    ``doubtful`` if the project has several such actors, so that only the analyst can tell.
    """

    name: str
    actor: UUID | None = None
    doubtful: bool = False


_Name = tuple[int, UUID, str, str]
"""Where it begins, whose it is, its form, and its label as the engine calls it."""


class Who:
    """The names of one article, grouped; :meth:`look` follows the article, a glance at a time."""

    def __init__(self, book: ActorBook | None = None) -> None:
        self.book = book or ActorBook()
        self._state: ArticleState | None = None
        self._named: list[_Name] = []
        self._group_of: dict[UUID, int] = {}
        self.groups: list[list[UUID]] = []

    def look(self, state: ArticleState, labels: Collection[str]) -> Iterator[None]:
        """Group the names that bear one of ``labels``; nothing is done where they are the same.

        Yields where the window may have its turn.
        """
        named = list[_Name]()
        for nth, each in enumerate(state.visible):
            if isinstance(each, Entity) and each.label in labels:
                named.append(_name(state, each))
            if nth % _AT_ONCE == 0:
                yield
        if state is self._state and named == self._named:
            return
        groups = Groups()
        for nth, (_, _, form, label) in enumerate(named):
            groups.add(form, label)
            if nth % _AT_ONCE == 0:
                yield
        yield
        leaders = groups.leaders()
        yield
        members: dict[int, list[UUID]] = {}
        for (_, identifier, _, _), leader in zip(named, leaders, strict=True):
            members.setdefault(leader, []).append(identifier)
        yield
        self._state, self._named = state, named
        self.groups = list(members.values())
        self._group_of = {one: nth for nth, group in enumerate(self.groups) for one in group}

    def meaning(self, state: ArticleState, entity: Entity, labels: Collection[str]) -> Meaning:
        """Return who an entity means by the names it goes with, whatever was decided on itself.

        The entity may be one that the state does not have yet, or has elsewhere.
        """
        if self._state is not state:
            for _ in self.look(state, labels):
                pass  # an act waits for it
        there = state.get(entity.id)
        same = isinstance(there, Entity) and (there.span, there.label) == (
            entity.span,
            entity.label,
        )
        group = self._group_of.get(entity.id) if same else None
        members = self.groups[group] if group is not None else self._joined(state, entity)
        return self.of_group(state, members, entity)

    def of_group(
        self, state: ArticleState, members: Iterable[UUID], besides: Entity | None = None
    ) -> Meaning:
        """Return who the names of a group mean, with one more name ``besides`` them."""
        found = [each for id_ in members if isinstance(each := state.get(id_), Entity)]
        names = [*found, *([besides] if besides and besides not in found else [])]
        forms = Counter(form_of(each.span.of(state.text)) for each in names)
        if not forms:
            return Meaning("")
        name = max(forms, key=lambda form: (len(form.split()), len(form)))
        decided = (e.actor for e in found if not besides or e.id != besides.id)
        votes = Counter(actor for actor in decided if actor and actor in self.book.by_id)
        if votes:
            bears = self.book.bears
            most = max(votes, key=lambda actor: (votes[actor], bears(actor, name), str(actor)))
            return Meaning(name, most)
        label = names[0].label
        person = _meant(state, names[0]) == "PERSON"
        # Anna Bertrand's "Bertrand" is not the Bertrand that another article named.
        others = [form for form in forms if form != name and (not person or " " in form)]
        for form in (name, *others):
            if known := self.book.find(form, label):
                return Meaning(name, known[0].id if len(known) == 1 else None, len(known) > 1)
        return Meaning(name)

    def forms(self, state: ArticleState, members: Iterable[UUID]) -> list[str]:
        """Return what a group is called, the most frequent form first."""
        found = (each for id_ in members if isinstance(each := state.get(id_), Entity))
        counted = Counter(form_of(each.span.of(state.text)) for each in found)
        return [form for form, _ in counted.most_common()]

    def _joined(self, state: ArticleState, entity: Entity) -> list[UUID]:
        """Return the group that a name joins which is not where it was looked at."""
        new = _name(state, entity)
        # Names of other labels are of others: they need no look.
        alike = [name for name in self._named if name[3] == new[3] and name[1] != new[1]]
        at = bisect_left(alike, new[0], key=lambda name: name[0])
        alike.insert(at, new)
        groups = Groups()
        for _, _, form, label in alike:
            groups.add(form, label)
        leaders = groups.leaders()
        return [
            name[1] for name, leader in zip(alike, leaders, strict=True) if leader == leaders[at]
        ]


def is_name(form: str) -> bool:
    """Tell a name from "he" or "the regional president", which mean others elsewhere.

    A script without capitals does not tell: there everything is one.
    """
    return any(letter.isalpha() and not letter.islower() for letter in form)


def _meant(state: ArticleState, entity: Entity) -> str:
    """Return what the engine would call an entity whose label may have been renamed."""
    return state.meanings.get(entity.label, entity.label)


def _name(state: ArticleState, entity: Entity) -> _Name:
    form = form_of(entity.span.of(state.text))
    return entity.span.start, entity.id, form, _meant(state, entity)
