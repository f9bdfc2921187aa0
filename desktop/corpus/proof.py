"""What must hold of every record: the proof an export is not called done without.

The shape is one half (:func:`desktop.corpus.shape.validate`); this is what a schema cannot say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, cast

from desktop.corpus.shape import Record, validate


def check(line: bytes | str) -> Record:
    """Read one line of a corpus and prove it.

    Raises:
        ValueError: the line is no record, a span does not cut its text out, or something points at
            what is not there; the message names the first fault.
    """
    record = validate(line)
    for fault in faults(record):
        raise ValueError(fault)
    return record


def faults(record: Record) -> Iterator[str]:
    """Yield what is wrong with a record of the right shape, in plain words."""
    text = record["text"]
    if hashlib.sha256(text.encode()).hexdigest() != record["meta"]["sha256"]:
        yield "meta.sha256: is not of this text"
    entities = [entity["id"] for entity in record["entities"]]
    statements = [statement["id"] for statement in record["statements"]]
    stances = [stance["id"] for stance in (*record["stances"], *record["article_stances"])]
    actors = [actor["id"] for actor in record["actors"]]
    issues = [issue["id"] for issue in record.get("issues", [])]
    annotations = entities + statements + stances
    for name, ids in (("annotation", annotations), ("actor", actors), ("issue", issues)):
        if len(set(ids)) < len(ids):
            yield f"two of the {name} ids are the same"
    zones = [zone["start"] for zone in record["zones"]]
    if len(set(zones)) < len(zones):
        yield "zones: two of them begin at one place"
    known = {"entity": set(entities), "actor": set(actors), "statement": set(statements)}
    if "issues" in record:
        known["issue"] = set(issues)
    for place, stance in enumerate(record["article_stances"]):
        if stance["target"]["kind"] != "issue" or stance["target"]["start"] is not None:
            yield f"article_stances.{place}.target: is no issue of the article as a whole"
    for place, node in _nodes(record, ""):
        if "start" in node and (fault := _span_fault(node, text)):
            yield f"{place}: {fault}"
        if "kind" in node and "issue" in node and (fault := _ref_fault(node)):
            yield f"{place}: {fault}"
        for key, ids in known.items():
            if node.get(key) is not None and node[key] not in ids:
                yield f"{place}.{key}: {node[key]} is not in this record"


def _nodes(node: object, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object inside a JSON value with the way to it, such as ``stances.0.holder``."""
    if isinstance(node, dict):
        mapping = cast("dict[str, Any]", node)
        yield place, mapping
        steps = mapping.items()
    elif isinstance(node, list):
        steps = enumerate(cast("list[Any]", node))
    else:
        return
    for step, inner in steps:
        yield from _nodes(inner, f"{place}.{step}" if place else str(step))


def _span_fault(node: dict[str, Any], text: str) -> str | None:
    start, end = node["start"], node["end"]
    if start is None and end is None:
        return None
    if start is None or end is None or not start < end <= len(text):
        return f"{start} to {end} is no stretch of a text of {len(text)} characters"
    if "text" in node and node["text"] != text[start:end]:
        return f"the text from {start} to {end} is {text[start:end]!r}, not {node['text']!r}"
    return None


def _ref_fault(ref: dict[str, Any]) -> str | None:
    kind = ref["kind"]
    if kind != "issue" and (ref["start"] is not None) != (kind in ("entity", "span")):
        return f"a slot of kind {kind} {'has no' if ref['start'] is None else 'has a'} stretch"
    for key in ("entity", "issue"):
        if (ref[key] is not None) != (kind == key):
            return f"a slot of kind {kind} {'has no' if ref[key] is None else 'has an'} {key}"
    return None
