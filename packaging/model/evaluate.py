"""Score a pipeline, rules and document pass included, on texts in the shared format.

    python packaging/model/evaluate.py ../shared/data/ner/gmb.test.jsonl.gz
    python packaging/model/evaluate.py --pipeline de_core_news_sm --bare FILE…

Prints one JSON object: exact-match precision, recall and F per label in per cent for each file,
and the pipeline's size on disk and speed. The gold is brought to our bounds first (no article,
title, year in front or possessive in a span), as every suggestion is.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # the project, when run from anywhere

from articles import joined
from records import NAMES, Labelled, Record, read
from scoring import score, score_names

from db.values import Span
from desktop.suggest.entities import find_entities
from desktop.suggest.mention import trimmed_name
from desktop.suggest.pipeline import load

if TYPE_CHECKING:
    from spacy.language import Language


def conformed(record: Record) -> Record:
    """Return the record with its names' bounds as ours are."""
    spans: list[Labelled] = []
    for start, end, label in record.spans:
        span = trimmed_name(record.text, Span(start, end)) if label in NAMES else Span(start, end)
        if label == "DATE" and record.text[start:end].lower().startswith("the "):
            span = Span(start + 4, end)
        if span is not None:
            spans.append((span.start, span.end, label))
    return replace(record, spans=tuple(spans))


def evaluate(nlp: Language, path: Path, *, bare: bool) -> dict[str, Any]:
    """Return the figures of one file, and the words read per second."""
    records = [conformed(record) for record in joined(read(path))]
    started = time.perf_counter()
    figures = score_names(nlp, records) if bare else score(records, _finder(nlp))
    seconds = time.perf_counter() - started
    words = sum(len(record.text.split()) for record in records)
    return {"file": path.name, "words_per_second": round(words / seconds), "labels": figures}


def _finder(nlp: Language) -> Any:
    def found(record: Record) -> Iterable[Labelled]:
        for mention in find_entities(nlp, record.text, [Span(0, len(record.text))]):
            yield mention.span.start, mention.span.end, mention.label

    return found


def main() -> int:
    """Print the figures of the files named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--pipeline", help="name or path of a spaCy pipeline; else the bundled one")
    parser.add_argument("--bare", action="store_true", help="the network alone, names only")
    arguments = parser.parse_args()
    nlp = load(arguments.pipeline)
    report = {
        "pipeline": f"{nlp.meta['name']} {nlp.meta['version']}",
        "megabytes": _megabytes(nlp),
        "files": [evaluate(nlp, path, bare=arguments.bare) for path in arguments.files],
    }
    print(json.dumps(report, indent=1))
    return 0


def _megabytes(nlp: Language) -> float:
    home = Path(str(nlp.path))
    return round(sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) / 1e6, 1)


if __name__ == "__main__":
    sys.exit(main())
