"""The best chain of tags and the probability of its names, against counting all chains by hand."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.suggest.network.chain import B, E, I, S, best_names, tag_of

LABELS = 2
TAGS = 1 + 4 * LABELS
OPENS, GOES_ON = {B, I}, {I, E}


def parts(tag: int) -> tuple[int | None, int | None]:
    return (None, None) if tag == 0 else ((tag - 1) % 4, (tag - 1) // 4)


def may_follow(tag: int, after: int) -> bool:
    (place, label), (next_place, next_label) = parts(tag), parts(after)
    if place in OPENS or next_place in GOES_ON:
        return place in OPENS and next_place in GOES_ON and label == next_label
    return True


def chains(length: int) -> list[tuple[int, ...]]:
    return [
        chain
        for chain in product(range(TAGS), repeat=length)
        if all(may_follow(a, b) for a, b in pairwise([0, *chain, 0]))
    ]


ALL = {length: chains(length) for length in range(1, 5)}


def names(chain: tuple[int, ...]) -> list[tuple[int, int, int]]:
    found, start = [], 0
    for step, tag in enumerate(chain):
        place, label = parts(tag)
        start = step if place in (B, S) else start
        if place in (E, S):
            found.append((start, step + 1, label))
    return found


@settings(deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.integers(0, 2**32 - 1))
def test_as_if_all_chains_were_counted(lengths: list[int], seed: int) -> None:
    chance = np.random.default_rng(seed)
    scores = [chance.normal(0, 2, (length, TAGS)).astype(np.float32) for length in lengths]
    for one, found in zip(scores, best_names(scores), strict=True):
        if not len(one):
            assert found == []
            continue
        weights = {
            chain: float(np.exp(sum(one[step, tag] for step, tag in enumerate(chain))))
            for chain in ALL[len(one)]
        }
        best = max(weights, key=weights.__getitem__)
        assert [(name.start, name.end, name.label) for name in found] == names(best)
        for name in found:
            span = (name.start, name.end, name.label)
            share = sum(weight for chain, weight in weights.items() if span in names(chain))
            assert name.probability == pytest.approx(share / sum(weights.values()), abs=1e-3)


def test_a_long_sure_name() -> None:
    scores = np.zeros((250, TAGS), np.float32)
    scores[:, 0] = 8
    scores[40:43, 0] = 0
    scores[40, tag_of(B, 1)] = scores[41, tag_of(I, 1)] = scores[42, tag_of(E, 1)] = 12
    [[name]] = best_names([scores])
    assert (name.start, name.end, name.label) == (40, 43, 1)
    assert name.probability > 0.99


def test_no_texts_have_no_names() -> None:
    assert best_names([]) == []
    assert best_names([np.zeros((0, TAGS), np.float32)]) == [[]]
