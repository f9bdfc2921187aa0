"""The published schema, and the proof of what it cannot say."""

import json
import math

import jsonschema
import pytest
from corpus.making import AT, BODY, CODER, SCHEME, TOLL, entity, loaded, overall, stance

from db.values import Issue, Position, Ref, RefKind, Span
from desktop.corpus import shape
from desktop.corpus.formats import jsonl
from desktop.corpus.parsing import parse
from desktop.corpus.proof import check
from desktop.corpus.records import record
from resources import path


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    published = json.loads((path("schema") / "standfirst-1.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    return jsonschema.Draft202012Validator(published)


def test_the_published_schema_is_the_one_the_code_holds_to():
    published = (path("schema") / "standfirst-1.schema.json").read_text("utf-8")

    assert published == shape.json_schema(), "run python -m desktop.corpus.shape"


@pytest.fixture
def full() -> dict:
    ada = entity(0, 8)
    frame = stance(Ref(RefKind.ENTITY, Span(0, 8), ada.id), Ref(RefKind.WRITER), Span(0, 3))
    whole = loaded("Ada Lowe says no.", ada, frame, overall(Position.AGAINST))
    return json.loads(jsonl.line(record(whole, SCHEME, [TOLL])))


def test_our_records_fulfil_the_published_schema(schema, full):
    schema.validate(full)


def test_unknown_keys_are_welcome(schema, full):
    full["entities"][0]["mood"] = full["later"] = {"anything": 1}

    schema.validate(full)
    assert "mood" not in check(json.dumps(full))["entities"][0]


@pytest.mark.parametrize(
    "way",
    [("meta",), ("article_stances",), ("meta", "author"), ("entities", 0, "note"),
     ("stances", 0, "holder", "issue"), ("stances", 0, "target", "negated")],
    ids=lambda way: ".".join(map(str, way)),
)  # fmt: skip
def test_no_key_may_be_left_out(schema, full, way):
    *steps, last = way
    node = full
    for step in steps:
        node = node[step]
    del node[last]

    assert not schema.is_valid(full)
    with pytest.raises(ValueError, match=last):
        check(json.dumps(full))


def test_a_stretch_said_to_be_checked_twice_is_one(full):
    stretch = {"start": 0, "end": 8, "layer": "entities", "coder": str(CODER), "at": AT}
    full["checked"] = [stretch, {**stretch, "at": "2026-11-24T09:00:00.000Z"}]

    assert len(parse(check(json.dumps(full))).loaded.checked) == 1


def test_a_line_without_a_list_of_issues_is_read_by_their_names(full):
    full["stances"][0]["target"].update(kind="issue", issue=str(TOLL.id), text="the toll")
    del full["issues"]

    assert parse(check(json.dumps(full))).issues == (Issue(TOLL.id, "the toll"),)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda r: r.update(schema="standfirst/2"), "schema: Input should be 'standfirst/1'"),
        (lambda r: r["entities"][0].update(end=7), "from 0 to 7 is 'Ada Low', not 'Ada Lowe'"),
        (lambda r: r["entities"][0].update(end=77), "0 to 77 is no stretch of a text of 17"),
        (lambda r: r["stances"][0]["evidence"][0].update(text="x"), "stances.0.evidence.0: the te"),
        (lambda r: r["stances"][0]["holder"].update(entity=str(CODER)), "is not in this record"),
        (lambda r: r["stances"][0]["holder"].update(kind="writer"), "of kind writer has a stretch"),
        (lambda r: r["stances"][0]["target"].update(kind="issue"), "of kind issue has no issue"),
        (lambda r: r["stances"][0]["target"].update(kind="issue", issue=str(CODER)),
         "stances.0.target.issue: 00000000-0000-0000-0000-00000000001f is not in this record"),
        (lambda r: r["article_stances"][0]["target"].update(start=0, end=3, text="Ada"),
         "article_stances.0.target: is no issue of the article as a whole"),
        (lambda r: r["article_stances"][0].update(id=r["stances"][0]["id"]), "ids are the same"),
        (lambda r: r["stances"][0].update(id=r["entities"][0]["id"]), "ids are the same"),
        (lambda r: r["stances"][0].update(stance="pro"), "stances.0.stance: Input should be 'fav"),
        (lambda r: r.update(text="Ada Lowe says yes"), "meta.sha256: is not of this text"),
        (lambda r: r["zones"].extend([BODY, BODY]), "zones: two of them begin at one place"),
        (lambda r: r["entities"][0].update(score=1.5), "entities.0.score: Input should be less"),
        (lambda r: r["entities"][0].update(score=math.nan), "entities.0.score: Input should be"),
        (lambda r: r["entities"][0].update(start="0"), "entities.0.start: Input should be a valid"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_record_that_does_not_hold_together_is_refused(full, spoil, complaint):
    spoil(full)

    with pytest.raises(ValueError) as refusal:
        check(json.dumps(full))
    assert complaint in str(refusal.value)
