"""What was removed, rejected or deleted is in the bin, and comes out of it by an act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from db import annotations, articles, history, people
from db.acts import Act, Change
from db.bin import (
    RestoreError,
    discarded,
    removed_articles,
    restore_annotation,
    restore_article,
)
from db.rows import to_row
from db.values import (
    Annotation,
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


def delete(session: Session, one: Annotation, coder: UUID) -> None:
    table = "stance" if isinstance(one, Stance) else "entity"
    change = Change(table, one.id, to_row(one), None)
    history.perform(session, Act("delete", "delete it", one.article, (change,)), coder)


def test_a_removed_article_is_in_the_bin_with_who_and_when(
    session: Session, coder: UUID, article: Article
) -> None:
    assert removed_articles(session) == []
    articles.remove(session, article.id, people.coder(session, "Grace"))
    assert history.undo_title(session) == "remove ‘Ferry pact’"
    (gone,) = removed_articles(session)
    assert (gone.id, gone.title, gone.how) == (article.id, "Ferry pact", "removed")
    assert gone.coder_name == "Grace"
    assert gone.at is not None

    restore_article(session, article.id, coder)
    assert removed_articles(session) == []
    assert articles.row(session, article.id) is not None
    history.undo(session, coder)
    assert articles.row(session, article.id) is None
    with pytest.raises(RestoreError, match="not in the bin"):
        history.redo(session, coder)
        restore_article(session, article.id, coder)


def test_an_article_whose_import_was_undone_is_in_the_bin_too(
    session: Session, coder: UUID, article: Article
) -> None:
    history.undo(session, coder)
    (gone,) = removed_articles(session)
    assert gone.how == "undone"


def test_a_rejected_suggestion_comes_back_as_a_suggestion(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    found = suggest("Lindqvist")
    annotations.set_suggestions(session, article.id, article.sha256, [found], "m", "1")
    (change,) = decide(found, Status.REJECTED).changes
    because = replace(change, after={**(change.after or {}), "reason": "type"})
    history.perform(session, Act("reject", "reject", article.id, (because,)), coder)
    (gone,) = discarded(session, article.id)
    assert (gone.annotation, gone.how, gone.reason) == (found, "rejected", "type")
    assert gone.coder_name == "Ada"

    act = restore_annotation(session, article.id, found.id, "‘Lindqvist’", coder)
    assert act.title == "restore ‘Lindqvist’"
    assert annotations.load(session, article.id).suggestions == [found]
    assert discarded(session, article.id) == []
    history.undo(session, coder)
    assert [one.annotation for one in discarded(session, article.id)] == [found]


def test_a_decision_that_was_rejected_later_comes_back_as_it_was(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    found = suggest("Lindqvist")
    history.perform(session, decide(found), coder)
    (accepted,) = annotations.decisions(session, article.id)
    change = Change("entity", found.id, {"status": "accepted"}, {"status": "rejected"})
    history.perform(session, Act("reject", "reject", article.id, (change,)), coder)
    (gone,) = discarded(session, article.id)
    assert gone.annotation == accepted
    restore_annotation(session, article.id, found.id, "it", coder)
    assert annotations.decisions(session, article.id) == [accepted]


def test_what_was_added_and_deleted_comes_back_whole(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    history.perform(session, decide(suggest("Varn"), Status.ADDED), coder)
    (added,) = annotations.decisions(session, article.id)
    delete(session, added, coder)
    (gone,) = discarded(session, article.id)
    assert (gone.annotation, gone.how) == (added, "deleted")
    restore_annotation(session, article.id, added.id, "‘Varn’", coder)
    assert annotations.decisions(session, article.id) == [added]
    with pytest.raises(RestoreError):
        restore_annotation(session, article.id, added.id, "‘Varn’", coder)


def test_what_was_added_by_mistake_and_undone_is_not_in_the_bin(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    history.perform(session, decide(suggest("Varn"), Status.ADDED), coder)
    history.undo(session, coder)
    assert discarded(session, article.id) == []


def test_a_stance_comes_back_with_the_words_of_a_holder_that_is_gone(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    history.perform(session, decide(suggest("Lindqvist"), Status.ADDED), coder)
    (holder,) = annotations.decisions(session, article.id)
    assert isinstance(holder, Entity)
    by = Ref(RefKind.ENTITY, holder.span, entity=holder.id)
    decision = Decision(Status.ADDED, Origin.CODER)
    stance = Stance(
        uuid4(), article.id, by, Ref(RefKind.WRITER), Position.FAVOR, (holder.span,), decision
    )
    change = Change("stance", stance.id, None, to_row(stance))
    history.perform(session, Act("add", "add", article.id, (change,)), coder)
    for one in (stance, holder):
        delete(session, one, coder)
    restore_annotation(session, article.id, stance.id, "it", coder)
    (back,) = annotations.decisions(session, article.id)
    assert isinstance(back, Stance)
    assert back.holder == Ref(RefKind.SPAN, holder.span)


def test_a_rejection_that_came_with_the_article_can_be_taken_back(
    session: Session, coder: UUID, suggest: Suggest, article: Article
) -> None:
    """Read from a corpus, it has no act of its own in the history."""
    from db.exchange import bring_in

    text = "Varn."
    other = Article(uuid4(), text, articles.text_sha256(text), Metadata(title="Other"))
    found = suggest("Varn")
    rejected = replace(found, article=other.id, decision=Decision(Status.REJECTED, Origin.MODEL))
    rejected = replace(rejected, span=replace(found.span, start=0, end=4))
    loaded = annotations.load(session, article.id)
    bring_in(session, replace(loaded, article=other, decisions=[rejected]))
    (gone,) = discarded(session, other.id)
    assert (gone.how, gone.seq) == ("rejected", None)
    restore_annotation(session, other.id, found.id, "‘Varn’", coder)
    (back,) = annotations.decisions(session, other.id)
    assert back.decision.status is Status.ACCEPTED


def test_titles_of_articles_without_one(session: Session, coder: UUID) -> None:
    plain = articles.add(session, "Text.", Metadata(), coder=coder)
    articles.remove(session, plain.id, coder)
    assert history.undo_title(session) == "remove an article"
