"""Quotations: where they begin and end, whatever marks a newsroom types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.suggest.text.quotes import find_quotes


def quoted(text: str) -> list[str]:
    return [quote.inner.of(text) for quote in find_quotes(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“The roof leaks in nine places,” said the dean.",
        '"The roof leaks in nine places," said the dean.',
        '“The roof leaks in nine places," said the dean.',
        '"The roof leaks in nine places,” said the dean.',
        "‘The roof leaks in nine places,’ said the dean.",
        "'The roof leaks in nine places,' said the dean.",
        "«The roof leaks in nine places,» said the dean.",
        "„The roof leaks in nine places,“ said the dean.",
        '("The roof leaks in nine places,") said the dean.',
    ],
)
def test_marks_of_any_shape_and_of_two_shapes(text: str):
    assert quoted(text) == ["The roof leaks in nine places,"]


@pytest.mark.parametrize(
    "text",
    [
        "The dean's roof, and the bishops' palace, weren't insured in the '90s.",
        "It’s the clergy’s view that ’tis the parishes’ money.",
        "Rock 'n' roll at the 'til-then quiet Queen's Head.",
        'A board 6" wide and 4" thick held it up.',
        "Ballot o’clock at St John’s Wood",
    ],
)
def test_apostrophes_and_inches_quote_nobody(text: str):
    assert quoted(text) == []


def test_apostrophes_inside_single_marks():
    text = "He wrote: 'I won't sell the tenants' homes, and that's final.' Nobody replied."
    assert quoted(text) == ["I won't sell the tenants' homes, and that's final."]


def test_a_quotation_inside_a_quotation():
    text = "“She told me ‘never again’ and hung up,” he said. 'They shouted \"shame\" at us.'"
    found = find_quotes(text)
    assert [(quote.inner.of(text), quote.depth) for quote in found] == [
        ("She told me ‘never again’ and hung up,", 0),
        ("never again", 1),
        ('They shouted "shame" at us.', 0),
        ("shame", 1),
    ]


def test_each_paragraph_opens_again_and_the_last_one_closes():
    text = "She said: “We waited.\n“We waited all night.\n“Nobody came.”\nThe line is closed."
    assert [(q.inner.of(text), q.closed, q.continues) for q in find_quotes(text)] == [
        ("We waited.", False, True),
        ("We waited all night.", False, True),
        ("Nobody came.", True, False),
    ]


def test_a_quotation_never_closed_ends_with_its_paragraph():
    text = 'He said: "If they come, we will be here. \nThe police said nothing.'
    assert [(q.inner.of(text), q.closed, q.continues) for q in find_quotes(text)] == [
        ("If they come, we will be here.", False, False)
    ]


def test_a_mark_that_closes_nothing_is_ignored():
    assert quoted("The plan has failed,” he said.\n“Yes,” she said.") == ["Yes,"]


def test_two_quotations_with_the_speaker_between():
    assert quoted('"We asked," she said, "and they laughed."') == ["We asked,", "and they laughed."]


@pytest.mark.parametrize(
    ("text", "scare"),
    [
        ("They call it the “Needle” building.", True),
        ("The so-called 'golden mile' is shut.", True),
        ("New “hubs” should open in each town.", True),
        ("Her film, 'The Long Field', opens today.", True),
        ("He called it “a betrayal of every nurse in the county”.", False),
        ("The judge said the delay was “inexcusable”.", False),
        ("“No,” he said.", False),
    ],
)
def test_scare_quotes_and_titles_are_told_from_speech(text: str, scare: bool):
    assert [quote.scare for quote in find_quotes(text)] == [scare]


pieces = st.sampled_from([*"\"“”„«»'‘’ \n.,?", "word", "It's", "\u2028", "\r\n", "👩‍👧", "s'", "—"])


@given(st.one_of(st.text(), st.lists(pieces, max_size=40).map("".join)))
def test_quotations_lie_in_the_text_in_order_and_inside_one_another_or_apart(text: str):
    found = find_quotes(text)
    assert [quote.span for quote in found] == sorted(quote.span for quote in found)
    for quote in found:
        assert 0 <= quote.span.start < quote.span.end <= len(text)
        assert quote.span.covers(quote.inner)
        assert "\n" not in quote.span.of(text)
    for a in found:
        for b in found:
            assert a.span.covers(b.span) or b.span.covers(a.span) or not a.span.overlaps(b.span)
