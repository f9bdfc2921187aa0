"""The head that reads syntax off states: tags, lemmas, and the best tree of heads and relations.

Biaffine scores (Dozat and Manning, ICLR 2017), of which the highest-scoring tree with one root is
taken (Chu and Liu, 1965; Edmonds, 1967). A lemma is the word with something cut off its end and
something put there, as the network was taught by Universal Dependencies.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.suggest.network.chain import Floats

_NEVER = -1e9
_MARK = "|"


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the network tells apart: relations, tags and edit scripts."""

    deps: tuple[str, ...]
    tags: tuple[str, ...]
    scripts: tuple[str, ...]


def script_of(word: str, lemma: str) -> str:
    """Return how to get from a word to its lemma: how many letters to cut off, what to add."""
    word, lemma = word.lower(), lemma.lower()
    same = 0
    while same < min(len(word), len(lemma)) and word[same] == lemma[same]:
        same += 1
    return f"{len(word) - same}{_MARK}{lemma[same:]}"


def lemma_of(word: str, script: str) -> str:
    """Return the lemma of a word by a script of :func:`script_of`."""
    cut, ending = script.split(_MARK, 1)
    word = word.lower()
    return (word[: len(word) - int(cut)] + ending if int(cut) <= len(word) else "") or word


@dataclass(frozen=True, slots=True)
class Parser:
    """Weights, each transposed so that states stand on its left; see ``packaging/model/reader.py``.

    A bias stands in the last row of the weights it belongs to.
    """

    dependent: Floats
    governor: Floats
    child: Floats
    parent: Floats
    arc: Floats
    relation: Floats
    tag: Floats
    script: Floats
    deps: NDArray[np.str_]
    tags: NDArray[np.str_]
    scripts: NDArray[np.str_]

    def save(self, file: Path) -> None:
        """Write the head, in half precision."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        np.savez_compressed(
            file, **{k: v.astype(np.float16) if v.dtype.kind == "f" else v for k, v in kept.items()}
        )

    @classmethod
    def load(cls, file: Path) -> Parser:
        """Read a head.

        Raises:
            OSError, KeyError, ValueError: if the file is missing or damaged.
        """
        with np.load(file, allow_pickle=False) as kept:
            read = {field.name: kept[field.name] for field in fields(cls)}
        return cls(
            **{k: v.astype(np.float32) if v.dtype.kind == "f" else v for k, v in read.items()}
        )

    def analyse(self, root: Floats, words: Floats) -> Analysis:
        """Return the analysis of a sentence.

        Args:
            root: the state of the sentence as a whole, of shape (width,).
            words: those of its words, of shape (words, width).
        """
        rooted = np.concatenate((root[None], words))
        dependent, governor = _dense(words, self.dependent), _dense(rooted, self.governor)
        heads = best_tree(_with_one(dependent) @ self.arc @ governor.T)
        child, parent = _dense(words, self.child), _dense(rooted, self.parent)[heads]
        by_label = np.tensordot(_with_one(child), self.relation, axes=1)
        relations = np.einsum("wlj,wj->wl", by_label, _with_one(parent))
        tags = _with_one(words) @ self.tag
        scripts = _with_one(words) @ self.script
        return Analysis(
            [int(head) for head in heads],
            [str(self.deps[n]) for n in relations.argmax(axis=1)],
            [str(self.tags[n]) for n in tags.argmax(axis=1)],
            [str(self.scripts[n]) for n in scripts.argmax(axis=1)],
        )


@dataclass(frozen=True, slots=True)
class Analysis:
    """A sentence's words: heads count them from 1, 0 is the root."""

    heads: list[int]
    deps: list[str]
    tags: list[str]
    scripts: list[str]


def _with_one(states: Floats) -> Floats:
    return np.concatenate((states, np.ones((*states.shape[:-1], 1), np.float32)), axis=-1)


def _dense(states: Floats, weights: Floats) -> Floats:
    return np.maximum(_with_one(states) @ weights, 0)


def best_tree(scores: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    """Return the head of each word in the best tree in which one word hangs on the root.

    Args:
        scores: of shape (words, 1 + words): of each word, how well each head fits, the root first.
    """
    many = len(scores)
    whole = np.full((many + 1, many + 1), _NEVER)
    whole[1:] = scores
    whole[np.arange(many + 1), np.arange(many + 1)] = _NEVER
    heads = _tree(whole)
    roots = np.flatnonzero(heads[1:] == 0) + 1
    if len(roots) > 1:
        trees: list[tuple[float, NDArray[np.int64]]] = []
        for root in roots:
            one = whole.copy()
            one[1:, 0] = _NEVER
            one[root, 0] = whole[root, 0]
            tree = _tree(one)
            trees.append((float(one[np.arange(1, many + 1), tree[1:]].sum()), tree))
        heads = max(trees, key=lambda scored: scored[0])[1]
    return heads[1:]


def _tree(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the heads of the best tree, whatever number of words hangs on the root, word 0."""
    heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.array(sorted(cycle))
    outside = np.array([word for word in range(len(heads)) if word not in cycle])
    held = scores[inside, heads[inside]]
    # The circle becomes one word: what it would lose by taking a head from outside, and which of
    # its words serves best as the head of one outside.
    entering = scores[np.ix_(inside, outside)] - held[:, None]
    leaving = scores[np.ix_(outside, inside)]
    many = len(outside)
    smaller = np.full((many + 1, many + 1), _NEVER)
    smaller[:many, :many] = scores[np.ix_(outside, outside)]
    smaller[many, :many] = entering.max(axis=0)
    smaller[:many, many] = leaving.max(axis=1)
    within = _tree(smaller)
    found = heads.copy()
    for word in range(1, many):
        head = within[word]
        found[outside[word]] = outside[head] if head < many else inside[int(leaving[word].argmax())]
    entered = within[many]
    found[inside[int(entering[:, entered].argmax())]] = outside[entered]
    return found


def _cycle(heads: NDArray[np.int64]) -> set[int] | None:
    """Return the words of a circle, if the heads have one."""
    safe = {0}
    for start in range(1, len(heads)):
        path: list[int] = []
        word = start
        while word not in safe and word not in path:
            path.append(word)
            word = int(heads[word])
        if word in path:
            return set(path[path.index(word) :])
        safe.update(path)
    return None
