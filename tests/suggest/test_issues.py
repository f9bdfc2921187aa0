"""Where a text names the issues of a codebook, in whatever case, number or spacing."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.values import Issue, Span
from desktop.suggest.stances.issues import Issues

BOATS = Issue(UUID(int=1), "Small boats", ("Channel crossings",), ("dingh*", "people smuggling"))
CARE = Issue(UUID(int=2), "Social care", (), ("care home", "carer"))
POLICY = Issue(UUID(int=3), "Immigration policy", ("EU", "deportation order"), ("deport*",))


def named(text: str, *issues: Issue, span: Span | None = None) -> list[tuple[int, str]]:
    """Return which issues are found, by number, and in which words."""
    found = Issues(issues or (BOATS, CARE, POLICY)).within(text, span or Span(0, len(text)))
    return [(issue.int, here.of(text)) for issue, here in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She spoke of small boats.", "small boats"),
        ("SMALL BOATS: what now?", "SMALL BOATS"),
        ("the small-boats row", "small-boats"),
        ("the small \u2011 boats row", "small \u2011 boats"),
        ("small\u00a0boats", "small\u00a0boats"),
        ("small\nboats", "small\nboats"),
        ("small \n boats", "small \n boats"),
        ("a Channel-crossings bill", "Channel-crossings"),
        ("people smuggling", "people smuggling"),
    ],
)
def test_an_issue_is_named_in_any_case_and_spacing(text: str, found: str):
    assert named(text, BOATS) == [(1, found)]


@pytest.mark.parametrize(
    "text", ["small talk about boats", "smallboats", "small\n\nboats", "unsmall boats", "boats"]
)
def test_other_words_and_another_paragraph_name_nothing(text: str):
    assert named(text, BOATS) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("two care homes shut", "care homes"),
        ("the carer's pay", "carer"),
        ("the carers' pay", "carers"),
        ("the carer’s pay", "carer"),
        ("careful careers", None),
        ("Social care's future", "Social care"),
        ("a carer", "carer"),
    ],
)
def test_plurals_belong_to_a_name_and_possessives_do_not(text: str, found: str | None):
    assert named(text, CARE) == ([(2, found)] if found else [])


def test_a_y_becomes_ies_and_some_words_take_es():
    taxes = Issue(UUID(int=4), "Wealth tax", (), ("bus strategy", "pay day"))
    text = "Wealth taxes, bus strategies, pay days, no pay daies"
    assert [words for _, words in named(text, taxes, POLICY)] == [
        "Wealth taxes", "bus strategies", "pay days",
    ]  # fmt: skip
    assert named("immigration policies", POLICY) == [(3, "immigration policies")]


@pytest.mark.parametrize("word", ["dinghy", "dinghies", "Dingh", "dinghy’s"])
def test_a_star_takes_any_ending(word: str):
    assert named(f"One {word}, then.", BOATS) == [(1, word.removesuffix("’s"))]


def test_a_star_stands_for_no_beginning():
    assert named("undinghied", BOATS) == []


def test_the_longest_phrase_counts_and_none_overlap():
    assert named("Two deportation orders and a deportation.") == [
        (3, "deportation orders"),
        (3, "deportation"),
    ]
    order = Issue(UUID(int=5), "Deportation orders by sea")
    text = "deportation orders by sea, deportation orders by air"
    assert named(text, POLICY, order) == [
        (5, "deportation orders by sea"),
        (3, "deportation orders"),
    ]


def test_a_name_goes_before_another_issues_keyword():
    keyword = Issue(UUID(int=6), "Ageing", (), ("social care", "old age"))
    assert named("social care in old age", keyword, CARE) == [(2, "social care"), (6, "old age")]


def test_initials_stand_in_capitals():
    who = Issue(UUID(int=7), "WHO", ("NATO",), ("IT",))
    assert named("who wrote it for the WHO? Its IT staff.", who) == [(7, "WHO"), (7, "IT")]
    assert named("the EU's rules, not eu or Europe") == [(3, "EU")]


def test_what_is_not_wholly_in_the_stretch_is_not_in_it():
    text = "On small boats"
    assert named(text, BOATS, span=Span(3, 14)) == [(1, "small boats")]
    assert named(text, BOATS, span=Span(3, 13)) == []
    assert named(text, BOATS, span=Span(4, 14)) == []
    assert named("a dinghy", BOATS, span=Span(2, 7)) == []


def test_letters_whose_small_form_is_longer_move_nothing():
    assert named("İİİ 👩🏽‍🚒 small boats", BOATS) == [(1, "small boats")]


def test_blanks_stars_and_marks_in_a_codebook_do_no_harm():
    odd = Issue(UUID(int=8), "  ", ("*", "#MeToo", "C++", "a|b"), (" * ", "dead*line", "(x)"))
    assert named("#MeToo and C++ and a|b, deadline, dead*line (x)", odd) == [
        (8, "#MeToo"), (8, "C++"), (8, "a|b"), (8, "dead*line"), (8, "(x)"),
    ]  # fmt: skip


def test_without_issues_nothing_is_found():
    issues = Issues()
    assert not issues
    assert issues.within("Small boats", Span(0, 11)) == []
    assert list(Issues([BOATS])) == [BOATS]


words = st.sampled_from(["small", "boats", "boat", "deport", "ed", "care", "home", "EU", "İ", "ß"])
gaps = st.sampled_from([" ", "-", "\n", "\n\n", "’s ", "", ". "])


@given(st.lists(st.tuples(words, gaps), max_size=12), st.integers(0, 60), st.integers(0, 60))
def test_what_is_found_lies_in_the_stretch_in_order_and_begins_and_ends_with_words(
    pieces, one, two
):
    text = "".join(word + gap for word, gap in pieces)
    span = Span(*sorted((min(one, len(text)), min(two, len(text)))))
    end = span.start
    for _, here in Issues([BOATS, CARE, POLICY]).within(text, span):
        assert end <= here.start < here.end <= span.end
        assert here.of(text) == here.of(text).strip()
        end = here.end
