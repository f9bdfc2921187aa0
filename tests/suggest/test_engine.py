"""The engine as a whole, with the bundled pipeline and with others."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from searching import examples

import resources
from db.rows import value_of
from db.values import (
    Annotation,
    Entity,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
    Zone,
    ZoneKind,
    layer_of,
)
from desktop.suggest.engine import Engine, Suggested
from desktop.suggest.pipeline import PipelineError
from desktop.suggest.stances.overall import overall

ARTICLE = UUID(int=1)
SAMPLES = sorted(resources.path("samples").glob("*.txt"))


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request: pytest.FixtureRequest) -> str:
    return request.param.read_text("utf-8")


def entities(found: Suggested) -> list[Entity]:
    return [a for a in found.annotations if isinstance(a, Entity)]


def spans_of(annotation: Annotation) -> list[Span]:
    match annotation:
        case Entity():
            return [annotation.span]
        case Statement():
            return [*annotation.cue, *annotation.content]
        case Stance():
            return [*annotation.cue, *annotation.evidence]


def refs_of(annotation: Annotation) -> list[Ref]:
    match annotation:
        case Entity():
            return []
        case Statement():
            return [ref for ref in (annotation.source, annotation.addressee) if ref]
        case Stance():
            return [annotation.holder, annotation.target, *annotation.nested]


def check(text: str, found: Suggested) -> None:
    """What holds of every text."""
    boilerplate = [
        Span(zone.start, zone.end) for zone in found.zones if zone.kind is ZoneKind.BOILERPLATE
    ]
    names = entities(found)
    for annotation in found.annotations:
        assert annotation.article == ARTICLE
        assert annotation.decision.status is Status.SUGGESTED
        assert annotation.decision.score is not None
        assert 0 <= annotation.decision.score <= 1
        places = spans_of(annotation) + [ref.span for ref in refs_of(annotation) if ref.span]
        for span in places:
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text) == span.of(text).strip()
            assert not any(span.overlaps(zone) for zone in boilerplate)
    for one, following in pairwise(names):
        assert one.span.end <= following.span.start
    ids = [annotation.id for annotation in found.annotations]
    assert len(set(ids)) == len(ids)


def test_every_span_lies_in_the_text_and_none_in_the_boilerplate(engine, sample):
    found = engine.suggest(ARTICLE, sample)
    assert len(entities(found)) > 20
    assert any(zone.kind is ZoneKind.BOILERPLATE for zone in found.zones)
    check(sample, found)


troubles = st.sampled_from(
    [
        "Mr Smith said: “We oppose it",
        "”\n\n",
        "“And we",
        " never will,” she told Xavier Bertrand.",
        " in Calais 👩‍🔬 ",
        " €3.5m",
        "Read more\n",
        "'",
        "\r\n",
        "\u2028",
        "\xa0",
    ]
)
texts = st.lists(st.text(max_size=30) | troubles, max_size=12).map("".join)


@settings(max_examples=examples(60))
@given(texts)
@example("Ms Lind said: “We oppose it »")  # white space before the closing mark
@example("Ms Lind said: “1 ''")  # nothing between the marks
@example("00A oppose$\x1f:")  # white space that is none of blank, tab and line feed
def test_any_text_is_taken(engine, text):
    check(text, engine.suggest(ARTICLE, text))


def test_what_is_referred_to_has_come_before(engine, sample):
    known: set[UUID] = set()
    for batch in engine.stream(ARTICLE, sample):
        for annotation in batch.annotations:
            known.add(annotation.id)
            for ref in refs_of(annotation):
                assert ref.entity is None or ref.entity in known
            if isinstance(annotation, Stance) and annotation.statement:
                assert annotation.statement in known


def test_there_are_statements_and_stances_with_a_holder_among_the_names(engine, sample):
    found = engine.suggest(ARTICLE, sample)
    named = {entity.id for entity in entities(found)}
    for kind in (Statement, Stance):
        ours = [annotation for annotation in found.annotations if isinstance(annotation, kind)]
        assert any(refs_of(annotation)[0].entity in named for annotation in ours)


def test_an_id_is_made_of_the_article_and_the_value(engine, sample):
    first, again = (engine.suggest(ARTICLE, sample) for _ in range(2))
    assert again == first
    for annotation in first.annotations:
        value = json.dumps(value_of(annotation), sort_keys=True, separators=(",", ":"))
        assert annotation.id == uuid5(ARTICLE, f"{layer_of(annotation).value}:{value}")
    elsewhere = engine.suggest(UUID(int=2), sample)
    assert not {a.id for a in first.annotations} & {a.id for a in elsewhere.annotations}


def test_the_stream_adds_up_to_the_whole(engine, sample):
    batches = list(engine.stream(ARTICLE, sample))
    assert batches[0].zones
    zones: list[Zone] = [zone for batch in batches for zone in batch.zones]
    annotations = [annotation for batch in batches for annotation in batch.annotations]
    assert Suggested(zones, annotations) == engine.suggest(ARTICLE, sample)


def test_speech_is_only_looked_for_in_english(engine):
    text = "Ms Lind said: “We oppose the plan,” in Calais on Monday.\n"
    english, german = (engine.suggest(ARTICLE, text, language) for language in ("en-GB", "de"))
    assert any(isinstance(annotation, Statement) for annotation in english.annotations)
    assert entities(german)
    assert len(german.annotations) == len(entities(german))


def test_any_pipeline_can_stand_in(tmp_path: Path):
    nlp = spacy.blank("de", meta={"name": "hafen", "version": "2.1"})
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "LOC", "pattern": "Köln"}])
    nlp.to_disk(tmp_path / "hafen")
    engine = Engine(str(tmp_path / "hafen"))
    assert engine.model == {"name": "de_hafen", "version": "2.1"}
    text = "Der Hafen 🚢 von Köln.\n"
    assert [e.span.of(text) for e in entities(engine.suggest(ARTICLE, text))] == ["Köln"]


def test_a_pipeline_that_is_not_there_is_named():
    with pytest.raises(PipelineError, match="xx_no_such_pipeline"):
        Engine("xx_no_such_pipeline")


def test_the_article_as_a_whole_comes_last_under_an_id_of_its_own(engine, monkeypatch):
    text, issue = SAMPLES[0].read_text("utf-8"), Ref(RefKind.ISSUE, issue=UUID(int=5))

    def on_one_issue(article: UUID, frames: list[Stance]) -> list[Stance]:
        return overall(article, [replace(frame, target=issue) for frame in frames])

    assert not any(
        isinstance(a, Stance) and a.overall for a in engine.suggest(ARTICLE, text).annotations
    )
    monkeypatch.setattr("desktop.suggest.engine.overall", on_one_issue)
    *_, before, last = engine.stream(ARTICLE, text)
    (whole,) = last.annotations
    assert whole.overall
    assert whole.id not in {ARTICLE, *(one.id for one in before.annotations)}
    check(text, engine.suggest(ARTICLE, text))
    assert engine.suggest(ARTICLE, text).annotations[-1] == whole
