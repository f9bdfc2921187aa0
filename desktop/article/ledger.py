"""The positions of whoever is named in an article, all over the project; Qt-free.

Those of other articles are read from the file, those of this one off its state: so what the
analyst does here is known at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeGuard
from uuid import UUID

from db import rows
from db.acts import Act, Change
from db.positions import TAKEN, WORDS, Recorded, plain, target_of
from db.values import Annotation, Layer, Ref, Stance, Status
from desktop.article.places import main_span, place_of
from desktop.article.state import ArticleState
from desktop.article.wording import one_line, ref_text, shortened

_EXCERPT = 160  # code points
_UNDECIDED = (Status.SUGGESTED, Status.REJECTED)


class Ledger:
    """What actors hold, by holder; the newest article first."""

    def __init__(self) -> None:
        self._held: dict[UUID, list[Recorded]] = {}

    def forget(self) -> None:
        """Know nothing."""
        self._held = {}

    def take(self, of: Iterable[UUID], found: Iterable[Recorded]) -> None:
        """Know what some actors hold, instead of what was known of them."""
        self._held |= {actor: [] for actor in of}
        for each in found:
            self._held.setdefault(each.holder, []).append(each)

    def held_by(
        self, state: ArticleState, actor: UUID, besides: UUID | None = None
    ) -> list[Recorded]:
        """Return what an actor holds, this article's first, but for one stance."""
        here = [
            each
            for each in state.decisions
            if isinstance(each, Stance)
            and each.decision.status is not Status.REJECTED
            and each.holder.actor == actor
            and each.id != besides
        ]
        here.sort(key=place_of)
        return [*(recorded(state, each) for each in here), *self._elsewhere(state, actor)]

    def on(self, state: ArticleState, stance: Stance) -> str:
        """Return what all stances on a stance's target have in common."""
        return _on(state, stance.target)

    def contradicted(
        self, state: ArticleState, act: Act
    ) -> tuple[frozenset[object], Recorded] | None:
        """Return what an act would record, and the first recorded position that contradicts it.

        None if none does, or if the act records no side that is new.
        """
        asked: set[object] = set()
        first: Recorded | None = None
        for change in act.changes:
            new = _stance_after(state, change)
            if new is None or new.holder.actor is None:
                continue
            said = recorded(state, new)
            old = state.row(change.id)
            if _is_recorded(old):
                before = recorded(state, old)
                if (before.holder, before.on, before.position) == (
                    said.holder,
                    said.on,
                    said.position,
                ):
                    continue
            for each in self.held_by(state, said.holder, besides=new.id):
                if each.contradicts(said.holder, said.on, said.position):
                    # By its words: made anew at the second press, it has another id.
                    asked.add((new.evidence, said.on, said.position))
                    first = first or each
                    break
        return (frozenset(asked), first) if first else None

    def _elsewhere(self, state: ArticleState, actor: UUID) -> list[Recorded]:
        return [each for each in self._held.get(actor, ()) if each.article != state.article.id]


def _is_recorded(row: Annotation | None) -> TypeGuard[Stance]:
    """Tell a decided stance of somebody the project knows."""
    return (
        isinstance(row, Stance)
        and row.decision.status not in _UNDECIDED
        and row.holder.actor is not None
    )


def recorded(state: ArticleState, stance: Stance) -> Recorded:
    """Return a stance of the article as the ledger holds it; its holder has an actor."""
    assert stance.holder.actor is not None
    meta, target = state.article.meta, stance.target
    return Recorded(
        stance=stance.id,
        article=state.article.id,
        holder=stance.holder.actor,
        on=_on(state, target),
        words=ref_text(state, target),
        position=plain(stance.position, negated=target.negated),
        title=meta.title,
        publication=meta.publication,
        published=meta.published,
        excerpt=shortened(one_line(main_span(stance).of(state.text)), _EXCERPT + 1),
    )


def _on(state: ArticleState, target: Ref) -> str:
    target = state.settled(target)
    return target_of(target, one_line(target.span.of(state.text)[:WORDS]) if target.span else "")


def _stance_after(state: ArticleState, change: Change) -> Stance | None:
    """Return the decided stance that a change leaves, if it takes a side."""
    if change.table != Layer.STANCE.value or change.after is None:
        return None
    row = state.row(change.id)
    whole = {**(rows.to_row(row) if row else {}), **change.after}
    found = rows.from_row(Layer.STANCE, whole)
    assert isinstance(found, Stance)
    decided = found.decision.status not in _UNDECIDED
    return found if decided and found.position in TAKEN else None
