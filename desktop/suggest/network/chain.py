"""From a score for every tag of every token to the best names, and how probable each of them is.

Tags are BIOES (Ratinov and Roth, CoNLL 2009): a name of one token is ``S``, a longer one begins
with ``B``, goes on with ``I`` and ends with ``E``; ``O`` is outside. What may follow what is known,
not learnt, so a chain of tags is a set of names. The best chain is Viterbi's; the probability
of a name is the share of all chains that have it, by the forward-backward algorithm (Rabiner,
Proceedings of the IEEE 77, 1989). All sequences are walked along side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_NEVER = np.float32(-1e9)
B, I, E, S = range(4)  # noqa: E741


def tag_of(place: int, label: int) -> int:
    """Return the column of a tag: 0 is O, then B, I, E and S of the first label, and so on."""
    return 1 + 4 * label + place


@dataclass(frozen=True, slots=True)
class Found:
    """A name: tokens ``start`` to ``end``, half-open, the label's number, and its probability."""

    start: int
    end: int
    label: int
    probability: float


def best_names(scores: Sequence[Floats]) -> list[list[Found]]:
    """Return the names of the best chain of each sequence, in order.

    Args:
        scores: for each sequence an array of shape (tokens, 1 + 4 × labels), logits or log
            probabilities.
    """
    if not scores:
        return []
    order = sorted(range(len(scores)), key=lambda i: -len(scores[i]))
    lengths = np.array([len(scores[i]) for i in order])
    wide = np.zeros((lengths[0], len(scores), scores[0].shape[1]), np.float32)
    for column, i in enumerate(order):
        wide[: len(scores[i]), column] = scores[i]
    if not lengths[0]:
        return [[] for _ in scores]
    chains = _Chains(wide, lengths)
    results: list[list[Found]] = [[] for _ in scores]
    for column, i in enumerate(order):
        results[i] = chains.names(column, int(lengths[column]))
    return results


class _Chains:
    """The lattices of a batch, longest first; arrays are (tokens, sequences, ...)."""

    def __init__(self, scores: Floats, lengths: NDArray[np.int64]) -> None:
        steps, many, _ = scores.shape
        self._out = scores[:, :, 0]
        tags = scores[:, :, 1:].reshape(steps, many, -1, 4)
        self._b, self._i, self._e, self._s = (tags[..., place] for place in range(4))
        self._alive = [int((lengths > step).sum()) for step in range(steps)]
        self._viterbi()
        self._sums()

    def _viterbi(self) -> None:
        """Walk forward; between two tokens a chain is outside a name, or inside one of a label."""
        steps, many, labels = self._b.shape
        self._choice = np.zeros((steps, many), np.int16)  # 0: O; 1 + l: S of l; 1 + labels + l: E
        self._opened = np.zeros((steps, many, labels), np.bool_)  # inside after: by B, or by I
        outside = np.zeros(many, np.float32)
        inside = np.full((many, labels), _NEVER, np.float32)
        for step in range(steps):
            n = self._alive[step]
            before, within = outside[:n, None], inside[:n]
            ways = np.concatenate(
                (
                    before + self._out[step, :n, None],
                    before + self._s[step, :n],
                    within + self._e[step, :n],
                ),
                axis=1,
            )
            begun, gone_on = before + self._b[step, :n], within + self._i[step, :n]
            self._choice[step, :n] = ways.argmax(axis=1)
            self._opened[step, :n] = begun >= gone_on
            outside[:n] = ways.max(axis=1)
            inside[:n] = np.maximum(begun, gone_on)

    def _sums(self) -> None:
        """Sum over all chains before each token, and behind it, as logarithms."""
        steps, many, labels = self._b.shape
        self._before = np.zeros((steps + 1, many), np.float32)
        within = np.full((many, labels), _NEVER, np.float32)
        for step in range(steps):
            n = self._alive[step]
            outside = self._before[step, :n, None]
            ways = np.concatenate(
                (
                    outside + self._out[step, :n, None],
                    outside + self._s[step, :n],
                    within[:n] + self._e[step, :n],
                ),
                axis=1,
            )
            self._before[step + 1] = self._before[step]
            self._before[step + 1, :n] = _log_sum(ways)
            within[:n] = np.logaddexp(outside + self._b[step, :n], within[:n] + self._i[step, :n])
        self._behind = np.zeros((steps + 1, many), np.float32)
        within = np.full((many, labels), _NEVER, np.float32)
        for step in reversed(range(steps)):
            n = self._alive[step]
            outside = self._behind[step + 1, :n, None]
            ways = np.concatenate(
                (
                    outside + self._out[step, :n, None],
                    outside + self._s[step, :n],
                    within[:n] + self._b[step, :n],
                ),
                axis=1,
            )
            self._behind[step, :n] = _log_sum(ways)
            within[:n] = np.logaddexp(outside + self._e[step, :n], within[:n] + self._i[step, :n])

    def names(self, column: int, length: int) -> list[Found]:
        labels = self._b.shape[2]
        found: list[Found] = []
        step = length - 1
        while step >= 0:
            choice = int(self._choice[step, column])
            start = step
            if choice > labels:
                start -= 1
                while not self._opened[start, column, choice - 1 - labels]:
                    start -= 1
            if choice:
                label = (choice - 1) % labels
                found.append(
                    Found(start, step + 1, label, self._probability(column, start, step, label))
                )
            step = start - 1
        return found[::-1]

    def _probability(self, column: int, start: int, last: int, label: int) -> float:
        if start == last:
            itself = float(self._s[start, column, label])
        else:
            itself = float(
                self._b[start, column, label]
                + self._i[start + 1 : last, column, label].sum()
                + self._e[last, column, label]
            )
        around = float(self._before[start, column] + self._behind[last + 1, column])
        return min(1.0, float(np.exp(around + itself - self._behind[0, column])))


def _log_sum(ways: Floats) -> Floats:
    highest = ways.max(axis=1, keepdims=True)
    return np.log(np.exp(ways - highest).sum(axis=1)) + highest[:, 0]
