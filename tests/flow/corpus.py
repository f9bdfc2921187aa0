"""What an exported corpus says of an article, in the shape our own reading of it has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gold import Gold

from db.values import RefKind, Span, Stance

Record = dict[str, Any]
Name = tuple[int, int, str]
Frame = tuple[object, ...]


def record_of(corpus: Path, text: str) -> Record:
    """Return the line of the corpus that has the article with this text."""
    lines = (json.loads(line) for line in corpus.read_text("utf-8").splitlines())
    return next(line for line in lines if line["text"] == text)


def names_in(record: Record) -> set[Name]:
    """Return the names that were decided to be there: start, end, label."""
    return {(each["start"], each["end"], each["label"]) for each in _standing(record["entities"])}


def frames_in(record: Record) -> set[Frame]:
    """Return the stances that were decided to be there."""
    return {
        (
            *(_ref(each[slot]) for slot in ("holder", "target")),
            each["target"]["negated"],
            tuple(_ref(ref) for ref in each["nested"]),
            each["stance"],
            *(tuple(_span(span) for span in each[slot]) for slot in ("evidence", "cue")),
        )
        for each in _standing(record["stances"])
    }


def names_meant(gold: Gold) -> set[Name]:
    """Return what :func:`names_in` finds where a corpus says just what we read."""
    return {(each.span.start, each.span.end, each.label) for each in gold.entities}


def frames_meant(gold: Gold) -> set[Frame]:
    """Return what :func:`frames_in` finds where a corpus says just what we read."""
    return {_meant(frame.stance) for frame in gold.frames}


def spans_in(record: Record) -> Iterator[Record]:
    """Yield every stretch of text a record quotes, wherever it stands in it."""
    inside = list(record.values())
    while inside:
        each = inside.pop()
        if isinstance(each, dict):
            if each.get("start") is not None and "text" in each:
                yield each
            inside += each.values()
        elif isinstance(each, list):
            inside += each


def _standing(annotations: list[Record]) -> list[Record]:
    return [each for each in annotations if each["status"] in ("accepted", "corrected", "added")]


def _span(quoted: Record) -> Span:
    return Span(quoted["start"], quoted["end"])


def _ref(quoted: Record) -> tuple[str, Span]:
    return quoted["kind"], _span(quoted)


def _meant(stance: Stance) -> Frame:
    def ref(slot: Any) -> tuple[str, Span]:
        assert slot.kind in (RefKind.ENTITY, RefKind.SPAN)
        return slot.kind.value, slot.span

    return (
        ref(stance.holder),
        ref(stance.target),
        stance.target.negated,
        tuple(ref(each) for each in stance.nested),
        stance.position.value,
        stance.evidence,
        stance.cue,
    )
