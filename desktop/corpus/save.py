"""A corpus onto the disk: written beside its place, proven, and only then swapped in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from db.whole_file import in_one_step
from desktop.corpus.formats import jsonl
from desktop.corpus.shape import Record


@dataclass(frozen=True, slots=True)
class Proof:
    """What was read back of a corpus that holds."""

    articles: int
    annotations: int


def save(records: Iterable[Record], out: Path) -> Proof:
    """Write records to ``out`` in one step: it is the whole proven corpus, or as it was before.

    Raises:
        CorpusError: what was written does not hold together.
        OSError: the disk says no.
    """
    with in_one_step(out) as part:
        return _write(records, part, name=out)


def pour(records: Iterable[Record], stream: BinaryIO) -> Proof:
    """Write records to a stream, such as standard output, once they are proven.

    Raises:
        CorpusError: what was to be written does not hold together; the stream has got nothing.
        OSError: the disk says no, or nobody reads the stream any more.
    """
    with tempfile.TemporaryDirectory(prefix="standfirst-") as folder:
        part = Path(folder, "corpus.jsonl")
        proof = _write(records, part, name=Path("standard output"))
        with part.open("rb") as file:
            shutil.copyfileobj(file, stream)
        stream.flush()
    return proof


def _write(records: Iterable[Record], part: Path, name: Path) -> Proof:
    with part.open("xb") as file:
        for record in records:
            file.write(jsonl.line(record))
    articles = annotations = 0
    for record in jsonl.read(part, name=name):
        articles += 1
        lists = (record["entities"], record["statements"], record["stances"])
        annotations += sum(map(len, lists)) + len(record["article_stances"])
    return Proof(articles, annotations)
