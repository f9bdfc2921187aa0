"""Who is named in an article: mentions of one actor together, with the sides they take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from db.values import Entity, Position, Stance
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


def actors_here(
    state: ArticleState, labels: Collection[str], names: Mapping[UUID, str]
) -> list[ActorHere]:
    """Return who bears one of ``labels``, most mentioned first.

    Mentions belong together that have one actor (``names`` tells its name), or, while they have
    none, one label and one form, whatever its case.
    """
    groups: dict[object, list[Entity]] = {}
    holds: dict[UUID, set[Position]] = {}
    for annotation in state.visible:
        match annotation:
            case Entity(label=label) if label in labels:
                key = annotation.actor or (label, _form(state, annotation).casefold())
                groups.setdefault(key, []).append(annotation)
            case Stance(holder=holder, position=position) if holder.entity:
                holds.setdefault(holder.entity, set()).add(position)
            case _:
                pass
    found = [_actor(state, group, holds, names) for group in groups.values()]
    return sorted(found, key=lambda actor: -len(actor.mentions))


def _actor(
    state: ArticleState,
    group: list[Entity],
    holds: Mapping[UUID, set[Position]],
    names: Mapping[UUID, str],
) -> ActorHere:
    forms = _by_frequency(_form(state, mention) for mention in group)
    actor = group[0].actor
    return ActorHere(
        name=names.get(actor, forms[0]) if actor else forms[0],
        label=group[0].label,
        forms=forms,
        mentions=tuple(mention.id for mention in group),
        positions=frozenset(p for mention in group for p in holds.get(mention.id, ())),
    )


def _form(state: ArticleState, mention: Entity) -> str:
    return " ".join(mention.span.of(state.text).split())


def _by_frequency(forms: Iterable[str]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for form in forms:
        counts[form] = counts.get(form, 0) + 1
    return tuple(sorted(counts, key=lambda form: -counts[form]))
