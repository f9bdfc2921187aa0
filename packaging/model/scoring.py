"""Exact-match scores per label, with stretches of unknown class counted neither way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from records import NAMES, Labelled, Record
from spacy.language import Language

Figures = dict[str, dict[str, float]]


def score(records: Iterable[Record], found: Callable[[Record], Iterable[Labelled]]) -> Figures:
    """Return ``{label: {"p", "r", "f", "n"}}`` in per cent, and the same for "names" and "all".

    ``n`` is the number of spans in the gold; a found span that touches an ignored one is left out.
    """
    right: Counter[str] = Counter()
    guessed: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for record in records:
        wanted = set(record.spans)
        for span in found(record):
            if span not in wanted and any(span[0] < e and s < span[1] for s, e in record.ignore):
                continue
            guessed[span[2]] += 1
            right[span[2]] += span in wanted
        gold.update(label for _, _, label in wanted)
    labels = sorted(gold.keys() | guessed.keys())
    groups = {label: [label] for label in labels}
    groups["names"] = [label for label in labels if label in NAMES]
    groups["all"] = labels
    return {
        name: _figures(*(sum(c[label] for label in group) for c in (right, guessed, gold)))
        for name, group in groups.items()
    }


def _figures(right: int, guessed: int, gold: int) -> dict[str, float]:
    precision = 100 * right / guessed if guessed else 0.0
    recall = 100 * right / gold if gold else 0.0
    both = precision + recall
    f = 2 * precision * recall / both if both else 0.0
    return {"p": round(precision, 1), "r": round(recall, 1), "f": round(f, 1), "n": gold}


def score_names(nlp: Language, records: list[Record]) -> Figures:
    """Score the bare recogniser, without rules or document pass."""
    docs = dict(zip((r.text for r in records), nlp.pipe(r.text for r in records), strict=True))
    return score(
        records,
        lambda r: [(e.start_char, e.end_char, e.label_) for e in docs[r.text].ents],
    )
