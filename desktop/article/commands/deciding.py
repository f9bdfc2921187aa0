"""Accept, reject, note: what can be done to any annotation, and what all decisions share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from db import rows
from db.acts import Act, Change
from db.values import (
    Annotation,
    ArticleStatus,
    Decision,
    Entity,
    Ref,
    RefKind,
    Stance,
    Statement,
    Status,
    layer_of,
)
from desktop.article.places import main_span
from desktop.article.state import ArticleState

Refill = Callable[[Ref], Ref]
_BEGUN = ArticleStatus.IN_PROGRESS
_LONGEST_TITLE = 32  # code points of an annotation's text in the name of an act


def accept(state: ArticleState, identifier: UUID, coder: UUID, at: str) -> Act | None:
    """Accept a suggestion as it stands; a stance brings the statement it rests on with it."""
    annotation = state.get(identifier)
    if annotation is None or annotation.decision.decided:
        return None
    changes = [
        change_to(state, stamped(settled(state, annotation), Status.ACCEPTED, coder, at)),
        *implied(state, annotation, coder, at),
    ]
    return act(state, "accept", f"accept {name_of(state, annotation)}", changes)


def reject(
    state: ArticleState, identifier: UUID, coder: UUID, at: str, reason: str | None = None
) -> Act | None:
    """Take an annotation away.

    What came from a suggestion is kept as rejected, with the reason, so that it does not come
    back; what the analyst added is deleted. Slots it filled keep its span.
    """
    annotation = state.get(identifier)
    if annotation is None:
        return None
    changes = [*rejection(state, annotation, coder, at, reason)]
    name = "delete" if annotation.decision.status is Status.ADDED else "reject"
    return act(state, name, f"{name} {name_of(state, annotation)}", changes)


def give_reason(
    state: ArticleState, identifier: UUID, reason: str, coder: UUID, at: str
) -> Act | None:
    """Say why an annotation was rejected, after it was."""
    row = state.row(identifier)
    if row is None or row.decision.status is not Status.REJECTED or row.decision.reason == reason:
        return None
    decision = replace(row.decision, reason=reason, coder=coder, decided_at=at)
    title = f"say why {name_of(state, row)} was rejected"
    return act(state, "reason", title, [change_to(state, replace(row, decision=decision))])


def set_note(
    state: ArticleState, identifier: UUID, note: str | None, coder: UUID, at: str
) -> Act | None:
    """Write, change or (with None or blanks) remove a note.

    A note is no decision: on a suggestion it makes a row whose status is still ``suggested``.
    """
    annotation = state.get(identifier)
    note = (note or "").strip() or None
    if annotation is None or annotation.decision.note == note:
        return None
    row = state.row(identifier)
    if note is None and row is not None and not row.decision.decided:
        change = deletion(row)
    else:
        decision = replace(annotation.decision, note=note, coder=coder, decided_at=at)
        if not decision.decided:
            decision = replace(decision, suggestion=identifier, decided_at=None)
        change = change_to(state, replace(settled(state, annotation), decision=decision))
    return act(state, "note", f"note on {name_of(state, annotation)}", [change])


# --- what commands are made of


def act(state: ArticleState, name: str, title: str, changes: Iterable[Change]) -> Act:
    """Bind changes into one act; the first one done to an article sets it in progress."""
    article = state.article
    begun = (
        [Change("article", article.id, _status(article.status), _status(_BEGUN))]
        if article.status is ArticleStatus.TODO
        else []
    )
    return Act(name, title, article.id, (*changes, *begun))


def _status(status: ArticleStatus) -> rows.Row:
    return {"status": status.value}


def revision(state: ArticleState, new: Annotation, coder: UUID, at: str) -> list[Change] | None:
    """Return the changes that give an annotation a new value; None where nothing would change.

    A suggestion becomes corrected and keeps what was suggested, an added annotation stays added,
    and a corrected one that is put back to what was suggested counts as accepted. To choose the
    value a suggestion already has is to accept it.
    """
    old = state.get(new.id)
    if old is None:
        return None
    new = settled(state, new)
    claim = _claim(rows.value_of(new))
    same = claim == _claim(rows.value_of(settled(state, old)))
    if same and old.decision.decided:
        return None
    decision = old.decision
    if decision.status is Status.ADDED:
        changed = stamped(new, Status.ADDED, coder, at)
    elif same or (decision.suggested and claim == _claim(decision.suggested)):
        changed = stamped(new, Status.ACCEPTED, coder, at)
    else:
        suggested = decision.suggested or _claim(rows.value_of(old))
        changed = stamped(new, Status.CORRECTED, coder, at, suggested)
    return [change_to(state, changed)]


def _claim(value: Any) -> Any:
    """Return a value without who is who: to know an actor corrects nothing."""
    if isinstance(value, dict):
        told = cast(rows.Row, value)
        return {k: None if k in ("actor", "actor_id") else _claim(v) for k, v in told.items()}
    if isinstance(value, list):
        return [_claim(each) for each in cast(list[Any], value)]
    return value


def rejection(
    state: ArticleState, annotation: Annotation, coder: UUID, at: str, reason: str | None
) -> list[Change]:
    """Return the changes that take an annotation away, and out of the slots it filled."""
    status, suggested = annotation.decision.status, annotation.decision.suggested
    row = state.row(annotation.id)
    if status is Status.ADDED and row is not None:
        gone = deletion(row)
    else:
        rejected = stamped(settled(state, annotation), Status.REJECTED, coder, at, suggested)
        rejected = replace(rejected, decision=replace(rejected.decision, reason=reason))
        gone = change_to(state, rejected)
    return [gone, *_let_go(state, annotation)]


def implied(state: ArticleState, annotation: Annotation, coder: UUID, at: str) -> list[Change]:
    """Return the acceptance of the statement a decided stance rests on, if it is undecided.

    Who takes this side in these words has said these words: one look decides both.
    """
    statement = state.get(annotation.statement) if isinstance(annotation, Stance) else None
    if statement is None or statement.decision.decided:
        return []
    return [change_to(state, stamped(settled(state, statement), Status.ACCEPTED, coder, at))]


def stamped(
    annotation: Annotation,
    status: Status,
    coder: UUID,
    at: str,
    suggested: rows.Row | None = None,
) -> Annotation:
    """Return an annotation with its decision: origin, score and note stay what they were."""
    old = annotation.decision
    decision = Decision(
        status=status,
        origin=old.origin,
        score=old.score,
        suggestion=None if status is Status.ADDED else old.suggestion or annotation.id,
        suggested=suggested,
        note=old.note,
        coder=coder,
        decided_at=at,
    )
    return replace(annotation, decision=decision)


def settled(state: ArticleState, annotation: Annotation) -> Annotation:
    """Return an annotation with its slots as they stand now (see ``ArticleState.settled``)."""
    kept = refilled(annotation, state.settled)
    if isinstance(kept, Stance) and state.get(kept.statement) is None:
        return replace(kept, statement=None)
    return kept


def change_to(state: ArticleState, new: Annotation) -> Change:
    """Return the change of an annotation's row, with those columns alone that differ."""
    after = rows.to_row(new)
    row = state.row(new.id)
    if row is None:
        return Change(layer_of(new).value, new.id, None, after)
    before = rows.to_row(row)
    differ = [column for column in after if after[column] != before[column]]
    return Change(
        layer_of(new).value,
        new.id,
        {column: before[column] for column in differ},
        {column: after[column] for column in differ},
    )


