"""Corpora of several programs, told apart by their records, read one record at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from desktop.corpus.formats import doccano, label_studio, plain, prodigy
from desktop.corpus.formats.objects import Found, objects
from desktop.corpus.parsing import Parsed, parse
from desktop.corpus.proof import check
from desktop.corpus.shape import SCHEMA
from desktop.refused import Refused

SUFFIXES = (".jsonl", ".ndjson", ".json")
"""What files of these kinds are called."""


_TELLING = frozenset({
    "schema", "data", "label", "labels", "entities", "spans", "answer", "_task_hash",
    "annotations", "predictions",
})  # fmt: skip
"""One of these keys is in every record that may be more than a text."""


def read(path: Path) -> Iterator[Parsed | Refused]:
    """Yield the articles of a file with what is marked in them, and each record that is none.

    Ours are proven (:func:`desktop.corpus.proof.check`) and keep their ids; Prodigy's, doccano's,
    Label Studio's and plain ones get ids made of what they say.

    Raises:
        ReadError: the file cannot be read, or is no JSON.
    """
    tasks: prodigy.Tasks | None = None
    for found in objects(path):
        if isinstance(found, Refused):
            yield found
        elif _TELLING.isdisjoint(found.record) and plain.has_text(found.record):
            yield plain.read(found)  # the many, quickly
        elif prodigy.looks_like(found.record):
            tasks = tasks or prodigy.Tasks(path)
            if article := tasks.add(found):
                yield article
        else:
            yield from _read(found)
    if tasks:
        yield from tasks.rest()


def _read(found: Found) -> Iterator[Parsed | Refused]:
    record = found.record
    schema = record.get("schema")
    if isinstance(schema, str) and schema.startswith("standfirst/"):
        yield _ours(found, schema)
    elif label_studio.looks_like(record):
        yield label_studio.read(found)
    elif doccano.looks_like(record):
        yield doccano.read(found)
    elif members := list(plain.inside(record)):
        for nth, member in enumerate(members, start=1):
            place = f"{found.place}, record {nth}"
            yield from _read(Found(place, "", member))
    else:
        yield plain.read(found)


def _ours(found: Found, schema: str) -> Parsed | Refused:
    if schema != SCHEMA:
        return Refused(
            found.place, f"it is {schema}, of another Standfirst; this one reads {SCHEMA}"
        )
    try:
        return replace(parse(check(found.raw)), place=found.place)
    except ValueError as error:
        return Refused(found.place, str(error))
