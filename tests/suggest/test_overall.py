"""The stance of an article as a whole, summed up from its frames."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from db.values import Decision, Origin, Position, Ref, RefKind, Span, Stance, Status
from desktop.suggest.stances.overall import overall

ARTICLE, TOLL, BRIDGE = UUID(int=1), UUID(int=2), UUID(int=3)
FAVOR, AGAINST = Position.FAVOR, Position.AGAINST
NEUTRAL, MIXED, UNCLEAR = Position.NEUTRAL, Position.MIXED, Position.UNCLEAR


def frame(
    position: Position,
    score: float | None = 0.6,
    *,
    issue: UUID | None = TOLL,
    negated: bool = False,
    status: Status = Status.SUGGESTED,
) -> Stance:
    kind = RefKind.ISSUE if issue else RefKind.SPAN
    return Stance(
        uuid4(),
        ARTICLE,
        Ref(RefKind.SPAN, Span(0, 4)),
        Ref(kind, Span(5, 9), issue=issue, negated=negated),
        position,
        (Span(0, 20),),
        Decision(status, Origin.RULE, score),
    )


def summed(*frames: Stance) -> tuple[Position, float | None, str | None]:
    (whole,) = overall(ARTICLE, frames)
    return whole.position, whole.decision.score, whole.why


def test_it_is_a_suggestion_of_the_writer_toward_the_issue_without_evidence():
    (whole,) = overall(ARTICLE, [frame(AGAINST)])
    assert whole.overall
    assert whole.holder == Ref(RefKind.WRITER)
    assert whole.target == Ref(RefKind.ISSUE, issue=TOLL)
    assert (whole.evidence, whole.cue, whole.nested, whole.statement) == ((), (), (), None)
    assert whole.decision == Decision(Status.SUGGESTED, Origin.RULE, 0.6)


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ([AGAINST], (AGAINST, 0.6, "the one frame is against")),
        ([FAVOR] * 3, (FAVOR, 0.6, "3 of 3 frames are for")),
        ([AGAINST] * 4 + [FAVOR], (AGAINST, 0.48, "4 of 5 frames are against")),
        ([FAVOR] * 2 + [AGAINST], (FAVOR, 0.4, "2 of 3 frames are for")),
        ([FAVOR] * 2 + [AGAINST] * 2, (MIXED, 0.6, "of 4 frames, 2 for and 2 against")),
        ([FAVOR] * 3 + [AGAINST] * 2, (MIXED, 0.48, "of 5 frames, 3 for and 2 against")),
        ([NEUTRAL] * 2, (NEUTRAL, 0.6, "2 of 2 frames are neutral")),
        ([NEUTRAL] * 2 + [FAVOR], (NEUTRAL, 0.4, "2 of 3 frames are neutral")),
        ([NEUTRAL, FAVOR], (FAVOR, 0.3, "1 of 2 frames is for")),
        ([MIXED], (MIXED, 0.6, "the one frame is mixed")),
        ([MIXED, AGAINST], (AGAINST, 0.45, "1 of 2 frames is against")),
        ([AGAINST, UNCLEAR], (AGAINST, 0.6, "the one frame is against")),
    ],
    ids=lambda value: value[2] if isinstance(value, tuple) else "",
)
def test_the_side_that_two_thirds_take(sides: list[Position], expected: tuple[object, ...]):
    assert summed(*map(frame, sides)) == expected


def test_a_decided_frame_weighs_one_and_a_suggested_one_its_score():
    decided = frame(FAVOR, 0.1, status=Status.ACCEPTED)
    assert summed(decided, frame(AGAINST, 0.4)) == (FAVOR, 0.5, "1 of 2 frames is for")
    assert summed(decided, frame(AGAINST, 0.9))[0] is MIXED
    assert summed(frame(AGAINST, None))[1] == 0.5
    assert summed(frame(AGAINST, 0.0))[0] is AGAINST


def test_a_negated_target_turns_the_side_round():
    assert summed(frame(AGAINST, negated=True)) == (FAVOR, 0.6, "the one frame is for")
    assert summed(frame(NEUTRAL, negated=True))[0] is NEUTRAL


def test_what_is_rejected_unclear_or_on_no_issue_does_not_count():
    assert overall(ARTICLE, [frame(UNCLEAR), frame(FAVOR, issue=None)]) == []
    assert summed(frame(AGAINST), frame(FAVOR, status=Status.REJECTED))[0] is AGAINST


def test_an_overall_stance_is_not_one_of_its_own_reasons():
    frames = [frame(AGAINST)]
    assert overall(ARTICLE, [*frames, *overall(ARTICLE, frames)]) == overall(ARTICLE, frames)


def test_there_is_one_for_each_issue_in_the_order_they_come():
    frames = [frame(AGAINST, issue=BRIDGE), frame(FAVOR), frame(AGAINST, issue=BRIDGE)]
    found = [(one.target.issue, one.position) for one in overall(ARTICLE, frames)]
    assert found == [(BRIDGE, AGAINST), (TOLL, FAVOR)]
