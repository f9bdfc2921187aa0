"""Words are found whatever their case and accents, where they stand in the article."""

import pytest

from db.values import Span
from desktop.article.finding import Findable, Hits


def words(text: str, hits: Hits) -> list[str]:
    return [hits[number].of(text) for number in range(len(hits))]


@pytest.mark.parametrize(
    ("text", "sought", "found"),
    [
        ("The council. THE END. Then.", "the", ["The", "THE", "The"]),
        ("Ågren, Agren and agrén", "AGREN", ["Ågren", "Agren", "agrén"]),
        ("Cafe\u0301s and cafés", "cafes", ["Cafe\u0301s", "cafés"]),
        ("“We’re against it”", "we're", ["We’re"]),
        ("the\u00a0Harbour\nAct", "harbour act", ["Harbour\nAct"]),
        ("👩‍👩‍👧 ferry 👍 ferry", "ferry", ["ferry", "ferry"]),
        ("a 👍 b 👍", "👍", ["👍", "👍"]),
        ("İzmir and izmir", "izmir", ["İzmir", "izmir"]),
        ("قال الوَزِير إن الوزير", "الوزير", ["الوَزِير", "الوزير"]),
        ("שָׁלוֹם ושלום", "שלום", ["שָׁלוֹם", "שלום"]),
        ("(a+b)* is no pattern", "(a+b)*", ["(a+b)*"]),
        ("The council", "", []),
        ("The council", "\u0301", []),
        ("The council", "mayor", []),
    ],
)
def test_what_is_found(text: str, sought: str, found: list[str]):
    assert words(text, Findable(text).find(sought)) == found


def test_capitals_count_if_asked_for_and_accents_never():
    text = "Élan, elan, Elan"
    assert words(text, Findable(text).find("Elan", case=True)) == ["Élan", "Elan"]


def test_whole_words_are_found_alone_if_asked_for():
    text = "port, ports, airport, a port"
    hits = Findable(text).find("port", whole=True)
    assert [hits[number].start for number in range(len(hits))] == [0, text.rindex("port")]


def test_the_way_from_hit_to_hit_goes_round():
    text = "ab ab ab"
    hits = Findable(text).find("ab")
    assert [hits.first_from(at) for at in (0, 1, 6, 7)] == [0, 1, 2, 0]
    assert [hits.last_before(at) for at in (0, 1, 6, 8)] == [2, 0, 1, 2]


def test_hits_that_meet_a_stretch():
    text = "ab ab ab"
    hits = Findable(text).find("ab")
    assert list(hits.between(1, 4)) == [Span(0, 2), Span(3, 5)]
    assert list(hits.between(2, 3)) == []
