"""Label Studio's JSON: a list of tasks with annotations and predictions; also its JSON-MIN.

Annotations are accepted (of several, those of the ground truth, if one is), predictions suggested,
cancelled ones left out. Offsets were UTF-16 units until 2022 and are code points since, which the
``text`` of a region tells.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.values import Decision, Model, Status
from desktop import dates
from desktop.corpus.formats.marked import Link, Mark, Marked, decided, parsed
from desktop.corpus.formats.metadata import TEXTS, metadata
from desktop.corpus.formats.objects import Found, dicts, fields, items
from desktop.corpus.formats.offsets import Stretch, Unit
from desktop.corpus.parsing import Parsed
from desktop.refused import Refused

_UNITS = (Unit.CODE_POINTS, Unit.UTF_16)
_RESULTS = ("annotations", "completions", "predictions")


def looks_like(record: Mapping[str, Any]) -> bool:
    """Tell a task, or a record of JSON-MIN, in which each region holds its list of labels."""
    if isinstance(record.get("data"), dict):
        return True
    return any("labels" in region for region in dicts(record.get("label")))


def read(found: Found) -> Parsed | Refused:
    """Return one task as an article with what is marked in it."""
    record = found.record
    data = fields(record.get("data")) or record
    text = next((data[key] for key in TEXTS if isinstance(data.get(key), str)), None)
    if text is None:
        keys = ", ".join(list(data)[:8]) or "none"
        return Refused(found.place, f"there is no text in it; its data has {keys}")
    meta, doubts = metadata(data)
    marked = Marked(text, meta, doubts=list(doubts))
    if data is record:
        who, at = record.get("annotator"), _moment(record.get("updated_at"))
        accepted = decided(Status.ACCEPTED, who, at)
        for value in items(record.get("label")):
            _region({"type": "labels", "value": value}, accepted, "", marked)
        return parsed(marked, found.place, _UNITS)
    for name in _RESULTS:
        _results(name, record.get(name), marked)
    return parsed(marked, found.place, _UNITS)


def _results(name: str, given: Any, marked: Marked) -> None:
    """Put what one person, or one model, marked into the text."""
    results = dicts(given)
    if name != "predictions":
        results = [one for one in results if not one.get("was_cancelled")]
        results = [one for one in results if one.get("ground_truth")] or results
    for nth, result in enumerate(results):
        if name == "predictions":
            version = result.get("model_version")
            marked.model = Model("imported", str(version or ""))
            decision = decided(Status.SUGGESTED, score=result.get("score"))
        else:
            who = result.get("completed_by")
            if isinstance(who, dict):
                who = fields(who).get("email") or fields(who).get("id")
            decision = decided(Status.ACCEPTED, who, _moment(result.get("updated_at")))
        for region in items(result.get("result")):
            _region(region, decision, f"{name}{nth}:", marked)
    if name != "predictions" and len(results) > 1:
        marked.doubts.append(f"{len(results)} people marked it: what any of them marked came in")


def _region(region: Any, decision: Decision, group: str, marked: Marked) -> None:
    """Put one result into the text; ``group`` tells its ids from those of other people."""
    given, value = fields(region), fields(fields(region).get("value"))
    kind, choices = str(given.get("type")), items(value.get("choices"))
    start, end = _offset(value.get("start")), _offset(value.get("end"))
    if kind == "relation":
        ends = f"{group}{given.get('from_id')}", f"{group}{given.get('to_id')}"
        if given.get("direction") == "left":
            ends = ends[1], ends[0]
        labels = items(given.get("labels")) or ["relation"]
        marked.links += [Link(*ends, str(label), decision) for label in labels]
    elif choices:
        marked.whole += [str(label) for label in choices]
    elif start is not None and end is not None:
        labels = items(value.get("labels")) or items(value.get(kind))
        quote, own = value.get("text"), given.get("id")
        stretch = Stretch(start, end, quote if isinstance(quote, str) else None)
        key = None if own is None else f"{group}{own}"
        if not labels:
            marked.doubts.append(f"a region from {start} to {end} without a label was left out")
        marked.marks += [Mark(stretch, str(label), decision, key) for label in labels]
    else:
        marked.doubts.append(f"a result of type “{kind[:40]}” was left out")


def _offset(value: Any) -> int | None:
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return value if type(value) is int else None


def _moment(value: Any) -> str | None:
    return dates.iso(value) if isinstance(value, str) else None
