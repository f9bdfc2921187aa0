"""What an act changed, in words: before and after, and never as data."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from db.acts import Act, Change
from db.rows import to_row
from db.values import (
    Article,
    ArticleStatus,
    Decision,
    Entity,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)
from desktop.article import commands
from desktop.article.state import ArticleState
from desktop.history.wording import Sides, Told, then_and_now, told

TEXT = "Calais closed its docks. Ms Oyelaran is against the toll."
CODER, AT = uuid4(), "2026-11-27T10:42:00.000Z"


@pytest.fixture
def article() -> Article:
    return Article(uuid4(), TEXT, "0" * 64, Metadata(title="T"))


@pytest.fixture
def calais(article) -> Entity:
    return Entity(
        uuid4(), article.id, Span(0, 6), "ORG", Decision(Status.SUGGESTED, Origin.MODEL, 0.9)
    )


@pytest.fixture
def stance(article) -> Stance:
    return Stance(
        uuid4(),
        article.id,
        Ref(RefKind.SPAN, Span(25, 36)),
        Ref(RefKind.SPAN, Span(48, 56)),
        Position.AGAINST,
        (Span(25, 57),),
        Decision(Status.SUGGESTED, Origin.MODEL, 0.8),
    )


@pytest.fixture
def words(qapp, article, calais, stance):
    """Return a function that does a command and tells of it."""
    state = ArticleState(article, [calais, stance])

    def tell(command, *values) -> list[Told]:
        act = command(state, *values, coder=CODER, at=AT)
        state.apply(act.changes)
        before = ArticleState(article, [calais, stance], state.decisions, state.checked.values())
        before.apply(act.inverse().changes)
        return told(act, Sides(before, state))

    return tell


def test_a_suggestion_accepted(words, calais):
    name, article = words(commands.accept, calais.id)
    assert name == Told("Calais · ORG", (("Decision", "Suggestion", "Accepted"),))
    assert article == Told("The article", (("Status", "to do", "in progress"),))


def test_a_label_and_bounds_corrected(words, calais):
    words(commands.accept, calais.id)
    (name,) = words(commands.relabel, calais.id, "GPE")
    assert name.subject == "Calais · GPE"
    assert ("Label", "ORG", "GPE") in name.fields
    (name,) = words(commands.set_bounds, calais.id, Span(0, 23))
    assert name.fields == (("Words", "Calais", "Calais closed its docks"),)


def test_a_suggestion_relabelled_says_what_was_suggested(words, calais):
    name, _ = words(commands.relabel, calais.id, "GPE")
    assert name.fields == (("Decision", "Suggestion", "Corrected"), ("Label", "ORG", "GPE"))


def test_a_side_and_a_slot(words, stance, calais):
    words(commands.accept, stance.id)
    (frame,) = words(commands.set_position, stance.id, Position.FAVOR)
    assert ("Side", "Against", "For") in frame.fields
    (frame,) = words(commands.set_slot, stance.id, commands.Slot.TARGET, commands.ref_to(calais))
    assert frame.fields == (("Target", "the toll", "Calais"),)


def test_a_rejection_with_its_reason(words, calais):
    name, _ = words(
        commands.reject,
        calais.id,
    )
    assert name.fields == (("Decision", "Suggestion", "Rejected"),)


def test_what_is_added_and_deleted(words):
    name, _ = words(commands.add_entity, Span(28, 36), "PERSON")
    assert name == Told(
        "Oyelaran · PERSON", (("Decision", "none yet", "Added"), ("Label", "–", "PERSON"))
    )


def test_status_details_and_what_was_looked_at(words):
    (status,) = words(commands.set_status, ArticleStatus.FLAGGED)
    assert status.fields == (("Status", "to do", "unsure"),)
    (details,) = words(commands.set_metadata, Metadata(title="T", author="Kim"))
    assert details.fields == (("Author", "–", "Kim"),)
    (looked,) = words(commands.mark_checked, Span(0, len(TEXT)), "entities")
    assert looked == Told("Looked at", (("names", "–", "the whole text"),))


def test_an_act_on_the_project_is_told_by_names(qapp):
    row = {"id": str(uuid4()), "name": "Night flights"}
    change = Change("issue", UUID(row["id"]), None, row)
    act = Act("add_issue", "add issue", None, (change,))
    assert told(act, Sides()) == [Told("Issue", (("", "–", "Night flights"),))]


def test_an_act_on_very_many_is_counted(qapp, calais):
    changes = [Change("entity", uuid4(), {"label": "ORG"}, {"label": "BODY"}) for _ in range(120)]
    changes.append(Change("entity", calais.id, None, to_row(calais)))
    one, other = told(Act("rename", "rename ORG", None, tuple(changes)), Sides())
    assert one == Told("Names × 120", (("Label", "ORG", "BODY"),))
    assert other == Told("Names × 1", (("Label", "–", "ORG"),))


def test_how_what_was_then_stands_now(qapp, article, calais):
    state, ada = ArticleState(article, [calais]), {CODER: "Ada"}
    decision = Decision(Status.CORRECTED, Origin.MODEL, coder=CODER)
    corrected = replace(calais, label="GPE", decision=decision)
    assert then_and_now(calais, calais, state, ada) == "As it is now."
    assert then_and_now(calais, corrected, state, ada) == "Now: GPE, corrected by Ada."
    assert then_and_now(corrected, None, state, ada) == "Not decided now."
    assert then_and_now(calais, None, state, ada) == "Not there now."
