"""The article as a whole: on which side of an issue its frames come down, taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from db.values import Decision, Origin, Position, Ref, RefKind, Stance, Status
from desktop.naming import named

_MOST = 2 / 3 - 1e-9  # of what takes a side must be on one, or else the article is mixed
_UNSCORED, _LEAST = 0.5, 0.01


@dataclass(slots=True)
class _Side:
    frames: int = 0
    weight: float = 0.0


def overall(article: UUID, stances: Sequence[Stance]) -> list[Stance]:
    """Return a suggestion for each issue that frames have as target, in order of first mention.

    Each is :attr:`db.values.Stance.overall`. A decided frame weighs 1, a suggested one its score.
    A rejected frame does not count, nor does an unclear one; a negated target turns the side round.
    Half of a mixed frame is for and half against. The article is mixed unless two thirds of what
    takes a side are on one, and neutral where more is neutral than takes a side. The score is how
    much weight is behind that, of the weight that as many decided frames would have.

    Args:
        article: whose they are.
        stances: its frames, suggested and decided; any that are overall are passed over.
    """
    by_issue: defaultdict[UUID, list[Stance]] = defaultdict(list)
    for stance in stances:
        issue = stance.target.issue
        counts = stance.decision.status is not Status.REJECTED and not stance.overall
        if issue is not None and counts and stance.position is not Position.UNCLEAR:
            by_issue[issue].append(stance)
    return [_summed(article, issue, frames) for issue, frames in by_issue.items()]


def _summed(article: UUID, issue: UUID, frames: Sequence[Stance]) -> Stance:
    sides: defaultdict[Position, _Side] = defaultdict(_Side)
    for frame in frames:
        position = frame.position
        if frame.target.negated:
            position = position.turned
        sides[position].frames += 1
        sides[position].weight += _weight(frame)
    halved = sides[Position.MIXED].weight / 2
    favor = sides[Position.FAVOR].weight + halved
    against = sides[Position.AGAINST].weight + halved
    neutral = sides[Position.NEUTRAL].weight
    if neutral > favor + against:
        position, behind = Position.NEUTRAL, neutral
    elif max(favor, against) < _MOST * (favor + against):
        position, behind = Position.MIXED, 2 * min(favor, against)
    elif favor > against:
        position, behind = Position.FAVOR, favor
    else:
        position, behind = Position.AGAINST, against
    score = round(behind / len(frames), 4)
    stance = Stance(
        id=article,
        article=article,
        holder=Ref(RefKind.WRITER),
        target=Ref(RefKind.ISSUE, issue=issue),
        position=position,
        evidence=(),
        decision=Decision(Status.SUGGESTED, Origin.RULE, score=score),
        why=_why(position, {side: each.frames for side, each in sides.items()}, len(frames)),
    )
    return named(stance)


def _weight(frame: Stance) -> float:
    if frame.decision.decided:
        return 1.0
    return _UNSCORED if frame.decision.score is None else max(frame.decision.score, _LEAST)


def _why(position: Position, frames: dict[Position, int], many: int) -> str:
    """Return the reason in one line, such as "4 of 5 frames are against"."""
    if many == 1:
        return f"the one frame is {_word(position)}"
    if position is Position.MIXED:
        counts = [f"{frames[side]} {_word(side)}" for side in Position if frames.get(side)]
        return f"of {many} frames, {' and '.join(counts)}"
    number = frames.get(position, 0)
    return f"{number} of {many} frames {'is' if number == 1 else 'are'} {_word(position)}"


def _word(position: Position) -> str:
    return "for" if position is Position.FAVOR else position.value
