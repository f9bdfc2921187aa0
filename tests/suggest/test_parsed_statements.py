"""Statements where it takes a parse to see them: with the bundled pipeline, names and all."""

from collections.abc import Callable

import pytest

from db.values import Span, Zone, ZoneKind
from desktop.suggest.engine import Engine
from desktop.suggest.names.entities import find_entities
from desktop.suggest.statements.attribution import attribute
from desktop.suggest.text.reading import read
from desktop.suggest.text.syntax import read_trees

Said = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def said() -> Callable[[str], Said]:
    """Return source, cue and content of each statement of a text."""
    nlp = Engine().nlp

    def find(text: str) -> Said:
        zones = [Zone(0, len(text), ZoneKind.BODY)]
        reading = read(text, zones, find_entities(nlp, text, [Span(0, len(text))]))
        return [
            (
                one.source.span.of(text),
                " ".join(cue.of(text) for cue in one.cue),
                " / ".join(span.of(text) for span in one.content),
            )
            for one in attribute(reading, read_trees(nlp, reading))
        ]

    return find


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        pytest.param(
            "Two bakers from Leith said the new oven tax would close half of the street.",
            "Two bakers",
            "said",
            "the new oven tax would close half of the street",
            id="a source no list knows",
        ),
        pytest.param(
            "Norway, which leads a group of forty countries, insisted that the text was too weak.",
            "Norway",
            "insisted",
            "the text was too weak",
            id="a relative clause between source and cue",
        ),
        pytest.param(
            "The board's chair, Ruth Adeyemi, told reporters the merger had been rushed.",
            "Ruth Adeyemi",
            "told",
            "the merger had been rushed",
            id="a role with its name, and somebody told",
        ),
        pytest.param(
            "Growers fear that the ban will ruin the harvest.",
            "Growers",
            "fear",
            "the ban will ruin the harvest",
            id="a belief",
        ),
        pytest.param(
            "A poll published on Friday suggested that one driver in ten would pay the toll.",
            "A poll",
            "suggested",
            "one driver in ten would pay the toll",
            id="a poll speaks too",
        ),
        pytest.param(
            "The union's call for a second vote was ignored.",
            "The union",
            "call",
            "a second vote",
            id="a noun with its owner",
        ),
        pytest.param(
            "The federation threatened to leave the talks unless the plan was dropped.",
            "The federation",
            "threatened",
            "to leave the talks unless the plan was dropped",
            id="a threat with its condition",
        ),
    ],
)
def test_statement(said: Callable[[str], Said], text: str, source: str, cue: str, content: str):
    found = said(text)
    assert any(source in who and words == cue and what == content for who, words, what in found), (
        found
    )


def test_one_verb_with_two_subjects_makes_two_statements(said: Callable[[str], Said]):
    found = said("Norway and Rwanda insisted that the text was too weak.")
    assert [who for who, _, _ in found] == ["Norway", "Rwanda"]


def test_a_quotation_does_not_confuse_the_sentence_around_it(said: Callable[[str], Said]):
    text = (
        "“A limit on fishing is a limit on life, and we will not sign it,” the islands’ chief "
        "negotiator, Tomas Okafor, told delegates."
    )
    assert said(text) == [
        ("Tomas Okafor", "told", "A limit on fishing is a limit on life, and we will not sign it,")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "If the council says that the bridge is safe, the road will open.",
        "The storm made sure that nobody slept.",
        "The bridge was thought to be two hundred years old.",
    ],
)
def test_nobody_says_so(said: Callable[[str], Said], text: str):
    assert said(text) == []
