"""An article's line in the corpus: whatever the text, each span cuts its own words out of it."""

import json
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from corpus.making import (
    ACCEPTED,
    AT,
    BRIDGE,
    CODER,
    MAYOR,
    REJECTED,
    SCHEME,
    SUGGESTED,
    TOLL,
    annotated,
    entity,
    loaded,
    overall,
    stance,
)
from hypothesis import example, given

from db.rows import value_of
from db.values import (
    Attribution,
    Checked,
    Loaded,
    Model,
    Position,
    Ref,
    RefKind,
    Span,
    Statement,
    Status,
    Zone,
    ZoneKind,
)
from desktop.corpus.formats import jsonl
from desktop.corpus.parsing import parse
from desktop.corpus.proof import check, faults
from desktop.corpus.records import record


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
    suggested = value_of(overall(Position.FAVOR))
    whole_stance = overall(
        Position.MIXED, replace(ACCEPTED, status=Status.CORRECTED, suggested=suggested)
    )
    whole = replace(
        loaded(
            text,
            replace(ada, decision=corrected),
            said,
            frame,
            whole_stance,
            actors=(MAYOR, BRIDGE),
        ),
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
    on_toll = {
        "kind": "issue", "start": None, "end": None, "text": "the bridge toll",
        "entity": None, "actor": None, "issue": str(TOLL.id),
    }  # fmt: skip
    assert written == {
        "schema": "standfirst/1",
        "id": str(UUID(int=99)),
        "text": text,
        "meta": {
            "title": None, "publication": None, "author": None, "url": None, "published": None,
            "language": None, "section": None, "sha256": sha256(text.encode()).hexdigest(),
        },
        "scheme": {"id": str(SCHEME.id), "version": 1},
        "model": {"name": "small", "version": "1.0"},
        "status": "todo",
        "zones": [{"start": 0, "end": 29, "kind": "body"}],
        "actors": [
            {"id": str(MAYOR.id), "name": "Ada Lowe", "kind": "PERSON", "aliases": ["Ms Lowe"]}
        ],
        "issues": [
            {"id": str(TOLL.id), "name": "the bridge toll", "aliases": ["toll"],
             "keywords": ["levy", "toll*"]}
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
                "target": on_toll | {"negated": True},
                "stance": "against", "cue": [], "statement": str(said.id), "certainty": None,
                "evidence": [{"start": 0, "end": 28, "text": "Ada Lowe is against the toll"}],
                "why": None,
            }
        ],
        "article_stances": [
            decided | {
                "id": str(whole_stance.id), "stance": "mixed", "certainty": None, "why": "2 of 2",
                "target": on_toll, "status": "corrected",
                "suggested": {"target": on_toll, "stance": "favor", "certainty": None,
                              "why": "2 of 2"},
            }
        ],
        "checked": [
            {"start": 0, "end": 29, "layer": "stances", "coder": str(CODER), "at": AT}
        ],
    }  # fmt: skip


def test_an_issue_that_the_text_names_is_quoted_and_named_beside_it():
    target = Ref(RefKind.ISSUE, Span(17, 25), issue=TOLL.id)
    frame = stance(Ref(RefKind.WRITER), target, Span(0, 25))

    written = record(loaded("Nobody wants the crossing", frame), SCHEME, [TOLL])

    slot = written["stances"][0]["target"]
    assert (slot["text"], slot["issue"]) == ("crossing", str(TOLL.id))
    assert written.get("issues", [])[0]["name"] == "the bridge toll"
    parsed = parse(check(jsonl.line(written)))
    assert parsed.issues == (TOLL,)
    assert parsed.loaded.decisions == [frame]


def test_an_issue_that_is_gone_leaves_its_words_and_no_stance_of_the_whole_article():
    target = Ref(RefKind.ISSUE, Span(17, 25), issue=TOLL.id)
    frame = stance(Ref(RefKind.WRITER), target, Span(0, 25), decision=SUGGESTED)
    whole = overall(Position.FAVOR, SUGGESTED)

    written = record(loaded("Nobody wants the crossing", frame, whole), SCHEME)

    slot = written["stances"][0]["target"]
    assert (slot["kind"], slot["text"], slot["issue"]) == ("span", "crossing", None)
    assert written["article_stances"] == written.get("issues") == []
    assert list(faults(written)) == []


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
