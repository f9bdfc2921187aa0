"""Corpora gone wrong: ours and other programs', with what stands in their records changed."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from dataclasses import replace
from typing import Any

from corpus import foreign
from corpus.making import (
    ACCEPTED,
    MAYOR,
    REJECTED,
    SCHEME,
    SUGGESTED,
    TOLL,
    entity,
    loaded,
    overall,
    stance,
)

from db.values import Position, Ref, RefKind, Span
from desktop.corpus.formats import jsonl
from desktop.corpus.records import record

Spans = list[tuple[int, int, str]]
_ODD: tuple[Any, ...] = (
    None, True, "", " ", "\0", "\ud83d", "x" * 3000, "standfirst/2", 0, -1, 1e308, 2**63, 10**400,
    [], {}, [[]], [None], {"": {}}, "PERSON", "1 March 2024", "2024-03-01T99:00", "https://a.example",
    float("nan"), [0, 8, "PERSON"], "accept", "favor", "\u2028", "🚒",
)  # fmt: skip
"""What stands where something else should."""


def originals() -> list[tuple[str, bytes]]:
    """Return corpora as programs write them, each with its suffix."""
    text, spans = foreign.TEXT, foreign.SPANS
    tasks: list[list[dict[str, Any]]] = [
        [_ours(), _ours()],
        [{"title": "Toll", "date": "1 March 2024", "url": "https://c.example/1", "text": text}],
        [{"articles": [{"headline": "Toll", "source": {"name": "The Courier"}, "content": text}]}],
        [foreign.prodigy(text, spans), foreign.prodigy(text, spans[:1], answer="reject")],
        [foreign.doccano(text, spans)],
        [foreign.doccano_relations(text, spans, relations=[_relation()])],
        [foreign.label_studio(text, spans), foreign.label_studio(text, spans, old=True)],
    ]
    found: list[tuple[str, bytes]] = []
    for records in tasks:
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
        found.append((".jsonl", lines.encode()))
        found.append((".json", json.dumps(records, indent=1).encode()))
    return found


def _relation() -> dict[str, Any]:
    return {"id": 7, "from_id": 0, "to_id": 1, "type": "favor"}


def _ours() -> dict[str, Any]:
    mayor = replace(entity(0, 8), actor=MAYOR.id)
    held = stance(Ref(RefKind.ENTITY, mayor.span, mayor.id), Ref(RefKind.SPAN, Span(15, 23)))
    other = [entity(36, 43, SUGGESTED), entity(64, 72, REJECTED)]
    whole = overall(Position.AGAINST, ACCEPTED)
    article = loaded(foreign.TEXT, mayor, *other, held, whole, actors=(MAYOR,))
    return json.loads(jsonl.line(record(article, SCHEME, [TOLL])))


def spoilt(raw: bytes, chance: random.Random) -> bytes:
    """Return JSON, or JSON lines, in which one to six values are others, or in other places."""
    listed = raw.startswith(b"[")
    records: list[Any] = json.loads(raw) if listed else [*map(json.loads, raw.splitlines())]
    for _ in range(chance.randint(1, 6)):
        _spoil(records, chance)
    if listed:
        return json.dumps(records).encode()
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


def _spoil(records: list[Any], chance: random.Random) -> None:
    """Change one value, as deep in as chance has it."""
    inside: Any = records
    while True:
        places = list(inside if isinstance(inside, dict) else range(len(inside)))
        if not places:
            return
        at = chance.choice(places)
        value = inside[at]
        if not isinstance(value, (dict, list)) or not value or chance.random() < 0.1:
            break
        inside = value
    match chance.randrange(5):
        case 0:
            del inside[at]
        case 1 if isinstance(inside, list):
            inside.insert(at, deepcopy(value))
        case 2 if isinstance(inside, dict):
            name = str(at)
            inside[chance.choice((name.upper(), name + " ", "text", "id"))] = inside.pop(at)
        case 3 if isinstance(value, int):
            inside[at] = value + chance.choice((-9, -1, 1, 1000))
        case _:
            inside[at] = deepcopy(chance.choice(_ODD))
