"""Records put together again into articles, as the document pass reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from records import Record


def joined(records: Iterable[Record]) -> Iterator[Record]:
    """Yield one record an article: neighbours of one document, one paragraph a line."""
    for _, group in groupby(records, key=lambda record: record.document or id(record)):
        yield _one(list(group))


def _one(parts: list[Record]) -> Record:
    text = ""
    spans: list[tuple[int, int, str]] = []
    ignore: list[tuple[int, int]] = []
    for part in parts:
        spans += [(start + len(text), end + len(text), label) for start, end, label in part.spans]
        ignore += [(start + len(text), end + len(text)) for start, end in part.ignore]
        text += part.text + "\n"
    return Record(text, tuple(spans), tuple(ignore), parts[0].source, parts[0].document)
