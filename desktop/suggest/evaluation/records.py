"""The shared format of labelled text, read: one JSON object a line, gzipped or not.

``{"text", "spans": [{"start", "end", "label"}], "ignore": [{"start", "end"}], "source", "doc"}``;
offsets are code points, half-open. ``ignore`` marks names whose class is unknown: they are neither
right nor wrong, in training as in scoring. Neighbouring lines with one ``doc`` are the paragraphs
of one article; ``spans``, ``ignore``, ``source`` and ``doc`` may be absent.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import IO

from pydantic import BaseModel, Field, StrictInt, ValidationError

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


def read(path: Path, *, empty_spans: bool = False) -> Iterator[Record]:
    """Yield the records of a ``.jsonl`` or ``.jsonl.gz`` file as they stand.

    With ``empty_spans`` a label on a stretch of no length is passed over: among hundreds of
    thousands that were made by rule, one may be, and there it teaches nothing.

    Raises:
        OSError: if the file cannot be opened.
        RecordError: at the first line that is not as it should be.
    """
    for place, line in lines(path):
        yield _record(line, place, empty_spans=empty_spans)


def lines(path: Path, stream: IO[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield where each line stands, such as "a.jsonl:7", and the line; blank ones are passed over.

    ``stream`` is what is read where it is no file that can be opened; ``path`` then only names it.

    Raises:
        OSError: if the file cannot be opened.
        RecordError: where the file is damaged.
    """
    number = 0
    try:
        with stream or _opened(path) as source:
            for number, line in enumerate(source, start=1):
                if line.strip():
                    yield f"{path}:{number}", line
    except (UnicodeDecodeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = f"{path}:{number + 1}: the file is damaged from here ({error}); fetch it anew"
        raise RecordError(message) from error


def faulty(error: ValidationError, place: str) -> RecordError:
    """Return what to say of a line that has not the shape it should have."""
    first = error.errors()[0]
    where = ".".join(map(str, first["loc"])) or "the line"
    return RecordError(f"{place}: {where}: {first['msg']}; correct that line or take it out")


def check_stretch(stretch: Stretch, text: str, place: str) -> None:
    """Raise :class:`RecordError` unless a stretch lies in its text."""
    if not 0 <= stretch.start < stretch.end <= len(text):
        message = (
            f"{place}: {stretch.start} to {stretch.end} is no stretch of the text, which has "
            f"{len(text)} code points; start and end count them, half-open"
        )
        raise RecordError(message)


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _record(line: str, place: str, *, empty_spans: bool) -> Record:
    try:
        row = _Line.model_validate_json(line)
    except ValidationError as error:
        raise faulty(error, place) from error
    # An unknown stretch of no length, as some data have it, leaves nothing unknown.
    ignore = [stretch for stretch in row.ignore if stretch.start < stretch.end]
    spans = [span for span in row.spans if span.start < span.end or not empty_spans]
    for stretch in (*spans, *ignore):
        check_stretch(stretch, row.text, place)
    return Record(
        text=row.text,
        spans=tuple((span.start, span.end, span.label) for span in spans),
        ignore=tuple((stretch.start, stretch.end) for stretch in ignore),
        source=row.source,
        document=row.doc,
    )


class Stretch(BaseModel):
    """Code points ``start`` to ``end``, half-open, as a line has them."""

    start: StrictInt
    end: StrictInt


class _Labelled(Stretch):
    label: str = Field(min_length=1)


class _Line(BaseModel):
    text: str
    spans: list[_Labelled] = []
    ignore: list[Stretch] = []
    source: str = ""
    doc: str = ""


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
