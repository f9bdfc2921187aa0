"""What can be decided together: a quotation with its stances, all that lies in a stretch."""

from __future__ import annotations

from uuid import UUID

from db.acts import Act
from db.values import Annotation, Entity, Layer, Span, Stance, Statement, Status
from desktop.article.commands.deciding import act, change_to, name_of, settled, stamped
from desktop.article.places import start_of
from desktop.article.state import ArticleState

_STOPS = (Layer.ENTITY, Layer.STANCE)


def accept_statement(state: ArticleState, identifier: UUID, coder: UUID, at: str) -> Act | None:
    """Accept a statement together with the stances suggested on it."""
    statement = state.get(identifier)
    if not isinstance(statement, Statement):
        return None
    both = (statement, *state.stances_on(identifier))
    undecided = [each for each in both if not each.decision.decided]
    if not undecided:
        return None
    changes = [
        change_to(state, stamped(settled(state, each), Status.ACCEPTED, coder, at))
        for each in undecided
    ]
    return act(state, "accept", f"accept {name_of(state, statement)}", changes)


def starting_in(state: ArticleState, span: Span) -> list[UUID]:
    """Return the undecided entities and stances that start in a stretch, in reading order."""
    return [each.id for each in _undecided(state, span) if span.start <= start_of(each) < span.end]


def within(state: ArticleState, span: Span) -> list[UUID]:
    """Return the undecided entities, and stances by their evidence, that lie wholly in a stretch.

    The whole text has those of the article as a whole, too.
    """
    if span == Span(0, len(state.text)):
        return state.stops()
    return [each.id for each in _undecided(state, span) if _lies_in(each, span)]


def _undecided(state: ArticleState, span: Span) -> list[Annotation]:
    found = [
        each
        for layer in _STOPS
        for each in state.between(span.start, span.end, layer)
        if not each.decision.decided
    ]
    return sorted(found, key=lambda each: (start_of(each), isinstance(each, Stance)))


def _lies_in(annotation: Annotation, span: Span) -> bool:
    match annotation:
        case Entity():
            return span.covers(annotation.span)
        case Statement():
            return False
        case Stance():
            return bool(annotation.evidence) and all(span.covers(p) for p in annotation.evidence)
