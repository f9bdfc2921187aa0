"""Annotations of one article put on another that has the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from db.values import Annotation, Entity, Ref, RefKind, Span, Stance, Statement

Place = Callable[[Span], Span | None]
"""Says where a stretch of the one text stands in the other, word for word; None: nowhere."""


def transplanted(
    annotations: Iterable[Annotation],
    article: UUID,
    place: Place,
    name: Callable[[Annotation], UUID],
) -> dict[UUID, Annotation]:
    """Return annotations as they are on another article, by the id they have on their own.

    Those with any words that have no place there are left out; slots that named one of them keep
    its words. ``name`` gives each that is placed its new id; decisions stay what they were.
    """
    placed = [(one.id, _placed(one, article, place)) for one in annotations]
    there = {old: one for old, one in placed if one is not None}
    ids = {old: name(one) for old, one in there.items()}
    return {old: _named(one, ids) for old, one in there.items()}


def stretches(annotation: Annotation) -> tuple[Span, ...]:
    """Return all words of an annotation: first those it is known by."""
    match annotation:
        case Entity(span=span):
            return (span,)
        case Statement(source=source, addressee=addressee):
            return (*annotation.content, *annotation.cue, *_spans(source, addressee))
        case Stance(holder=holder, target=target, nested=nested):
            return (*annotation.evidence, *annotation.cue, *_spans(holder, target, *nested))


def _spans(*refs: Ref | None) -> tuple[Span, ...]:
    return tuple(ref.span for ref in refs if ref is not None and ref.span is not None)


def _placed(annotation: Annotation, article: UUID, place: Place) -> Annotation | None:
    """Return an annotation with its words where they stand there; None if some do not."""
    at: dict[Span, Span] = {}
    for span in stretches(annotation):
        found = place(span)
        if found is None:
            return None
        at[span] = found

    def ref(slot: Ref) -> Ref:
        return replace(slot, span=at[slot.span]) if slot.span else slot

    def spans(several: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(sorted(at[span] for span in several))

    match annotation:
        case Entity(span=span):
            return replace(annotation, article=article, span=at[span])
        case Statement(addressee=addressee):
            return replace(
                annotation,
                article=article,
                source=ref(annotation.source),
                cue=spans(annotation.cue),
                content=spans(annotation.content),
                addressee=ref(addressee) if addressee else None,
            )
        case Stance():
            return replace(
                annotation,
                article=article,
                holder=ref(annotation.holder),
                target=ref(annotation.target),
                nested=tuple(ref(slot) for slot in annotation.nested),
                evidence=spans(annotation.evidence),
                cue=spans(annotation.cue),
            )


def _named(annotation: Annotation, ids: Mapping[UUID, UUID]) -> Annotation:
    """Return an annotation under its new id, and with those of others in its slots."""

    def ref(slot: Ref) -> Ref:
        if slot.entity is None:
            return slot
        entity = ids.get(slot.entity)
        return replace(slot, kind=slot.kind if entity else RefKind.SPAN, entity=entity)

    identifier = ids[annotation.id]
    match annotation:
        case Entity():
            return replace(annotation, id=identifier)
        case Statement(addressee=addressee):
            source = ref(annotation.source)
            to = ref(addressee) if addressee else None
            return replace(annotation, id=identifier, source=source, addressee=to)
        case Stance(statement=statement):
            return replace(
                annotation,
                id=identifier,
                holder=ref(annotation.holder),
                target=ref(annotation.target),
                nested=tuple(ref(slot) for slot in annotation.nested),
                statement=ids.get(statement) if statement else None,
            )
