"""Suggestions come and go with models; decisions, and what they lean on, stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from db import annotations, articles, history, people
from db.acts import Act, Change
from db.models import TABLES
from db.rows import to_row
from db.transactions import transaction
from db.values import (
    Annotation,
    Article,
    Attribution,
    Certainty,
    Checked,
    Decision,
    Entity,
    Layer,
    Model,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
    now,
)

Suggest = Callable[[str], Entity]
Decide = Callable[..., Act]
SUGGESTED = Decision(Status.SUGGESTED, Origin.RULE, score=0.25)


@pytest.fixture
def frame(article: Article, suggest: Suggest) -> tuple[Entity, Entity, Statement, Stance]:
    """A suggested stance that rests on a statement, both of them leaning on mentions."""
    holder, addressee = suggest("Lindqvist"), suggest("Oyelaran")
    source = Ref(RefKind.ENTITY, holder.span, entity=holder.id)
    statement = Statement(
        uuid4(),
        article.id,
        source,
        cue=(Span(23, 30),),
        content=(Span(31, 41),),
        attribution=Attribution.INDIRECT,
        decision=SUGGESTED,
        addressee=Ref(RefKind.ENTITY, addressee.span, entity=addressee.id),
    )
    stance = Stance(
        uuid4(),
        article.id,
        holder=source,
        target=Ref(RefKind.SPAN, Span(34, 41), negated=True),
        position=Position.AGAINST,
        evidence=(Span(0, 10), Span(12, 41)),
        decision=SUGGESTED,
        nested=(Ref(RefKind.WRITER), Ref(RefKind.IMPLICIT)),
        cue=(Span(25, 30),),
        statement=statement.id,
        certainty=Certainty.SOMEWHAT,
        why="“to rule out” (cue)",
    )
    return holder, addressee, statement, stance


def _suggest(session: Session, article: Article, *found: object, version: str = "1") -> bool:
    return annotations.set_suggestions(
        session,
        article.id,
        article.sha256,
        found,  # pyright: ignore[reportArgumentType]
        "news",
        version,
    )


def test_suggestions_come_back_as_they_were_in_reading_order(
    session: Session, article: Article, frame: tuple[Entity, Entity, Statement, Stance]
) -> None:
    holder, addressee, statement, stance = frame
    assert annotations.load(session, article.id).model is None
    assert _suggest(session, article, addressee, statement, stance, holder)
    loaded = annotations.load(session, article.id)
    assert loaded.suggestions == [stance, holder, statement, addressee]
    assert loaded.decisions == []
    assert loaded.model == Model("news", "1")
    assert loaded.article == article


def test_entities_and_stances_are_counted_as_work_and_statements_come_along(
    session: Session,
    coder: UUID,
    article: Article,
    frame: tuple[Entity, Entity, Statement, Stance],
    decide: Decide,
) -> None:
    def counts() -> tuple[int, int]:
        (row,) = articles.list_rows(session)
        return row.decided, row.pending

    _, _, statement, stance = frame
    _suggest(session, article, *frame)
    assert counts() == (0, 3)
    history.perform(session, decide(statement), coder)
    assert counts() == (0, 3)
    history.perform(session, decide(stance, Status.REJECTED), coder)
    assert counts() == (1, 2)


def test_a_suggestion_with_a_note_is_still_pending(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    name = suggest("Lindqvist")
    _suggest(session, article, name)
    history.perform(session, decide(name, Status.SUGGESTED), coder)
    (row,) = articles.list_rows(session)
    assert (row.decided, row.pending) == (0, 1)

    change = Change("entity", name.id, {"status": "suggested"}, {"status": "accepted"})
    history.perform(session, Act("accept", "accept one", article.id, (change,)), coder)
    (row,) = articles.list_rows(session)
    assert (row.decided, row.pending) == (1, 0)


def test_decisions_come_back_as_they_were(
    session: Session,
    coder: UUID,
    article: Article,
    frame: tuple[Entity, Entity, Statement, Stance],
    decide: Decide,
) -> None:
    for suggestion in frame:
        history.perform(session, decide(suggestion), coder)
    for decided in annotations.load(session, article.id).decisions:
        suggestion = next(one for one in frame if one.id == decided.id)
        assert decided.decision.status is Status.ACCEPTED
        assert decided.decision.suggestion == suggestion.id
        assert replace(decided, decision=suggestion.decision) == suggestion


def test_a_correction_keeps_the_suggestions_id_and_its_value(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    name = suggest("Lindqvist")
    _suggest(session, article, name)
    act = decide(name, Status.CORRECTED)
    row = {**(act.changes[0].after or {}), "label": "ORG", "suggested": {"label": "PERSON"}}
    change = replace(act.changes[0], after=row)
    history.perform(session, replace(act, changes=(change,)), coder)
    loaded = annotations.load(session, article.id)
    assert loaded.suggestions == []
    (decided,) = loaded.decisions
    assert decided.id == name.id
    assert decided.decision.suggested == {"label": "PERSON"}


def test_a_new_model_replaces_only_what_is_undecided(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    accepted, rejected, undecided = suggest("Lindqvist"), suggest("Oyelaran"), suggest("Varn")
    _suggest(session, article, accepted, rejected, undecided)
    history.perform(session, decide(accepted), coder)
    history.perform(session, decide(rejected, Status.REJECTED), coder)

    # The new model finds one of the decided names again, and another one.
    found = suggest("Thursday")
    better = replace(accepted, decision=replace(accepted.decision, score=0.99))
    assert _suggest(session, article, better, found, version="2")
    loaded = annotations.load(session, article.id)
    assert loaded.suggestions == [found]
    assert {one.id for one in loaded.decisions} == {accepted.id, rejected.id}

    # What was suggested before a decision is there again when the decision is undone.
    history.undo(session, coder)
    history.undo(session, coder)
    assert annotations.load(session, article.id).suggestions == [accepted, rejected, found]


def test_what_a_decision_leans_on_outlives_a_new_model(
    session: Session,
    coder: UUID,
    article: Article,
    frame: tuple[Entity, Entity, Statement, Stance],
    suggest: Suggest,
    decide: Decide,
) -> None:
    holder, addressee, statement, stance = frame
    passing = suggest("Varn")
    _suggest(session, article, *frame, passing)
    history.perform(session, decide(stance), coder)
    _suggest(session, article, version="2")
    loaded = annotations.load(session, article.id)
    assert loaded.suggestions == [holder, statement, addressee]
    assert [one.id for one in loaded.decisions] == [stance.id]


def test_what_was_found_in_another_text_is_dropped(
    session: Session, article: Article, suggest: Suggest
) -> None:
    _suggest(session, article, suggest("Varn"))
    before = annotations.load(session, article.id)
    stale = articles.text_sha256("another text")
    assert not annotations.set_suggestions(session, article.id, stale, [], "news", "2")
    assert not annotations.set_suggestions(session, uuid4(), article.sha256, [], "news", "2")
    assert annotations.load(session, article.id) == before


def test_nothing_suggested_differs_from_not_yet_suggested(
    session: Session, article: Article
) -> None:
    _suggest(session, article)
    assert annotations.load(session, article.id).model == Model("news", "1")


def test_articles_do_not_share_suggestions(
    session: Session, article: Article, suggest: Suggest
) -> None:
    twin = articles.add(session, article.text, article.meta)
    name = suggest("Varn")
    _suggest(session, article, name)
    assert _suggest(session, twin)
    assert annotations.load(session, article.id).suggestions == [name]
    assert annotations.load(session, twin.id).suggestions == []


def test_checked_stretches_come_back(session: Session, coder: UUID, article: Article) -> None:
    looked_at = Checked(uuid4(), article.id, 0, 42, "entities", coder, now())
    row = {
        "id": str(looked_at.id),
        "article_id": str(article.id),
        "start": 0,
        "end": 42,
        "layer": "entities",
        "coder_id": str(coder),
        "at": looked_at.at,
    }
    act = Act("check", "check", article.id, (Change("checked", looked_at.id, None, row),))
    history.perform(session, act, coder)
    assert annotations.load(session, article.id).checked == [looked_at]
    history.undo(session, coder)
    assert annotations.load(session, article.id).checked == []


def test_the_actors_of_an_article_come_with_it(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    mara = people.add_actor(session, "Mara Lindqvist", "person", ["Ms Lindqvist"], coder)
    tomas = people.add_actor(session, "Tomas Oyelaran", "person", ["Oyelaran", "Mr O."], coder)
    people.add_actor(session, "Idris Halvorsen", "person", coder=coder)
    history.perform(session, decide(replace(suggest("Lindqvist"), actor=mara.id)), coder)
    stance = Stance(
        uuid4(),
        article.id,
        holder=Ref(RefKind.SPAN, Span(0, 5), actor=tomas.id),
        target=Ref(RefKind.IMPLICIT),
        position=Position.UNCLEAR,
        evidence=(),
        decision=SUGGESTED,
    )
    _suggest(session, article, stance)
    actors = annotations.load(session, article.id).actors
    assert actors == [mara, tomas]


def test_a_span_that_is_empty_or_backwards_is_never_stored(
    session: Session, coder: UUID, suggest: Suggest, decide: Decide
) -> None:
    for start, end in [(5, 5), (7, 5), (-1, 5)]:
        wrong = replace(suggest("Varn"), span=Span(start, end))
        with pytest.raises(history.Conflict):
            history.perform(session, decide(wrong), coder)


@pytest.mark.parametrize("layer", list(Layer))
def test_columns_are_the_keys_of_rows(
    layer: Layer, frame: tuple[Entity, Entity, Statement, Stance]
) -> None:
    example = {Layer.ENTITY: frame[0], Layer.STATEMENT: frame[2], Layer.STANCE: frame[3]}[layer]
    written = {column.name for column in TABLES[layer.value].columns if not column.computed}
    assert written == set(to_row(example))


def test_a_transaction_that_fails_leaves_nothing(session: Session, article: Article) -> None:
    def fail() -> None:
        with transaction(session):
            articles.add(session, "Text.", article.meta)
            raise RuntimeError("on the way")

    with pytest.raises(RuntimeError, match="on the way"):
        fail()
    assert [row.id for row in articles.list_rows(session)] == [article.id]
    assert len(history.entries(session)) == 1


def test_overall_stances_take_the_place_of_those_before_and_of_nothing_else(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    def overall(position: Position) -> Stance:
        target = Ref(RefKind.ISSUE, issue=UUID(int=7))
        writer = Ref(RefKind.WRITER)
        return Stance(uuid4(), article.id, writer, target, position, (), SUGGESTED)

    def now_there() -> list[Annotation]:
        return annotations.load(session, article.id).suggestions

    def sum_up(*stances: Stance, sha256: str = article.sha256) -> bool:
        return annotations.set_overall(session, article.id, sha256, stances, "m", "2")

    name, before, after = suggest("Lindqvist"), overall(Position.FAVOR), overall(Position.MIXED)
    annotations.set_suggestions(session, article.id, article.sha256, [name, before], "m", "1")
    assert sum_up(after)
    assert now_there() == [after, name]
    assert articles.list_rows(session)[0].pending == 2
    assert annotations.load(session, article.id).model == Model("m", "1")
    assert not sum_up(before, sha256="of another text")

    history.perform(session, decide(after), coder)
    assert sum_up(before)
    history.undo(session, coder)
    assert set(now_there()) == {before, after, name}
    assert sum_up()
    assert now_there() == [name]
    assert articles.list_rows(session)[0].pending == 1
