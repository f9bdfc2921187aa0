"""A stance in one go: a side taken on the words that are pointed at, and the rest read around."""

from __future__ import annotations

from uuid import UUID, uuid4

from db.values import Entity, Position, Ref, Span, Stance
from desktop.article import commands, pointing
from desktop.article.commands import Draft, Slot
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from desktop.article.stretches import Stretch, Stretches
from desktop.article.wording import tr


def take_side_on_it(session: ArticleSession, position: Position) -> bool:
    """Make a stance on the selection, or on the name in focus, and look at it.

    Where just that stance is suggested, it is decided on instead of making another one.
    """
    state, target = session.state, _pointed_at(session)
    sentence = Stretches(session).around(Stretch.SENTENCE)
    if state is None or target is None or target.span is None or sentence is None:
        session.told.emit(tr("Select what the side is taken on first."))
        return False
    sentence = Span(sentence.start, max(sentence.end, target.span.end))
    frame = commands.draft_toward(state, target, sentence, session.actor_labels)
    if frame is None:
        return False
    if there := _suggested(state, frame):
        done = session.do(commands.set_position, there, position)
    else:
        made = uuid4()
        done = session.do(commands.add_stance, frame, position=position, identifier=made)
        there = made
    if done:
        session.clear_selection()
        session.set_focus(there)
    return done


def _pointed_at(session: ArticleSession) -> Ref | None:
    state, focused = session.state, session.focused
    if state is None:
        return None
    if session.selection is None and session.caret is None:
        return commands.ref_to(focused) if isinstance(focused, Entity) else None
    found = pointing.filler(state, Slot.TARGET, session.selection, session.caret)
    return found if isinstance(found, Ref) else None


def _suggested(state: ArticleState, frame: Draft) -> UUID | None:
    """Return the undecided stance that has the holder and target of a draft, in its evidence."""
    holder, target = frame.holder, frame.target.span
    for each in state.stances:
        toward = state.settled(each.target).span
        if (
            not each.decision.decided
            and target is not None
            and toward is not None
            and toward.overlaps(target)
            and _same_holder(state, each, holder)
            and any(one.overlaps(other) for one in each.evidence for other in frame.evidence)
        ):
            return each.id
    return None


def _same_holder(state: ArticleState, stance: Stance, holder: Ref) -> bool:
    one = state.settled(stance.holder)
    return (one.kind, one.span) == (holder.kind, holder.span)
