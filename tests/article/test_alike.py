"""A verdict on one name, carried out on its equals, each case by itself."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from db.acts import Act, Change
from db.rows import to_row
from db.values import (
    Article,
    Decision,
    Entity,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
    Zone,
    ZoneKind,
)
from desktop.article.commands.everywhere import Verdict, decide_alike, mentions, title_of
from desktop.article.state import ArticleState

TEXT = "Lind of Port Lind met Lind. Lind Group sued; Lind’s aide, not Linda, left.\nLind"
ARTICLE = UUID(int=7)
AT = "2026-11-23T10:00:00.000Z"
SOME, NONE = Verdict("Lind", "PERSON"), Verdict("Lind", "PERSON", refused=True)


def span(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def entity(where: Span, label: str = "PERSON", status: Status = Status.SUGGESTED) -> Entity:
    return Entity(uuid4(), ARTICLE, where, label, Decision(status, Origin.MODEL, 0.9))


def state_of(*names: Entity, zones: tuple[Zone, ...] = ()) -> ArticleState:
    decided = [name for name in names if name.decision.decided]
    rest = [name for name in names if not name.decision.decided]
    return ArticleState(Article(ARTICLE, TEXT, "0" * 64, zones=zones), rest, decided)


def found(state: ArticleState, verdict: Verdict = SOME) -> tuple[list[int], int]:
    there = mentions(state, verdict)
    return [each.start for each in there.open], there.left_alone


LONE = [span("Lind", n).start for n in (0, 1, 2, 4, 6)]  # not “Lind Group”, not “Linda”


def test_a_name_that_stands_by_itself_is_an_equal():
    assert found(state_of()) == (LONE, 0)


def test_inside_a_longer_name_it_is_none_be_that_suggested_or_decided():
    for status in (Status.SUGGESTED, Status.ACCEPTED):
        port = entity(span("Port Lind"), "GPE", status)
        assert found(state_of(port)) == ([at for at in LONE if at != span("Lind", 1).start], 1)


def test_a_suggestion_in_just_its_place_counts_whatever_stands_beside_it():
    group = entity(span("Lind", 3))
    assert span("Lind", 3).start in found(state_of(group))[0]


def test_what_was_decided_otherwise_is_left_alone():
    refused = entity(span("Lind"), status=Status.REJECTED)
    place = entity(span("Lind", 2), "GPE", Status.ACCEPTED)
    same = entity(span("Lind", 4), "PERSON", Status.ACCEPTED)
    there, alone = found(state_of(refused, place, same))
    assert there == [LONE[1], LONE[4]]
    assert alone == 2


def test_boilerplate_gets_nothing():
    zones = (Zone(0, 30, ZoneKind.BOILERPLATE),)
    assert found(state_of(zones=zones))[0] == LONE[3:]


def test_shorter_suggestions_inside_give_way(coder: UUID):
    state = state_of(entity(span("Lind", 3), "PERSON"))
    verdict = Verdict("Lind Group", "ORG")
    (where,) = mentions(state, verdict).open
    act = decide_alike(state, where, verdict, coder, AT)
    assert act is not None
    state.apply(act.changes)
    (name,) = (each for each in state.visible if isinstance(each, Entity))
    assert (name.label, name.decision.status) == ("ORG", Status.ADDED)
    assert name.decision.origin is Origin.PROPAGATED
    (gone,) = (row for row in state.decisions if row.decision.status is Status.REJECTED)
    assert gone.decision.reason == "boundary"


def test_a_refusal_takes_only_the_label_that_was_refused_and_adds_nothing():
    state = state_of(entity(span("Lind")), entity(span("Lind", 2), "ORG"))
    assert found(state, NONE) == ([0], 0)


@pytest.mark.parametrize("reason", [None, "type"])
def test_a_refusal_brings_its_reason_along(coder: UUID, reason: str | None):
    name = entity(span("Lind"))
    state = state_of(name)
    verdict = Verdict("Lind", "PERSON", refused=True, reason=reason)
    act = decide_alike(state, name.span, verdict, coder, AT)
    assert act is not None
    state.apply(act.changes)
    row = state.row(name.id)
    assert row is not None
    assert (row.decision.status, row.decision.reason) == (Status.REJECTED, reason)


def test_many_refusals_upon_one_another_are_one_act_that_turns_round(coder: UUID):
    """A stance with two of them in one slot changes twice: from what the first one left."""
    names = [entity(span("Lind", nth)) for nth in (0, 2)]
    refs = tuple(Ref(RefKind.ENTITY, name.span, entity=name.id) for name in names)
    stance = Stance(
        uuid4(), ARTICLE, Ref(RefKind.WRITER), Ref(RefKind.IMPLICIT),
        Position.FAVOR, (span("met"),), Decision(Status.ADDED, Origin.CODER), nested=refs,
    )  # fmt: skip
    state = ArticleState(Article(ARTICLE, TEXT, "0" * 64), names, [stance])
    before = state.visible
    changes: list[Change] = []
    for name in names:
        act = decide_alike(state, name.span, NONE, coder, AT)
        assert act is not None
        changes += act.changes
        state.apply(act.changes)
    whole = Act("alike", "reject", ARTICLE, tuple(changes))
    left = state.get(stance.id)
    assert isinstance(left, Stance)
    assert [ref.kind for ref in left.nested] == [RefKind.SPAN, RefKind.SPAN]
    state.apply(whole.inverse().changes)
    assert state.visible == before


def test_an_article_takes_of_an_act_what_is_its_own(coder: UUID):
    state = state_of()
    elsewhere = Entity(
        uuid4(), UUID(int=8), Span(0, 4), "PERSON", Decision(Status.ADDED, Origin.CODER)
    )
    assert state.apply([Change("entity", elsewhere.id, None, to_row(elsewhere))]) == set()
    status = Change("entity", elsewhere.id, {"status": "added"}, {"status": "rejected"})
    assert state.apply([status]) == set()
    assert state.apply([Change("entity", elsewhere.id, to_row(elsewhere), None)]) == set()
    assert state.visible == []


def test_acts_say_what_they_did():
    assert title_of(SOME, "here") == "label every ‘Lind’ PERSON here"
    assert title_of(NONE, "everywhere") == "reject every ‘Lind’ everywhere"
