"""The registry of actors: a change takes along whatever refers to them, undo takes it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from db import annotations, articles, history, people, registry
from db.actor_book import ActorBook
from db.acts import Act, Change
from db.registry import RegistryError, Uses
from db.rows import to_row
from db.values import (
    Actor,
    Annotation,
    Article,
    Attribution,
    Decision,
    Entity,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
    layer_of,
)

ADDED = Decision(Status.ADDED, Origin.CODER)


@pytest.fixture
def mara(session: Session, coder: UUID) -> Actor:
    return people.add_actor(session, "Mara Lindqvist", "PERSON", ["Lindqvist"], coder)


@pytest.fixture
def double(session: Session, coder: UUID) -> Actor:
    """The same woman, made an actor of her own by mistake."""
    return people.add_actor(session, "Mara Lindquist", "PERSON", ["M. Lindquist"], coder)


@pytest.fixture
def council(session: Session, coder: UUID) -> Actor:
    return people.add_actor(session, "Varn council", "ORG", coder=coder)


@pytest.fixture
def decided(session: Session, article: Article, coder: UUID) -> Callable[..., None]:
    """Put annotations into the project as one act."""

    def put(*found: Annotation) -> None:
        changes = tuple(Change(layer_of(each).value, each.id, None, to_row(each)) for each in found)
        history.perform(session, Act("add", "add", article.id, changes), coder)

    return put


def mention(article: Article, words: str, actor: Actor, label: str = "PERSON") -> Entity:
    start = article.text.index(words)
    return Entity(uuid4(), article.id, Span(start, start + len(words)), label, ADDED, actor.id)


def slot(entity: Entity) -> Ref:
    return Ref(RefKind.ENTITY, entity.span, entity=entity.id, actor=entity.actor)


def stance(holder: Entity, target: Ref, *nested: Ref) -> Stance:
    return Stance(
        uuid4(), holder.article, slot(holder), target, Position.AGAINST, (Span(0, 10),), ADDED,
        nested=nested,
    )  # fmt: skip


def on_file(session: Session, article: Article) -> list[Annotation]:
    return annotations.load(session, article.id).decisions


def test_merging_takes_mentions_slots_and_aliases_along_and_undo_brings_all_back(
    session: Session, coder: UUID, article: Article, mara: Actor, double: Actor, council: Actor,
    decided: Callable[..., None],
) -> None:  # fmt: skip
    one = mention(article, "Mr Lindqvist", mara)
    other = mention(article, "Lindqvist", double)
    ferry = Ref(RefKind.SPAN, Span(0, 5), actor=double.id)
    said = Statement(
        uuid4(), article.id, slot(other), (), (Span(0, 5),), Attribution.DIRECT, ADDED,
        addressee=slot(one),
    )  # fmt: skip
    decided(one, other, said, stance(other, slot(one)), stance(one, ferry, slot(other)))
    before = on_file(session, article), people.actors(session)

    act = registry.merge(session, mara.id, [double.id, mara.id, double.id], coder)
    assert act is not None
    assert act.title == "merge ‘Mara Lindquist’ into ‘Mara Lindqvist’"
    after = on_file(session, article)
    named = [each.actor for each in after if isinstance(each, Entity)]
    slots = [ref.actor for each in after for ref in annotations.refs_of(each)]
    assert {*named, *slots} == {mara.id}
    assert people.actors(session) == [
        replace(mara, aliases=("Lindqvist", "M. Lindquist", "Mara Lindquist")),
        council,
    ]

    history.undo(session, coder)
    assert (on_file(session, article), people.actors(session)) == before
    history.redo(session, coder)
    assert on_file(session, article) == after


def test_nobody_is_left_affiliated_to_an_actor_that_goes(
    session: Session, coder: UUID, mara: Actor, double: Actor, council: Actor
) -> None:
    region = people.add_actor(session, "Varn region", "ORG", coder=coder)
    registry.change(session, replace(double, affiliation=council.id), coder)
    registry.change(session, replace(council, affiliation=region.id), coder)
    registry.merge(session, mara.id, [double.id], coder)
    known = ActorBook(people.actors(session)).by_id
    assert known[mara.id].affiliation == council.id  # it had none of its own
    registry.merge(session, region.id, [council.id], coder)
    known = ActorBook(people.actors(session)).by_id
    assert known[mara.id].affiliation == region.id
    assert known[region.id].affiliation is None
    registry.merge(session, mara.id, [region.id], coder)
    assert people.actors(session)[0].affiliation is None
    history.undo(session, coder)
    history.undo(session, coder)
    assert ActorBook(people.actors(session)).by_id[council.id].affiliation == region.id


def test_a_chain_of_affiliations_is_never_closed_by_a_merge(
    session: Session, coder: UUID, mara: Actor, double: Actor, council: Actor
) -> None:
    registry.change(session, replace(mara, affiliation=council.id), coder)
    registry.change(session, replace(council, affiliation=double.id), coder)
    registry.merge(session, mara.id, [double.id], coder)
    known = ActorBook(people.actors(session)).by_id
    assert (known[mara.id].affiliation, known[council.id].affiliation) == (council.id, None)


def test_an_actor_gets_another_name_kind_aliases_and_affiliation(
    session: Session, coder: UUID, mara: Actor, council: Actor
) -> None:
    act = registry.change(session, replace(mara, name=" Mara  Lind "), coder)
    assert act is not None
    assert act.title == "rename ‘Mara Lindqvist’ to ‘Mara Lind’"
    new = Actor(mara.id, "Mara Lind", "PERSON", ("lind", "Ms Lind"), council.id)
    registry.change(session, replace(new, aliases=("Ms Lind", " lind", "Mara Lind", "")), coder)
    (found,) = people.actors(session, [mara.id])
    assert found == replace(new, aliases=tuple(sorted(new.aliases)))
    assert registry.change(session, found, coder) is None
    history.undo(session, coder)
    history.undo(session, coder)
    assert people.actors(session, [mara.id]) == [mara]


@pytest.mark.parametrize("wrong", ["blank", "gone", "itself", "no affiliation"])
def test_what_cannot_be_is_refused(
    session: Session, coder: UUID, mara: Actor, council: Actor, wrong: str
) -> None:
    registry.change(session, replace(council, affiliation=mara.id), coder)
    actor, why = {
        "blank": (replace(mara, name=" "), "has a name"),
        "gone": (Actor(uuid4(), "X"), "gone"),
        "itself": (replace(mara, affiliation=council.id), "belong to itself"),
        "no affiliation": (replace(mara, affiliation=uuid4()), "gone"),
    }[wrong]
    before = people.actors(session)
    with pytest.raises(RegistryError, match=why):
        registry.change(session, actor, coder)
    assert people.actors(session) == before


def test_an_alias_split_off_takes_the_mentions_in_its_words_along(
    session: Session, coder: UUID, article: Article, mara: Actor, decided: Callable[..., None]
) -> None:
    full, short = mention(article, "Mr Lindqvist", mara), mention(article, "Lindqvist", mara)
    taken = stance(short, slot(full))
    decided(full, short, taken)
    act, new = registry.split(session, mara.id, "Lindqvist", coder)
    assert act.title == "split ‘Lindqvist’ off ‘Mara Lindqvist’"
    found = {each.id: each for each in on_file(session, article)}
    assert (found[full.id], found[short.id]) == (full, replace(short, actor=new))
    assert found[taken.id] == replace(taken, holder=replace(taken.holder, actor=new))
    assert people.actors(session) == [
        Actor(new, "Lindqvist", "PERSON"),
        replace(mara, aliases=()),
    ]
    with pytest.raises(RegistryError, match="no alias"):
        registry.split(session, mara.id, "Lindqvist", coder)
    history.undo(session, coder)
    assert people.actors(session) == [mara]


def test_only_an_actor_nobody_refers_to_can_be_deleted(
    session: Session, coder: UUID, article: Article, mara: Actor, double: Actor, council: Actor,
    decided: Callable[..., None],
) -> None:  # fmt: skip
    decided(stance(mention(article, "Lindqvist", mara), Ref(RefKind.WRITER)))
    registry.change(session, replace(double, affiliation=council.id), coder)
    with pytest.raises(RegistryError, match="“Mara Lindqvist” cannot be deleted"):
        registry.remove(session, [double.id, mara.id], coder)
    act = registry.remove(session, [council.id, double.id], coder)
    assert act.title == "delete 2 actors"
    assert people.actors(session) == [mara]
    history.undo(session, coder)
    assert ActorBook(people.actors(session)).by_id[double.id].affiliation == council.id


def test_it_is_counted_how_often_an_actor_is_met(
    session: Session, coder: UUID, article: Article, mara: Actor, double: Actor,
    decided: Callable[..., None],
) -> None:  # fmt: skip
    one, two = mention(article, "Mr Lindqvist", mara), mention(article, "Lindqvist", mara)
    refused = replace(two, id=uuid4(), decision=Decision(Status.REJECTED, Origin.MODEL))
    decided(one, two, refused, stance(one, slot(two)), stance(one, Ref(RefKind.WRITER)))
    second = articles.add(session, "Lindqvist again.", Metadata(), coder=coder)
    decided(mention(second, "Lindqvist", mara))
    assert registry.uses(session, [mara.id, double.id]) == {
        mara.id: Uses(articles=2, mentions=3, stances=2),
        double.id: Uses(),
    }


def test_an_article_in_which_an_actor_only_takes_a_side_counts_as_well(
    session: Session, article: Article, mara: Actor, council: Actor, decided: Callable[..., None]
) -> None:
    """Who holds a stance may be named by a mention nobody has decided on yet."""
    undecided = mention(article, "Lindqvist", mara)
    decided(stance(undecided, Ref(RefKind.SPAN, Span(0, 5), actor=council.id)))
    for actor in (mara, council):
        assert registry.uses(session, [actor.id]) == {actor.id: Uses(articles=1, stances=1)}


def test_the_book_in_memory_follows_every_act(
    session: Session, coder: UUID, mara: Actor, double: Actor, council: Actor
) -> None:
    book = ActorBook(people.actors(session))
    registry.change(session, replace(mara, name="Mara Lind", affiliation=council.id), coder)
    registry.merge(session, mara.id, [double.id], coder)
    registry.split(session, mara.id, "M. Lindquist", coder)
    for entry in reversed(history.entries(session, limit=3)):
        assert book.apply(entry.act.changes)
    assert book.by_id == ActorBook(people.actors(session)).by_id
    assert [actor.name for actor in book.find("M. Lindquist", "PERSON")] == ["M. Lindquist"]
    for _ in range(3):
        undone = history.undo(session, coder)
        assert undone is not None
        book.apply(undone.changes)
    assert book.by_id == {actor.id: actor for actor in (mara, double, council)}
    assert book.find("lindqvist’s", "PERSON") == [mara]
    assert book.find("Lindqvist", "ORG") == []  # a person is no body of the same name
    assert book.find("the Varn Council", "GPE") == [council]
