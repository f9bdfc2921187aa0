"""What the analyst means by a selection or a caret: a name, some words, or a quotation."""

from __future__ import annotations

from db.values import Annotation, Layer, Ref, RefKind, Span, Statement
from desktop.article.bounds import Bounds, Unit
from desktop.article.commands import Slot, ref_to
from desktop.article.places import in_text, start_of
from desktop.article.state import ArticleState
from desktop.article.trim import trim, trim_blanks


def filler(
    state: ArticleState, slot: Slot, selection: Span | None, caret: int | None
) -> Ref | tuple[Span, ...] | None:
    """Return what a slot is to be filled with, in the shape it takes; None if nothing says so.

    A selection inside a name, or a caret on one, points at the name. For cue and evidence only
    selected words count.
    """
    if slot in (Slot.CUE, Slot.EVIDENCE):
        strip = trim if slot is Slot.CUE else trim_blanks
        words = strip(state.text, selection) if selection else None
        return (words,) if words else None
    span = trim(state.text, selection) if selection else None
    if span is None and caret is None:
        return None
    at = span or Span(caret or 0, caret or 0)
    name = next((e for e in state.entities_at(at.start) if e.span.covers(at)), None)
    if name is None and span is None and caret:  # behind a name the caret still touches it
        name = next(iter(state.entities_at(caret - 1)), None)
    if name is not None:
        return ref_to(name)
    return Ref(RefKind.SPAN, span) if span else None


def evidence(
    state: ArticleState,
    bounds: Bounds,
    selection: Span | None,
    focused: Annotation | None,
    caret: int | None,
) -> Span | Statement | None:
    """Return what a new stance rests on.

    That is the selection, or else the quotation in focus, or else the quotation or the sentence
    around what is in focus or around the caret.
    """
    if selection is not None:
        return selection
    if isinstance(focused, Statement):
        return focused
    at = start_of(focused) if focused is not None and in_text(focused) else caret
    if at is None:
        return None
    for found in state.between(at, at + 1, Layer.STATEMENT):
        if isinstance(found, Statement) and any(p.start <= at < p.end for p in found.content):
            return found
    return bounds.around(at, Unit.SENTENCE)