def deletion(row: Annotation) -> Change:
    """Return the change that removes an annotation's row."""
    return Change(layer_of(row).value, row.id, rows.to_row(row), None)


def name_of(state: ArticleState, annotation: Annotation) -> str:
    """Return an annotation's name in a title: its text in quotes, shortened.

    A stance of the article as a whole is named by its issue.
    """
    if isinstance(annotation, Stance) and annotation.overall and annotation.target.issue:
        issue = state.issue_names.get(annotation.target.issue, "an issue")
        return f"the article’s stance on ‘{issue}’"
    text = " ".join(main_span(annotation).of(state.text).split())
    if len(text) > _LONGEST_TITLE:
        text = text[: _LONGEST_TITLE - 1].rstrip() + "…"
    kind = "" if isinstance(annotation, Entity) else f"{layer_of(annotation).value} "
    return f"{kind}‘{text}’"


def _let_go(state: ArticleState, gone: Annotation) -> list[Change]:
    """Return the changes of decided rows that point at an annotation which is going."""

    def freed(ref: Ref) -> Ref:
        if ref.entity != gone.id:
            return ref
        return replace(state.settled(ref), kind=RefKind.SPAN, entity=None)

    changes: list[Change] = []
    for user in state.users(gone.id):
        kept = refilled(user, freed)
        if isinstance(kept, Stance) and kept.statement == gone.id:
            kept = replace(kept, statement=None)
        changes.append(change_to(state, kept))
    return changes


def refilled(user: Annotation, fill: Refill) -> Annotation:
    """Return a statement or stance with each slot put through ``fill``."""
    match user:
        case Entity():
            return user
        case Statement():
            addressee = user.addressee
            return replace(user, source=fill(user.source), addressee=addressee and fill(addressee))
        case Stance():
            return replace(
                user,
                holder=fill(user.holder),
                target=fill(user.target),
                nested=tuple(fill(ref) for ref in user.nested),
            )
