"""Plain JSON: a text and what is known of it, under names that other programs use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from db.values import Loaded
from desktop.corpus.formats.marked import article_of
from desktop.corpus.formats.metadata import TEXTS, metadata
from desktop.corpus.formats.objects import Found, dicts
from desktop.corpus.parsing import Parsed
from desktop.refused import Refused


def read(found: Found) -> Parsed | Refused:
    """Return one record as an article on which nothing lies."""
    record = found.record
    text = _text(record)
    if text is None:
        keys = ", ".join(list(record)[:8]) or "none"
        return Refused(found.place, f"there is no text in it; its keys are {keys}")
    meta, doubts = metadata(record)
    article = article_of(text, meta)
    if isinstance(article, str):
        return Refused(found.place, article)
    return Parsed(Loaded(article, [], [], [], [], None), (), found.place, doubts)


def inside(record: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the records of an envelope: an object without a text, with one list of objects."""
    lists = [found for value in record.values() if (found := dicts(value))]
    if len(lists) == 1 and not has_text(record):
        yield from lists[0]


def has_text(record: Mapping[str, Any]) -> bool:
    """Tell whether there is a text where a plain record has it."""
    return _text(record) is not None


def _text(record: Mapping[str, Any]) -> str | None:
    for key in TEXTS:
        if isinstance(found := record.get(key), str):
            return found
    return None
