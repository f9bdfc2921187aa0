"""Questions in pieces: where the marks stand, and what is read of a long text."""

import pytest

from db.values import Span
from desktop.suggest.network.pieces import WordPieces
from desktop.suggest.network.questions import LONGEST, Mark, Question, asked
from resources import path

TEXT = "Ann Lee rejected the plan."
ANN, PLAN = Span(0, 7), Span(17, 25)


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(path("model") / "encoder" / "tokenizer.json")


def test_target_and_holder_stand_between_their_marks(pieces: WordPieces):
    read = asked(Question(TEXT, PLAN, ANN), pieces)
    assert read.ids[read.target] == Mark.TARGET
    assert read.ids[read.holder] == Mark.HOLDER
    inside = read.ids[read.target + 1 : read.ids.index(Mark.TARGET_END)]
    assert inside == pieces.cut("the")[0] + pieces.cut("plan")[0]
    assert len(read.ids) == len(read.cases)
    assert (read.ids[0], read.ids[-1]) == (pieces.opening, pieces.closing)


def test_without_a_holder_its_place_is_that_of_the_whole_text(pieces: WordPieces):
    assert asked(Question(TEXT, PLAN), pieces).holder == 0


@pytest.mark.parametrize("before", [0, 100, 1_000])
def test_of_a_long_text_what_stands_around_the_target_is_read(pieces: WordPieces, before: int):
    text = "word " * before + TEXT + " word" * 1_000
    moved = [Span(span.start + 5 * before, span.end + 5 * before) for span in (PLAN, ANN)]
    read = asked(Question(text, *moved), pieces)
    assert len(read.ids) == LONGEST + 2
    assert read.ids[read.target] == Mark.TARGET
    assert read.ids[read.holder] == Mark.HOLDER


def test_a_holder_too_far_away_to_be_read_is_none(pieces: WordPieces):
    text = "Ann Lee " + "word " * 1_000 + "the plan"
    read = asked(Question(text, Span(len(text) - 8, len(text)), ANN), pieces)
    assert read.holder == 0
    assert read.ids[read.target] == Mark.TARGET


def test_a_holder_inside_the_target_is_marked_too(pieces: WordPieces):
    read = asked(Question(TEXT, Span(0, 25), ANN), pieces)
    assert sorted(set(Mark) & set(read.ids)) == sorted(Mark)
