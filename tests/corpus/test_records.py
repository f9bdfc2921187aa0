"""An article's line in the corpus: whatever the text, each span cuts its own words out of it."""

import json
import math
from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid5

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.rows import value_of
from db.values import (
    Actor,
    Annotation,
    Article,
    Attribution,
    Checked,
    Decision,
    Entity,
    Issue,
    Loaded,
    Model,
    Origin,
    Position,
    Ref,
    RefKind,
    Scheme,
    Span,
    Stance,
    Statement,
    Status,
    Zone,
    ZoneKind,
)
from desktop.corpus import shape
from desktop.corpus.formats import jsonl
from desktop.corpus.parsing import parse
from desktop.corpus.proof import check, faults
from desktop.corpus.records import record
from resources import path

SCHEME = Scheme(UUID(int=1), "News", 1, ())
MAYOR, BRIDGE = Actor(UUID(int=11), "Ada Lowe", "PERSON", ("Ms Lowe",)), Actor(UUID(int=12), "Toll")
TOLL = Issue(UUID(int=21), "the bridge toll")
CODER = UUID(int=31)
BODY = {"start": 0, "end": 8, "kind": "body"}
AT = "2026-11-23T10:42:07.000Z"

ACCEPTED = Decision(Status.ACCEPTED, Origin.MODEL, 0.9, coder=CODER, decided_at=AT)
REJECTED = Decision(Status.REJECTED, Origin.MODEL, 0.4, reason="type", coder=CODER, decided_at=AT)
SUGGESTED = Decision(Status.SUGGESTED, Origin.RULE, 0.6)

# What has broken the offsets of every tool of this kind: wide, joined, combining, rewritten, RTL.
HARD = "a👩🏽‍🚒é\r\n\u00a0\u2028\u2029\u0085\u200f\u05d0\u0628\u0644ß\t\x0b\U0001d518"
texts = st.text(st.sampled_from(HARD) | st.characters(exclude_categories=["Cs"]), min_size=1)


def article(text: str) -> Article:
    return Article(UUID(int=99), text, sha256(text.encode()).hexdigest())


def loaded(text: str, *annotations: Annotation, actors: tuple[Actor, ...] = ()) -> Loaded:
    return Loaded(
        article=article(text),
        suggestions=[a for a in annotations if not a.decision.decided],
        decisions=[a for a in annotations if a.decision.decided],
        checked=[],
        actors=list(actors),
        model=None,
    )


def entity(start: int, end: int, decision: Decision = ACCEPTED, **more: object) -> Entity:
    identifier = uuid5(UUID(int=99), f"{start}:{end}:{more}")
    return replace(
        Entity(identifier, UUID(int=99), Span(start, end), "PERSON", decision),
        **more,  # pyright: ignore[reportArgumentType]
    )


def stance(holder: Ref, target: Ref, *evidence: Span, decision: Decision = ACCEPTED) -> Stance:
    return Stance(UUID(int=7), UUID(int=99), holder, target, Position.AGAINST, evidence, decision)


@st.composite
def annotated(draw: st.DrawFn) -> Loaded:
    """An article with a text that hurts, and annotations anywhere on it."""
    text = draw(texts)
    bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = bounds.filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Span(*sorted(pair)))
    decisions = st.sampled_from([ACCEPTED, SUGGESTED, REJECTED])
    ids = st.uuids()
    entities = [
        Entity(draw(ids), UUID(int=99), span, "PERSON", draw(decisions), MAYOR.id)
        for span in draw(st.lists(spans, max_size=5))
    ]
    mentions = st.sampled_from(entities) if entities else st.nothing()
    refs = st.one_of(
        spans.map(lambda span: Ref(RefKind.SPAN, span)),
        mentions.map(lambda entity: Ref(RefKind.ENTITY, entity.span, entity.id)),
        st.sampled_from(
            [Ref(RefKind.WRITER), Ref(RefKind.IMPLICIT), Ref(RefKind.ISSUE, issue=TOLL.id)]
        ),
    )
    several = st.lists(spans, min_size=1, max_size=3).map(tuple)
    statement = Statement(
        draw(ids), UUID(int=99), draw(refs), draw(several), draw(several),
        Attribution.DIRECT, draw(decisions), draw(st.none() | refs),
    )  # fmt: skip
    frame = Stance(
        draw(ids), UUID(int=99), draw(refs), replace(draw(refs), negated=draw(st.booleans())),
        draw(st.sampled_from(Position)), draw(several), draw(decisions), (draw(refs),),
        draw(several), statement.id,
    )  # fmt: skip
    return loaded(text, *entities, statement, frame, actors=(MAYOR,))


