"""What actors hold across the project, and how it is found without reading every stance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from db import articles, history, issues, ledger, people
from db.acts import Act, Change
from db.positions import target_of
from db.rows import to_row
from db.transactions import snapshot
from db.values import (
    Actor,
    Article,
    Decision,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)

TEXT = "😀 Rook said the toll\nwas unfair. " + "Nobody asked her again about any of it. " * 6


@pytest.fixture
def rook(session: Session, coder: UUID) -> Actor:
    return people.add_actor(session, "Ida Rook", "PERSON", coder=coder)


@pytest.fixture
def take(session: Session, coder: UUID, rook: Actor) -> Callable[..., Stance]:
    """Record a stance of hers on the toll in an article of a day."""

    def take(day: str, target: Ref, **more: object) -> Stance:
        article = articles.add(session, f"{TEXT}{day}", Metadata(day, "Courier", published=day))
        stance = Stance(
            uuid4(), article.id, Ref(RefKind.IMPLICIT, actor=rook.id), target, Position.AGAINST,
            (Span(2, 240), Span(0, 1)), Decision(Status.ACCEPTED, Origin.MODEL),
        )  # fmt: skip
        stance = replace(stance, **more)
        change = Change("stance", stance.id, None, to_row(stance))
        history.perform(session, Act("accept", "accept", article.id, (change,)), coder)
        return stance

    return take


TOLL = Ref(RefKind.SPAN, Span(TEXT.index("the toll"), TEXT.index("\nwas")))


def test_the_newest_comes_first_with_its_words_and_where_it_stands(
    session: Session, rook: Actor, take: Callable[..., Stance]
) -> None:
    early, late = take("2026-03-03", TOLL), take("2026-04-01", TOLL)
    found = ledger.positions(session, [rook.id])
    assert [each.stance for each in found] == [late.id, early.id]
    first = found[0]
    assert (first.holder, first.title, first.publication) == (rook.id, "2026-04-01", "Courier")
    assert first.words == "the toll"
    assert first.on == target_of(TOLL, "the toll") == found[1].on
    assert first.excerpt.startswith("Rook said the toll was unfair. ")  # counted in code points
    assert first.excerpt.endswith("…")
    assert ledger.positions(session, [rook.id], most=1) == found[:1]
    assert ledger.positions(session, []) == []


def test_a_target_is_its_issue_or_its_actor_before_its_words(
    session: Session, coder: UUID, rook: Actor, take: Callable[..., Stance]
) -> None:
    issue = issues.add_issue(session, "Bridge toll", coder=coder)
    council = people.add_actor(session, "Varn council", "ORG", coder=coder)
    take("2026-01-01", replace(TOLL, kind=RefKind.ISSUE, issue=issue.id))
    take("2026-01-02", replace(TOLL, actor=council.id, negated=True))
    take("2026-01-03", Ref(RefKind.IMPLICIT))
    take("2026-01-04", Ref(RefKind.WRITER))
    unnamed, writer = ("the writer", Position.AGAINST, ""), ("", Position.AGAINST, "")
    found = ledger.positions(session, [rook.id])
    assert [(each.words, each.position, each.on) for each in found] == [
        unnamed,
        writer,
        ("Varn council", Position.FAVOR, f"actor {council.id}"),  # against what is not the council
        ("Bridge toll", Position.AGAINST, f"issue {issue.id}"),
    ]  # fmt: skip


def test_what_is_refused_or_in_the_bin_is_not_in_it(
    session: Session, coder: UUID, rook: Actor, take: Callable[..., Stance]
) -> None:
    refused = Decision(Status.REJECTED, Origin.MODEL)
    take("2026-01-01", TOLL, decision=refused)
    gone = take("2026-01-02", TOLL)
    assert len(ledger.positions(session, [rook.id])) == 1
    articles.remove(session, gone.article, coder)
    assert ledger.positions(session, [rook.id]) == []


def test_two_sides_on_one_target_contradict_each_other(
    session: Session, rook: Actor, take: Callable[..., Stance]
) -> None:
    take("2026-01-01", TOLL)
    (earlier,) = ledger.positions(session, [rook.id])
    assert earlier.contradicts(rook.id, earlier.on, Position.FAVOR)
    for holder, on, position in (
        (rook.id, earlier.on, Position.AGAINST),
        (rook.id, earlier.on, Position.MIXED),
        (rook.id, "words the ferry", Position.FAVOR),
        (uuid4(), earlier.on, Position.FAVOR),
    ):
        assert not earlier.contradicts(holder, on, position)
    nowhere = replace(earlier, on="")
    assert not nowhere.contradicts(rook.id, "", Position.FAVOR)


def test_it_is_found_by_index(session: Session, article: Article) -> None:
    query = ledger.held_by([uuid4(), uuid4()])
    with snapshot(session) as connection:
        compiled = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
    steps = " ".join(row[3] for row in plan)
    assert "USING INDEX ix_stance_holder_actor" in steps
    assert "SEARCH article USING INDEX sqlite_autoindex_article_1 (id=?)" in steps
