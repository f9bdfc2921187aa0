"""Who is named in an article: mentions of one actor together, with the sides they take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from db.values import Annotation, Entity, Position, Stance
from desktop.actors import same_actors
from desktop.article.state import ArticleState


@dataclass(frozen=True, slots=True)
class ActorHere:
    """An actor as this article names it: ``forms`` most frequent first, ``mentions`` in order."""

    name: str
    label: str
    forms: tuple[str, ...]
    mentions: tuple[UUID, ...]
    positions: frozenset[Position]

    @property
    def position(self) -> Position | None:
        """The one side it takes here; mixed where it takes several, None where it takes none."""
        if len(self.positions) > 1:
            return Position.MIXED
        return next(iter(self.positions), None)


def facts(annotation: Annotation | None) -> object:
    """Return what of an annotation :func:`actors_here` depends on: as long as that is the same,
    whatever else is decided on it, the actors are too.
    """
    match annotation:
        case Entity():
            return annotation.span, annotation.label, annotation.actor
        case Stance():
            return annotation.holder.entity, annotation.position
        case _:
            return None


def actors_here(
    state: ArticleState, labels: Collection[str], names: Mapping[UUID, str]
) -> list[ActorHere]:
    """Return who bears one of ``labels``: those who take sides first, then the most mentioned.

    Mentions belong together that have one actor (``names`` tells its name), or, while they have
    none, names that can mean one (:func:`desktop.actors.same_actors`).
    """
    mentions: list[tuple[str, Entity]] = []
    holds: dict[UUID, set[Position]] = {}
    for annotation in state.visible:
        match annotation:
            case Entity(label=label) if label in labels:
                mentions.append((" ".join(annotation.span.of(state.text).split()), annotation))
            case Stance(holder=holder, position=position) if holder.entity:
                holds.setdefault(holder.entity, set()).add(position)
            case _:
                pass
    groups: dict[object, list[tuple[str, Entity]]] = {}
    meant = state.meanings
    leaders = same_actors([(form, meant.get(e.label, e.label)) for form, e in mentions])
    for (form, entity), leader in zip(mentions, leaders, strict=True):
        groups.setdefault(entity.actor or leader, []).append((form, entity))
    found = [_actor(group, holds, names) for group in groups.values()]
    return sorted(found, key=lambda actor: (not actor.positions, -len(actor.mentions)))


def _actor(
    group: list[tuple[str, Entity]],
    holds: Mapping[UUID, set[Position]],
    names: Mapping[UUID, str],
) -> ActorHere:
    first = group[0][1]
    forms = tuple(form for form, _ in Counter(form for form, _ in group).most_common())
    fullest = max(forms, key=lambda form: len(form.split()))
    return ActorHere(
        name=names.get(first.actor, fullest) if first.actor else fullest,
        label=first.label,
        forms=forms,
        mentions=tuple(mention.id for _, mention in group),
        positions=frozenset(p for _, each in group for p in holds.get(each.id, ())),
    )
