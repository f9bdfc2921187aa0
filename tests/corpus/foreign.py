"""Files as other programs write them, made by hand: what they would load, we read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXT = "Ada Lowe backs the toll, “for now”. Harwick 🚒 crews oppose it.\n\nAda Lowe left."
SPANS = [(0, 8, "PERSON"), (15, 23, "PLAN"), (36, 43, "GPE"), (64, 72, "PERSON")]
"""In code points; two stand behind a character that browsers count twice."""


def units(text: str, offset: int) -> int:
    """Count an offset as a browser does: in UTF-16 units."""
    return len(text[:offset].encode("utf-16-le")) // 2


def prodigy(text: str, spans: list[tuple[int, int, str]], **more: Any) -> dict[str, Any]:
    """Return a task as Prodigy's db-out writes it."""
    return {
        "text": text,
        "_input_hash": -1842734674,
        "_task_hash": 636683182,
        "spans": [
            {"start": s, "end": e, "label": name, "token_start": n, "token_end": n}
            for n, (s, e, name) in enumerate(spans)
        ],
        "_view_id": "ner_manual",
        "answer": "accept",
        "_timestamp": 1700000000,
        "_annotator_id": "news-ada",
        "_session_id": "news-ada",
    } | more


def doccano(text: str, spans: list[tuple[int, int, str]], **more: Any) -> dict[str, Any]:
    """Return a text as doccano exports it, with labels as triples."""
    label = [[units(text, s), units(text, e), name] for s, e, name in spans]
    return {"id": 1, "text": text, "label": label, "Comments": []} | more


def doccano_relations(text: str, spans: list[tuple[int, int, str]], **more: Any) -> dict[str, Any]:
    """Return a text as doccano exports it from a project with relations."""
    entities = [
        {"id": n, "label": name, "start_offset": units(text, s), "end_offset": units(text, e)}
        for n, (s, e, name) in enumerate(spans)
    ]
    return {"id": 1, "text": text, "entities": entities, "relations": [], "Comments": []} | more


def regions(text: str, spans: list[tuple[int, int, str]], old: bool) -> list[dict[str, Any]]:
    """Return what is marked as Label Studio holds it; of old, in the units of a browser."""
    return [
        {
            "id": f"r{n}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "origin": "manual",
            "value": {
                "start": units(text, s) if old else s,
                "end": units(text, e) if old else e,
                "text": text[s:e],
                "labels": [name],
            },
        }
        for n, (s, e, name) in enumerate(spans)
    ]


def label_studio(
    text: str, spans: list[tuple[int, int, str]], old: bool = False, **more: Any
) -> dict[str, Any]:
    """Return a task as Label Studio exports it."""
    annotation = {
        "id": 9,
        "completed_by": {"id": 1, "email": "ada@example.org"},
        "was_cancelled": False,
        "ground_truth": False,
        "updated_at": "2024-03-01T10:00:00.123456Z",
        "result": regions(text, spans, old),
    }
    return {"id": 1, "data": {"text": text}, "annotations": [annotation], "predictions": []} | more


def lines(path: Path, *records: object) -> Path:
    """Write records, one a line."""
    path.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
    return path


def listed(path: Path, *records: object) -> Path:
    """Write records as one list, over many lines."""
    path.write_text(json.dumps(records, indent=2, ensure_ascii=False), "utf-8")
    return path
