"""What can be done to stance frames: create, fill slots, take positions."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from uuid import UUID, uuid4

from db.acts import Act, Change
from db.values import (
    Annotation,
    Certainty,
    Decision,
    Entity,
    Origin,
    Position,
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
    implied,
    name_of,
    revision,
    stamped,
)
from desktop.article.commands.drafting import Draft
from desktop.article.places import in_text
from desktop.article.state import ArticleState
from desktop.article.trim import trim_blanks


class Slot(StrEnum):
    """The slots of a frame; of a statement they are source, addressee, cue and content.

    ``NESTED`` has those who report what is held, the outermost first; a statement has none.
    """

    HOLDER = "holder"
    NESTED = "nested"
    TARGET = "target"
    CUE = "cue"
    EVIDENCE = "evidence"


def add_stance(
    state: ArticleState,
    frame: Draft,
    coder: UUID,
    at: str,
    position: Position = Position.UNCLEAR,
    identifier: UUID | None = None,
) -> Act | None:
    """Make a stance from a draft; the statement it rests on is accepted with it."""
    if not frame.evidence:
        return None
    stance = Stance(
        id=identifier or uuid4(),
        article=state.article.id,
        holder=frame.holder,
        target=frame.target,
        position=position,
        evidence=frame.evidence,
        cue=frame.cue,
        statement=frame.statement,
        decision=Decision(Status.ADDED, Origin.CODER),
    )
    changes = [
        change_to(state, stamped(stance, Status.ADDED, coder, at)),
        *implied(state, stance, coder, at),
    ]
    return act(state, "add_stance", f"add {name_of(state, stance)}", changes)


def set_slot(
    state: ArticleState,
    identifier: UUID,
    slot: Slot,
    value: Ref | tuple[Span, ...],
    coder: UUID,
    at: str,
) -> Act | None:
    """Fill a slot: holder and target with a ref, cue and evidence with spans (evidence never none).

    To the nested sources a ref is added, as the innermost; no spans at all take them away. Who
    holds a stance does not report it too.
    Where the holder of a stance was also the source of the statement under it, a holder in the
    text corrects the source along: who holds it here is who said it.
    The stance of the article as a whole has no slots to be filled.
    """
    frame = state.get(identifier)
    if frame is None or isinstance(frame, Entity) or not in_text(frame):
        return None
    new = _filled(state, frame, slot, value)
    if new is None:
        return None
    changes = revision(state, new, coder, at)
    if changes is None:
        return None
    if slot is Slot.HOLDER and isinstance(frame, Stance):
        changes += _source_along(state, frame, value, coder, at)
    else:
        changes += implied(state, frame, coder, at)
    name = "reporter" if slot is Slot.NESTED else slot.value
    return act(state, "slot", f"set {name} of {name_of(state, frame)}", changes)


def more_of(frame: Annotation | None, slot: Slot, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return what a slot of spans holds with some more, in the order of the text."""
    match frame, slot:
        case ((Stance(cue=old) | Statement(cue=old)), Slot.CUE):
            pass
        case ((Stance(evidence=old) | Statement(content=old)), Slot.EVIDENCE):
            pass
        case _:
            old = ()
    kept = (span for span in old if not any(span.overlaps(new) for new in spans))
    return tuple(sorted((*kept, *spans)))


def set_position(
    state: ArticleState, identifier: UUID, position: Position, coder: UUID, at: str
) -> Act | None:
    """Say which side the holder takes; the side a suggestion takes already accepts it."""
    stance = state.get(identifier)
    if not isinstance(stance, Stance):
        return None
    if stance.position is position:
        return accept(state, identifier, coder, at)
    side = "for" if position is Position.FAVOR else position.value
    title = f"set {name_of(state, stance)} to {side}"
    return _revised(state, replace(stance, position=position), "position", title, coder, at)


def set_negated(
    state: ArticleState, identifier: UUID, negated: bool, coder: UUID, at: str
) -> Act | None:
    """Say whether the stance is toward *not* the target ("removing the controls").

    That of the article as a whole is toward the issue itself.
    """
    stance = state.get(identifier)
    if not isinstance(stance, Stance) or stance.target.negated == negated or stance.overall:
        return None
    target = replace(stance.target, negated=negated)
    title = f"{'negate' if negated else 'affirm'} target of {name_of(state, stance)}"
    return _revised(state, replace(stance, target=target), "negate", title, coder, at)


def set_certainty(
    state: ArticleState, identifier: UUID, certainty: Certainty | None, coder: UUID, at: str
) -> Act | None:
    """Say how certain the analyst is of a stance; None takes that back."""
    stance = state.get(identifier)
    if not isinstance(stance, Stance) or stance.certainty is certainty:
        return None
    title = f"set certainty of {name_of(state, stance)}"
    return _revised(state, replace(stance, certainty=certainty), "certainty", title, coder, at)


def _revised(
    state: ArticleState, stance: Stance, name: str, title: str, coder: UUID, at: str
) -> Act | None:
    changes = revision(state, stance, coder, at)
    if changes is None:
        return None
    changes += implied(state, stance, coder, at)
    return act(state, name, title, changes)


def _filled(
    state: ArticleState, frame: Annotation, slot: Slot, value: Ref | tuple[Span, ...]
) -> Annotation | None:
    if isinstance(value, tuple):
        spans = tuple(found for span in value if (found := trim_blanks(state.text, span)))
        if not spans and (value or slot is Slot.EVIDENCE):
            return None
        match frame, slot:
            case ((Stance() | Statement()), Slot.CUE):
                return replace(frame, cue=spans)
            case Stance(), Slot.EVIDENCE:
                return replace(frame, evidence=spans)
            case Statement(), Slot.EVIDENCE:
                return replace(frame, content=spans)
            case Stance(), Slot.NESTED if not spans:
                return replace(frame, nested=())
            case _:
                return None
    match frame, slot:
        case Stance(), Slot.HOLDER:
            reporters = tuple(ref for ref in frame.nested if not _same(state, ref, value))
            return replace(frame, holder=value, nested=reporters)
        case Stance(), Slot.NESTED:
            known = any(_same(state, value, other) for other in (*frame.nested, frame.holder))
            return None if known else replace(frame, nested=(*frame.nested, value))
        case Stance(), Slot.TARGET:
            return replace(frame, target=replace(value, negated=frame.target.negated))
        case Statement(), Slot.HOLDER:
            return replace(frame, source=value)
        case Statement(), Slot.TARGET:
            return replace(frame, addressee=value)
        case _:
            return None


def _source_along(
    state: ArticleState, stance: Stance, holder: Ref | tuple[Span, ...], coder: UUID, at: str
) -> list[Change]:
    statement = state.get(stance.statement)
    if not isinstance(statement, Statement) or not isinstance(holder, Ref) or holder.span is None:
        return []
    if not _same(state, statement.source, stance.holder):
        return []
    return revision(state, replace(statement, source=holder), coder, at) or []


def _same(state: ArticleState, one: Ref, other: Ref) -> bool:
    one, other = state.settled(one), state.settled(other)
    return (one.kind, one.span) == (other.kind, other.span)
