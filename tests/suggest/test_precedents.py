"""What was decided twice is kept to: suggested where it stands, or not suggested again."""

from uuid import uuid4

import pytest
from spacy.language import Language

from db.forms import Learnt
from db.values import (
    Article,
    Decision,
    Entity,
    Metadata,
    Origin,
    Span,
    Stance,
    Status,
    Zone,
    ZoneKind,
)
from desktop.suggest.engine import Engine
from desktop.suggest.names.entities import find_entities
from desktop.suggest.names.mention import Mention
from desktop.suggest.names.precedents import Precedents
from desktop.suggest.pipeline import load


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(None)


def knowing(**forms: Learnt) -> Precedents:
    precedents = Precedents()
    precedents.learn({form.replace("_", " "): known for form, known in forms.items()}, anew=True)
    return precedents


def suggested(nlp: Language, text: str, precedents: Precedents) -> list[tuple[str, str, Origin]]:
    mentions = find_entities(nlp, text, [Span(0, len(text))], precedents)
    return [(m.span.of(text), m.label, m.origin) for m in mentions]


def applied(text: str, precedents: Precedents, *names: tuple[str, str]) -> list[tuple[str, str]]:
    mentions = [
        Mention(Span(text.index(name), text.index(name) + len(name)), label, 0.9, Origin.MODEL)
        for name, label in names
    ]
    found = precedents.applied(text, [Span(0, len(text))], mentions)
    return [(mention.span.of(text), mention.label) for mention in found]


def test_a_known_form_is_suggested_wherever_it_stands(nlp):
    text = "The quayside group met in Grimsby. Nobody told the quayside group."
    known = knowing(quayside_group={"ORG": 0.8})
    assert suggested(nlp, text, Precedents()) == [("Grimsby", "GPE", Origin.MODEL)]
    assert suggested(nlp, text, known) == [
        ("quayside group", "ORG", Origin.MEMORY),
        ("Grimsby", "GPE", Origin.MODEL),
        ("quayside group", "ORG", Origin.MEMORY),
    ]


def test_its_score_says_how_often_it_was_decided_so(nlp):
    text = "The quayside group met."
    known = knowing(quayside_group={"ORG": 0.812})
    assert [m.score for m in find_entities(nlp, text, [Span(0, 23)], known)] == [0.812]


def test_what_was_rejected_twice_is_not_suggested_again(nlp):
    text = "Gordon Ashby met Ewa Stachura in Grimsby. Ashby left Grimsby."
    names = [name for name, _, _ in suggested(nlp, text, knowing(Grimsby={"GPE": None}))]
    assert "Grimsby" not in names
    assert {"Gordon Ashby", "Ewa Stachura", "Ashby"} <= {*names}


def test_a_form_refused_under_one_label_may_have_another():
    text = "May said so."
    known = knowing(May={"DATE": None, "PERSON": 0.75})
    assert applied(text, known, ("May", "DATE")) == [("May", "PERSON")]


def test_a_known_form_takes_the_place_of_what_it_overlaps():
    text = "He left Lower Thames Street."
    known = knowing(Lower_Thames_Street={"FAC": 0.8})
    assert applied(text, known, ("Thames", "LOC")) == [("Lower Thames Street", "FAC")]


@pytest.mark.parametrize("text", ["Reading Gaol closed.", "The Readings closed.", "Misreading."])
def test_a_form_is_no_part_of_a_longer_word_or_name(text):
    assert applied(text, knowing(Reading={"GPE": 0.8})) == []


def test_a_form_gives_way_to_the_longer_name_it_is_part_of():
    text = "The Bank of England spoke."
    known = knowing(England={"GPE": 0.8})
    assert applied(text, known, ("Bank of England", "ORG")) == [("Bank of England", "ORG")]


def money_known() -> Precedents:
    precedents = Precedents()
    precedents.learn({"£40m": {"MONEY": 0.8}}, anew=True)
    return precedents


def test_a_form_that_begins_with_a_mark():
    assert applied("It cost £40m, no less.", money_known()) == [("£40m", "MONEY")]


def test_the_longest_known_form_wins():
    known = knowing(Home={"ORG": 0.7}, Home_Office={"ORG": 0.9})
    assert applied("The Home Office said.", known) == [("Home Office", "ORG")]


def test_what_is_forgotten_is_as_if_it_never_was():
    known = knowing(Calais={"ORG": 0.8}, Dover={"ORG": 0.8})
    known.learn({"Calais": {}}, anew=False)
    assert applied("Calais and Dover", known) == [("Dover", "ORG")]
    known.learn({}, anew=True)
    assert applied("Calais and Dover", known) == []


def test_the_engine_keeps_to_it_in_statements_and_stances_too():
    engine = Engine()
    text = "The quayside group has rejected the new toll, its chairman told the Gazette.\n"
    engine.precedents.learn({"quayside group": {"ORG": 0.8}}, anew=True)
    found = engine.suggest(uuid4(), text).annotations
    [group] = [a for a in found if isinstance(a, Entity) and a.span.of(text) == "quayside group"]
    holders = [a.holder.entity for a in found if isinstance(a, Stance)]
    assert group.id in holders


def article(text: str) -> Article:
    zones = (Zone(0, len(text), ZoneKind.BODY),)
    return Article(uuid4(), text, "", Metadata(), zones=zones)


def entity(text: str, name: str, label: str, status: Status) -> Entity:
    start = text.index(name)
    decision = Decision(status, Origin.MODEL)
    return Entity(uuid4(), uuid4(), Span(start, start + len(name)), label, decision)


def test_suggestions_on_the_desk_are_contradicted_by_what_was_learnt():
    text = "Calais rejects Dover."
    calais = entity(text, "Calais", "GPE", Status.SUGGESTED)
    assert not knowing(Calais={"GPE": 0.8}).contradicted(article(text), [calais], [])
    assert knowing(Calais={"ORG": 0.8}).contradicted(article(text), [calais], [])
    assert knowing(Calais={"GPE": None}).contradicted(article(text), [calais], [])
    assert knowing(Dover={"GPE": 0.8}).contradicted(article(text), [calais], [])


def test_what_was_decided_there_is_left_alone():
    text = "Calais rejects Dover."
    rejected = entity(text, "Dover", "GPE", Status.REJECTED)
    accepted = entity(text, "Calais", "GPE", Status.ACCEPTED)
    known = knowing(Dover={"GPE": 0.8}, Calais={"ORG": 0.8})
    assert not known.contradicted(article(text), [accepted], [accepted, rejected])
