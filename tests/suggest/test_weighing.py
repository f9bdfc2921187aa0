"""What network and rules make of a text together, with the bundled pipeline."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest

from db.values import Entity, Issue, Position, RefKind, Span, Stance
from desktop.suggest.engine import Engine
from desktop.suggest.network.questions import SIDES, Question
from desktop.suggest.stances.issues import Issues

ARTICLE = UUID(int=7)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def frames(engine: Engine, text: str) -> list[tuple[str, Position, str, bool]]:
    """Return holder, position, target and whether it is negated, of each frame suggested."""
    found = engine.suggest(ARTICLE, text, "en").annotations
    names = {one.id: one.span for one in found if isinstance(one, Entity)}

    def words(span: Span | None, entity: UUID | None) -> str:
        place = names[entity] if entity else span
        return place.of(text) if place else ""

    return [
        (
            words(one.holder.span, one.holder.entity),
            one.position,
            words(one.target.span, one.target.entity),
            one.target.negated,
        )
        for one in found
        if isinstance(one, Stance) and not one.overall
    ]


@pytest.mark.parametrize(
    ("text", "holder", "position", "target", "negated"),
    [
        pytest.param(
            "Bakers in Leith favour the new oven tax, the council heard.",
            "Bakers",
            Position.FAVOR,
            "the new oven tax",
            False,
            id="a holder no list knows",
        ),
        pytest.param(
            "The Senate passed the water bill on Monday.",
            "Senate",
            Position.FAVOR,
            "the water bill",
            False,
            id="a deed",
        ),
        pytest.param(
            "The council will vote on a bypass that villagers in Elmbury have wanted for years.",
            "villagers",
            Position.FAVOR,
            "a bypass",
            False,
            id="the noun a relative clause hangs on",
        ),
        pytest.param(
            "The port relies on a new pilot scheme which the union has called reckless.",
            "the union",
            Position.AGAINST,
            "a new pilot scheme",
            False,
            id="the noun a relative clause names",
        ),
        pytest.param(
            "Residents have lodged objections; Ruth Adeyemi, a fierce critic of the bypass, spoke.",
            "Ruth Adeyemi",
            Position.AGAINST,
            "the bypass",
            False,
            id="a critic by name",
        ),
        pytest.param(
            "The toll drew anger from hauliers across the county.",
            "hauliers",
            Position.AGAINST,
            "The toll",
            False,
            id="what drew anger from whom",
        ),
        pytest.param(
            "The miners' union threatened to strike unless the pit rules are scrapped.",
            "The miners' union",
            Position.AGAINST,
            "the pit rules",
            False,
            id="a threat is on its condition",
        ),
        pytest.param(
            "Ms Lind warned against removing the controls.",
            "Lind",
            Position.AGAINST,
            "the controls",
            True,
            id="a target turned round",
        ),
    ],
)
def test_frame(
    engine: Engine, text: str, holder: str, position: Position, target: str, negated: bool
):
    found = frames(engine, text)
    assert any(
        holder in who and side is position and target in what and turned is negated
        for who, side, what, turned in found
    ), found


@pytest.mark.parametrize(
    "text",
    [
        "The night train pulls out of Berlin at ten past eight.",
        "The committee may veto the merger, lawyers said.",
        "If London wants to leave the room, it knows where the door is.",
        "The ferry will cost nine million euros, the ministry said.",
    ],
)
def test_no_side_is_taken(engine: Engine, text: str):
    assert frames(engine, text) == []


def test_a_target_that_names_an_issue_of_the_project_is_that_issue():
    engine = Engine()
    toll = Issue(uuid4(), "Road pricing", aliases=("bridge toll",))
    engine.issues = Issues([toll])
    text = "The hauliers' union has rejected the bridge toll. Ann Lee welcomed the bridge toll."
    found = engine.suggest(ARTICLE, text, "en").annotations
    targets = [one.target for one in found if isinstance(one, Stance) and not one.overall]
    assert [target.kind for target in targets] == [RefKind.ISSUE, RefKind.ISSUE]
    assert [target.issue for target in targets] == [toll.id, toll.id]
    assert all(target.span and target.span.of(text) == "bridge toll" for target in targets)
    (whole,) = [one for one in found if isinstance(one, Stance) and one.overall]
    assert whole.position is Position.MIXED


def test_each_suggestion_says_why_in_one_line(engine: Engine):
    text = "The Home Office has flatly rejected the idea of a second gate."
    (stance,) = [
        one for one in engine.suggest(ARTICLE, text, "en").annotations if isinstance(one, Stance)
    ]
    assert stance.why
    assert "rejected" in stance.why
    assert "\n" not in stance.why


def test_what_holder_and_target_are_decides_the_side(engine: Engine):
    """The same sentence, asked both ways round and without a holder."""
    text = "Ruth Adeyemi accused Tomas Okafor of lying to the board."
    ruth, tomas = Span(0, 12), Span(21, 33)
    answers = _sides(engine, [Question(text, tomas, ruth), Question(text, ruth, tomas)])
    assert answers[0]["against"] > 0.5
    assert answers[1]["against"] < answers[0]["against"] / 2


def _sides(engine: Engine, questions: Sequence[Question]) -> list[dict[str, float]]:
    reader: Any = engine.nlp.get_pipe("reader")
    rows = reader.sides(questions)
    return [dict(zip(SIDES, map(float, row), strict=True)) for row in rows]
