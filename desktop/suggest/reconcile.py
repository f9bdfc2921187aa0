"""Suggestions meet what was decided before: a suggestion never overwrites a decision.

Pure functions over values. The window runs them on every batch, so they look spans up in order
instead of comparing everything with everything.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Generic, TypeVar
from uuid import UUID

from db.rows import in_reading_order
from db.values import (
    Annotation,
    Entity,
    Layer,
    Loaded,
    Ref,
    Span,
    Stance,
    Statement,
    Status,
    layer_of,
)
from desktop.naming import named

_T = TypeVar("_T")


def reconcile(
    suggestions: Iterable[Annotation], decisions: Iterable[Annotation]
) -> list[Annotation]:
    """Return the suggestions that are still open questions, in the order given.

    A suggestion is answered, and left out, if

    - it was decided: a decision has its id, or came from it;
    - it is an entity and overlaps one that stands (accepted, corrected or added);
    - it is a statement and one that stands is made by the same cue; where either has no cue, of
      the same words;
    - it is a stance and one that stands has the same holder, the same target, and evidence that
      overlaps, or none as it has none: both are of the article as a whole;
    - it repeats a rejected one: same value but for the actor.

    A slot that names an entity so left out names the one that stands there instead.
    """
    return Answers(decisions).still_open(list(suggestions))


class Answers:
    """What answers suggestions, as :func:`reconcile` has it; it is kept up with what is decided."""

    def __init__(self, decisions: Iterable[Annotation] = ()) -> None:
        decisions = list(decisions)
        self._known = {decision.id: decision for decision in decisions}
        self._decided = Counter(each for one in decisions for each in _answered(one))
        self._rejected = Counter(_claim(one) for one in decisions if _is_rejected(one))
        standing = [one for one in decisions if not _is_rejected(one)]
        self._standing = {
            layer: _Near((one, _ground(one)) for one in standing if layer_of(one) is layer)
            for layer in Layer
        }
        self._names: dict[UUID, Span] = {}  # of the suggestions seen, those where another stands

    def know(self, identifier: UUID, decision: Annotation | None) -> None:
        """Know what was decided on something now, or that nothing is any more."""
        before = self._known.pop(identifier, None)
        if decision is not None:
            self._known[identifier] = decision
        if before == decision:
            return
        for one, by in ((before, -1), (decision, 1)):
            if one is None:
                continue
            for each in _answered(one):
                self._decided[each] += by
            if _is_rejected(one):
                self._rejected[_claim(one)] += by
            elif by > 0:
                self._standing[layer_of(one)].add(one, _ground(one))
            else:
                self._standing[layer_of(one)].discard(one, _ground(one))

    def still_open(self, suggestions: Sequence[Annotation]) -> list[Annotation]:
        """Return the suggestions that are not answered, in the order given; names come first."""
        for one in suggestions:
            if isinstance(one, Entity) and self._name_at(one.span):
                self._names[one.id] = one.span
        settled = (_with_refs(one, self._settled) for one in suggestions)
        return [one for one in settled if self._is_open(one)]

    def _is_open(self, one: Annotation) -> bool:
        if self._decided[one.id] or self._rejected[_claim(one)]:
            return False
        near = self._standing[layer_of(one)].to(_ground(one))
        return not any(_same(one, stands) for stands in near)

    def _settled(self, ref: Ref) -> Ref:
        if ref.entity is None or self._decided[ref.entity]:
            return ref
        # The name may be in an earlier batch, and its place is then all that is known of it.
        own = self._names.get(ref.entity)
        stands = (own and self._name_at(own)) or (ref.span and self._name_at(ref.span))
        return replace(ref, entity=stands.id) if stands else ref

    def _name_at(self, span: Span) -> Annotation | None:
        """Return the name that stands where ``span`` is: the one that shares most with it."""
        return max(
            self._standing[Layer.ENTITY].to((span,)),
            key=lambda one: sum(
                min(own.end, span.end) - max(own.start, span.start) for own in _ground(one)
            ),
            default=None,
        )


def worth_keeping(
    suggestions: Iterable[Annotation], decisions: Iterable[Annotation]
) -> list[Annotation]:
    """Return the suggestions to store: those still open, and those decided.

    Of the decided ones the project holds what was suggested, should the decision be taken back.
    """
    suggestions, decisions = list(suggestions), list(decisions)
    still_open = {suggestion.id: suggestion for suggestion in reconcile(suggestions, decisions)}
    decided = {decision.id for decision in decisions}
    return [
        still_open.get(suggestion.id, suggestion)
        for suggestion in suggestions
        if suggestion.id in still_open or suggestion.id in decided
    ]


def with_offers(loaded: Loaded, offers: Iterable[list[Annotation]]) -> Loaded:
    """Return an article with what its twins offer, each twin's in a list, among its suggestions.

    An offer answers no decision. It stands in front of what the engine suggests in its place, and
    under its id: so deciding on it decides on that, too.
    """
    stand: list[Annotation] = []
    for one in offers:
        known = _under_known_ids(one, loaded.suggestions)
        stand += reconcile(known, [*loaded.decisions, *stand])
    if not stand:
        return loaded
    rest = reconcile(loaded.suggestions, [*loaded.decisions, *stand])
    return replace(loaded, suggestions=in_reading_order([*stand, *rest]))


def _under_known_ids(offers: list[Annotation], suggestions: list[Annotation]) -> list[Annotation]:
    """Give offers the ids of what is suggested in their place, or would be."""
    names = {one.span: one.id for one in suggestions if isinstance(one, Entity)}
    ids: dict[UUID, UUID] = {}
    for offer in offers:
        match offer:
            case Entity(span=span):
                known = names.get(span) or named(replace(offer, actor=None)).id
            case Statement():
                alike = (s for s in suggestions if isinstance(s, Statement))
                known = next((s.id for s in alike if _same_statement(s, offer)), offer.id)
            case Stance():
                alike = (s for s in suggestions if isinstance(s, Stance))
                known = next((s.id for s in alike if _same_stance(s, offer)), offer.id)
        ids[offer.id] = offer.id if known in ids.values() else known

    def renamed(ref: Ref) -> Ref:
        return replace(ref, entity=ids.get(ref.entity, ref.entity)) if ref.entity else ref

    def under(offer: Annotation) -> Annotation:
        offer = replace(_with_refs(offer, renamed), id=ids[offer.id])
        if isinstance(offer, Stance) and offer.statement:
            offer = replace(offer, statement=ids.get(offer.statement, offer.statement))
        return offer

    return [under(offer) for offer in offers]


class _Near(Generic[_T]):
    """Things that stand, each with its stretches, found by the code points they share with others.

    Things without a stretch are of the article as a whole, and near whatever is so too.
    """

    def __init__(self, things: Iterable[tuple[_T, Sequence[Span]]]) -> None:
        things = list(things)
        self._whole = [thing for thing, spans in things if not spans]
        placed = ((span, thing) for thing, spans in things for span in spans)
        self._placed = sorted(placed, key=lambda each: each[0])
        self._starts = [span.start for span, _ in self._placed]
        self._longest = max((span.end - span.start for span, _ in self._placed), default=0)

    def add(self, thing: _T, spans: Sequence[Span]) -> None:
        """Let one more stand."""
        if not spans:
            self._whole.append(thing)
        for span in spans:
            at = bisect_right(self._placed, span, key=itemgetter(0))
            self._placed.insert(at, (span, thing))
            self._starts.insert(at, span.start)
            self._longest = max(self._longest, span.end - span.start)

    def discard(self, thing: _T, spans: Sequence[Span]) -> None:
        """Let one stand no more."""
        if not spans:
            self._whole.remove(thing)
        for span in spans:
            at = self._placed.index((span, thing), bisect_left(self._starts, span.start))
            del self._placed[at], self._starts[at]

    def to(self, spans: Sequence[Span]) -> Iterator[_T]:
        """Yield the things that share a code point with ``spans``, one perhaps several times."""
        if not spans:
            yield from self._whole
        for span in spans:
            first = bisect_left(self._starts, span.start - self._longest)
            last = bisect_left(self._starts, span.end)
            yield from (thing for own, thing in self._placed[first:last] if own.overlaps(span))


def _ground(annotation: Annotation) -> tuple[Span, ...]:
    """Return the stretches that a suggestion must share with what answers it."""
    match annotation:
        case Entity():
            return (annotation.span,)
        case Statement():
            return (*annotation.cue, *annotation.content)
        case Stance():
            return annotation.evidence


def _answered(decision: Annotation) -> Iterator[UUID]:
    """Yield the ids of the suggestions that were decided by it."""
    yield decision.id
    if decision.decision.suggestion:
        yield decision.decision.suggestion


def _is_rejected(decision: Annotation) -> bool:
    return decision.decision.status is Status.REJECTED


def _same(suggestion: Annotation, stands: Annotation) -> bool:
    """Tell whether what stands near a suggestion, of its layer, answers it."""
    match suggestion, stands:
        case Statement(), Statement():
            return _same_statement(suggestion, stands)
        case Stance(), Stance():
            return _same_stance(suggestion, stands)
        case _:
            return True


def _claim(annotation: Annotation) -> object:
    """Return what an annotation says, without whose entity or actor it is."""
    match annotation:
        case Entity():
            return (annotation.span, annotation.label)
        case Statement():
            return (_place(annotation.source), annotation.cue, annotation.content)
        case Stance():
            return (
                _place(annotation.holder),
                _place(annotation.target),
                annotation.target.negated,
                annotation.position,
                annotation.evidence,
            )


def _place(ref: Ref) -> object:
    return ref.span or ref.issue or ref.kind


def _same_statement(suggestion: Statement, stands: Statement) -> bool:
    if suggestion.cue and stands.cue:
        return _overlap(suggestion.cue, stands.cue)
    return _overlap(suggestion.content, stands.content)


def _same_stance(suggestion: Stance, stands: Stance) -> bool:
    return (
        (_overlap(suggestion.evidence, stands.evidence) or (suggestion.overall and stands.overall))
        and _same_ref(suggestion.holder, stands.holder)
        and _same_ref(suggestion.target, stands.target)
    )


def _same_ref(one: Ref, other: Ref) -> bool:
    if one.span and other.span and one.span.overlaps(other.span):
        return True
    same = ((one.entity, other.entity), (one.actor, other.actor), (one.issue, other.issue))
    if any(mine and mine == theirs for mine, theirs in same):
        return True
    return one.kind is other.kind and one.issue == other.issue and not (one.span or other.span)


def _overlap(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def _with_refs(suggestion: Annotation, settle: Callable[[Ref], Ref]) -> Annotation:
    match suggestion:
        case Entity():
            return suggestion
        case Statement():
            addressee = suggestion.addressee
            return replace(
                suggestion,
                source=settle(suggestion.source),
                addressee=settle(addressee) if addressee else None,
            )
        case Stance():
            return replace(
                suggestion,
                holder=settle(suggestion.holder),
                target=settle(suggestion.target),
                nested=tuple(settle(ref) for ref in suggestion.nested),
            )
