"""Who is who, added to any act: what is decided on gets the project's actors in the same act.

An actor that the project does not know yet is made of the fullest name that its article has for
it, so undoing the decision takes the actor back as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from uuid import UUID, uuid4

from db import rows
from db.actor_book import key_of, may_be
from db.acts import Act, Change
from db.forms import form_of
from db.values import Annotation, Entity, Layer, Ref, RefKind, Stance, Statement, Status
from desktop.actors import same_actors
from desktop.article.commands.deciding import change_to, refilled
from desktop.article.state import ArticleState
from desktop.article.who import Who, is_name

_ABOUT_ACTORS = frozenset({"actor", "actor_alias"})
_LAYERS = {layer.value: layer for layer in Layer}


def resolved(state: ArticleState, act: Act, who: Who, labels: Collection[str]) -> Act:
    """Return an act with the actors of all mentions it decides on.

    ``labels`` are those of who can hold a stance or be its target; what bears another is nobody.
    A slot means the actor of the mention in it, and follows when that changes.
    """
    return _Resolver(state, act, who, labels).act()


class _Resolver:
    def __init__(self, state: ArticleState, act: Act, who: Who, labels: Collection[str]) -> None:
        self._state, self._act, self._who, self._labels = state, act, who, labels
        self._entities: dict[UUID, Entity] = {}  # as they are after the act
        self._made: dict[UUID, set[str]] = {}  # new actors, and what they are called by now
        self._by_name: dict[tuple[str, bool], UUID] = {}
        self._learnt: list[Change] = []

    def act(self) -> Act:
        once = Counter(change.id for change in self._act.changes)  # one step after another is not
        alone = [c for c in self._act.changes if c.table in _LAYERS and once[c.id] == 1]
        after = {change.id: self._after(change) for change in alone if change.after is not None}
        decided = [each for each in after.values() if isinstance(each, Entity)]
        for entity in decided:
            self._entities[entity.id] = replace(entity, actor=self._actor_of(entity))
        new: dict[UUID, Annotation] = dict(self._entities)
        for each in after.values():
            if isinstance(each, Stance | Statement):
                new[each.id] = self._frame(each)
        for entity in self._entities.values():
            if entity.actor != self._before(entity):
                for user in self._state.users(entity.id):
                    if user.id not in new and user.id not in once:
                        new[user.id] = refilled(user, self._follow)
        changes = [self._rewritten(c, new.pop(c.id, None)) for c in self._act.changes]
        changes += [change_to(self._state, each) for each in new.values()]
        return replace(self._act, changes=self._in_order([c for c in changes if _does(c)]))

    def _in_order(self, changes: list[Change]) -> tuple[Change, ...]:
        """Put actors before those who refer to them."""
        own = [c for c in changes if c.table in _ABOUT_ACTORS and c.after is not None]
        return (*own, *self._learnt, *(c for c in changes if c not in own))

    def _after(self, change: Change) -> Annotation:
        row = self._state.row(change.id)
        whole = {**(rows.to_row(row) if row else {}), **(change.after or {})}
        return rows.from_row(_LAYERS[change.table], whole)

    def _before(self, entity: Entity) -> UUID | None:
        row = self._state.row(entity.id)
        return row.actor if isinstance(row, Entity) else None

    def _rewritten(self, change: Change, new: Annotation | None) -> Change:
        return change if new is None else change_to(self._state, new)

    # --- mentions

    def _actor_of(self, entity: Entity) -> UUID | None:
        """Return who an entity means once the act is done."""
        status = entity.decision.status
        if status is Status.REJECTED or entity.label not in self._labels:
            return None
        if status is Status.SUGGESTED:
            return entity.actor
        actor = entity.actor
        if actor is not None and actor == self._before(entity) and not self._fits(entity, actor):
            actor = None
        return self._known(entity) if actor is None else self._called(actor, entity)

    def _fits(self, entity: Entity, actor: UUID) -> bool:
        """Tell whether a mention with other bounds or another label still means its actor."""
        old, known = self._state.get(entity.id), self._who.book.get(actor)
        if isinstance(old, Entity) and (old.span, old.label) == (entity.span, entity.label):
            return True
        if known is None or not may_be(known.kind, entity.label):
            return False
        form = form_of(entity.span.of(self._state.text))
        names = [(known.name, entity.label), (form, entity.label)]
        return self._who.book.bears(actor, form) or len(set(same_actors(names))) == 1

    def _known(self, entity: Entity) -> UUID | None:
        """Return the project's actor of a mention; a new one where it has none."""
        meaning = self._who.meaning(self._state, entity, self._labels)
        if meaning.doubtful or not is_name(meaning.name):
            return meaning.actor
        actor = meaning.actor
        if actor is None:
            key = key_of(meaning.name), entity.label == "PERSON"
            actor = self._by_name.get(key) or self._make(meaning.name, entity.label)
            self._by_name[key] = actor
        return self._called(actor, entity)

    def _make(self, name: str, label: str) -> UUID:
        made = uuid4()
        row = {"id": str(made), "name": name, "kind": label, "affiliation_id": None}
        self._learnt.append(Change("actor", made, None, row))
        self._made[made] = {key_of(name)}
        return made

    def _called(self, actor: UUID, entity: Entity) -> UUID:
        """Keep how the article calls an actor among its aliases."""
        form = form_of(entity.span.of(self._state.text))
        known = actor in self._who.book.by_id and self._who.book.bears(actor, form)
        new = actor not in self._who.book.by_id and actor not in self._made
        words = self._made.setdefault(actor, set())
        if is_name(form) and not known and not new and key_of(form) not in words:
            words.add(key_of(form))
            own = uuid4()
            row = {"id": str(own), "actor_id": str(actor), "alias": form}
            self._learnt.append(Change("actor_alias", own, None, row))
        return actor

    # --- slots

    def _frame(self, frame: Stance | Statement) -> Annotation:
        decided = frame.decision.status not in (Status.SUGGESTED, Status.REJECTED)
        return refilled(frame, self._fill if decided else self._follow)

    def _follow(self, ref: Ref) -> Ref:
        entity = self._entities.get(ref.entity) if ref.entity else None
        return replace(ref, actor=entity.actor) if entity else ref

    def _fill(self, ref: Ref) -> Ref:
        match ref.kind:
            case RefKind.ENTITY:
                return replace(ref, actor=self._mentioned(ref))
            case RefKind.SPAN if ref.span is not None and ref.actor is None:
                form = form_of(ref.span.of(self._state.text))
                found = self._who.book.find(form, "PERSON") + self._who.book.find(form, "ORG")
                same = {actor.id for actor in found}
                return replace(ref, actor=found[0].id) if len(same) == 1 else ref
            case _:
                return ref

    def _mentioned(self, ref: Ref) -> UUID | None:
        assert ref.entity is not None
        entity = self._entities.get(ref.entity) or self._state.get(ref.entity)
        if not isinstance(entity, Entity):
            return ref.actor
        if entity.decision.decided:
            return entity.actor
        return self._known(entity) if entity.label in self._labels else None


def _does(change: Change) -> bool:
    return change.before != change.after
