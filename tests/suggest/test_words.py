"""Stretches of raw text without what stands at their ends."""

import sys

import pytest

from desktop.suggest.text.words import trimmed

SPACES = [each for each in map(chr, range(sys.maxunicode + 1)) if each.isspace()]


def test_white_space_is_what_python_says_it_is():
    text = "".join(SPACES) + "We oppose it" + "".join(SPACES)
    assert trimmed(text, 0, len(text)).of(text) == "We oppose it"


def test_marks_go_too_however_they_alternate_with_white_space():
    text = "–\xa0: \x1f“We oppose it”,\u2009.\x1f:"
    assert trimmed(text, 0, len(text), before=":–", behind=".,:").of(text) == "“We oppose it”"


@pytest.mark.parametrize("text", ["", " \x1f", " – \xa0"])
def test_where_nothing_is_left_the_stretch_is_empty(text: str):
    span = trimmed(text, 0, len(text), before="–")
    assert span.start == span.end
