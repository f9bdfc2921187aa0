"""Train the bundled pipeline's stance network; see the model card.

    python packaging/model/train_stance.py --data ../shared/data

It begins with the published encoder, not with the one the names have taught: after a pass over
NewsMTSC that is 5 and 8 points behind on the two held-out files. It learns from three sorts of
questions: the position a sentence conveys toward somebody (NewsMTSC), the side one party takes on
another (Directed Sentiment), and the sides our own rules find in the same sentences toward plans
and laws, which no open data has (:mod:`weak`). After every pass the state is kept in
``build/model``; the same command goes on from there when it was stopped. Writes ``build/model/stance.pt``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # the project, when run from anywhere

import numpy as np
import torch
from judge import Judge
from learning import Checkpoint, Run, device
from network import pretrained, published
from numpy.typing import NDArray
from pairs import Pair, PairBatch, batches, read_pairs
from torch import Tensor, nn
from weak import weak_pairs

from desktop.suggest.evaluation.scoring import macro_f1
from desktop.suggest.network.pieces import WordPieces
from desktop.suggest.network.stance import SIDES

SEED = 20
PASSES = 6
HELD_OUT = ("newsmtsc.dev_mt", "newsmtsc.dev_rw", "directed_sentiment.dev")
_RATES = {"encoder": 1e-4, "head": 1e-3}
_FALL = (1.0, 0.01)  # from which share of the top rate to which, over all passes
_PIECES = 2_500  # in one batch
_SMOOTH = 0.05
_NEUTRAL = 6_000  # of the 22,000 pairs of parties that take no side, so many anew in each pass


def loss(judge: Judge, batch: PairBatch) -> Tensor:
    """Return the mean loss of the heads that were asked, each question as heavy as it counts."""
    scores = _scores(judge, batch)
    losses = nn.functional.cross_entropy(
        scores, batch.sides.to(device()), reduction="none", label_smoothing=_SMOOTH
    )
    weights = batch.weights.to(device())
    return (losses * weights).sum() / weights.sum()


def _scores(judge: Judge, batch: PairBatch) -> Tensor:
    """Return the scores of the heads that were asked, of shape (questions, sides)."""
    parts = (batch.ids, batch.cases, batch.mask, batch.target, batch.holder)
    with torch.autocast(device().type, torch.bfloat16):
        scores: Tensor = judge(*(part.to(device()) for part in parts))
    return scores[torch.arange(len(scores)), batch.heads]


@torch.inference_mode()
def answers(judge: Judge, pieces: WordPieces, pairs: list[Pair]) -> NDArray[np.float32]:
    """Return the scores of every question, of shape (questions, sides), in their order."""
    found = np.zeros((len(pairs), len(SIDES)), np.float32)
    for numbers, batch in batches(pairs, pieces, 4 * _PIECES, None):
        found[numbers] = _scores(judge, batch).cpu().numpy()
    return found


class Teaching:
    """The training, pass by pass."""

    def __init__(self, data: Path, state: Path, pipeline: Path, limit: int | None) -> None:
        self._pieces = WordPieces(published() / "tokenizer.json")
        parties = read_pairs(data, "directed_sentiment.train")[:limit]
        self._sided = [
            *read_pairs(data, "newsmtsc.train")[:limit],
            *(pair for pair in parties if SIDES[pair.side] != "neutral"),
        ]
        self._neutral = [pair for pair in parties if SIDES[pair.side] == "neutral"]
        self._weak = weak_pairs(data, pipeline, state / "weak.json", limit)
        self._held_out = {name: read_pairs(data, name)[:limit] for name in HELD_OUT}
        self._checkpoint = Checkpoint(state / "checkpoint_stance.pt")
        torch.manual_seed(SEED)
        self._run = Run(Judge(pretrained()), loss, _RATES)

    def teach(self) -> Judge:
        """Go through all passes that are not done yet; return the network with averaged weights."""
        done = 0
        if (kept := self._checkpoint.load()) is not None:
            done = kept["done"]
            self._run.restore(kept)
        for number in range(done, PASSES):
            chance = random.Random(SEED + number)
            torch.manual_seed(SEED + number)
            started = time.monotonic()
            neutral = chance.sample(self._neutral, min(_NEUTRAL, len(self._neutral)))
            pairs = [*self._sided, *neutral, *self._weak]
            cut = [batch for _, batch in batches(pairs, self._pieces, _PIECES, chance)]
            mean = self._run.one_pass(cut, _rates(number))
            self._tell(number + 1, mean, time.monotonic() - started, cut)
            self._checkpoint.save(self._run.state() | {"done": number + 1})
        return self._run.averaged()

    def _tell(self, number: int, mean: float, seconds: float, cut: list[PairBatch]) -> None:
        judge = self._run.averaged()
        note: dict[str, Any] = {
            "pass": number,
            "loss": round(mean, 4),
            "pieces": int(sum(batch.mask.sum() for batch in cut)),
            "seconds": round(seconds),
        }
        for name, pairs in self._held_out.items():
            found = answers(judge, self._pieces, pairs).argmax(axis=1)
            note[name] = macro_f1([pair.side for pair in pairs], found.tolist(), len(SIDES))
        self._run.back()
        print(json.dumps(note), flush=True)

    def clear(self) -> None:
        """Forget what only a stopped run needs."""
        self._checkpoint.clear()


def _rates(number: int) -> tuple[float, float]:
    step = (_FALL[1] - _FALL[0]) / PASSES
    return _FALL[0] + step * number, _FALL[0] + step * (number + 1)


def main() -> int:
    """Train, and write what ``export_stance.py`` makes into the pipeline."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--state", type=Path, default=Path("build/model"))
    parser.add_argument("--pipeline", type=Path, default=Path("resources/model"))
    parser.add_argument("--limit", type=int, help="rows of each file, for a trial")
    given = parser.parse_args()
    started = time.monotonic()
    teaching = Teaching(given.data, given.state, given.pipeline, given.limit)
    judge = teaching.teach()
    torch.save({"weights": judge.state_dict()}, given.state / "stance.pt")
    teaching.clear()
    print(json.dumps({"seconds": round(time.monotonic() - started), "device": str(device())}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
