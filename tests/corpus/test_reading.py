"""JSON of any kind: read a record at a time, and what is wrong with one told with its line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from corpus.making import ACCEPTED, SCHEME, entity, loaded
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from searching import examples

from db.values import Metadata
from desktop.corpus.formats import jsonl
from desktop.corpus.formats.objects import LONGEST
from desktop.corpus.formats.reading import read
from desktop.corpus.parsing import Parsed
from desktop.corpus.records import record
from desktop.refused import ReadError, Refused


def corpus(tmp_path: Path, raw: bytes | str, name: str = "corpus.jsonl") -> Path:
    path = tmp_path / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return path


def told(path: Path) -> list[str]:
    """Return each record as its text, or as its place and what is wrong with it."""
    return [
        one.loaded.article.text if isinstance(one, Parsed) else f"{one.place}: {one.why}"
        for one in read(path)
    ]


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        (
            {"title": "Toll goes", "publication": "The Courier", "author": "Ada Lowe",
             "url": "https://c.example/1", "published": "2024-03-01", "language": "en"},
            Metadata(
                "Toll goes", "The Courier", "Ada Lowe", "https://c.example/1", "2024-03-01", "en"
            ),
        ),
        (
            {"headline": "Toll goes", "source": {"id": None, "name": "The Courier"},
             "authors": ["Ada Lowe", "Greta Olsen"], "publishedAt": "2024-03-01T10:00:00Z"},
            Metadata(
                "Toll goes", "The Courier", "Ada Lowe, Greta Olsen", None, "2024-03-01T10:00:00Z"
            ),
        ),
        (
            {"meta": {"Title": "Toll goes", "date": "1 March 2024", "lang": "German"}},
            Metadata("Toll goes", published="2024-03-01", language="de"),
        ),
        ({"timestamp": 1709287200}, Metadata("It went.", published="2024-03-01T10:00:00Z")),
        ({"timestamp": 1709287200000}, Metadata("It went.", published="2024-03-01T10:00:00Z")),
        ({"link": "not a link", "title": None, "date": ""}, Metadata("It went.")),
    ],
    ids=["our names", "others", "inside", "seconds", "milliseconds", "nothing"],
)  # fmt: skip
def test_metadata_is_found_under_many_names(tmp_path: Path, fields: Any, known: Metadata):
    (one,) = read(corpus(tmp_path, json.dumps({"text": "It went."} | fields)))
    assert isinstance(one, Parsed)
    assert one.loaded.article.meta == known
    assert one.doubts == ()


def test_a_date_that_can_be_read_in_two_ways_is_left_out_and_told(tmp_path: Path):
    (one,) = read(corpus(tmp_path, '{"content": "It went.", "date": "03/04/2024"}'))
    assert isinstance(one, Parsed)
    assert one.loaded.article.meta.published is None
    assert one.doubts == ("the date “03/04/2024” is not clear, and was left out",)


def test_one_bad_line_never_stops_the_rest(tmp_path: Path):
    raw = (
        b'\xef\xbb\xbf{"text": "One"}\r\n\r\n'
        b'{"text": "bro\n'
        b'{"text": "\xff"}\n'
        b'{"text": "a\\u0000b"}\n'
        b'{"text": "\\ud83d"}\n'
        b"[1, 2]\n"
        b'{"text": " \\n "}\n'
        b'{"text": "x\0"}\n'
        b'{"title": "Toll", "lead": "It went."}\n'
        b'{"schema": "standfirst/9", "text": "Later"}\n'
        b'{"schema": "standfirst/1", "text": "Half"}\n' + b'{"a":' * 3000 + b"\n"
        b'{"text": "Two"}'
    )
    path = corpus(tmp_path, raw)
    assert [one.split(": ", 1)[0] for one in told(path)] == [
        "One",
        *(f"corpus.jsonl:{line}" for line in range(3, 14)),
        "Two",
    ]
    whys = [one.why for one in read(path) if isinstance(one, Refused)]
    assert [why for why in whys if "not JSON" not in why] == [
        "the byte at column 11 is not UTF-8; save the file as UTF-8",
        "there is a NUL in its text",
        "this is no record, which would be an object in braces",
        "there is no text in it",
        "there is a NUL at column 12",
        "there is no text in it; its keys are title, lead",
        "it is standfirst/9, of another Standfirst; this one reads standfirst/1",
        "id: Field required",
    ]


def test_a_line_without_end_is_passed_over(tmp_path: Path):
    path = tmp_path / "corpus.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "One"}\n{"text": "')
        file.seek(LONGEST + 100, 1)  # a hole, which takes no room on the disk
        file.write(b'"}\n{"text": "Two"}\n')
    assert told(path) == ["One", "corpus.jsonl:2: this line is longer than 64 MB", "Two"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('[{"text": "One"},\n {"text": "Two"}]', ["One", "Two"]),
        ('{\n "text":\n "One"\n}', ["One"]),
        ('{"status": "ok", "articles": [{"content": "One"}, {"content": "Two"}]}', ["One", "Two"]),
        ('{"text": "One"}\n{"text": "Two"}', ["One", "Two"]),
        ("[]", []),
        (
            '[{"text": "One"},\n\n',
            ["One", "c.json:3: the list has no end: the file was cut off here"],
        ),
        (
            '[{"text": "One"},\n{"text": }, {"text": "Two"}]',
            ["One", "c.json:2: this is not JSON, and nothing after it can be read: Expecting"],
        ),
        ('[{"text": "\\ud83d"}]', ["c.json:1: there is half a character"]),
        ("[" * 100_000, ["c.json:1: this is not JSON, and nothing after it can be read: it is"]),
    ],
    ids=["list", "one", "envelope", "lines", "empty", "cut off", "broken", "surrogate", "deep"],
)  # fmt: skip
def test_a_list_is_read_member_by_member(tmp_path: Path, raw: str, expected: list[str]):
    found = told(corpus(tmp_path, raw, "c.json"))
    assert len(found) == len(expected)
    assert all(one.startswith(beginning) for one, beginning in zip(found, expected, strict=True))


def test_a_list_longer_than_what_is_read_at_once_loses_nothing(tmp_path: Path):
    members = [{"text": f"{number} 🚒 {'é' * (number * 9)}"} for number in range(900)]
    path = corpus(tmp_path, json.dumps(members, ensure_ascii=False, indent=1), "c.json")
    assert path.stat().st_size > 5 * 2**20
    assert told(path) == [member["text"] for member in members]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "this is no JSON, or there is nothing in it"),
        (b"\n \n", "this is no JSON, or there is nothing in it"),
        (b"Dear Ada,", "this is no JSON, or there is nothing in it"),
        ('{"text": "One"}'.encode("utf-16"), "this is UTF-16; save it as UTF-8"),
    ],
)
def test_a_file_that_is_no_json_is_told(tmp_path: Path, raw: bytes, why: str):
    with pytest.raises(ReadError, match=f"corpus.jsonl: {why}"):
        list(read(corpus(tmp_path, raw)))
    with pytest.raises(ReadError, match="No such file"):
        list(read(tmp_path / "gone.jsonl"))


def test_our_own_records_keep_all_they_had(tmp_path: Path):
    there = loaded("Ada Lowe left.", entity(0, 8, ACCEPTED))
    (one,) = read(corpus(tmp_path, jsonl.line(record(there, SCHEME))))
    assert isinstance(one, Parsed)
    assert (one.loaded, one.place, one.doubts) == (there, "corpus.jsonl:1", ())


KEYS = (
    "text data label labels entities spans answer annotations predictions result value start end "
    "start_offset end_offset id from_id to_id type relations head child meta title date url "
    "language source choices accept score completed_by schema"
)
json_like = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 40) | st.text(max_size=8) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS.split(" ")), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(records=st.lists(json_like, max_size=4), name=st.sampled_from(["c.json", "c.jsonl"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(150))
def test_whatever_a_record_holds_it_is_an_article_or_refused(
    tmp_path: Path, records: list[Any], name: str
):
    raw = json.dumps(records) if name == "c.json" else "\n".join(map(json.dumps, records))
    try:
        found = list(read(corpus(tmp_path, raw, name)))
    except ReadError:
        return
    for one in found:
        if isinstance(one, Parsed):
            text = one.loaded.article.text
            assert text.strip()
            for entity_ in one.loaded.decisions + one.loaded.suggestions:
                assert entity_.article == one.loaded.article.id


@given(cut=st.integers(0, 2000), at=st.integers(0, 2000), byte=st.binary(max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(100))
def test_a_damaged_file_gives_records_or_says_why_not(
    tmp_path: Path, cut: int, at: int, byte: bytes
):
    whole = json.dumps(
        [{"text": "Ada 🚒 left.", "label": [[0, 3, "P"]], "title": "é" * 40}] * 9,
        ensure_ascii=False,
    ).encode()
    raw = whole[:at] + byte + whole[at + len(byte) :]
    try:
        list(read(corpus(tmp_path, raw[: len(raw) - cut % len(raw)], "c.json")))
    except ReadError as error:
        assert "c.json" in str(error)
