"""The pipe between the window and its engine: what goes in comes out, in whatever pieces."""

import io
import json
import struct
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.values import (
    Attribution,
    Decision,
    Entity,
    Issue,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
    Zone,
    ZoneKind,
)
from desktop.suggest import protocol
from desktop.suggest.protocol import ProtocolError, Unframer, frame, read

ARTICLE = UUID(int=1)
SUGGESTED = Decision(Status.SUGGESTED, Origin.MODEL, score=0.8)

texts = st.text(st.characters())  # lone surrogates, too
messages = st.fixed_dictionaries({"type": texts, "job": st.integers(), "text": texts})


@given(st.lists(messages, max_size=4), st.data())
def test_messages_come_out_as_they_went_in_however_the_bytes_are_cut(sent, data):
    stream = b"".join(frame(message) for message in sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    unframer, heard = Unframer(), []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        unframer.feed(stream[start:end])
        while (message := unframer.next()) is not None:
            heard.append(message)
    assert heard == sent


@given(st.lists(messages, max_size=4))
def test_a_blocking_reader_hears_the_same_and_then_that_the_other_side_has_gone(sent):
    stream = io.BytesIO(b"".join(frame(message) for message in sent))
    assert [read(stream) for _ in sent] == sent
    assert read(stream) is None


@pytest.mark.parametrize("kept", [1, 3, 4, 10])
def test_a_message_cut_off_by_a_death_is_no_message(kept: int):
    torn = frame({"type": "ready", "model": None})[:kept]
    assert read(io.BytesIO(torn)) is None
    unframer = Unframer()
    unframer.feed(torn)
    assert unframer.next() is None


@pytest.mark.parametrize(
    "noise",
    [
        b"Downloading model weights: 100%\n",  # somebody printed: "Down" is a length beyond belief
        struct.pack(">I", 5) + b"hello",
        struct.pack(">I", 2) + b"[]",
        struct.pack(">I", 2) + b"{}",
        struct.pack(">I", 2) + b"\xff\xfe",
    ],
)
def test_noise_in_the_stream_is_named_and_not_believed(noise: bytes):
    unframer = Unframer()
    unframer.feed(noise)
    with pytest.raises(ProtocolError):
        unframer.next()
    with pytest.raises(ProtocolError):
        read(io.BytesIO(noise))


def test_a_message_too_long_is_refused_by_the_side_that_wrote_it(monkeypatch):
    monkeypatch.setattr(protocol, "LIMIT", 20)
    with pytest.raises(ProtocolError, match="too long"):
        frame({"type": "suggest", "text": "x" * 20})


def test_annotations_and_zones_survive_the_journey():
    calais = Entity(uuid4(), ARTICLE, Span(10, 16), "GPE", SUGGESTED)
    bertrand = Ref(RefKind.ENTITY, Span(0, 8), entity=uuid4())
    said = Statement(
        uuid4(),
        ARTICLE,
        bertrand,
        cue=(Span(20, 24),),
        content=(Span(26, 40), Span(50, 60)),
        attribution=Attribution.MIXED,
        decision=SUGGESTED,
    )
    against = Stance(
        uuid4(),
        ARTICLE,
        holder=bertrand,
        target=Ref(RefKind.SPAN, Span(27, 33), negated=True),
        position=Position.AGAINST,
        evidence=(Span(26, 40),),
        decision=SUGGESTED,
        statement=said.id,
        why="a cue of refusal",
    )
    zone = Zone(0, 40, ZoneKind.STANDFIRST)
    for annotation in (calais, said, against):
        item = json.loads(json.dumps(protocol.annotation_to_item(annotation)))
        assert protocol.annotation_from_item(item) == annotation
    assert protocol.zone_from_row(json.loads(json.dumps(protocol.zone_to_row(zone)))) == zone


def test_issues_survive_the_journey():
    toll = Issue(uuid4(), "Brücken-Maut", ("Maut", "the toll"), ("toll*",))
    assert protocol.issue_from_row(json.loads(json.dumps(protocol.issue_to_row(toll)))) == toll
