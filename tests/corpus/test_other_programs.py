"""Corpora of other programs: their texts, and what is marked in them, at the right place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus.foreign import (
    SPANS,
    TEXT,
    doccano,
    doccano_relations,
    label_studio,
    lines,
    listed,
    prodigy,
    regions,
)
from corpus.making import texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from searching import examples
from sqlmodel import Session

from db import exchange
from db.engine import create, open_project, session
from db.values import Entity, Position, Stance, Status
from desktop.corpus.formats.reading import read
from desktop.corpus.parsing import Parsed
from desktop.corpus.project import records

MARKED = [(label, TEXT[start:end]) for start, end, label in SPANS]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "toll.standfirst"
    create(path, name="Toll")
    engine = open_project(path)
    with session(engine) as own:
        yield own
    engine.dispose()


def articles(path: Path) -> list[Parsed]:
    found = list(read(path))
    assert all(isinstance(one, Parsed) for one in found), found
    return [one for one in found if isinstance(one, Parsed)]


def entities(one: Parsed, status: Status = Status.ACCEPTED) -> list[tuple[str, str]]:
    """Return the labels and words of what stands under a status, in reading order."""
    found = [e for e in (*one.loaded.decisions, *one.loaded.suggestions) if isinstance(e, Entity)]
    text = one.loaded.article.text
    return [
        (e.label, e.span.of(text))
        for e in sorted(found, key=lambda e: e.span)
        if e.decision.status is status
    ]


# What each program's own export gives

FILES = {
    "prodigy": (lines, prodigy(TEXT, SPANS)),
    "doccano": (lines, doccano(TEXT, SPANS)),
    "doccano with relations": (lines, doccano_relations(TEXT, SPANS)),
    "Label Studio": (listed, label_studio(TEXT, SPANS)),
    "Label Studio before 2022": (listed, label_studio(TEXT, SPANS, old=True)),
    "Label Studio, JSON-MIN": (
        listed,
        {"id": 1, "text": TEXT, "label": [one["value"] for one in regions(TEXT, SPANS, False)]},
    ),
    "triples under entities": (lines, {"text": TEXT, "entities": [list(one) for one in SPANS]}),
}


@pytest.mark.parametrize("program", FILES)
def test_what_is_marked_stands_on_its_words_whatever_the_program_counts(
    tmp_path: Path, program: str
):
    write, record = FILES[program]
    (one,) = articles(write(tmp_path / "corpus.json", record))
    assert one.loaded.article.text == TEXT
    assert entities(one) == MARKED
    assert one.doubts == ()


@pytest.mark.parametrize("program", FILES)
def test_what_came_in_leaves_as_a_proven_corpus_and_a_second_time_brings_nothing(
    tmp_path: Path, project: Session, program: str
):
    write, record = FILES[program]
    path = write(tmp_path / "corpus.json", record)
    assert [exchange.bring_in(project, one.loaded, one.issues) for one in articles(path)] == [True]
    assert [exchange.bring_in(project, one.loaded, one.issues) for one in articles(path)] == [False]
    (left,) = records(project)
    assert [(e["label"], e["text"]) for e in left["entities"]] == MARKED
    assert {e["origin"] for e in left["entities"]} == {"imported"}
    assert read_again(tmp_path, left) == [(e["id"], e["start"], e["end"]) for e in left["entities"]]


def read_again(tmp_path: Path, record: Any) -> list[tuple[str, int, int]]:
    (one,) = articles(lines(tmp_path / "ours.jsonl", record))
    found = [e for e in one.loaded.decisions if isinstance(e, Entity)]
    return [(str(e.id), e.span.start, e.span.end) for e in found]


@given(text=texts.filter(lambda t: t.strip() and "\0" not in t), data=st.data(), old=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(80))
def test_whatever_the_text_a_mark_is_right_or_told(
    tmp_path: Path, text: str, data: st.DataObject, old: bool
):
    cuts = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True))
    start, end = sorted(cuts)
    said = " ".join(text[start:end].split())
    task, region = prodigy(text, [(start, end, "X")]), label_studio(text, [(start, end, "X")], old)
    for record in (task, region):
        (one,) = articles(listed(tmp_path / "corpus.json", record))
        found = [" ".join(words.split()) for _, words in entities(one)]
        assert found == [said] or one.doubts, record


def test_what_does_not_fit_is_left_out_and_told(tmp_path: Path):
    record = label_studio("Ada Lowe left.", [(0, 8, "PERSON"), (9, 13, "ACT")])
    record["annotations"][0]["result"][1]["value"]["text"] = "went"
    record["annotations"][0]["result"].append(
        {"type": "labels", "value": {"start": 9, "end": 99, "labels": ["ACT"]}}
    )
    (one,) = articles(listed(tmp_path / "corpus.json", record))
    assert entities(one) == [("PERSON", "Ada Lowe")]
    assert one.doubts == (
        "ACT from 9 to 13 was left out: there is not “went”",
        "ACT from 9 to 99 was left out: it does not lie in the text of 14 characters",
    )


def test_where_nothing_tells_what_a_program_counts_that_is_said(tmp_path: Path):
    (one,) = articles(lines(tmp_path / "c.jsonl", {"text": "🚒 ... ...", "label": [[2, 3, "X"]]}))
    assert (
        len(one.doubts) == 1 and "look whether the marks behind them stand right" in one.doubts[0]
    )


def test_an_offset_that_would_halve_a_character_tells_what_is_counted(tmp_path: Path):
    marked = {"text": "🚒Ada left", "label": [[1, 4, "PERSON"]]}
    (one,) = articles(lines(tmp_path / "c.jsonl", marked))
    assert (entities(one), one.doubts) == ([("PERSON", "Ada")], ())


def test_line_ends_are_made_one_kind_and_marks_stay_on_their_words(tmp_path: Path):
    (one,) = articles(
        lines(tmp_path / "c.jsonl", prodigy("Toll\r\n\r\nAda\r\nLowe", [(8, 17, "P")]))
    )
    assert one.loaded.article.text == "Toll\n\nAda\nLowe"
    assert entities(one) == [("P", "Ada\nLowe")]


# Answers, people, relations

ADA = [(0, 3, "PERSON")]


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"answer": "accept"}, Status.ACCEPTED),
        ({"answer": "reject", "_view_id": "ner"}, Status.REJECTED),
        ({"answer": "reject", "_view_id": "ner_manual"}, Status.SUGGESTED),
        ({"answer": "ignore"}, Status.SUGGESTED),
    ],
    ids=["accept", "reject a question", "reject a whole", "ignore"],
)
def test_prodigys_answers_are_decisions(tmp_path: Path, more: dict[str, Any], status: Status):
    (one,) = articles(lines(tmp_path / "c.jsonl", prodigy("Ada left.", ADA, **more)))
    assert entities(one, status) == [("PERSON", "Ada")]
    assert bool(one.doubts) == (more["answer"] == "reject" and status is Status.SUGGESTED)
    (found,) = (*one.loaded.decisions, *one.loaded.suggestions)
    decided = status is not Status.SUGGESTED
    assert found.decision.decided_at == ("2023-11-14T22:13:20Z" if decided else None)
    assert (found.decision.coder is not None) == decided


def test_prodigys_questions_about_one_text_make_one_article(tmp_path: Path):
    text = "Ada met Greta in Harwick."
    questions = [
        ((0, 3, "PERSON"), "accept"),
        ((8, 13, "PERSON"), "accept"),
        ((17, 24, "ORG"), "reject"),
    ]
    tasks = [prodigy(text, [span], answer=answer, _view_id="ner") for span, answer in questions]
    path = lines(tmp_path / "c.jsonl", tasks[0], prodigy("Another.", []), *tasks[1:])
    other, one = articles(path)
    assert other.loaded.article.text == "Another."
    assert entities(one) == [("PERSON", "Ada"), ("PERSON", "Greta")]
    assert entities(one, Status.REJECTED) == [("ORG", "Harwick")]


def test_a_text_accepted_without_a_mark_was_looked_at(tmp_path: Path, project: Session):
    (one,) = articles(lines(tmp_path / "c.jsonl", prodigy("Nobody here.", [])))
    exchange.bring_in(project, one.loaded)
    (left,) = records(project)
    assert [(c["start"], c["end"], c["layer"]) for c in left["checked"]] == [(0, 12, "entities")]


def test_label_studios_predictions_are_suggested_and_cancelled_work_is_left_out(tmp_path: Path):
    text = "Ada met Greta."
    record = label_studio(text, ADA, predictions=[])
    record["predictions"] = [
        {"model_version": "m2", "score": 0.75, "result": regions(text, [(8, 13, "PERSON")], False)}
    ]
    record["annotations"].append(
        {"was_cancelled": True, "result": regions(text, [(4, 7, "VERB")], False)}
    )
    (one,) = articles(listed(tmp_path / "c.json", record))
    assert entities(one) == [("PERSON", "Ada")]
    assert entities(one, Status.SUGGESTED) == [("PERSON", "Greta")]
    assert one.loaded.suggestions[0].decision.score == 0.75
    assert one.loaded.model is not None and one.loaded.model.version == "m2"


def test_of_several_people_the_ground_truth_counts(tmp_path: Path):
    record = label_studio("Ada met Greta.", ADA)
    second = dict(record["annotations"][0], result=regions("Ada met Greta.", [(8, 13, "P")], False))
    record["annotations"].append(second)
    (both,) = articles(listed(tmp_path / "c.json", record))
    assert entities(both) == [("PERSON", "Ada"), ("P", "Greta")]
    assert both.doubts == ("2 people marked it: what any of them marked came in",)
    second["ground_truth"] = True
    (one,) = articles(listed(tmp_path / "c.json", record))
    assert entities(one) == [("P", "Greta")]


TWO = [(0, 3, "PERSON"), (16, 24, "PLAN")]
SAID = "Ada backs, yes, the toll."


@pytest.mark.parametrize(
    "record",
    [
        prodigy(SAID, TWO, relations=[{"head": 0, "child": 1, "label": "FAVOR"}]),
        prodigy(
            SAID,
            TWO,
            relations=[
                {
                    "head": 7, "child": 9, "label": "favour",
                    "head_span": {"start": 0, "end": 3, "token_start": 0, "token_end": 0},
                    "child_span": {"start": 16, "end": 24, "token_start": 1, "token_end": 1},
                }
            ],
        ),
        doccano_relations(SAID, TWO, relations=[{"from_id": 0, "to_id": 1, "type": "for"}]),
        label_studio(SAID, TWO),
    ],
    ids=["prodigy", "prodigy's spans", "doccano", "Label Studio"],
)  # fmt: skip
def test_a_relation_named_as_a_side_is_a_stance(tmp_path: Path, project: Session, record: Any):
    if "annotations" in record:
        record["annotations"][0]["result"].append(
            {"type": "relation", "from_id": "r0", "to_id": "r1", "labels": ["favor"]}
        )
    (one,) = articles(listed(tmp_path / "c.json", record))
    (stance,) = (found for found in one.loaded.decisions if isinstance(found, Stance))
    assert stance.position is Position.FAVOR
    assert exchange.bring_in(project, one.loaded)
    (left,) = records(project)
    (said,) = left["stances"]
    assert (said["holder"]["text"], said["target"]["text"]) == ("Ada", "the toll")
    assert one.doubts == ()


def test_what_we_have_no_place_for_is_told(tmp_path: Path):
    relations = [{"id": 1, "from_id": 0, "to_id": 1, "type": "employs"}]
    record = doccano_relations(SAID, TWO, relations=relations, Comments=[{"comment": "?"}])
    (one,) = articles(lines(tmp_path / "c.jsonl", record))
    assert one.doubts == (
        "1 comments were left out",
        "relations that are no stances between marks were left out: “employs” (1)",
    )
    (sorted_,) = articles(lines(tmp_path / "d.jsonl", doccano("Toll.", [], label=["politics"])))
    assert sorted_.doubts == ("labels of the whole text were left out: “politics”",)


def test_a_broken_record_is_an_article_or_told_and_the_next_goes_on(tmp_path: Path):
    ends = [{"id": 1, "from_id": ["not", "a", "key"], "to_id": {}, "type": "favor"}]
    path = lines(
        tmp_path / "broken.jsonl",
        doccano_relations(TEXT, SPANS, relations=ends),
        prodigy(TEXT, SPANS, _annotator_id="\ud83d"),
        prodigy(f"{TEXT} Later.", SPANS, _timestamp=10**400),
        {"text": "The last one."},
    )
    texts = {one.loaded.article.text for one in read(path) if isinstance(one, Parsed)}
    assert texts == {TEXT, f"{TEXT} Later.", "The last one."}
