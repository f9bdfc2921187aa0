"""Where a form stands in a text and in a project, and acts that reach over several articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from db import annotations, articles, history
from db.acts import Act, Change
from db.forms import is_part, places
from db.propagation import articles_with
from db.rows import to_row
from db.values import Article, Decision, Entity, Metadata, Origin, Span, Status


@pytest.mark.parametrize(
    ("text", "form", "found"),
    [
        ("May met May’s aide in Maytown.", "May", [0, 8, 22]),
        ("Port\nRoyal and Port  Royal", "Port Royal", [0, 15]),
        ("O’Neill, O'Neill", "O'Neill", [0, 9]),
        ("C++ is no C", "C++", [0]),
        ("👍 Ödön, Ödön 東京", "Ödön", [2, 8]),
        ("", "May", []),
        ("May", "", []),
    ],
)
def test_a_form_is_found_however_it_is_set(text: str, form: str, found: list[int]) -> None:
    assert [span.start for span in places(text, form)] == found


@pytest.mark.parametrize(
    ("text", "part"),
    [("Reading Gaol", True), ("Readings", True), ("Reading’s", False), ("Reading. Gaol", False)],
)
def test_a_form_may_be_part_of_a_longer_name(text: str, part: bool) -> None:
    assert is_part(text, Span(0, 7), len(text)) is part


def test_articles_are_found_by_form_and_the_bin_is_left_out(
    session: Session, article: Article, coder: UUID
) -> None:
    def added(text: str) -> UUID:
        return articles.add(session, text, Metadata(), coder=coder).id

    first = added("The 100% O’Neill\npact.")
    binned = added("O'Neill pact, withdrawn.")
    added("An O'Neill without one.")
    articles.remove(session, binned, coder)
    assert list(articles_with(session, "O'Neill pact")) == [first]
    assert list(articles_with(session, "100% O'Neill")) == [first]
    assert list(articles_with(session, "Varn")) == [article.id]
    assert list(articles_with(session, "")) == []


def test_every_article_an_act_touches_is_counted_anew(
    session: Session,
    article: Article,
    coder: UUID,
    suggest: Callable[[str], Entity],
    decide: Callable[..., Act],
) -> None:
    """Also where the act only changes the status of a row that bore a note until now."""
    other = articles.add(session, "Varn again.", Metadata(), coder=coder)
    here = suggest("Varn")
    noted = replace(here, decision=replace(here.decision, note="the town?", suggestion=here.id))
    annotations.set_suggestions(session, article.id, article.sha256, [here], "ours", "1")
    note = Act("note", "note", article.id, (Change("entity", here.id, None, to_row(noted)),))
    history.perform(session, note, coder)

    def counts() -> list[tuple[int, int]]:
        rows = {row.id: row for row in articles.list_rows(session)}
        return [(rows[one.id].decided, rows[one.id].pending) for one in (article, other)]

    assert counts() == [(0, 1), (0, 0)]
    new = Entity(uuid4(), other.id, Span(0, 4), "GPE", Decision(Status.ADDED, Origin.PROPAGATED))
    accepted = Change("entity", here.id, {"status": "suggested"}, {"status": "accepted"})
    both = Act("alike", "label", None, (accepted, Change("entity", new.id, None, to_row(new))))
    history.perform(session, both, coder)
    assert counts() == [(1, 0), (1, 0)]
    history.undo(session, coder)
    assert counts() == [(0, 1), (0, 0)]
