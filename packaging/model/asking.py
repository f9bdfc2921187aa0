"""The reading network taught and asked: its losses, its answers, and how good they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from learning import device, half
from numpy.typing import NDArray
from pairs import Pair, PairBatch, batches
from reader import Analysis, Reader
from torch import Tensor, nn
from trees import UNKNOWN, Analysed, TreeBatch, tree_batches

from desktop.suggest.evaluation.scoring import macro_f1
from desktop.suggest.network.parser import Inventory, best_tree
from desktop.suggest.network.pieces import WordPieces
from desktop.suggest.network.questions import SIDES

_SMOOTH = 0.05


def loss(network: Reader, batch: PairBatch | TreeBatch) -> Tensor:
    """Return the mean loss of a batch: of its questions as heavy as they count, or of its words."""
    if isinstance(batch, PairBatch):
        scores = _side_scores(network, batch)
        losses = nn.functional.cross_entropy(
            scores, batch.sides.to(device()), reduction="none", label_smoothing=_SMOOTH
        )
        weights = batch.weights.to(device())
        return (losses * weights).sum() / weights.sum()
    found = _analysis(network, batch)
    parts = (
        (found.arcs, batch.heads),
        (found.relations, batch.deps),
        (found.tags, batch.tags),
        (found.scripts, batch.scripts),
    )
    return torch.stack(
        [
            nn.functional.cross_entropy(
                scores.float().flatten(0, 1), gold.to(device()).flatten(), ignore_index=UNKNOWN
            )
            for scores, gold in parts
        ]
    ).sum()


def _side_scores(network: Reader, batch: PairBatch) -> Tensor:
    """Return the scores of the heads that were asked, of shape (questions, sides)."""
    parts = (batch.ids, batch.cases, batch.mask, batch.target, batch.holder)
    with half():
        scores = network.judge(*(part.to(device()) for part in parts))
    return scores[torch.arange(len(scores)), batch.heads]


def _analysis(network: Reader, batch: TreeBatch) -> Analysis:
    """Score the words of sentences; no word is the head of itself, or beyond the sentence."""
    parts = (batch.ids, batch.cases, batch.mask, batch.firsts, batch.heads)
    with half():
        found = network.parse(*(part.to(device()) for part in parts))
    absent = torch.cat((torch.zeros_like(batch.present[:, :1]), 1 - batch.present), dim=1).bool()
    itself = torch.eye(batch.firsts.shape[1], dtype=torch.bool)
    itself = torch.cat((torch.zeros_like(itself[:, :1]), itself), dim=1)
    never = (absent[:, None, :] | itself[None]).to(device())
    return found._replace(arcs=found.arcs.float().masked_fill(never, -1e4))


@torch.inference_mode()
def answers(
    network: Reader, pieces: WordPieces, pairs: list[Pair], size: int
) -> NDArray[np.float32]:
    """Return the scores of every question, of shape (questions, sides), in their order."""
    found = np.zeros((len(pairs), len(SIDES)), np.float32)
    for numbers, batch in batches(pairs, pieces, size, None):
        found[numbers] = _side_scores(network, batch).cpu().numpy()
    return found


def macro(pairs: Sequence[Pair], scores: NDArray[np.float32]) -> float:
    """Return the macro F of the highest scores, in per cent."""
    return macro_f1([pair.side for pair in pairs], scores.argmax(axis=1).tolist(), len(SIDES))


@torch.inference_mode()
def measured(
    network: Reader, sentences: Sequence[Analysed], known: Inventory, size: int
) -> dict[str, float]:
    """Return accuracies in per cent: heads (uas), with relations (las), tags and lemmas.

    Relations count without their subtypes; punctuation counts as every word.
    """
    counts: dict[str, int] = dict.fromkeys(("uas", "las", "tags", "lemmas"), 0)
    words = 0
    for numbers, batch in tree_batches(sentences, known, size, None):
        found = _analysis(network, batch)
        arcs = found.arcs.cpu().numpy()
        heads = [best_tree(arcs[row, :n, : n + 1]) for row, n in enumerate(batch.present.sum(1))]
        wide = batch.heads.clone()
        for row, tree in enumerate(heads):
            wide[row, : len(tree)] = torch.from_numpy(tree)
        again = _analysis(network, TreeBatch(**{**_fields(batch), "heads": wide}))
        for row, number in enumerate(numbers):
            one = sentences[number]
            for place, (head, dep) in enumerate(zip(one.heads, one.deps, strict=True)):
                if head is None or dep is None:
                    continue
                words += 1
                same = int(heads[row][place]) == head
                label = known.deps[int(again.relations[row, place].argmax())]
                counts["uas"] += same
                counts["las"] += same and label.split(":")[0] == dep.split(":")[0]
                counts["tags"] += (
                    known.tags[int(found.tags[row, place].argmax())] == one.tags[place]
                )
                counts["lemmas"] += (
                    known.scripts[int(found.scripts[row, place].argmax())] == one.scripts[place]
                )
    return {name: round(100 * count / max(1, words), 1) for name, count in counts.items()}


def _fields(batch: TreeBatch) -> dict[str, Tensor]:
    return {name: getattr(batch, name) for name in TreeBatch.__slots__}  # type: ignore[attr-defined]
