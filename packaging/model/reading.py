"""What the network reads in one pass: which files, how often, in which paragraphs.

See the model card for what is held out. Of ``redocred.dev`` every sixth record is kept back to
calibrate and to choose; nothing of the test files is read here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from records import names_only

from desktop.suggest.evaluation.records import Record, joined, read

_EVERY = 6


@dataclass(frozen=True, slots=True)
class Source:
    """A file and how it is read: how often in a pass, and whether its names are complete."""

    file: str
    times: float
    complete: bool = True


SOURCES = (
    Source("gmb.train", 0.6),
    Source("redocred.dev", 1.0),
    Source("gum_other.train", 2.0),
    Source("crossner_politics.train", 3.0),
    Source("uner_ewt.dev", 0.7, complete=False),
    Source("uner_ewt.test", 0.7, complete=False),
)
_CAPITALISED = re.compile(r"(?<![.!?:] )(?<!^)(?<!\w)[A-ZÀ-ÖØ-Þ][\w’'&.-]*\w")


def held_out(data: Path) -> dict[str, list[Record]]:
    """Return, by name, the records that calibrate and choose; no test file is among them."""
    return {
        "gmb.dev": [*_load(data, "gmb.dev")],
        "gum_other.dev": [*_load(data, "gum_other.dev")],
        "redocred.dev, every sixth": [*_load(data, "redocred.dev")][::_EVERY],
    }


def sources(data: Path, limit: int | None = None) -> dict[Source, list[Record]]:
    """Return the records of each training file, at most ``limit`` of each."""
    found: dict[Source, list[Record]] = {}
    for source in SOURCES:
        records = [names_only(record) for record in _load(data, source.file)]
        if source.file == "redocred.dev":
            records = [record for n, record in enumerate(records) if n % _EVERY]
        if not source.complete:
            records = [_doubted(record) for record in records]
        found[source] = records[:limit]
    return found


def unlabelled(data: Path) -> list[str]:
    """Return the sentences of the stance data, each once: newspapers without names marked."""
    texts: dict[str, None] = {}
    for file in ("newsmtsc.train", "directed_sentiment.train"):
        texts |= dict.fromkeys(record.text for record in read(data / "stance" / f"{file}.jsonl.gz"))
    return list(texts)


def one_pass(read_from: dict[Source, list[Record]], chance: random.Random) -> Iterator[Record]:
    """Yield what is read in one pass: each source so often, neighbours joined to paragraphs."""
    for source, records in read_from.items():
        whole = int(source.times)
        for _ in range(whole):
            yield from paragraphs(records, chance)
        if rest := source.times - whole:
            together = [*paragraphs(records, chance)]
            yield from chance.sample(together, round(len(together) * rest))


def paragraphs(records: Iterable[Record], chance: random.Random) -> Iterator[Record]:
    """Yield neighbours joined, a line each, up to some length drawn anew each time.

    An article is read in stretches of up to some 170 words; a name is told by what stands around
    it, in the line before as well.
    """
    group: list[Record] = []
    words = 0
    wanted = chance.choice((1, 60, 120, 170))
    for record in records:
        length = len(record.text.split())
        if group and words + length > wanted:
            yield from joined([_of_one_article(one) for one in group])
            group, words, wanted = [], 0, chance.choice((1, 60, 120, 170))
        group.append(record)
        words += length
    if group:
        yield from joined([_of_one_article(one) for one in group])


def _of_one_article(record: Record) -> Record:
    return Record(record.text, record.spans, record.ignore, record.source, "together")


def _load(data: Path, name: str) -> Iterator[Record]:
    return read(data / "ner" / f"{name}.jsonl.gz", empty_spans=True)


def _doubted(record: Record) -> Record:
    """Return the record with every capitalised word that is no name marked as unknown."""
    unknown = tuple(
        found.span()
        for found in _CAPITALISED.finditer(record.text)
        if not any(found.start() < end and start < found.end() for start, end, _ in record.spans)
    )
    return Record(record.text, record.spans, (*record.ignore, *unknown), record.source)
