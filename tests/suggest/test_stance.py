"""First stance suggestions: who is for or against what, and why the rules think so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from searching import examples

from db.values import Origin, Position, Span, ZoneKind
from desktop.suggest.names.mention import Mention
from desktop.suggest.stances.stance import find_stances
from desktop.suggest.statements.attribution import find_statements
from desktop.suggest.text.words import word_set
from desktop.suggest.text.zones import find_zones

NAMES = {
    "PERSON": [
        "Elena Marsh",
        "Marsh",
        "Dale Whitcomb",
        "Whitcomb",
        "Ruth Pascoe",
        "Nina Kovac",
        "Ewan Laird",
    ],
    "ORG": ["Valley Water", "Oceans First", "Home Office", "The Echo", "European Union"],
    "GPE": ["Hungary", "Russia", "Brixby"],
    "LAW": ["Severn Accord"],
}
FAVOR, AGAINST, MIXED = Position.FAVOR, Position.AGAINST, Position.MIXED


@pytest.fixture
def stances(named):
    """Return a function from a text to its frames as (holder, position, target, negated)."""

    def find(text: str):
        zones, mentions = find_zones(text), named(text, **NAMES)
        found = find_stances(text, zones, mentions, find_statements(text, zones, mentions))
        return [
            (one.holder.span.of(text), one.position, one.target.span.of(text), one.negated)
            for one in found
        ]

    return find


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Ms Marsh wants the bypass scrapped.", [("Marsh", AGAINST, "the bypass", False)]),
        ("Ms Marsh wants the bypass to be scrapped.", [("Marsh", AGAINST, "the bypass", False)]),
        ("Ms Marsh wants the bypass built by May.", [("Marsh", FAVOR, "the bypass", False)]),
        ("Ms Marsh wants the new bypass.", [("Marsh", FAVOR, "the new bypass", False)]),
        ("Ms Marsh wants the rules “looked at again”.", []),  # for them as they are she is not
    ],
)
def test_whoever_wants_a_thing_done_to_it_is_not_for_the_thing(stances, text, sides):
    assert stances(text) == sides


@pytest.mark.parametrize(
    ("text", "holder", "position", "target"),
    [
        ("Valley Water has flatly rejected the idea.", "Valley Water", AGAINST, "the idea"),
        (
            "Valley Water is expected to reject calls for cuts to the service.",
            "Valley Water",
            AGAINST,
            "cuts to the service",
        ),
        ("Ms Marsh threw her weight behind the merger on Monday.", "Marsh", FAVOR, "the merger"),
        ("The ministry has brushed the objection aside.", "The ministry", AGAINST, "the objection"),
        (
            "Ruth Pascoe, who keeps bees, remains opposed to the dam.",
            "Ruth Pascoe",
            AGAINST,
            "the dam",
        ),
        ("Ruth Pascoe no longer supports the dam.", "Ruth Pascoe", AGAINST, "the dam"),
        ("Mr Whitcomb refused to back the bill.", "Whitcomb", AGAINST, "the bill"),
        ("Villagers never refused to protect the lake.", "Villagers", FAVOR, "the lake"),
        ("The merger was welcomed by the European Union.", "European Union", FAVOR, "The merger"),
        ("Ms Marsh called the merger a disgrace.", "Marsh", AGAINST, "the merger"),
        ("Mr Whitcomb urged councillors to scrap the toll.", "Whitcomb", AGAINST, "the toll"),
        (
            "Mr Whitcomb demanded that the government suspend the toll.",
            "Whitcomb",
            AGAINST,
            "the toll",
        ),
        (
            "Campaigners are calling for a ban on eel nets.",
            "Campaigners",
            FAVOR,
            "a ban on eel nets",
        ),
        ("Residents want an independent review.", "Residents", FAVOR, "an independent review"),
        ("The union says it will fight the closure.", "The union", AGAINST, "the closure"),
    ],
)
def test_a_verb_that_takes_a_side(stances, text, holder, position, target):
    assert stances(text) == [(holder, position, target, False)]


@pytest.mark.parametrize(
    ("said", "position", "target"),
    [
        ("the treaty was not fit for purpose", AGAINST, "the treaty"),
        ("the toll would be a disaster", AGAINST, "the toll"),
        ("the toll was needed", FAVOR, "the toll"),
        ("the minister should resign", AGAINST, "the minister"),
        ("the mayor must step down", AGAINST, "the mayor"),
        (
            "the old depot should be moved to Brixby",
            FAVOR,
            "the old depot should be moved to Brixby",
        ),
        ("the old bridge should be torn up", AGAINST, "the old bridge"),
        ("new hostels should be built", FAVOR, "new hostels"),
        ("Hungary must leave the union", AGAINST, "the union"),
        ("the dam would lead to more floods downstream", AGAINST, "the dam"),
        ("the dam would boost trade", FAVOR, "the dam"),
        ("the dam would not help the villages", AGAINST, "the dam"),
        ("there was no alternative to the levy", FAVOR, "the levy"),
        ("there was no need for the levy", AGAINST, "the levy"),
        ("it would be wrong to keep the levy", AGAINST, "the levy"),
        ("Russia would pull out of the Severn Accord", AGAINST, "Severn Accord"),
    ],
)
def test_what_somebody_says_of_a_thing_is_their_side(stances, said, position, target):
    assert stances(f"Ms Marsh said {said}.") == [("Marsh", position, target, False)]
    assert stances(f"Ms Marsh said: “{said[0].upper()}{said[1:]}.”") == [
        (
            "Marsh",
            position,
            f"{target[0].upper()}{target[1:]}" if said.startswith(target) else target,
            False,
        )
    ]
    assert stances(f"{said[0].upper()}{said[1:]}.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Ms Marsh opposes removing the controls.",
        "Ms Marsh rejected demands to scrap the controls.",
        "Ms Marsh said removing the controls would be a mistake.",
        "Ms Marsh said ministers should not weaken the controls.",
        "Ms Marsh urged ministers not to abolish the controls.",
        "“Nobody in this party will support tearing up the controls,” Ms Marsh said.",
    ],
)
def test_against_doing_away_with_a_thing_negates_the_target(stances, text):
    assert stances(text) == [("Marsh", AGAINST, "the controls", True)]


def test_for_and_against_in_one_breath_is_mixed(stances):
    text = "Ms Marsh said that while the accord helps to keep order, it was not an effective tool."
    assert stances(text) == [("Marsh", MIXED, "the accord", False)]


@pytest.mark.parametrize(
    "text",
    [
        "Ms Marsh said the vote would be held on Friday.",
        "Ms Marsh told The Echo she had read the report.",
        "The dam was built in 1931 and feeds two rivers.",
        "The dam is a disaster.",
        "“It rained,” said Mr Whitcomb.",
        "Mr Whitcomb refused to be drawn on the report.",
        "Ms Marsh denied the claim.",
        "The government support scheme was extended to Brixby.",
        "Mr Whitcomb said he was not calling for a ban.",
        "If the council rejects the plan, the tram will stop.",
        "Asked whether she supported the toll, Ms Marsh left the room.",
        "Ms Marsh wanted to go home.",
        "Ms Marsh is not endorsing the bill.",
        "Ms Marsh said the storm could strengthen again.",
        "Campaigners called for European farmers to form a club.",
        "Campaigners called for Mr Whitcomb to speak.",
        "Ms Marsh said the train must go to Brixby first.",
        "Ms Marsh said Mr Whitcomb should be heard.",
    ],
)
def test_where_nobody_takes_a_side_nothing_is_suggested(stances, text):
    assert stances(text) == []


def test_we_in_a_quotation_is_the_speaker(stances):
    text = "“We reject the toll, and I support the tram,” said Dale Whitcomb."
    assert stances(text) == [
        ("Dale Whitcomb", AGAINST, "the toll", False),
        ("Dale Whitcomb", FAVOR, "the tram", False),
    ]


def test_it_is_the_last_thing_a_side_was_taken_on(stances):
    text = (
        "Mr Laird backs the toll. Valley Water opposes the toll. "
        "Ms Pascoe urged members to reject it."
    )
    assert stances(text)[-1][1:3] == (AGAINST, "the toll")


def test_one_source_reporting_another_is_nested(named):
    text = "The Echo reported that Ms Marsh had told officials that the bill was unworkable."
    zones, mentions = find_zones(text), named(text, **NAMES)
    statements = find_statements(text, zones, mentions)
    (stance,) = find_stances(text, zones, mentions, statements)
    assert stance.holder.span.of(text) == "Marsh"
    assert [slot.span.of(text) for slot in stance.nested] == ["The Echo"]
    assert stance.statement is not None
    assert statements[stance.statement].source == stance.holder
    assert "reported by The Echo" in stance.why


def test_a_speaker_who_tells_what_others_say_is_nested_too(named):
    text = (
        "A spokesman for Valley Water said: “We talked for an hour. "
        "The European Union has made it clear that removing the nets would be a mistake.”"
    )
    zones, mentions = find_zones(text), named(text, **NAMES)
    (stance,) = find_stances(text, zones, mentions, find_statements(text, zones, mentions))
    assert stance.holder.span.of(text) == "European Union"
    assert [slot.span.of(text) for slot in stance.nested] == ["A spokesman for Valley Water"]
    assert (stance.position, stance.negated) == (AGAINST, True)
    assert stance.target.span.of(text) == "the nets"


def test_a_suggestion_says_where_and_through_which_words_it_was_found(named):
    text = (
        "The vote is on Monday. Ms Marsh said Russia must leave the Severn Accord unless it pays."
    )
    zones, mentions = find_zones(text), named(text, **NAMES)
    (stance,) = find_stances(text, zones, mentions, find_statements(text, zones, mentions))
    assert [span.of(text) for span in stance.evidence] == [text[text.index("Ms Marsh") :]]
    assert [span.of(text) for span in stance.cue] == ["must leave"]
    assert mentions[stance.target.mention or 0].span == stance.target.span
    assert stance.why == "“must leave” speaks against it, on a condition"
    assert 0 < stance.score < 1


def test_the_words_of_a_headline_and_of_the_body_are_read_and_boilerplate_is_not(stances):
    text = (
        "Minister to reject calls for a toll\n"
        "Sign up to our newsletter: Ms Marsh supports our journalism.\n"
        "The minister, Elena Marsh, said the toll was unfair."
    )
    assert stances(text) == [
        ("Elena Marsh", AGAINST, "a toll", False),
        ("Elena Marsh", AGAINST, "the toll", False),
    ]


def test_few_suggestions_are_made_for_few_words(stances):
    things = word_set("toll tram dam levy bill vote ban pact code rule fund plan deal tax cut mine")
    crowd = [f"Ms Marsh said the {thing} was a mistake." for thing in sorted(things)]
    assert 8 <= len(stances("\n".join(crowd))) <= 10 < len(crowd)


def test_the_clients_article_has_the_frames_a_reader_finds(shared_article, named):
    text = shared_article.read_text(encoding="utf-8")
    zones = find_zones(text)
    people = [
        "Amber Rudd",
        "Xavier Bertrand",
        "Bertrand",
        "Betrand",
        "Sarkozy",
        "Nicolas Sarkozy",
        "Alain Juppe",
        "Peter Ricketts",
    ]
    mentions = named(text, PERSON=people, ORG=["Home Office", "The Telegraph"])
    found = find_stances(text, zones, mentions, find_statements(text, zones, mentions))
    frames = {(one.holder.span.of(text).split()[-1], one.position) for one in found}
    assert frames >= {
        ("Rudd", AGAINST),
        ("politician", AGAINST),
        ("Bertrand", MIXED),
        ("Bertrand", FAVOR),
        ("Office", AGAINST),
        ("spokesman", FAVOR),
        ("government", AGAINST),
        ("Sarkozy", AGAINST),
        ("Sarkozy", FAVOR),
        ("Juppe", AGAINST),
        ("Ricketts", AGAINST),
    }
    body = [zone for zone in zones if zone.kind is not ZoneKind.BOILERPLATE]
    assert all(any(z.start <= one.evidence[0].start < z.end for z in body) for one in found)
    assert len(found) <= 22


pieces = st.sampled_from(
    [
        *sorted(
            word_set(
                "Ms Marsh said rejected supports that the plan dam “ ” ' , . : ? He it they "
                "should must not be scrapped would lead to wrong is was unless without no "
                "alternative calls for removing and We I called brave 👩‍👧"
            )
        ),
        '"',
        "\n",
        "\r\n",
        "\u2028",
        "\u00a0",
        "e\u0301",
        "👩‍👩‍👧",
        "שלום",
    ]
)


@settings(max_examples=examples(200))
@given(st.one_of(st.text(), st.lists(pieces, max_size=60).map(" ".join)), st.data())
def test_any_text_gives_stances_inside_it(text: str, data: st.DataObject):
    edges = data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True).map(sorted))
    mentions = [
        Mention(Span(a, b), data.draw(st.sampled_from(["PERSON", "ORG", "LAW"])), 0.5, Origin.MODEL)
        for a, b in zip(edges[::2], edges[1::2], strict=False)
    ]
    zones = find_zones(text)
    statements = find_statements(text, zones, mentions)
    for one in find_stances(text, zones, mentions, statements):
        for span in (*one.cue, *one.evidence, one.holder.span, one.target.span):
            assert 0 <= span.start < span.end <= len(text)
        assert one.evidence[0].covers(one.cue[0])
        assert one.statement is None or 0 <= one.statement < len(statements)
        assert 0 < one.score < 1
