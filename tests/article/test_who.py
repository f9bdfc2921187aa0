"""Who a name of an article means, told by the names it goes with and by the project's actors."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from db.actor_book import ActorBook
from db.values import Actor, Article, Decision, Entity, Origin, Span, Status
from desktop.article.state import ArticleState
from desktop.article.who import Meaning, Who, is_name

LABELS = {"PERSON", "ORG", "GPE"}
TEXT = "Anna Duval met Duval and Xavier Bertrand. Bertrand of the NDC left. Duval stayed."
SUGGESTED = Decision(Status.SUGGESTED, Origin.MODEL, 0.9)


def entity(words: str, nth: int = 0, label: str = "PERSON", actor: UUID | None = None) -> Entity:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    decision = Decision(Status.ACCEPTED, Origin.MODEL) if actor else SUGGESTED
    return Entity(uuid4(), UUID(int=1), Span(at, at + len(words)), label, decision, actor)


def meaning(name: Entity, others: list[Entity], *actors: Actor) -> Meaning:
    state = ArticleState(
        Article(UUID(int=1), TEXT, "0" * 64),
        [one for one in (*others, name) if not one.decision.decided],
        [one for one in (*others, name) if one.decision.decided],
    )
    return Who(ActorBook(actors)).meaning(state, name, LABELS)


def actor(name: str, *aliases: str, kind: str = "PERSON") -> Actor:
    return Actor(uuid4(), name, kind, aliases)


def test_nobody_is_known_of_a_name_that_is_new():
    full, short = entity("Anna Duval"), entity("Duval", 2)
    assert meaning(short, [full]) == Meaning("Anna Duval")


def test_the_fullest_name_of_the_article_is_looked_for_first():
    anna, other = actor("Anna Duval"), actor("Jean Duval", "Duval")
    full, short = entity("Anna Duval"), entity("Duval", 2)
    assert meaning(short, [full], anna, other).actor == anna.id
    # Alone, the surname is whoever is called so; but Anna's is not Jean's.
    assert meaning(short, [], other).actor == other.id
    assert meaning(short, [full], other) == Meaning("Anna Duval")


def test_what_was_decided_on_the_others_counts_most():
    one, two = actor("X"), actor("Anna Duval")
    full = entity("Anna Duval", actor=one.id)
    assert meaning(entity("Duval", 2), [full], one, two).actor == one.id


def test_two_actors_of_one_name_are_for_the_analyst_to_tell_apart():
    found = meaning(entity("Anna Duval"), [], actor("Anna Duval"), actor("anna duval"))
    assert found == Meaning("Anna Duval", None, doubtful=True)


@pytest.mark.parametrize(("kind", "known"), [("ORG", True), ("GPE", True), ("PERSON", False)])
def test_a_person_is_nothing_else_but_a_body_may_be_a_place(kind, known):
    ndc = actor("National Democratic Congress", "NDC", kind=kind)
    assert (meaning(entity("NDC", label="ORG"), [], ndc).actor == ndc.id) is known


@pytest.mark.parametrize(
    ("form", "name"),
    [("Bertrand", True), ("he", False), ("the regional president", False), ("السودان", True)],
)
def test_names_are_told_from_what_means_others_elsewhere(form, name):
    assert is_name(form) is name
