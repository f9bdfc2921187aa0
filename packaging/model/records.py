"""The shared format of annotated text, read: one JSON object a line, gzipped or not.

``{"text", "spans": [{"start", "end", "label"}], "ignore": [{"start", "end"}], "source"}``; offsets
are code points, half-open. ``ignore`` marks names whose class is unknown: they are neither right
nor wrong, in training as in scoring.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "LAW", "EVENT"})

_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_TITLE_ALONE = re.compile(
    r"(?:President|Prime Minister|Minister|Chairman|Secretary|King|Queen|Pope|General|Colonel"
    r"|Senator|Ambassador|Sri|Mr\.?|Mrs\.?|Ms\.?|Dr\.?)"
)
_HOLIDAY = re.compile(
    r"(?:Christmas|Easter|Thanksgiving|Ramadan|Eid|New Year|Passover|Yom Kippur|Hanukkah|Mass\b)"
)

Labelled = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Record:
    """A text with its labelled spans and the stretches nobody knows the class of."""

    text: str
    spans: tuple[Labelled, ...]
    ignore: tuple[tuple[int, int], ...] = ()
    source: str = ""
    document: str = ""


def read(path: Path) -> Iterator[Record]:
    """Yield the records of a ``.jsonl`` or ``.jsonl.gz`` file as they stand."""
    stream: IO[str]
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as stream:
        for line in stream:
            row = json.loads(line)
            yield Record(
                text=row["text"],
                spans=tuple((s["start"], s["end"], s["label"]) for s in row["spans"]),
                ignore=tuple((s["start"], s["end"]) for s in row.get("ignore", ())),
                source=row.get("source", ""),
                document=row.get("doc", ""),
            )


def names_only(record: Record) -> Record:
    """Keep the labels the network learns, with our bounds; numbers and times belong to the rules.

    A leading article and a possessive leave the span, a holiday is no event (it is a date, as in
    OntoNotes), and a title standing alone under PERSON is silver gone wrong: nobody knows, then.
    """
    spans: list[Labelled] = []
    ignore = list(record.ignore)
    for start, end, label in record.spans:
        if label not in NAMES:
            continue
        covered = record.text[start:end]
        if label == "EVENT" and _HOLIDAY.match(covered):
            continue
        if label == "PERSON" and _TITLE_ALONE.fullmatch(covered):
            ignore.append((start, end))
            continue
        if article := _ARTICLE.match(covered):
            start += article.end()
        if possessive := _POSSESSIVE.search(covered):
            end -= len(possessive[0])
        if start < end:
            spans.append((start, end, label))
    return Record(record.text, tuple(spans), tuple(ignore), record.source)
