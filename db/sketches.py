"""What a text is like, in a few bytes: near duplicates are found without reading it again.

MinHash (Broder, 1997) over runs of three words, by rensa: the share of equal numbers in two
sketches estimates the share of runs that two texts have in common. Which to compare is found by
bands (Leskovec et al., Mining of Massive Datasets, 3.4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash  # pyright: ignore

ALIKE = 0.5
"""The share of runs of words that twins have in common, at least."""

_SIZE, _ROWS = 96, 3  # numbers of a sketch, and of a band: 0.98 of those just alike are found
_SEED = 1
_FEWEST = 24  # words: of less nobody can say that it was copied
_WORD = re.compile(r"\w+")
_AT_ONCE = 20_000  # pairs compared in one go

Sketches = NDArray[np.uint32]


def sketch(texts: Sequence[str]) -> list[bytes]:
    """Return the sketch of each text; a text of a few words has none, and it is empty."""
    runs = [_runs(text) for text in texts]
    made = (np.array(row, np.uint32).tobytes() for row in _digests([one for one in runs if one]))
    return [next(made) if one else b"" for one in runs]


def join(sketches: Sequence[bytes]) -> Sketches:
    """Return sketches, none of them empty, as the rows of a matrix."""
    return np.frombuffer(b"".join(sketches), np.uint32).reshape(-1, _SIZE)


def gather(sketches: Sketches, first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return, for each row, the first row of the group it is in: its own where it has no twins.

    ``first`` is what it was for the rows known before, and -1 for new ones. Each of a group is
    alike to its first, so that groups do not grow from copy to copy of a copy.
    """
    first = first.copy()
    pairs = _pairs(sketches, first < 0)
    behind = np.searchsorted(pairs[:, 0], np.arange(len(first) + 1))
    for row in np.flatnonzero(first < 0):
        near = np.unique(first[pairs[behind[row] : behind[row + 1], 1]])
        shares = _shares(sketches, np.full(len(near), row), near)
        best = int(shares.argmax()) if len(near) else -1
        first[row] = near[best] if best >= 0 and shares[best] >= ALIKE else row
    return first


def _digests(runs: list[set[str]]) -> list[list[int]]:
    return RMinHash.digests_from_token_sets(runs, _SIZE, _SEED)  # pyright: ignore


def _runs(text: str) -> set[str]:
    words = _WORD.findall(text.casefold())
    if len(words) < _FEWEST:
        return set()
    return {" ".join(run) for run in zip(words, words[1:], words[2:], strict=False)}


def _pairs(sketches: Sketches, new: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the pairs of a new row and one before it that are alike, in order.

    Of all that share a band, each is paired with the first of them and with the one before it.
    """
    found = [np.empty((0, 2), np.int64)]
    mix = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
    for band in range(0, _SIZE, _ROWS):
        keys = sketches[:, band : band + _ROWS].astype(np.uint64) @ mix
        order = np.argsort(keys, kind="stable")
        begins = np.append(True, np.diff(keys[order]) != 0)
        starts = order[np.maximum.accumulate(np.where(begins, np.arange(len(order)), 0))]
        for right in (starts, np.append(order[:1], order[:-1])):
            here = ~begins & new[order]
            found.append(_alike(sketches, order[here], right[here]))
    return np.unique(np.concatenate(found), axis=0)


def _alike(
    sketches: Sketches, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.int64]:
    kept = [np.empty(0, np.bool_)]
    for start in range(0, len(left), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        kept.append(_shares(sketches, left[part], right[part]) >= ALIKE)
    return np.stack([left, right], axis=1)[np.concatenate(kept)]


def _shares(
    sketches: Sketches, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    return (sketches[left] == sketches[right]).mean(axis=1)