@given(annotated())
@example(loaded("👩🏽‍🚒\r\nAda", entity(6, 9)))
def test_every_span_cuts_its_own_words_out_of_any_text(article: Loaded):
    line = jsonl.line(record(article, SCHEME, [TOLL]))

    read = json.loads(line)
    assert read["text"] == article.article.text
    for span in spans_in(read):
        assert read["text"][span["start"] : span["end"]] == span["text"]
    assert list(faults(read)) == []


@given(annotated())
def test_a_record_is_one_line_for_every_kind_of_reader(article: Loaded):
    line = jsonl.line(record(article, SCHEME, [TOLL])).decode()

    assert line.splitlines() == [line[:-1]]


@given(annotated())
def test_what_was_written_reads_back_to_the_same_record(article: Loaded):
    written = record(article, SCHEME, [TOLL])

    parsed = parse(check(jsonl.line(written)))

    assert record(parsed.loaded, SCHEME, parsed.issues) == written


def spans_in(node: object):
    """Every object with a text and a place, at any depth."""
    if isinstance(node, dict):
        if node.get("start") is not None and "text" in node:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from spans_in(inner)


def test_a_full_record_is_exactly_the_published_shape():
    text = "Ada Lowe is against the toll."
    ada = entity(0, 8, actor=MAYOR.id)
    corrected = replace(ACCEPTED, status=Status.CORRECTED, suggested=value_of(entity(0, 3)))
    said = Statement(
        UUID(int=5), UUID(int=99), Ref(RefKind.ENTITY, Span(0, 8), ada.id), (Span(9, 19),),
        (Span(20, 28),), Attribution.INDIRECT, SUGGESTED,
    )  # fmt: skip
    frame = replace(
        stance(
            Ref(RefKind.ENTITY, Span(0, 8), ada.id),
            Ref(RefKind.ISSUE, issue=TOLL.id, negated=True),
            Span(0, 28),
        ),
        statement=said.id,
    )
    whole = replace(
        loaded(text, replace(ada, decision=corrected), said, frame, actors=(MAYOR, BRIDGE)),
        checked=[Checked(UUID(int=41), UUID(int=99), 0, 29, "stances", CODER, AT)],
        model=Model("small", "1.0"),
    )
    whole = replace(whole, article=replace(whole.article, zones=(Zone(0, 29, ZoneKind.BODY),)))

    written = json.loads(jsonl.line(record(whole, SCHEME, [TOLL])))

    ref = {
        "kind": "entity", "start": 0, "end": 8, "text": "Ada Lowe",
        "entity": str(ada.id), "actor": str(MAYOR.id), "issue": None,
    }  # fmt: skip
    decided = {
        "status": "accepted", "origin": "model", "score": 0.9, "suggestion": None,
        "suggested": None, "reason": None, "note": None, "coder": str(CODER), "decided_at": AT,
    }  # fmt: skip
    pending = decided | {
        "status": "suggested", "origin": "rule", "score": 0.6, "coder": None, "decided_at": None,
    }  # fmt: skip
    assert written == {
        "schema": "standfirst/1",
        "id": str(UUID(int=99)),
        "text": text,
        "meta": {
            "title": None, "publication": None, "author": None, "url": None, "published": None,
            "language": None, "sha256": sha256(text.encode()).hexdigest(),
        },
        "scheme": {"id": str(SCHEME.id), "version": 1},
        "model": {"name": "small", "version": "1.0"},
        "status": "todo",
        "zones": [{"start": 0, "end": 29, "kind": "body"}],
        "actors": [
            {"id": str(MAYOR.id), "name": "Ada Lowe", "kind": "PERSON", "aliases": ["Ms Lowe"]}
        ],
        "entities": [
            decided | {
                "id": str(ada.id), "start": 0, "end": 8, "text": "Ada Lowe", "label": "PERSON",
                "actor": str(MAYOR.id), "status": "corrected",
                "suggested": {"start": 0, "end": 3, "text": "Ada", "label": "PERSON",
                              "actor": None},
            }
        ],
        "statements": [
            pending | {
                "id": str(said.id), "source": ref, "attribution": "indirect", "addressee": None,
                "cue": [{"start": 9, "end": 19, "text": "is against"}],
                "content": [{"start": 20, "end": 28, "text": "the toll"}],
            }
        ],
        "stances": [
            decided | {
                "id": str(frame.id), "holder": ref, "nested": [],
                "target": {
                    "kind": "issue", "start": None, "end": None, "text": "the bridge toll",
                    "entity": None, "actor": None, "issue": str(TOLL.id), "negated": True,
                },
                "stance": "against", "cue": [], "statement": str(said.id), "certainty": None,
                "evidence": [{"start": 0, "end": 28, "text": "Ada Lowe is against the toll"}],
                "why": None,
            }
        ],
        "article_stances": [],
        "checked": [
            {"start": 0, "end": 29, "layer": "stances", "coder": str(CODER), "at": AT}
        ],
    }  # fmt: skip


