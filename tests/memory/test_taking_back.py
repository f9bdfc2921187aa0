"""Several acts undone in one go, and one act taken back from amid the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from db import annotations, articles, history, people
from db.acts import Act, Change
from db.history_list import standing_since
from db.rows import to_row
from db.taking_back import InTheWay, take_back, undo_these
from db.values import (
    Article,
    Decision,
    Entity,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Stance,
    Status,
)

Suggest = Callable[[str], Entity]
Decide = Callable[..., Act]


def labels(session: Session, article: Article) -> dict[str, str]:
    found = annotations.decisions(session, article.id)
    return {one.span.of(article.text): one.label for one in found if isinstance(one, Entity)}


def relabel(entity: Entity, before: str, after: str) -> Act:
    change = Change("entity", entity.id, {"label": before}, {"label": after})
    return Act("relabel", f"relabel to {after}", entity.article, (change,))


def test_one_act_is_taken_back_from_amid_others_and_that_is_an_act_too(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    first, second = suggest("Lindqvist"), suggest("Oyelaran")
    entry = history.perform(session, decide(first), coder)
    history.perform(session, decide(second), coder)
    back = take_back(session, entry.act_id, coder)
    assert labels(session, article) == {"Oyelaran": "PERSON"}
    assert back.title == "take back: accepted one"
    assert history.undo_title(session) == back.title
    history.undo(session, coder)
    assert labels(session, article) == {"Lindqvist": "PERSON", "Oyelaran": "PERSON"}
    history.redo(session, coder)
    assert labels(session, article) == {"Oyelaran": "PERSON"}


def test_what_was_changed_again_since_stands_in_the_way_and_is_named(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    one = suggest("Lindqvist")
    entry = history.perform(session, decide(one), coder)
    grace = people.coder(session, "Grace")
    history.perform(session, relabel(one, "PERSON", "ORG"), grace)
    with pytest.raises(InTheWay, match="“relabel to ORG” by Grace came after it"):
        take_back(session, entry.act_id, coder)
    assert labels(session, article) == {"Lindqvist": "ORG"}
    history.undo(session, coder)
    take_back(session, entry.act_id, coder)
    assert labels(session, article) == {}


def test_an_act_that_is_undone_is_not_taken_back_once_more(
    session: Session, coder: UUID, suggest: Suggest, decide: Decide
) -> None:
    entry = history.perform(session, decide(suggest("Lindqvist")), coder)
    history.undo(session, coder)
    with pytest.raises(InTheWay, match="undone already"):
        take_back(session, entry.act_id, coder)


def test_a_name_that_a_stance_names_is_not_taken_from_under_it(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    holder = suggest("Lindqvist")
    entry = history.perform(session, decide(holder, Status.ADDED), coder)
    stance = Stance(
        uuid4(),
        article.id,
        Ref(RefKind.ENTITY, holder.span, entity=holder.id),
        Ref(RefKind.WRITER),
        Position.AGAINST,
        (holder.span,),
        Decision(Status.ADDED, Origin.CODER),
    )
    row = to_row(stance)
    act = Act("add_stance", "add", article.id, (Change("stance", stance.id, None, row),))
    history.perform(session, act, coder)
    with pytest.raises(InTheWay, match="a stance in this article names"):
        take_back(session, entry.act_id, coder)
    assert len(annotations.decisions(session, article.id)) == 2


def test_going_back_undoes_each_act_by_itself_and_redo_brings_them_again(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    one = suggest("Lindqvist")
    entry = history.perform(session, decide(one), coder)
    steps = [relabel(one, "PERSON", "ORG"), relabel(one, "ORG", "GPE")]
    for act in steps:
        history.perform(session, act, coder)
    to_undo = standing_since(session, entry.seq)
    assert [act.title for act in to_undo] == ["relabel to GPE", "relabel to ORG"]

    done = undo_these(session, [act.id for act in to_undo], coder)
    assert done == [act.inverse() for act in reversed(steps)]
    assert labels(session, article) == {"Lindqvist": "PERSON"}
    kinds = [each.kind for each in history.entries(session, limit=3)]
    assert kinds == ["undo", "undo", "act"]
    assert standing_since(session, entry.seq) == []
    history.redo(session, coder)
    history.redo(session, coder)
    assert labels(session, article) == {"Lindqvist": "GPE"}


def test_an_article_goes_back_while_another_stays(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    entry = history.perform(session, decide(suggest("Lindqvist")), coder)
    history.perform(session, decide(suggest("Oyelaran")), coder)
    other = articles.add(session, "Elsewhere.", Metadata(title="Other"), coder=coder)
    here = standing_since(session, entry.seq, article.id)
    undo_these(session, [act.id for act in here], coder)
    assert labels(session, article) == {"Lindqvist": "PERSON"}
    assert articles.row(session, other.id) is not None


def test_all_or_nothing_goes_back(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    one, two = suggest("Lindqvist"), suggest("Oyelaran")
    first = history.perform(session, decide(one), coder)
    second = history.perform(session, decide(two), coder)
    history.perform(session, relabel(one, "PERSON", "ORG"), coder)
    with pytest.raises(InTheWay, match="came after it"):
        undo_these(session, [first.act_id, second.act_id], coder)
    assert labels(session, article) == {"Lindqvist": "ORG", "Oyelaran": "PERSON"}


def test_an_act_over_several_articles_is_in_the_history_of_each(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    other = articles.add(session, article.text, Metadata(title="Other"), coder=coder)
    one = suggest("Lindqvist")
    two = replace(one, id=uuid4(), article=other.id)
    for each in (one, two):
        history.perform(session, decide(each), coder)
    changes = tuple(
        Change("entity", each.id, {"label": "PERSON"}, {"label": "HUMAN"}) for each in (one, two)
    )
    both = history.perform(session, Act("rename", "rename PERSON", None, changes), coder)
    for each in (article, other):
        assert history.entries(session, each.id, limit=1) == [both]
    take_back(session, both.act_id, coder)
    assert labels(session, article) == {"Lindqvist": "PERSON"}
    assert history.entries(session, other.id, limit=1)[0].act.name == "take_back"


def test_counts_follow_an_act_over_several_articles(
    session: Session, coder: UUID, article: Article, suggest: Suggest
) -> None:
    one = suggest("Lindqvist")
    noted = replace(one, decision=replace(one.decision, note="who?"))
    change = Change("entity", one.id, None, to_row(noted))
    history.perform(session, Act("note", "note", article.id, (change,)), coder)
    accepted = Change("entity", one.id, {"status": "suggested"}, {"status": "accepted"})
    history.perform(session, Act("accept", "accept all", None, (accepted,)), coder)
    row = articles.row(session, article.id)
    assert row is not None
    assert row.decided == 1
