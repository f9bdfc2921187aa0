"""A stance before it is made: its slots as they can be read off the names and quotations around."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from db.values import Entity, Layer, Ref, RefKind, Span, Statement
from desktop.article.places import paragraph
from desktop.article.state import ArticleState
from desktop.article.trim import trim_blanks

WRITER = Ref(RefKind.WRITER)
IMPLICIT = Ref(RefKind.IMPLICIT)
_OWNS = re.compile(r"['’]s\b|(?<=s)['’](?= \w)")
_BY_TAKING_SIDES = ("PERSON", "ORG")  # the engine's names for who does it most, the first first


@dataclass(frozen=True, slots=True)
class Draft:
    """What could be read off the text around a stance that is to be made."""

    evidence: tuple[Span, ...]
    holder: Ref = WRITER
    target: Ref = IMPLICIT
    cue: tuple[Span, ...] = ()
    statement: UUID | None = None


def ref_to(entity: Entity) -> Ref:
    """Return the slot filler that points at an entity."""
    return Ref(RefKind.ENTITY, entity.span, entity=entity.id, actor=entity.actor)


def draft(
    state: ArticleState,
    evidence: Span | Statement,
    actors: Collection[str],
    things: Collection[str],
) -> Draft | None:
    """Read a new stance's slots off a selection, or off a statement.

    Inside a statement its source holds the stance; elsewhere the first name in the selection that
    bears a label of ``actors``, or else the writer. The target is the first other name with a
    label of ``actors`` or ``things`` that is meant itself, or else implicit. None if there is
    nothing to select.
    """
    if isinstance(evidence, Statement):
        statement, spans = evidence, evidence.content
    else:
        span = trim_blanks(state.text, evidence)
        statement, spans = span and _statement_around(state, span), (span,) if span else ()
    if not spans:
        return None
    names = [name for span in spans for name in _names_in(state, span)]
    if statement is not None:
        holder = state.settled(statement.source)
    else:
        found = next((name for name in names if name.label in actors), None)
        holder = ref_to(found) if found else WRITER
    others = (name for name in names if name.id != holder.entity and _is_meant(state, name))
    target = next((name for name in others if name.label in {*actors, *things}), None)
    return Draft(
        spans,
        holder,
        ref_to(target) if target else IMPLICIT,
        statement.cue if statement else (),
        statement.id if statement else None,
    )


def draft_toward(
    state: ArticleState, target: Ref, sentence: Span, actors: Collection[str]
) -> Draft | None:
    """Read the other slots of a stance off the text around its target.

    The evidence is the sentence, or what of it is said in the statement that the target stands
    in, whose source then holds the stance. Elsewhere whoever is named nearest before the target
    does, a person rather than a body and a body rather than a place: in the sentence, in its
    paragraph, and else the writer. None for a target that is not in the text.
    """
    if target.span is None:
        return None
    said = _said_around(state, target.span)
    if said is None:
        return Draft((sentence,), _named_before(state, target.span, sentence, actors), target)
    statement, piece = said
    start, end = max(sentence.start, piece.start), min(sentence.end, piece.end)
    evidence = trim_blanks(state.text, Span(start, end)) or sentence
    source = state.settled(statement.source)
    return Draft((evidence,), source, target, statement.cue, statement.id)


# --- within


def _names_in(state: ArticleState, span: Span) -> Iterator[Entity]:
    for name in state.between(span.start, span.end, Layer.ENTITY):
        if isinstance(name, Entity) and span.covers(name.span):
            yield name


def _is_meant(state: ArticleState, name: Entity) -> bool:
    """Tell a name that is meant itself from one that only says whose or which.

    One is not for or against Poland in “Poland’s plan”, or German in “German streets”.
    """
    quoted = state.text[max(0, name.span.start - 1)] in "‘'"
    if not quoted and _OWNS.match(state.text, name.span.end):
        return False
    form = name.span.of(state.text)
    return _meaning(state, name) != "NORP" or (form.endswith("s") and not form.endswith("ss"))


def _meaning(state: ArticleState, name: Entity) -> str:
    return state.meanings.get(name.label, name.label)


def _named_before(
    state: ArticleState, target: Span, sentence: Span, actors: Collection[str]
) -> Ref:
    """Return who of those named before a target holds a stance on it the likeliest."""
    for start in (sentence.start, paragraph(state.text, target.start).start):
        named = [
            name
            for name in _names_in(state, Span(start, max(start, target.start)))
            if name.label in actors and _is_meant(state, name)
        ]
        if named:
            return ref_to(max(named, key=lambda name: (_weight(state, name), name.span.start)))
    return WRITER


def _weight(state: ArticleState, name: Entity) -> int:
    meaning = _meaning(state, name)
    return -_BY_TAKING_SIDES.index(meaning) if meaning in _BY_TAKING_SIDES else -9


def _said_around(state: ArticleState, span: Span) -> tuple[Statement, Span] | None:
    """Return the innermost statement that says some words, and the piece of it they stand in."""
    found = [
        (statement, piece)
        for statement in state.between(span.start, span.end, Layer.STATEMENT)
        if isinstance(statement, Statement)
        for piece in statement.content
        if piece.covers(span)
    ]
    return min(found, key=lambda said: said[1].end - said[1].start, default=None)


def _statement_around(state: ArticleState, span: Span) -> Statement | None:
    """Return the statement whose content shares most with a span."""
    found = [
        (
            max(min(piece.end, span.end) - max(piece.start, span.start) for piece in each.content),
            each,
        )
        for each in state.between(span.start, span.end, Layer.STATEMENT)
        if isinstance(each, Statement) and any(piece.overlaps(span) for piece in each.content)
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None