def test_a_slot_of_a_rejected_entity_keeps_only_its_words():
    ada = entity(0, 8, REJECTED, actor=MAYOR.id)
    frame = stance(Ref(RefKind.ENTITY, Span(0, 8), ada.id), Ref(RefKind.WRITER), Span(0, 12))

    written = record(loaded("Ada Lowe says no.", ada, frame), SCHEME)

    assert written["entities"][0]["status"] == "rejected"
    holder = written["stances"][0]["holder"]
    assert (holder["kind"], holder["text"], holder["entity"]) == ("span", "Ada Lowe", None)


def test_a_slot_of_an_entity_that_is_gone_keeps_only_its_words():
    frame = stance(Ref(RefKind.ENTITY, Span(0, 8), UUID(int=404)), Ref(RefKind.WRITER), Span(0, 3))

    holder = record(loaded("Ada Lowe says no.", frame), SCHEME)["stances"][0]["holder"]

    assert (holder["kind"], holder["text"], holder["entity"]) == ("span", "Ada Lowe", None)


def test_a_slot_follows_its_entity_to_its_corrected_bounds_and_actor():
    ada = entity(0, 8, actor=MAYOR.id)
    frame = stance(Ref(RefKind.ENTITY, Span(0, 3), ada.id), Ref(RefKind.WRITER), Span(0, 3))

    written = record(loaded("Ada Lowe says no.", ada, frame, actors=(MAYOR,)), SCHEME)

    holder = written["stances"][0]["holder"]
    assert (holder["text"], holder["actor"]) == ("Ada Lowe", str(MAYOR.id))


def test_a_stance_does_not_rest_on_a_rejected_statement():
    said = Statement(
        UUID(int=5), UUID(int=99), Ref(RefKind.WRITER), (), (Span(0, 3),), Attribution.NONE,
        REJECTED,
    )  # fmt: skip
    frame = replace(stance(Ref(RefKind.WRITER), Ref(RefKind.SPAN, Span(0, 3)), Span(0, 3)),
                    statement=said.id)  # fmt: skip

    assert record(loaded("Ada Lowe", said, frame), SCHEME)["stances"][0]["statement"] is None


def test_annotations_stand_in_reading_order():
    written = record(loaded("Ada Lowe", entity(4, 8), entity(0, 3, SUGGESTED)), SCHEME)

    assert [entity["text"] for entity in written["entities"]] == ["Ada", "Lowe"]


# The published schema


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
    return json.loads(jsonl.line(record(loaded("Ada Lowe says no.", ada, frame), SCHEME)))


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
