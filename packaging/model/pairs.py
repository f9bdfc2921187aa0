"""What the stance network learns from: questions with their answers, and batches of them."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from db.values import Span
from desktop.suggest.network.pieces import WordPieces
from desktop.suggest.network.questions import HOLDER, SIDES, TEXT, Asked, Question, asked

_UNHELD = 0.5  # how much a question counts whose answer is taken from another
_SIDE = {"critical": "against", "neutral": "neutral", "supportive": "favor"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, its answer (an index into :data:`SIDES`), and how much it counts."""

    question: Question
    side: int
    weight: float = 1.0

    @property
    def head(self) -> int:
        """Which head answers."""
        return TEXT if self.question.holder is None else HOLDER


@dataclass(frozen=True, slots=True)
class PairBatch:
    """Questions side by side: three arrays of (questions, pieces), the others of (questions,)."""

    ids: Tensor
    cases: Tensor
    mask: Tensor
    target: Tensor
    holder: Tensor
    heads: Tensor
    sides: Tensor
    weights: Tensor


def read_pairs(data: Path, name: str) -> list[Pair]:
    """Return the rows of ``stance/<name>.jsonl.gz``."""
    with gzip.open(data / "stance" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [_pair(json.loads(line)) for line in lines]


def _pair(row: dict[str, Any]) -> Pair:
    holder = Span(row["holder_start"], row["holder_end"]) if row.get("holder") else None
    target = Span(row["target_start"], row["target_end"])
    return Pair(Question(row["text"], target, holder), SIDES.index(_SIDE[row["label"]]))


def unheld(pair: Pair) -> Pair:
    """Return the same asked of the text: where somebody takes a side, it mostly conveys that."""
    return replace(pair, question=replace(pair.question, holder=None), weight=_UNHELD)


def batches(
    pairs: Iterable[Pair], pieces: WordPieces, size: int, chance: random.Random | None
) -> Iterator[tuple[list[int], PairBatch]]:
    """Yield batches of about ``size`` pieces, of questions of like length, with their numbers.

    With ``chance`` the order is mixed, and lengths are like only roughly; without, it is by length.
    """
    read = [(number, pair, asked(pair.question, pieces)) for number, pair in enumerate(pairs)]
    noise = (lambda: chance.uniform(0.85, 1.15)) if chance else (lambda: 1.0)
    read.sort(key=lambda one: len(one[2].ids) * noise())
    groups: list[list[tuple[int, Pair, Asked]]] = [[]]
    longest = 0
    for one in read:
        longest = max(longest, len(one[2].ids))
        if groups[-1] and longest * (len(groups[-1]) + 1) > size:
            groups.append([])
            longest = len(one[2].ids)
        groups[-1].append(one)
    if chance:
        chance.shuffle(groups)
    for group in filter(None, groups):
        yield [number for number, _, _ in group], _collate([one[1:] for one in group])


def _collate(group: Sequence[tuple[Pair, Asked]]) -> PairBatch:
    longest = max(len(question.ids) for _, question in group)

    def wide(rows: Iterable[Sequence[int]]) -> Tensor:
        return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])

    return PairBatch(
        ids=wide(question.ids for _, question in group),
        cases=wide(question.cases for _, question in group),
        mask=wide([1] * len(question.ids) for _, question in group),
        target=torch.tensor([question.target for _, question in group]),
        holder=torch.tensor([question.holder for _, question in group]),
        heads=torch.tensor([pair.head for pair, _ in group]),
        sides=torch.tensor([pair.side for pair, _ in group]),
        weights=torch.tensor([pair.weight for pair, _ in group]),
    )
