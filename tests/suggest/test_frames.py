"""Suggested stances and statements counted against a reader's, in cases small enough to check."""

from dataclasses import replace
from uuid import UUID

import pytest

from db.values import Position, Span
from desktop.suggest.evaluation.frames import (
    Counts,
    Frame,
    Said,
    count_frames,
    count_statements,
    matched,
    same_holder,
    same_side,
    same_statement,
    same_target,
)

FAVOR, AGAINST, NEUTRAL = Position.FAVOR, Position.AGAINST, Position.NEUTRAL
# "Ms Rook backs the toll." and where its parts are
ROOK, TOLL, WHOLE = Span(3, 7), Span(14, 22), Span(0, 23)
GOLD = Frame((ROOK,), (TOLL,), FAVOR, (WHOLE,))


def rights(found: list[Frame], gold: list[Frame]) -> dict[str, tuple[int, int, int]]:
    counts = count_frames(found, gold)
    return {name: (one.right, one.found, one.gold) for name, one in counts.items()}


# What fits


def test_a_holder_is_right_at_the_place_of_the_frame():
    assert same_holder(replace(GOLD, holders=(Span(0, 4),)), GOLD)  # "Ms R": they overlap
    assert not same_holder(replace(GOLD, holders=(Span(0, 3),)), GOLD)
    assert not same_holder(replace(GOLD, evidence=(Span(30, 50),)), GOLD)


def test_any_mention_of_the_holder_is_as_good():
    gold = replace(GOLD, holders=(Span(100, 108), ROOK))
    assert same_holder(GOLD, gold)


def test_the_writer_is_a_holder_without_a_name():
    writer = replace(GOLD, holders=(), writer=True)
    assert same_holder(writer, writer)
    assert not same_holder(GOLD, writer)
    assert not same_holder(replace(GOLD, holders=()), replace(GOLD, holders=()))  # nobody named


@pytest.mark.parametrize(
    ("found", "gold", "same"),
    [
        ((FAVOR, False), (FAVOR, False), True),
        ((FAVOR, False), (AGAINST, False), False),
        ((AGAINST, True), (FAVOR, False), True),  # against removing it: for it
        ((FAVOR, True), (FAVOR, True), True),
        ((FAVOR, True), (FAVOR, False), False),
        ((NEUTRAL, True), (NEUTRAL, False), True),
    ],
)
def test_a_side_is_the_same_once_the_target_is_turned(found, gold, same):
    def frame(position: Position, negated: bool) -> Frame:
        return replace(GOLD, position=position, negated=negated)

    assert same_side(frame(*found), frame(*gold)) is same


def test_a_target_that_has_the_turning_words_in_it_is_turned():
    """Against "removing the toll" is what the gold has as against "the toll", negated."""
    gold = replace(GOLD, position=AGAINST, negated=True, negated_by=Span(14, 22))
    narrow, wide = Span(23, 31), Span(14, 31)
    gold = replace(gold, targets=(narrow,))
    found = replace(GOLD, position=AGAINST)
    assert same_side(replace(found, targets=(wide,)), gold)
    assert not same_side(replace(found, targets=(narrow,)), gold)


def test_a_target_is_right_by_its_words_or_its_issue():
    issue = UUID(int=21)
    assert same_target(GOLD, GOLD)
    assert not same_target(replace(GOLD, targets=(Span(30, 40),)), GOLD)
    unnamed = replace(GOLD, targets=(), issue=issue)
    assert same_target(replace(GOLD, issue=issue), unnamed)
    assert not same_target(GOLD, unnamed)


@pytest.mark.parametrize(
    ("content", "same"),
    [
        ((Span(10, 20),), True),
        ((Span(15, 25),), False),  # 5 of 15
        ((Span(10, 15),), True),  # 5 of 10: half is enough
        ((Span(10, 14),), False),
        ((Span(10, 13), Span(16, 20)), True),  # a quotation broken by its speaker
    ],
)
def test_two_contents_are_one_if_half_of_them_is_shared(content, same):
    gold = Said((ROOK,), (Span(10, 20),))
    assert same_statement(Said((ROOK,), content), gold) is same
    assert not same_statement(Said((Span(50, 54),), content), gold)


# Counting


def test_frames_are_counted_step_by_step():
    found = [
        GOLD,  # right in all
        replace(GOLD, holders=(Span(40, 44),), evidence=(Span(40, 60),), position=AGAINST),
        replace(GOLD, holders=(Span(90, 94),)),  # nobody's
    ]
    gold = [
        GOLD,
        Frame((Span(40, 44),), (Span(50, 60),), FAVOR, (Span(40, 60),)),
        Frame((Span(70, 74),), (Span(80, 85),), FAVOR, (Span(70, 90),)),
        Frame((Span(70, 74),), (Span(86, 90),), FAVOR, (Span(70, 90),)),
    ]
    assert rights(found, gold) == {"holder": (2, 3, 4), "side": (1, 3, 4), "target": (1, 3, 4)}
    assert count_frames(found, gold)["holder"].figures() == {
        "p": 66.7, "r": 50.0, "f": 57.1, "right": 2, "found": 3, "gold": 4,
    }  # fmt: skip


def test_one_frame_is_found_once():
    assert rights([GOLD, GOLD], [GOLD])["target"] == (1, 2, 1)


def test_an_arguable_frame_is_neither_missed_nor_wrong():
    arguable = replace(GOLD, arguable=True)
    assert rights([], [arguable])["holder"] == (0, 0, 0)
    assert rights([GOLD], [arguable])["holder"] == (0, 0, 0)
    assert rights([GOLD], [arguable, GOLD])["target"] == (1, 1, 1)
    stranger = replace(GOLD, holders=(Span(90, 94),))
    assert rights([stranger], [arguable])["holder"] == (0, 1, 0)


def test_as_many_are_matched_as_can_be():
    assert matched([[0, 1], [0]]) == 2  # the first makes room
    assert matched([[0], [0], [0, 1], [1, 2]]) == 3
    assert matched([[], [0]]) == 1
    assert matched([]) == 0


def test_statements_are_counted():
    one, other = Said((ROOK,), (Span(10, 20),)), Said((ROOK,), (Span(30, 40),))
    assert count_statements([one, one], [one, other]) == Counts(1, 2, 2)
