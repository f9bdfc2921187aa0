"""Our reading of the passages is whole: every quote is found, and both parts are worth counting."""

from collections import Counter
from itertools import pairwise

import pytest
from passages import FILES, PARTS, Passage, read_passages

PASSAGES = read_passages()  # raises where a quote is not in its passage, or there twice


def test_there_are_forty_two_half_of_them_for_each_part():
    assert len(FILES) == 2
    assert Counter(passage.part for passage in PASSAGES) == dict.fromkeys(PARTS, 21)
    assert [p.part for p in read_passages("test")] == ["test"] * 21


def test_no_passage_is_there_twice():
    assert len({passage.text for passage in PASSAGES}) == 42


def test_there_is_enough_to_count():
    """147 frames that no careful reader would leave out, and 43 that one might."""
    clear = Counter(p.part for p in PASSAGES for frame in p.frames if not frame.arguable)
    assert clear == {"dev": 78, "test": 69}
    arguable = Counter(p.part for p in PASSAGES for frame in p.frames if frame.arguable)
    assert arguable == {"dev": 19, "test": 24}
    said = Counter(p.part for p in PASSAGES for _ in p.statements)
    assert said == {"dev": 116, "test": 112}


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda one: f"{one.part}-{one.topic}")
def test_what_is_quoted_belongs_together(passage: Passage):
    whole = len(passage.text)
    for frame in passage.frames:
        for span in (*frame.holders, *frame.targets, frame.evidence, *frame.nested):
            assert 0 <= span.start < span.end <= whole
        assert frame.holders and frame.targets
    for said in passage.statements:
        assert said.sources and said.content
        ordered = sorted(said.content)
        assert list(said.content) == ordered
        assert not any(a.overlaps(b) for a, b in pairwise(ordered))
