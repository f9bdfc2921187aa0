"""The shared format of labelled text, read: one JSON object a line, gzipped or not.

``{"text", "spans": [{"start", "end", "label"}], "ignore": [{"start", "end"}], "source", "doc"}``;
offsets are code points, half-open. ``ignore`` marks names whose class is unknown: they are neither
right nor wrong, in training as in scoring. Neighbouring lines with one ``doc`` are the paragraphs
of one article; ``spans``, ``ignore``, ``source`` and ``doc`` may be absent.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO, Any, cast

Labelled = tuple[int, int, str]


class RecordError(Exception):
    """A line that cannot be read; the message begins with the file and the line's number."""


@dataclass(frozen=True, slots=True)
class Record:
    """A text with its labelled spans and the stretches nobody knows the class of."""

    text: str
    spans: tuple[Labelled, ...] = ()
    ignore: tuple[tuple[int, int], ...] = ()
    source: str = ""
    document: str = ""


def read(path: Path) -> Iterator[Record]:
    """Yield the records of a ``.jsonl`` or ``.jsonl.gz`` file as they stand.

    Raises:
        OSError: if the file cannot be opened.
        RecordError: at the first line that is not as it should be.
    """
    number = 0
    try:
        with _opened(path) as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield _record(line, f"{path}:{number}")
    except (UnicodeDecodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = f"{path}:{number + 1}: the file is damaged from here ({error}); fetch it anew"
        raise RecordError(message) from error


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _record(line: str, place: str) -> Record:
    try:
        row: Any = json.loads(line)
    except ValueError as error:
        message = f"{place}: not JSON ({error}); correct that line or take it out"
        raise RecordError(message) from error
    text = cast("dict[str, Any]", row).get("text") if isinstance(row, dict) else None
    if not isinstance(text, str):
        message = f"{place}: has no “text”; each line is an object with a text and its spans"
        raise RecordError(message)
    spans = [(*_bounds(span, text, place), _label(span, place)) for span in row.get("spans") or ()]
    return Record(
        text=text,
        spans=tuple(spans),
        ignore=tuple(_bounds(span, text, place) for span in row.get("ignore") or ()),
        source=str(row.get("source") or ""),
        document=str(row.get("doc") or ""),
    )


def _bounds(span: Any, text: str, place: str) -> tuple[int, int]:
    start, end = (span.get(key) if isinstance(span, dict) else None for key in ("start", "end"))
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        message = (
            f"{place}: {json.dumps(span)} is no stretch of the text, which has {len(text)} code "
            "points; start and end count them, half-open"
        )
        raise RecordError(message)
    return start, end


def _label(span: dict[str, Any], place: str) -> str:
    label = span.get("label")
    if not isinstance(label, str) or not label:
        message = f"{place}: {json.dumps(span)} has no label; give it one or take it out"
        raise RecordError(message)
    return label


def joined(records: Iterable[Record]) -> Iterator[Record]:
    """Yield one record an article: neighbours of one document, one paragraph a line."""
    for _, group in groupby(records, key=lambda record: record.document or id(record)):
        yield _one(list(group))


def _one(parts: list[Record]) -> Record:
    if len(parts) == 1:
        return parts[0]
    text = ""
    spans: list[Labelled] = []
    ignore: list[tuple[int, int]] = []
    for part in parts:
        spans += [(start + len(text), end + len(text), label) for start, end, label in part.spans]
        ignore += [(start + len(text), end + len(text)) for start, end in part.ignore]
        text += part.text + "\n"
    return Record(text, tuple(spans), tuple(ignore), parts[0].source, parts[0].document)
