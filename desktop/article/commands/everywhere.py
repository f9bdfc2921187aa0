"""The same mention everywhere: what was decided of one name, decided of every equal one.

Equal mentions have one form (:func:`db.forms.form_of`). A verdict is carried out in single steps,
each an act of its own upon the state the last one left; whoever does them binds them into one.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from db.acts import Act
from db.forms import form_of, is_part, places
from db.values import Entity, Layer, Origin, Span, Status, ZoneKind
from desktop.article.commands.deciding import act, name_of, rejection
from desktop.article.commands.entities import add_entity, relabel
from desktop.article.state import ArticleState


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to hold of a form: it bears ``label``, or, where it is ``refused``, it does not."""

    form: str
    label: str
    refused: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where a verdict changes something, and how many mentions were decided otherwise."""

    open: tuple[Span, ...]
    left_alone: int


def verdict_on(state: ArticleState, entity: Entity) -> Verdict:
    """Return what an entity says of its form: a suggestion is taken at its word."""
    refused = entity.decision.status is Status.REJECTED
    reason = entity.decision.reason if refused else None
    return Verdict(form_of(entity.span.of(state.text)), entity.label, refused, reason)


def mentions(state: ArticleState, verdict: Verdict) -> Mentions:
    """Find where a verdict changes something.

    A suggestion in just that place is decided on, whatever its label (refused is only the label
    that was refused). Where nothing was suggested the name is added, if it stands by itself, and
    not inside another name, in boilerplate, or where a stretch was said to hold nothing.
    """
    refused = {
        row.span
        for row in state.decisions
        if isinstance(row, Entity) and row.decision.status is Status.REJECTED
    }
    empty = [Span(c.start, c.end) for c in state.checked.values() if c.layer == "entities"]
    boilerplate = [
        Span(zone.start, zone.end)
        for zone in state.article.zones
        if zone.kind is ZoneKind.BOILERPLATE
    ]
    found: list[Span] = []
    left_alone = 0
    for span in places(state.text, verdict.form):
        there = state.entity_on(span)
        if there is not None and not there.decision.decided:
            if not verdict.refused or there.label == verdict.label:
                found.append(span)
        elif there is not None:
            left_alone += verdict.refused or there.label != verdict.label
        elif verdict.refused or _is_part(state.text, span):
            continue
        elif span in refused or _taken(state, span) or any(one.covers(span) for one in empty):
            left_alone += 1
        elif not any(one.overlaps(span) for one in boilerplate):
            found.append(span)
    return Mentions(tuple(found), left_alone)


def decide_alike(
    state: ArticleState, span: Span, verdict: Verdict, coder: UUID, at: str
) -> Act | None:
    """Carry a verdict out on the mention at ``span``; None where it holds there already."""
    there = state.entity_on(span)
    if verdict.refused:
        if there is None or there.decision.decided:
            return None
        changes = rejection(state, there, coder, at, verdict.reason)
        return act(state, "reject", f"reject {name_of(state, there)}", changes)
    if there is not None:
        return (
            None if there.decision.decided else relabel(state, there.id, verdict.label, coder, at)
        )
    origin = Origin.PROPAGATED
    return add_entity(state, span, verdict.label, coder, at, origin=origin)


def title_of(verdict: Verdict, where: str) -> str:
    """Return the name of the act that carries a verdict out: ``where`` is "here", say."""
    verb = "reject" if verdict.refused else "label"
    label = "" if verdict.refused else f" {verdict.label}"
    return f"{verb} every ‘{verdict.form}’{label} {where}"


def _is_part(text: str, span: Span) -> bool:
    line = text.find("\n", span.end)
    return is_part(text, span, len(text) if line < 0 else line)


def _taken(state: ArticleState, span: Span) -> bool:
    """Tell whether another name lies here that was decided, or that reaches beyond the form."""
    near = state.between(span.start, span.end, Layer.ENTITY)
    return any(
        each.decision.decided or not span.covers(each.span)
        for each in near
        if isinstance(each, Entity)
    )
