"""The best tree of heads, held against all trees there are; and lemmas by what is cut off words."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.suggest.network.parser import best_tree, lemma_of, script_of


def is_tree(heads: tuple[int, ...]) -> bool:
    """Tell whether every word leads to the root, and one alone hangs on it."""
    for word in range(1, len(heads) + 1):
        seen: set[int] = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return heads.count(0) == 1


def weight(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(scores[word, head] for word, head in enumerate(heads)))


@pytest.mark.parametrize("words", [1, 2, 3, 4, 5])
def test_no_tree_is_better_than_the_one_found(words: int):
    chance = np.random.default_rng(words)
    every = [heads for heads in product(range(words + 1), repeat=words) if is_tree(heads)]
    for _ in range(60):
        scores = chance.normal(size=(words, words + 1)).astype(np.float32)
        found = tuple(int(head) for head in best_tree(scores))
        assert is_tree(found)
        best = max(weight(scores, heads) for heads in every)
        assert weight(scores, found) == pytest.approx(best, abs=1e-4)


def test_a_long_sentence_full_of_circles_is_a_tree_still():
    scores = np.zeros((80, 81), np.float32)
    for word in range(80):
        scores[word, (word ^ 1) + 1] = 9  # each pair of neighbours would head each other
    assert is_tree(tuple(int(head) for head in best_tree(scores)))


@pytest.mark.parametrize(
    ("word", "lemma", "script"),
    [("said", "say", "2|y"), ("Talks", "talk", "1|"), ("is", "be", "2|be"), ("deal", "deal", "0|")],
)
def test_a_lemma_is_told_by_the_end_of_its_word(word: str, lemma: str, script: str):
    assert script_of(word, lemma) == script
    assert lemma_of(word, script) == lemma


@given(st.text("abcdeé'", min_size=1), st.text("abcdeé'", min_size=1))
def test_the_script_of_a_word_gives_its_lemma_back(word: str, lemma: str):
    assert lemma_of(word, script_of(word, lemma)) == lemma


def test_a_script_that_cuts_more_than_there_is_leaves_the_word():
    assert lemma_of("is", "4|") == "is"
