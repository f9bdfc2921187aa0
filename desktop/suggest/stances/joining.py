"""Stance suggestions put together: one holder's words on one target make one suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.values import Position, Span
from desktop.suggest.found import Slot, StanceFound


def once(found: Sequence[StanceFound]) -> list[StanceFound]:
    """Leave out where a holder says of the very same words again that they are for or against."""
    best: dict[tuple[int | Span, Span, Position, bool], StanceFound] = {}
    for stance in found:
        holder = stance.holder.span if stance.holder.mention is None else stance.holder.mention
        key = (holder, stance.target.span, stance.position, stance.negated)
        best.setdefault(key, stance)
    return list(best.values())


def same(one: Slot, other: Slot) -> bool:
    """Tell whether two slots are filled by the same mention or the same words."""
    if one.mention is not None and other.mention is not None:
        return one.mention == other.mention
    return one.span == other.span


def joined(found: Sequence[StanceFound]) -> list[StanceFound]:
    """Join what one holder says of one target in a sentence: for and against make mixed."""
    kept: list[StanceFound] = []
    for stance in found:
        for place, other in enumerate(kept):
            if not (
                same(stance.holder, other.holder) and stance.target.span.overlaps(other.target.span)
            ):
                continue
            if stance.position is other.position and stance.negated is other.negated:
                if stance.score > other.score:
                    kept[place] = stance
            elif stance.negated is other.negated:
                kept[place] = replace(
                    other,
                    position=Position.MIXED,
                    cue=tuple(sorted({*other.cue, *stance.cue})),
                    score=round(min(stance.score, other.score), 2),
                    why=f"{other.why}; {stance.why}",
                )
            else:
                continue
            break
        else:
            kept.append(stance)
    return kept
