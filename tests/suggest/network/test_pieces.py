"""Words cut into word pieces, and a long text into windows that together tell of every word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.suggest.network.pieces import LONGEST, Case, WordPieces, case_of
from resources import path

PIECES = WordPieces(path("model", "encoder", "tokenizer.json"))


@pytest.mark.parametrize(
    ("word", "case"),
    [("talks", Case.LOWER), ("Calais", Case.TITLE), ("O'hara", Case.TITLE), ("NATO", Case.UPPER),
     ("U.S.", Case.UPPER), ("B-52", Case.LETTER), ("I", Case.LETTER), ("McKay", Case.MIXED),
     ("iPhone", Case.MIXED), ("2003", Case.NONE), ("“", Case.NONE), ("Émile", Case.TITLE),
     ("שלום", Case.LOWER), ("", Case.NONE)],
)  # fmt: skip
def test_the_case_of_a_word(word, case):
    assert case_of(word) is case


def test_a_short_text_is_one_window_with_no_filling():
    [window] = PIECES.windows(["Calais", " ", "rejects", "tolls", "."])
    assert window.tokens == [0, 2, 3, 4]
    assert len(window.ids) == len(window.cases) == 2 + len({*window.firsts}) + 1  # toll ##s
    assert 0 not in window.ids


def test_words_that_differ_by_case_alone_have_the_same_pieces():
    [one], [other] = PIECES.windows(["Reading"]), PIECES.windows(["reading"])
    assert one.ids == other.ids
    assert (one.cases[1], other.cases[1]) == (Case.TITLE, Case.LOWER)


def test_a_line_break_closes_a_sentence_and_a_space_is_nothing():
    [window] = PIECES.windows(["Calais", "\n\n", "Dover", " "])
    assert window.ids.count(window.ids[-1]) == 2
    assert window.tokens == [0, 1, 2]


def test_one_monstrous_word_does_not_fill_the_window():
    [window] = PIECES.windows(["x" * 5000, "Calais"])
    assert window.tokens == [0, 1]
    assert len(window.ids) < 20


WORDS = st.sampled_from(
    ["Calais", "the", "\n", " ", "Ouagadougou-based", "x" * 80, "👩‍👩‍👧", "e\u0301", "."]
)


@given(st.lists(WORDS, max_size=900))
def test_windows_tell_of_every_word_once_in_order_and_fit_the_encoder(words):
    windows = PIECES.windows(words)
    told = [token for window in windows for token in window.tokens]
    assert told == [place for place, word in enumerate(words) if word.strip() or "\n" in word]
    for window in windows:
        assert len(window.ids) == len(window.cases) <= LONGEST + 2
        assert len(window.firsts) == len(window.tokens)
        assert all(0 < first < len(window.ids) - 1 for first in window.firsts)


def test_a_word_has_words_around_it_wherever_the_windows_part():
    words = ["word"] * 1000
    windows = PIECES.windows(words)
    assert len(windows) > 3
    for window in windows[1:]:
        assert window.firsts[0] > 20
    for window in windows[:-1]:
        assert len(window.ids) - window.firsts[-1] > 20
