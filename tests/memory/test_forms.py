"""What forms were decided to be: counted by hand, and over a whole project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlmodel import Session

from db import articles, history, precedents
from db.acts import Act, Change
from db.forms import Forms, form_of
from db.values import Article, Entity, Metadata, Span, Status


def counted(*decisions: tuple[str, Status]) -> Forms:
    forms = Forms()
    for label, status in decisions:
        forms.count("May", label, status)
    return forms


YES, NO, ADDED = Status.ACCEPTED, Status.REJECTED, Status.ADDED


@pytest.mark.parametrize(
    ("decisions", "known"),
    [
        ([], {}),
        ([("PERSON", YES)], {}),
        ([("PERSON", YES), ("PERSON", ADDED)], {"PERSON": 0.75}),
        ([("PERSON", YES)] * 18, {"PERSON": 0.95}),
        ([("PERSON", NO)], {}),
        ([("PERSON", NO)] * 2, {"PERSON": None}),
        ([("DATE", YES)] * 2 + [("PERSON", NO)] * 2, {"DATE": 0.75, "PERSON": None}),
        ([("DATE", YES)] * 2 + [("PERSON", YES)] * 2, {}),  # it is one thing here, another there
        ([("DATE", YES)] * 2 + [("DATE", NO)] * 2, {}),
        ([("DATE", YES)] * 3 + [("PERSON", YES)] * 2, {"DATE": 0.571}),
        ([("DATE", Status.SUGGESTED)] * 5, {}),
    ],
)
def test_two_decisions_of_one_kind_are_enough(decisions, known) -> None:
    assert counted(*decisions).learnt("May") == known


def test_a_decision_taken_back_counts_no_more() -> None:
    forms = counted(("PERSON", YES), ("PERSON", YES))
    forms.count("May", "PERSON", YES, by=-1)
    assert forms.learnt("May") == {}
    assert forms.all_learnt() == {}


def test_two_places_of_one_name_have_one_form() -> None:
    assert form_of("People’s \n Party") == form_of("People's Party") == "People's Party"


def test_a_project_is_counted_by_what_stands_in_its_texts(
    session: Session,
    coder: UUID,
    article: Article,
    suggest: Callable[[str], Entity],
    decide: Callable[..., Act],
) -> None:
    text = "🙂 Mr Lindqvist again, and Lindqvist once more."
    other = articles.add(session, text, Metadata(title="More"), coder=coder)
    first = suggest("Lindqvist")
    starts = [text.index("Lindqvist"), text.rindex("Lindqvist")]
    here = [
        replace(
            first,
            id=UUID(int=start),
            article=other.id,
            span=Span(start, start + len("Lindqvist")),
        )
        for start in starts
    ]
    history.perform(session, decide(first), coder)
    assert precedents.forms(session).all_learnt() == {}
    history.perform(session, decide(here[0]), coder)
    assert precedents.forms(session).all_learnt() == {"Lindqvist": {"PERSON": 0.75}}
    history.perform(session, decide(here[1], Status.REJECTED), coder)
    assert precedents.forms(session).all_learnt() == {"Lindqvist": {"PERSON": 0.6}}

    # What lies in the bin teaches nothing.
    gone = Change("article", other.id, before={"removed": False}, after={"removed": True})
    history.perform(session, Act("remove", "remove ‘More’", other.id, (gone,)), coder)
    assert precedents.forms(session).all_learnt() == {}
