"""What can be done to names: add, relabel, move the bounds."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from db.acts import Act, Change
from db.values import (
    Annotation,
    Decision,
    Entity,
    Layer,
    Origin,
    Ref,
    Span,
    Stance,
    Statement,
    Status,
)
from desktop.article.commands.deciding import (
    accept,
    act,
    change_to,
    name_of,
    refilled,
    rejection,
    revision,
    stamped,
)
from desktop.article.places import in_text
from desktop.article.state import ArticleState
from desktop.article.trim import trim, trim_blanks


def add_entity(
    state: ArticleState,
    span: Span,
    label: str,
    coder: UUID,
    at: str,
    identifier: UUID | None = None,
    origin: Origin = Origin.CODER,
) -> Act | None:
    """Add a name, letting go of blanks and marks at the edges of ``span``.

    Where an entity stands in just that place already, it is relabelled (or accepted) instead.
    Undecided suggestions that the new name overlaps had the wrong bounds, and are rejected so.
    """
    trimmed = trim(state.text, span)
    if trimmed is None:
        return None
    there = state.entity_on(trimmed)
    if there is not None:
        return relabel(state, there.id, label, coder, at)
    entity = Entity(
        identifier or uuid4(),
        state.article.id,
        trimmed,
        label,
        Decision(Status.ADDED, origin),
    )
    added = change_to(state, stamped(entity, Status.ADDED, coder, at))
    changes = [added, *_displaced(state, entity, coder, at)]
    return act(state, "add", f"add {name_of(state, entity)}", changes)


def relabel(state: ArticleState, identifier: UUID, label: str, coder: UUID, at: str) -> Act | None:
    """Give a name another label; the label a suggestion has already accepts it."""
    entity = state.get(identifier)
    if not isinstance(entity, Entity):
        return None
    if entity.label == label:
        return accept(state, identifier, coder, at)
    changes = revision(state, replace(entity, label=label), coder, at)
    if changes is None:
        return None
    return act(state, "relabel", f"relabel {name_of(state, entity)}", changes)


def set_bounds(
    state: ArticleState, identifier: UUID, span: Span, coder: UUID, at: str
) -> Act | None:
    """Move an annotation to ``span``, clamped to the text, blanks at the edges let go.

    An entity lets go of punctuation too, and takes the slots it fills with it; of a stance the
    first piece of evidence moves, of a statement the first piece of content. What does not lie in
    the text has no bounds.
    """
    old = state.get(identifier)
    found = trim(state.text, span) if isinstance(old, Entity) else trim_blanks(state.text, span)
    if old is None or found is None or not in_text(old):
        return None
    new = _moved(old, found)
    changes = revision(state, new, coder, at) if new != old else None
    if changes is None:
        return None
    if isinstance(new, Entity):
        changes += [*_followed(state, new), *_displaced(state, new, coder, at)]
    return act(state, "bounds", f"move {name_of(state, new)}", changes)


def _moved(annotation: Annotation, span: Span) -> Annotation:
    match annotation:
        case Entity():
            return replace(annotation, span=span)
        case Statement():
            return replace(annotation, content=(span, *annotation.content[1:]))
        case Stance():
            return replace(annotation, evidence=(span, *annotation.evidence[1:]))


def _followed(state: ArticleState, entity: Entity) -> list[Change]:
    """Return the changes of decided rows whose slots point at an entity that moves."""

    def moved(ref: Ref) -> Ref:
        return replace(ref, span=entity.span) if ref.entity == entity.id else ref

    return [change_to(state, refilled(user, moved)) for user in state.users(entity.id)]


def _displaced(state: ArticleState, entity: Entity, coder: UUID, at: str) -> list[Change]:
    """Return the rejections of undecided entities in the place an analyst gave to another."""
    near = state.between(entity.span.start, entity.span.end, Layer.ENTITY)
    return [
        change
        for other in near
        if other.id != entity.id and not other.decision.decided
        for change in rejection(state, other, coder, at, "boundary")
    ]
