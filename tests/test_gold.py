"""The gold of the samples says what it means to say: every quote is found, every span is valid."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from db.values import Layer, Span, ZoneKind
from resources import path
from tests.gold import FILES, Gold, read_gold


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def gold(request: pytest.FixtureRequest) -> Gold:
    return read_gold(request.param)


def test_there_is_gold_for_every_sample():
    samples = json.loads(path("samples", "samples.json").read_text("utf-8"))
    assert {f"{file.stem}.txt" for file in FILES} == {sample["file"] for sample in samples}


@pytest.mark.parametrize("wrong", ["GPE Gdansk", "ORG Der Beobachter", "ORG Der Beobachter @3"])
def test_a_quote_not_found_or_found_twice_is_refused(tmp_path: Path, wrong: str):
    (file,) = (file for file in FILES if file.stem == "oder_flood_deal")
    changed = tmp_path / file.name
    right = file.read_text("utf-8")
    changed.write_text(right.replace("ORG Der Beobachter @2", wrong), "utf-8")
    with pytest.raises(ValueError, match="oder_flood_deal, line 14"):
        read_gold(changed)


def test_entities_stand_apart_in_the_article_itself(gold: Gold):
    spans = sorted(entity.span for entity in gold.entities)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    page = [Span(z.start, z.end) for z in gold.article.zones if z.kind is not ZoneKind.BOILERPLATE]
    for span in spans:
        assert any(zone.covers(span) for zone in page), span.of(gold.article.text)


def test_labels_and_positions_are_the_schemes(gold: Gold):
    labels = json.loads(path("schemes", "news.json").read_text("utf-8"))["labels"]
    known = {(Layer(label["layer"]), label["name"]) for label in labels}
    assert {(Layer.ENTITY, entity.label) for entity in gold.entities} <= known
    assert {(Layer.STANCE, frame.stance.position) for frame in gold.frames} <= known


def test_zones_cover_all_that_is_printed_once(gold: Gold):
    text, end = gold.article.text, 0
    for zone in gold.article.zones:
        assert not text[end : zone.start].strip()
        assert end <= zone.start < zone.end
        end = zone.end
    assert not text[end:].strip()


def test_a_frame_is_shown_by_its_evidence(gold: Gold):
    for frame in gold.frames:
        stance = frame.stance
        assert stance.cue
        assert stance.evidence
        assert stance.holder.span in frame.holders
        assert stance.target.span in frame.targets
        assert stance.target.negated == (frame.negated_by is not None)
