"""A query means what it says, and what it cannot mean is told in plain words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.query import All, Either, Field, Not, QueryError, Words, parse, words_in
from db.search_values import Search


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("", All(())),
        ("ferry", Words("ferry")),
        ("minist*", Words("minist", prefix=True)),
        ('"border pact"', Words("border pact")),
        ("O'Brien re-opens", All((Words("O'Brien"), Words("re-opens")))),
        ("ferry -tunnel", All((Words("ferry"), Not(Words("tunnel"))))),
        ("ferry OR tunnel port", Either((Words("ferry"), All((Words("tunnel"), Words("port")))))),
        ("(ferry OR tunnel) port", All((Either((Words("ferry"), Words("tunnel"))), Words("port")))),
        ("title:strike", Words("strike", column="title")),
        ("publication:courier", Field("publication", "courier")),
        ('publication:"The Courier"', Field("publication", "The Courier", exact=True)),
        ("Stance:for", Field("stance", "favor")),
        ("-status:unsure", Not(Field("status", "flagged"))),
        ("score:<0.5", Field("score", "<0.5")),
        ("date:2026-08", Field("date", "2026-08")),
        ("publication: courier", All((Words("publication"), Words("courier")))),
        ("… – *", All(())),
    ],
)
def test_a_query_is_read(text: str, means: object) -> None:
    assert parse(text) == means


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('ferry "border', "close it"),
        ("(ferry", "add a “)”"),
        ("ferry)", "without a “(”"),
        ("ferry OR", "between two words"),
        ("colour:red", "There are: title, text, publication"),
        ("stance:angry", "for, against, neutral"),
        ("status:old", "in-progress"),
        ("from:yesterday", "2026-08-23"),
        ("score:high", "0.5-0.8"),
        ("(" * 99, "too many brackets"),
    ],
)
def test_what_cannot_be_understood_is_told_with_what_to_write(text: str, says: str) -> None:
    with pytest.raises(QueryError, match=re.escape(says)):
        parse(text)


@given(st.text(alphabet="ab é\"()-*:OR\0'0.5<>\n") | st.text())
def test_whatever_is_typed_is_a_query_or_is_told(text: str) -> None:
    try:
        found = parse(text)
    except QueryError as error:
        assert str(error).endswith((".", "none."))
    else:
        assert all(words.text.strip() for words in words_in(found))


def test_what_is_chosen_beside_the_query_is_written_as_part_of_it() -> None:
    chosen = (("publication", "A “B”"), ("publication", "C"), ("label", "LAW"))
    search = Search("ferry OR tunnel", chosen)
    written = '(ferry OR tunnel) (publication:"A “B”" OR publication:"C") label:"LAW"'
    assert search.written() == written
    assert search.node() == parse(written)


def test_a_search_is_kept_as_it_is() -> None:
    search = Search("ferry", (("label", "LAW"),), "random", 7)
    assert Search.from_row(search.to_row()) == search
