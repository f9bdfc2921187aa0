"""A pipeline scored on a file of labelled texts, as ``standfirst evaluate`` does."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.values import Span
from desktop.suggest.evaluation.records import Record, joined, read
from desktop.suggest.evaluation.scoring import Scored, Tally
from desktop.suggest.names.entities import find_entities, read_plainly
from desktop.suggest.names.labels import NUMBERS
from desktop.suggest.names.mention import trimmed_name

if TYPE_CHECKING:
    from spacy.language import Language


def report(
    nlp: Language, files: Sequence[Path], *, plain: bool, own_bounds: bool
) -> dict[str, Any]:
    """Return what ``standfirst evaluate`` prints: the pipeline, and :func:`evaluate` of each file.

    Raises:
        OSError, RecordError: if a file cannot be read.
    """
    return {
        "pipeline": {**described(nlp), "with_rules": not plain},
        "bounds": "ours" if own_bounds else "as given",
        "files": [evaluate(nlp, file, plain=plain, own_bounds=own_bounds) for file in files],
    }


def described(nlp: Language) -> dict[str, str | float]:
    """Return a pipeline's name, version, and megabytes on disk."""
    meta = nlp.meta
    return {
        "name": f"{meta['lang']}_{meta['name']}",
        "version": meta["version"],
        "megabytes": _megabytes(nlp),
    }


def _megabytes(nlp: Language) -> float:
    home: Any = nlp.path  # pyright: ignore[reportUnknownMemberType]
    files = Path(str(home)).rglob("*") if home else ()
    return round(sum(file.stat().st_size for file in files if file.is_file()) / 1e6, 1)


def evaluate(
    nlp: Language, path: Path, *, plain: bool = False, own_bounds: bool = True
) -> dict[str, Any]:
    """Return the figures of one file.

    Args:
        nlp: a pipeline of :func:`desktop.suggest.pipeline.load`.
        path: in the format of :mod:`~desktop.suggest.evaluation.records`.
        plain: score what the pipeline itself finds, without the rules and the look at the article
            as a whole.
        own_bounds: bring the labelled spans to the bounds our suggestions have: no article, title,
            year in front or possessive in a name.

    Raises:
        OSError, RecordError: if the file cannot be read.
    """
    records = [conformed(one) if own_bounds else one for one in joined(read(path))]
    tally = Tally()
    started = time.perf_counter()
    found = [list(_found(nlp, record.text, plain=plain)) for record in records]
    seconds = time.perf_counter() - started
    for record, scored in zip(records, found, strict=True):
        tally.add(record, scored)
    words = sum(len(record.text.split()) for record in records)
    return {
        "file": path.name,
        "texts": len(records),
        "words": words,
        "words_per_second": round(words / seconds) if seconds else 0,
        "labels": tally.per_label(),
        "calibration": tally.calibration(),
    }


def conformed(record: Record) -> Record:
    """Return the record with its names' bounds as ours are."""
    spans: list[tuple[int, int, str]] = []
    for start, end, label in record.spans:
        span = Span(start, end) if label in NUMBERS else trimmed_name(record.text, Span(start, end))
        if label == "DATE" and record.text[start:end].lower().startswith("the "):
            span = Span(start + 4, end)
        if span is not None:
            spans.append((span.start, span.end, label))
    return replace(record, spans=tuple(spans))


def _found(nlp: Language, text: str, *, plain: bool) -> Iterator[Scored]:
    finds = read_plainly if plain else find_entities
    for mention in finds(nlp, text, [Span(0, len(text))]):
        yield mention.span.start, mention.span.end, mention.label, mention.score
