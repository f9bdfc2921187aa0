"""Train the network that reads syntax and takes sides; see the model card.

    python packaging/model/train_reader.py --data ../shared/data

It begins with the published encoder, not with the one the names have taught: after a pass over
NewsMTSC that is 5 and 8 points behind on the two held-out files. It learns from three sorts of
questions: the position a sentence conveys toward somebody (NewsMTSC), the side one party takes on
another (Directed Sentiment), and the sides our own rules find in the same sentences toward plans
and laws, which no open data has (:mod:`weak`); and in turn with them from two treebanks. After
every pass the state is kept in ``build/model``; the same command goes on from there when it was
stopped. Writes ``build/model/reader.pt``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # the project, when run from anywhere

import torch
from asking import answers, loss, macro, measured
from learning import Checkpoint, Run, device
from network import pretrained, published
from pairs import PairBatch, batches, read_pairs, unheld
from reader import Reader
from tokenisation import tokeniser
from treebanks import TREEBANKS, sentences
from trees import Analysed, TreeBatch, analysed, dressed, inventory, tree_batches
from weak import weak_pairs

from desktop.suggest.network.pieces import WordPieces
from desktop.suggest.network.questions import SIDES

SEED = 20
PASSES = 4
HELD_OUT = ("newsmtsc.dev_mt", "newsmtsc.dev_rw", "directed_sentiment.dev")
_RATES = {"encoder": 1e-4, "sides": 1e-3, "syntax": 1e-3}
_FALL = (1.0, 0.01)  # from which share of the top rate to which, over all passes
_PIECES = 2_500  # in one batch
_NEUTRAL = 4_500  # of the 22,000 pairs of parties that take no side, so many anew in each pass


class Teaching:
    """The training, pass by pass."""

    def __init__(self, data: Path, state: Path, pipeline: Path, limit: int | None) -> None:
        self._nlp = tokeniser()
        self._pieces = WordPieces(published() / "tokenizer.json")
        parties = read_pairs(data, "directed_sentiment.train")[:limit]
        taking = [pair for pair in parties if SIDES[pair.side] != "neutral"]
        self._sided = [
            *read_pairs(data, "newsmtsc.train")[:limit],
            *taking,
            *(unheld(pair) for pair in taking),
        ]
        self._neutral = [pair for pair in parties if SIDES[pair.side] == "neutral"]
        self._weak_file = state / "weak.json"
        self._weak = weak_pairs(data, pipeline, self._weak_file, limit)
        self._sentences = [
            sentence for bank in TREEBANKS for sentence in sentences(data, bank, "train", limit)
        ]
        self.known = inventory(list(analysed(self._nlp, self._pieces, self._sentences)))
        self._pairs_aside = {name: read_pairs(data, name)[:limit] for name in HELD_OUT}
        self._trees_aside = {
            f"{bank}.dev": list(
                analysed(self._nlp, self._pieces, sentences(data, bank, "dev", limit))
            )
            for bank in TREEBANKS
        }
        self._checkpoint = Checkpoint(state / "checkpoint_reader.pt")
        torch.manual_seed(SEED)
        network = Reader(pretrained(), self.known)
        self._run: Run[Reader, PairBatch | TreeBatch] = Run(network, loss, _RATES)

    def teach(self) -> Reader:
        """Go through all passes that are not done yet; return the network with averaged weights."""
        done = 0
        if (kept := self._checkpoint.load()) is not None:
            done = kept["done"]
            self._run.restore(kept)
        for number in range(done, PASSES):
            chance = random.Random(SEED + number)
            torch.manual_seed(SEED + number)
            started = time.monotonic()
            cut = self._one_pass(chance)
            mean = self._run.one_pass(cut, _rates(number))
            self._tell(number + 1, mean, time.monotonic() - started, cut)
            self._checkpoint.save(self._run.state() | {"done": number + 1})
        return self._run.averaged()

    def _one_pass(self, chance: random.Random) -> list[PairBatch | TreeBatch]:
        neutral = chance.sample(self._neutral, min(_NEUTRAL, len(self._neutral)))
        pairs = [*self._sided, *neutral, *self._weak]
        trees: list[Analysed] = list(
            analysed(self._nlp, self._pieces, (dressed(one, chance) for one in self._sentences))
        )
        cut: list[PairBatch | TreeBatch] = [
            *(batch for _, batch in batches(pairs, self._pieces, _PIECES, chance)),
            *(batch for _, batch in tree_batches(trees, self.known, _PIECES, chance)),
        ]
        chance.shuffle(cut)
        return cut

    def _tell(
        self, number: int, mean: float, seconds: float, cut: list[PairBatch | TreeBatch]
    ) -> None:
        network = self._run.averaged()
        note: dict[str, Any] = {
            "pass": number,
            "loss": round(mean, 4),
            "pieces": int(sum(batch.mask.sum() for batch in cut)),
            "seconds": round(seconds),
        }
        for name, pairs in self._pairs_aside.items():
            note[name] = macro(pairs, answers(network, self._pieces, pairs, 4 * _PIECES))
        for name, trees in self._trees_aside.items():
            note[name] = measured(network, trees, self.known, 4 * _PIECES)
        self._run.back()
        print(json.dumps(note), flush=True)

    def clear(self) -> None:
        """Forget what only a stopped run needs."""
        self._checkpoint.clear()
        self._weak_file.unlink(missing_ok=True)


def _rates(number: int) -> tuple[float, float]:
    step = (_FALL[1] - _FALL[0]) / PASSES
    return _FALL[0] + step * number, _FALL[0] + step * (number + 1)


def main() -> int:
    """Train, and write what ``export.py`` makes into the pipeline."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--state", type=Path, default=Path("build/model"))
    parser.add_argument("--pipeline", type=Path, default=Path("resources/model"))
    parser.add_argument("--limit", type=int, help="rows of each file, for a trial")
    given = parser.parse_args()
    started = time.monotonic()
    teaching = Teaching(given.data, given.state, given.pipeline, given.limit)
    network = teaching.teach()
    kept = {"weights": network.state_dict(), "known": asdict(teaching.known)}
    torch.save(kept, given.state / "reader.pt")
    teaching.clear()
    print(json.dumps({"seconds": round(time.monotonic() - started), "device": str(device())}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
