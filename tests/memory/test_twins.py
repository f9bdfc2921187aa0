"""Near duplicates are found, whenever they come; what was decided on one is offered in others."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlmodel import Session

from db import articles, history, twins
from db.acts import Act, Change
from db.rows import to_row
from db.twin_offers import is_offer, offered
from db.values import (
    Article,
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

PARAGRAPHS = [
    "The mayor of Varn said on Monday that the toll on the northern ferry would rise by a third.",
    "Mr Lindqvist of the drivers’ union is against the plan and called it a tax on honest work.",
    "Traders in the old harbour fear that fewer people will come over from the islands to shop.",
    "The council will vote in the second week of September, after a hearing open to everybody.",
]
WIRE = "\n\n".join(PARAGRAPHS)
COURIER = "\n\n".join(["Ferry toll to rise, say readers of the Courier", *PARAGRAPHS[:3]])
OTHER = (
    "Snow fell early on the hills this year, and farmers brought their sheep down to the valley "
    "in September. The oldest of them could not remember a winter that had begun so soon, and "
    "the schools in two villages stayed shut for the rest of the week."
)


def add(session: Session, text: str, title: str = "T") -> Article:
    return articles.add(session, text, Metadata(title=title))


def twins_of(session: Session, article: Article) -> list[UUID]:
    return [row.id for row in twins.twins_of(session, article.id)]


def entity(article: Article, words: str, status: Status = Status.ACCEPTED) -> Entity:
    start = article.text.index(words)
    decision = Decision(status, Origin.MODEL, 0.9)
    return Entity(uuid4(), article.id, Span(start, start + len(words)), "PERSON", decision)


def test_a_shortened_copy_with_another_headline_is_a_twin(session: Session) -> None:
    wire, courier, other = (add(session, text) for text in (WIRE, COURIER, OTHER))
    assert twins.unsought(session)

    assert twins.seek(session) == 2

    assert not twins.unsought(session)
    assert twins_of(session, wire) == [courier.id]
    assert twins_of(session, courier) == [wire.id]
    assert twins_of(session, other) == []
    assert sorted(twins.counts(session).values()) == [1, 1]


def test_those_that_come_later_join_them_and_those_in_the_bin_do_not_count(
    session: Session,
) -> None:
    wire = add(session, WIRE)
    add(session, OTHER)
    assert twins.seek(session) == 0
    courier = add(session, COURIER)
    twins.seek(session)
    third = add(session, f"{WIRE}\n\nMore soon.")
    twins.seek(session)

    assert twins_of(session, wire) == [courier.id, third.id]
    assert set(twins.counts(session).values()) == {2}
    articles.remove(session, courier.id, None)
    assert twins_of(session, wire) == [third.id]
    assert set(twins.counts(session).values()) == {1}


def test_stopped_at_any_step_it_goes_on_where_it_was(session: Session) -> None:
    for nth in range(600):
        add(session, f"{OTHER} {nth} " + " ".join(f"{nth}{w}" for w in range(80)))
    wire, courier = add(session, WIRE), add(session, COURIER)
    asked = iter([False, True, True])
    twins.seek(session, lambda: next(asked))
    assert twins.unsought(session)
    assert twins_of(session, wire) == []

    twins.seek(session)
    assert twins_of(session, wire) == [courier.id]


def test_a_few_words_have_no_twins(session: Session) -> None:
    for title in ("A", "B"):
        add(session, f"Correction of our report. {title}")
    assert twins.seek(session) == 0


def test_what_was_decided_on_a_shared_paragraph_is_offered_and_nothing_else(
    session: Session,
) -> None:
    wire, courier = add(session, WIRE), add(session, COURIER)
    said, refused = entity(wire, "Lindqvist"), entity(wire, "Varn", Status.REJECTED)
    beyond = entity(wire, "council")
    evidence = "is against the plan"
    at = WIRE.index(evidence)
    stance = Stance(
        uuid4(),
        wire.id,
        Ref(RefKind.ENTITY, said.span, said.id),
        Ref(RefKind.SPAN, Span(at + 11, at + 19)),
        Position.AGAINST,
        (Span(at, at + len(evidence)),),
        said.decision,
    )
    found = offered([said, refused, beyond, stance], WIRE, courier)

    name, frame = found
    assert isinstance(name, Entity) and isinstance(frame, Stance)
    assert name.span.of(COURIER) == "Lindqvist"
    assert frame.evidence[0].of(COURIER) == evidence
    assert frame.holder.entity == name.id
    assert {one.article for one in found} == {courier.id}
    assert {one.decision.status for one in found} == {Status.SUGGESTED}
    assert all(map(is_offer, found))
    assert offered([said], WIRE, courier)[0].id == name.id


def test_twins_offer_what_is_decided_on_them_in_the_project(session: Session) -> None:
    wire, courier = add(session, WIRE), add(session, COURIER)
    twins.seek(session)
    assert list(twins.offers(session, courier)) == []
    name = entity(wire, "Lindqvist")
    change = Change("entity", name.id, None, to_row(name))
    history.perform(session, Act("accept", "accept", wire.id, (change,)), None)

    ((offer,),) = twins.offers(session, courier)
    assert isinstance(offer, Entity)
    assert offer.span.of(COURIER) == "Lindqvist"
