"""Precision, recall and F of suggested spans, and how far their confidence can be believed.

A span is right where its bounds and its label are (CoNLL's exact match); besides, it is counted how
many are where they only share some of the text with one of the same label. The calibration error is
the expected calibration error over ten bins of equal width (Naeini et al., AAAI 2015): how far, on
average, the confidence of a suggestion is from the share of such suggestions that are right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from desktop.suggest.evaluation.records import Labelled, Record

PLACES = frozenset({"GPE", "LOC", "FAC"})
NAMES = frozenset({"PERSON", "ORG", "NORP"}) | PLACES
BINS = 10

Scored = tuple[int, int, str, float]  # start, end, label, confidence from 0 to 1
Figures = dict[str, float]


@dataclass(slots=True)
class _Counts:
    right: Counter[str] = field(default_factory=Counter[str])
    touching: Counter[str] = field(default_factory=Counter[str])
    found: Counter[str] = field(default_factory=Counter[str])
    gold: Counter[str] = field(default_factory=Counter[str])

    def figures(self, labels: Iterable[str]) -> Figures:
        right, touching, found, gold = (
            sum(counter[label] for label in labels)
            for counter in (self.right, self.touching, self.found, self.gold)
        )
        return {
            **precision_recall_f(right, found, gold),
            **precision_recall_f(touching, found, gold, "overlap_"),
            "gold": gold,
            "found": found,
        }


def precision_recall_f(right: int, found: int, gold: int, prefix: str = "") -> Figures:
    """Return the three in per cent, as ``p``, ``r`` and ``f`` with a prefix."""
    return {
        f"{prefix}p": round(100 * right / found, 1) if found else 0.0,
        f"{prefix}r": round(100 * right / gold, 1) if gold else 0.0,
        f"{prefix}f": round(200 * right / (found + gold), 1) if found + gold else 0.0,
    }


@dataclass(slots=True)
class Tally:
    """Suggestions counted against labelled texts; add the texts one by one.

    A suggestion that touches a stretch of unknown class is left out unless it is right. Only labels
    that the labelled texts have count in the sums: what nobody labelled cannot be wrong.
    """

    _apart: _Counts = field(default_factory=_Counts)
    _as_one: _Counts = field(default_factory=_Counts)  # GPE, LOC and FAC under one label
    _judged: list[tuple[str, float, bool]] = field(default_factory=list[tuple[str, float, bool]])

    def add(self, record: Record, found: Iterable[Scored]) -> None:
        """Count what was suggested on one text; ``found`` are spans of it, none twice."""
        wanted = set(record.spans)
        counted = [
            one
            for one in found
            if one[:3] in wanted
            or not any(one[0] < end and start < one[1] for start, end in record.ignore)
        ]
        self._judged += [(one[2], one[3], one[:3] in wanted) for one in counted]
        _count(self._apart, record.spans, [one[:3] for one in counted], lambda label: label)
        _count(self._as_one, record.spans, [one[:3] for one in counted], _place)

    def per_label(self) -> dict[str, Figures]:
        """Return the figures of every label, and of these groups.

        ``names`` are PERSON, ORG, NORP and places, GPE, LOC and FAC being one label;
        ``names_places_apart`` the same with the three apart; ``all`` is everything.
        """
        counts = self._apart
        labelled = {label for label, many in counts.gold.items() if many}
        every = sorted(labelled | set(counts.found))
        figures = {label: counts.figures([label]) for label in every}
        figures["names"] = self._as_one.figures(
            [_PLACE, *(NAMES - PLACES & labelled)] if PLACES & labelled else NAMES - PLACES
        )
        figures["names_places_apart"] = counts.figures(NAMES & labelled)
        figures["all"] = counts.figures(labelled)
        return figures

    def calibration(self) -> dict[str, float | list[dict[str, float]]]:
        """Return the expected calibration error, 0 to 1, and what it is made of.

        ``names_error`` is that of :data:`NAMES` alone; ``bins`` tell of each filled tenth the mean
        confidence and the share that is right.
        """
        labelled = {label for label, many in self._apart.gold.items() if many}
        judged = [(p, right) for label, p, right in self._judged if label in labelled]
        names = [(p, right) for label, p, right in self._judged if label in NAMES & labelled]
        sure = [right for p, right in judged if p >= 0.9]
        return {
            "error": round(calibration_error(judged), 4),
            "names_error": round(calibration_error(names), 4),
            "at_0.9_or_more": len(sure),
            "right_of_those": round(sum(sure) / len(sure), 4) if sure else 0.0,
            "bins": [
                {"confidence": round(p, 3), "right": round(right, 3), "count": count}
                for p, right, count in reliability(judged)
            ],
        }


_PLACE = "place"


def _place(label: str) -> str:
    return _PLACE if label in PLACES else label


def _count(
    counts: _Counts, gold: Sequence[Labelled], found: list[Labelled], named: Callable[[str], str]
) -> None:
    wanted = {(start, end, named(label)) for start, end, label in gold}
    given = {(start, end, named(label)) for start, end, label in found}
    counts.gold.update(label for _, _, label in wanted)
    counts.found.update(label for _, _, label in given)
    counts.right.update(label for _, _, label in wanted & given)
    counts.touching.update(_touching(wanted, given))


def _touching(wanted: set[Labelled], given: set[Labelled]) -> list[str]:
    """Return the labels of those found that overlap one of the same label, each taken once."""
    labels = [label for _, _, label in wanted & given]
    left = sorted(wanted - given)
    for start, end, label in sorted(given - wanted):
        for place, (other, last, same) in enumerate(left):
            if same == label and other < end and start < last:
                labels.append(label)
                del left[place]
                break
    return labels


def reliability(judged: Iterable[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Return, for every bin that holds any: mean confidence, share of right ones, how many."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in judged:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    return [
        (sum(p for p, _ in one) / len(one), sum(right for _, right in one) / len(one), len(one))
        for one in bins
        if one
    ]


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error, 0 to 1."""
    off = sum(abs(p - right) * count for p, right, count in reliability(judged))
    return off / max(1, len(judged))


def macro_f1(gold: Sequence[int], found: Sequence[int], classes: int) -> float:
    """Return the mean F of ``classes`` classes in per cent; each answer is a class's number."""
    right = Counter(one for one, other in zip(gold, found, strict=True) if one == other)
    there = Counter(gold) + Counter(found)
    return round(sum(200 * right[one] / max(1, there[one]) for one in range(classes)) / classes, 1)
