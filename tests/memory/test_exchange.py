"""Whole articles out of a project and into another one."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from db import annotations, articles, exchange, history, people
from db.engine import create, open_project, session
from db.issues import add_issue, issues
from db.values import (
    Actor,
    Article,
    Decision,
    Entity,
    Issue,
    Loaded,
    Metadata,
    Model,
    Origin,
    Span,
    Status,
)

CODER = UUID("c0de0000-0000-4000-8000-000000000001")
DECIDED = Decision(Status.ADDED, Origin.CODER, coder=CODER, decided_at="2026-11-23T10:00:00.000Z")
PENDING = Decision(Status.SUGGESTED, Origin.MODEL, 0.5)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Session]:
    create(tmp_path / "study.standfirst", name="study")
    engine = open_project(tmp_path / "study.standfirst")
    with session(engine) as opened:
        yield opened
    engine.dispose()


@pytest.fixture
def incoming() -> Loaded:
    text = "Ida Rook spoke in Quay."
    article = Article(uuid4(), text, sha256(text.encode()).hexdigest(), Metadata(title="Rook"))
    rook = Actor(uuid4(), "Ida Rook", "PERSON", ("Ms Rook",))
    return Loaded(
        article,
        suggestions=[Entity(uuid4(), article.id, Span(18, 22), "GPE", PENDING)],
        decisions=[Entity(uuid4(), article.id, Span(0, 8), "PERSON", DECIDED, rook.id)],
        checked=[],
        actors=[rook],
        model=Model("small", "1"),
    )


def test_what_comes_in_goes_out_the_same(own: Session, incoming: Loaded):
    assert exchange.bring_in(own, incoming)

    assert list(exchange.outgoing(own)) == [incoming]
    (row,) = articles.list_rows(own)
    assert (row.decided, row.pending) == (1, 1)


def test_an_article_that_is_there_stays_as_it_is(own: Session, incoming: Loaded):
    exchange.bring_in(own, incoming)

    assert not exchange.bring_in(own, replace(incoming, decisions=[]))

    assert list(exchange.outgoing(own)) == [incoming]


def test_undo_puts_it_in_the_bin_and_out_of_the_corpus(own: Session, incoming: Loaded):
    exchange.bring_in(own, incoming)
    assert history.undo_title(own) == "import ‘Rook’"

    history.undo(own, None)
    assert list(exchange.outgoing(own)) == []

    history.redo(own, None)
    assert list(exchange.outgoing(own)) == [incoming]


def test_an_unknown_coder_gets_a_name_made_of_the_id(own: Session, incoming: Loaded):
    exchange.bring_in(own, incoming)

    assert people.coders(own)[CODER] == "Coder c0de0000"


def test_an_actor_the_project_knows_keeps_its_name(own: Session, incoming: Loaded):
    exchange.bring_in(own, incoming)
    again = replace(incoming.actors[0], name="Someone else")
    other = replace(incoming, article=replace(incoming.article, id=uuid4()), decisions=[])

    exchange.bring_in(own, replace(other, suggestions=[], actors=[again]))

    assert [actor.name for actor in people.actors(own)] == ["Ida Rook"]


def test_two_issues_of_one_name_are_told_apart(own: Session, incoming: Loaded):
    add_issue(own, "the toll")
    theirs = Issue(UUID("155e0000-0000-4000-8000-000000000001"), "the toll", ("fee",), ("toll*",))

    exchange.bring_in(own, incoming, [theirs])

    assert replace(theirs, name="the toll (155e0000)") in issues(own)
    assert {issue.name for issue in issues(own)} == {"the toll", "the toll (155e0000)"}


def test_a_corpus_is_of_one_moment(own: Session, incoming: Loaded, tmp_path: Path):
    exchange.bring_in(own, incoming)
    corpus = exchange.outgoing(own)
    other = replace(
        incoming, article=replace(incoming.article, id=uuid4()), suggestions=[], decisions=[]
    )
    first = next(corpus)

    engine = open_project(tmp_path / "study.standfirst")
    with session(engine) as beside:
        exchange.bring_in(beside, other)
        assert annotations.load(beside, other.article.id).article == other.article
    engine.dispose()

    assert [first, *corpus] == [incoming]
