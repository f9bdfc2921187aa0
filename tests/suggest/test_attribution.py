"""Statements: who says what, through which words, to whom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from searching import examples

from db.values import Attribution, Origin, Span
from desktop.suggest.names.mention import Mention
from desktop.suggest.statements.attribution import find_statements
from desktop.suggest.text.words import word_set
from desktop.suggest.text.zones import find_zones

NAMES = {
    "PERSON": [
        "Iris Fontaine",
        "Fontaine",
        "Paul Ademola",
        "Ademola",
        "Amira Haddad",
        "Tom Reddick",
    ],
    "ORG": ["Schools Alliance", "Home Office", "The Echo", "Oceans First", "Radio Wessex"],
    "GPE": ["Brixby", "Hungary"],
}
DIRECT, INDIRECT, MIXED = Attribution.DIRECT, Attribution.INDIRECT, Attribution.MIXED


@pytest.fixture
def statements(named):
    """Return a function from a text to its statements as (source, cue, contents, kind)."""

    def find(text: str):
        return [
            (
                said.source.span.of(text),
                " ".join(span.of(text) for span in said.cue),
                [span.of(text) for span in said.content],
                said.attribution,
            )
            for said in find_statements(text, find_zones(text), named(text, **NAMES))
        ]

    return find


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Ms Fontaine said: “The hall was full.”", "Fontaine", "said"),
        ("“The hall was full,” Ms Fontaine said.", "Fontaine", "said"),
        (
            "“The hall was full,” said Iris Fontaine, head of the Schools Alliance.",
            "Iris Fontaine",
            "said",
        ),
        (
            "“The hall was full,” said the head of the union, Iris Fontaine.",
            "Iris Fontaine",
            "said",
        ),
        (
            "Iris Fontaine, general secretary of the Schools Alliance, said: “The hall was full.”",
            "Iris Fontaine",
            "said",
        ),
        (
            'Iris Fontaine, who has led it since May, told Radio Wessex: "The hall was full.”',
            "Iris Fontaine",
            "told",
        ),
        (
            "Speaking in Brixby on Friday, Ms Fontaine added: 'The hall was full.'",
            "Fontaine",
            "added",
        ),
        ("A Home Office spokesman said: “The hall was full.”", "A Home Office spokesman", "said"),
    ],
)
def test_a_quotation_belongs_to_the_subject_of_the_verb_beside_it(statements, text, source, cue):
    content = text[text.index("The hall") :]
    content = content[: content.index("full") + len("full") + 1]
    assert statements(text) == [(source, cue, [content], DIRECT)]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Mr Ademola said the cost had been agreed.", "Ademola", "the cost had been agreed"),
        (
            "Mr Ademola claimed on Tuesday that the cost had been agreed.",
            "Ademola",
            "the cost had been agreed",
        ),
        ("The cost had been agreed, Mr Ademola said.", "Ademola", "The cost had been agreed"),
        (
            "According to the Home Office, the cost had been agreed.",
            "Home Office",
            "the cost had been agreed",
        ),
        (
            "The cost had been agreed, according to the Home Office.",
            "Home Office",
            "The cost had been agreed",
        ),
        (
            "The report surfaced after a senior official claimed the cost had been agreed.",
            "a senior official",
            "the cost had been agreed",
        ),
        (
            "The inquiry closed with sources telling The Echo that the cost had been agreed.",
            "sources",
            "the cost had been agreed",
        ),
    ],
)
def test_reported_speech(statements, text, source, content):
    assert [(who, said, kind) for who, _, said, kind in statements(text)] == [
        (source, [content], INDIRECT)
    ]


def test_words_quoted_inside_reported_speech_make_it_mixed(statements):
    text = "Mr Ademola said the plan was “not a day too soon” and cheap."
    assert statements(text) == [
        ("Ademola", "said", ["the plan was “not a day too soon” and cheap"], MIXED)
    ]


def test_a_statement_broken_by_its_speaker(statements):
    text = "The plan would not, he added, cost a penny more."
    assert statements("Mr Ademola spoke first. " + text) == [
        ("Ademola", "added", ["The plan would not", "cost a penny more"], INDIRECT)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The two men were said to be brothers.",
        "Ms Fontaine was told to wait outside.",
        "The minister's claim was in the report.",
        "Ms Fontaine found the keys in the yard.",
        "If Mr Ademola says that the plan has failed, the vote is lost.",
        "The state of the roads has been noted in the register.",
    ],
)
def test_what_nobody_says_is_no_statement(statements, text):
    assert statements(text) == []


def test_a_quotation_over_paragraphs_keeps_its_speaker(statements):
    text = (
        "A spokeswoman for Oceans First said: “We counted the nets.\n"
        "“We counted them twice.\n"
        "“Nobody believed us.”\n"
        "The boats left at noon."
    )
    assert statements(text) == [
        (
            "A spokeswoman for Oceans First",
            "said",
            ["We counted the nets.", "We counted them twice.", "Nobody believed us."],
            DIRECT,
        )
    ]


def test_the_rest_of_a_quotation_belongs_to_its_speaker(statements):
    text = '"We asked twice," said Amira Haddad. "Nobody wrote back. Nobody at all."'
    assert statements(text) == [
        ("Amira Haddad", "said", ["We asked twice,", "Nobody wrote back. Nobody at all."], DIRECT)
    ]


def test_pronouns_mean_the_last_speaker_who_fits(statements):
    text = (
        "Mr Ademola met Ms Fontaine in Brixby. He said the vote was close.\n"
        "Ms Fontaine left early. She said that it was lost."
    )
    assert [who for who, *_ in statements(text)] == ["Ademola", "Fontaine"]


def test_a_pronoun_keeps_its_own_place(named):
    text = "Mr Ademola left early. He said the vote was close."
    (said,) = find_statements(text, find_zones(text), named(text, **NAMES))
    assert said.source.mention == 0
    assert said.source.via is not None
    assert said.source.via.of(text) == "He"


def test_a_role_means_the_person_who_was_given_it(statements):
    text = (
        "Tom Reddick, chairman of the growers' club, came to Brixby.\n"
        "The chairman said that the frost had been kind."
    )
    assert [who for who, *_ in statements(text)] == ["Tom Reddick"]


def test_two_people_who_say_the_same_say_it_each(statements):
    text = "Two growers, Tom Reddick and Amira Haddad, have claimed the frost was kind."
    assert [(who, said) for who, _, said, _ in statements(text)] == [
        ("Tom Reddick", ["the frost was kind"]),
        ("Amira Haddad", ["the frost was kind"]),
    ]


def test_two_verbs_of_one_speaker_share_the_sentence(statements):
    text = "Mr Ademola said the vote was close and added that he would not resign."
    assert [(cue, said) for _, cue, said, _ in statements(text)] == [
        ("said", ["the vote was close"]),
        ("added", ["he would not resign"]),
    ]


def test_one_source_reports_another(statements):
    text = "The Echo reported that Mr Ademola had told officials that the vote was lost."
    assert [(who, said) for who, _, said, _ in statements(text)] == [
        ("The Echo", ["Mr Ademola had told officials that the vote was lost"]),
        ("Ademola", ["the vote was lost"]),
    ]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("Ms Fontaine told Radio Wessex that the hall was full.", "Radio Wessex"),
        (
            "Ms Fontaine told Radio Wessex's Breakfast programme: “The hall was full.”",
            "Radio Wessex's Breakfast programme",
        ),
        ("Ms Fontaine told reporters in Brixby the hall was full.", "reporters"),
        ("“The hall was full,” she told a meeting in Brixby.", "a meeting"),
    ],
)
def test_whom_it_was_told(named, text, addressee):
    (said,) = find_statements(text, find_zones(text), named(text, **NAMES))
    assert said.addressee is not None
    assert said.addressee.span.of(text) == addressee


def test_boilerplate_says_nothing(statements):
    text = (
        "Ferries to stop at noon\n"
        "Sign up to our newsletter: Ms Fontaine said you would like it.\n"
        "The ferries will stop at noon, Mr Ademola said."
    )
    assert [who for who, *_ in statements(text)] == ["Ademola"]


pieces = st.sampled_from(
    [
        *sorted(
            word_set(
                "Ms Fontaine said told that the plan “ ” ' , . : ? He she according to who and "
                "claimed is not “The It’s as telling quoted by 👩‍👩‍👧 It should be 9,000 ("
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
def test_any_text_gives_statements_inside_it(text: str, data: st.DataObject):
    edges = data.draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True).map(sorted))
    mentions = [
        Mention(
            Span(a, b),
            data.draw(st.sampled_from(["PERSON", "ORG", "GPE", "DATE"])),
            0.5,
            Origin.MODEL,
        )
        for a, b in zip(edges[::2], edges[1::2], strict=False)
    ]
    for said in find_statements(text, find_zones(text), mentions):
        for span in (*said.cue, *said.content, said.source.span):
            assert 0 <= span.start < span.end <= len(text)
        assert said.source.mention is None or mentions[said.source.mention].span == said.source.span
        assert list(said.content) == sorted(said.content)
        assert 0 < said.score < 1
