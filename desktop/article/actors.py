"""Who is named in an article: mentions of one actor together, with the sides they take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Generator, Mapping
from dataclasses import dataclass
from uuid import UUID

from db.forms import form_of
from db.positions import plain
from db.values import Annotation, Entity, Position, Ref, RefKind, Stance, Statement
from desktop.article.state import ArticleState
from desktop.article.who import Meaning, Who

_AT_ONCE = 100  # mentions in one turn of the event loop


@dataclass(frozen=True, slots=True)
class ActorHere:
    """An actor as this article names it: ``forms`` most frequent first, ``mentions`` in order.

    ``actor`` is None while the project knows none; ``also`` are words that mean it here alone,
    such as "he"; ``affiliation`` is the name of what it belongs to.
    """

    name: str
    label: str
    forms: tuple[str, ...]
    mentions: tuple[UUID, ...]
    positions: frozenset[Position]
    actor: UUID | None = None
    also: tuple[str, ...] = ()
    affiliation: str = ""

    @property
    def position(self) -> Position | None:
        """The one side it takes here; mixed where it takes several, None where it takes none."""
        if len(self.positions) > 1:
            return Position.MIXED
        return next(iter(self.positions), None)


def facts(annotation: Annotation | None, shown_as: UUID | None = None) -> object:
    """Return what of an annotation :func:`actors_here` depends on: as long as that is the same,
    whatever else is decided on it, the actors are too.

    ``shown_as`` is the actor that the list gives to a mention which has none of its own.
    """
    match annotation:
        case Entity():
            return annotation.span, annotation.label, annotation.actor or shown_as
        case Stance():
            return annotation.holder.entity, annotation.position, annotation.target.negated
        case _:
            return None


def actors_here(
    state: ArticleState, labels: Collection[str], who: Who
) -> Generator[None, None, list[ActorHere]]:
    """Return who bears one of ``labels``: those who take sides first, then the most mentioned.

    Mentions belong together that mean one actor of the project, or, where it knows none, names
    that can mean one. Yields where the window may have its turn.
    """
    holds, also = yield from _in_slots(state)
    gathered: dict[object, list[Entity]] = {}
    meanings: dict[object, Meaning] = {}
    looked_at = 0
    for place, members in enumerate(who.groups):
        found = [each for id_ in members if isinstance(each := state.get(id_), Entity)]
        found = [each for each in found if each.label in labels]
        if not found:
            continue
        meaning = who.of_group(state, members)
        for each in found:
            actor = each.actor if each.decision.decided else meaning.actor
            key = actor or place
            meanings.setdefault(key, meaning)
            gathered.setdefault(key, []).append(each)
        if (looked_at := looked_at + len(members)) >= _AT_ONCE:
            looked_at = 0
            yield
    here: list[ActorHere] = []
    for key, group in gathered.items():
        here.append(_actor(state, who, key, group, meanings[key], holds, also))
        if (looked_at := looked_at + len(group)) >= _AT_ONCE:
            looked_at = 0
            yield
    yield
    first = {each.mentions[0]: nth for nth, each in enumerate(here)}
    return sorted(here, key=lambda a: (not a.positions, -len(a.mentions), first[a.mentions[0]]))


def _in_slots(
    state: ArticleState,
) -> Generator[None, None, tuple[Mapping[UUID, set[Position]], Mapping[UUID, list[str]]]]:
    """Return, by the mention in a slot, the sides held there and what else stands for it."""
    holds: dict[UUID, set[Position]] = {}
    also: dict[UUID, list[str]] = {}
    for nth, frame in enumerate((*state.statements, *state.stances)):
        if nth % _AT_ONCE == 0:
            yield
        refs: tuple[Ref | None, ...]
        match frame:
            case Stance(holder=holder, target=target, position=position):
                refs = (holder, target)
                if holder.entity:
                    side = plain(position, negated=target.negated)  # as on the list of positions
                    holds.setdefault(holder.entity, set()).add(side)
            case Statement(source=source, addressee=addressee):
                refs = (source, addressee)
        for ref in refs:
            if ref is None or ref.kind is not RefKind.ENTITY or not (ref.entity and ref.span):
                continue
            mention = state.get(ref.entity)
            if isinstance(mention, Entity) and not mention.span.overlaps(ref.span):
                also.setdefault(ref.entity, []).append(form_of(ref.span.of(state.text)))
    return holds, also


def _actor(
    state: ArticleState,
    who: Who,
    key: object,
    group: list[Entity],
    meaning: Meaning,
    holds: Mapping[UUID, set[Position]],
    also: Mapping[UUID, list[str]],
) -> ActorHere:
    group = sorted(group, key=lambda each: each.span)
    forms = [
        form for form, _ in Counter(form_of(e.span.of(state.text)) for e in group).most_common()
    ]
    known = who.book.get(key if isinstance(key, UUID) else None)
    fullest = max(forms, key=lambda form: (len(form.split()), len(form)))
    words = (word for each in group for word in also.get(each.id, ()))
    return ActorHere(
        name=known.name if known else (meaning.name if meaning.name in forms else fullest),
        label=group[0].label,
        forms=tuple(forms),
        mentions=tuple(mention.id for mention in group),
        positions=frozenset(p for each in group for p in holds.get(each.id, ())),
        actor=known.id if known else None,
        also=tuple(word for word in dict.fromkeys(words) if word not in forms),
        affiliation=who.book.name(known.affiliation) if known else "",
    )
