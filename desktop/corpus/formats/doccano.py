"""doccano's JSONL: labels as triples, or entities with relations.

Triples stand under ``label`` (or ``labels``, or ``entities``). A text is accepted as it stands: the
format says nothing of who marked what, nor whether anybody looked. Versions before 2019 and those
with grapheme clusters aside, doccano counts UTF-16 units where a browser did the marking, and code
points where a file was brought in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.values import Status
from desktop.corpus.formats.marked import Link, Mark, Marked, decided, parsed
from desktop.corpus.formats.metadata import metadata
from desktop.corpus.formats.objects import Found, fields, items
from desktop.corpus.formats.offsets import Stretch, Unit
from desktop.corpus.parsing import Parsed
from desktop.refused import Refused

_TEXTS = ("text", "data")
_LABELS = ("label", "labels", "entities")
_UNITS = (Unit.UTF_16, Unit.CODE_POINTS)


def looks_like(record: Mapping[str, Any]) -> bool:
    """Tell a text of doccano: of either shape, labelled or not."""
    return _text(record) is not None and any(
        isinstance(record.get(key), list) and all(_is_label(one) for one in items(record[key]))
        for key in _LABELS
    )


def read(found: Found) -> Parsed | Refused:
    """Return one record as an article with what is marked in it."""
    record = found.record
    meta, doubts = metadata(record)
    marked = Marked(_text(record) or "", meta, doubts=list(doubts))
    accepted = decided(Status.ACCEPTED)
    for key in _LABELS:
        for one in items(record.get(key)):
            match one:
                case str():
                    marked.whole.append(one)
                case [int(start), int(end), str(label)]:
                    marked.marks.append(Mark(Stretch(start, end), label, accepted))
                case {"start_offset": int(start), "end_offset": int(end), "label": str(label)}:
                    stretch, own = Stretch(start, end), fields(one).get("id")
                    marked.marks.append(Mark(stretch, label, accepted, own))
                case _:
                    marked.doubts.append(f"a label was left out: {str(one)[:80]}")
    for one in items(record.get("relations")):
        match one:
            case {"from_id": source, "to_id": target, "type": str(kind)}:
                marked.links.append(Link(source, target, kind, accepted))
            case _:
                marked.doubts.append(f"a relation was left out: {str(one)[:80]}")
    if comments := items(record.get("Comments")):
        marked.doubts.append(f"{len(comments)} comments were left out")
    return parsed(marked, found.place, _UNITS)


def _text(record: Mapping[str, Any]) -> str | None:
    return next((record[key] for key in _TEXTS if isinstance(record.get(key), str)), None)


def _is_label(one: Any) -> bool:
    match one:
        case str() | [int(), int(), str()] | {"start_offset": int(), "end_offset": int()}:
            return True
        case _:
            return False
