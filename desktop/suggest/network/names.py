"""The spaCy step that finds names: a linear head on the encoder's states, and the best chain.

``standfirst_names`` fills ``doc.ents``, and ``doc.spans["names"]`` with the same spans, whose
``attrs["scores"]`` hold the probability of each, as spaCy's span categoriser does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from desktop.suggest.network import NAMES_GROUP
from desktop.suggest.network.chain import Floats, best_names

HEAD = "head.npz"


@dataclass(frozen=True, slots=True)
class Head:
    """``weights`` of shape (width, 1 + 4 × labels), ``bias`` (1 + 4 × labels).

    The scores are divided by ``temperature``, so that a probability of 0.9 is right nine times in
    ten (Guo et al., ICML 2017).
    """

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    temperature: float

    def scores(self, states: Floats) -> Floats:
        """Return a score for every tag of every state, of shape (tokens, tags)."""
        return (states @ self.weights + self.bias) / np.float32(self.temperature)

    def save(self, file: Path) -> None:
        """Write the head."""
        np.savez(
            file,
            labels=np.array(self.labels),
            weights=self.weights,
            bias=self.bias,
            temperature=np.float32(self.temperature),
        )

    @classmethod
    def load(cls, file: Path) -> Head:
        """Read a head.

        Raises:
            OSError, KeyError, ValueError: if the file is missing or damaged.
        """
        with np.load(file, allow_pickle=False) as kept:
            return cls(
                tuple(str(label) for label in kept["labels"]),
                kept["weights"],
                kept["bias"],
                float(kept["temperature"]),
            )


class NamesStep:
    """Reads ``doc.tensor`` and fills ``doc.ents``."""

    def __init__(self) -> None:
        self.head: Head | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """What names are told apart."""
        return self.head.labels if self.head else ()

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> NamesStep:
        """Load the head."""
        self.head = Head.load(Path(path) / HEAD)
        return self

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Write the head."""
        Path(path).mkdir(parents=True, exist_ok=True)
        if self.head:
            self.head.save(Path(path) / HEAD)

    def __call__(self, doc: Doc) -> Doc:
        """Find the names of one text."""
        self._find([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Find the names of texts, so many at once."""
        texts = iter(stream)
        while batch := list(islice(texts, batch_size)):
            self._find(batch)
            yield from batch

    def _find(self, docs: Sequence[Doc]) -> None:
        assert self.head, "the head is not loaded"
        words = [[token.i for token in doc if not token.is_space] for doc in docs]
        read = [
            self.head.scores(_states(doc)[own]) if own else np.zeros((0, len(self.head.bias)), "f")
            for doc, own in zip(docs, words, strict=True)
        ]
        for doc, own, found in zip(docs, words, best_names(read), strict=True):
            spans = [
                Span(doc, own[name.start], own[name.end - 1] + 1, self.head.labels[name.label])
                for name in found
            ]
            doc.set_ents(spans)
            scores: Any = {"scores": [name.probability for name in found]}
            doc.spans[NAMES_GROUP] = SpanGroup(doc, name=NAMES_GROUP, attrs=scores, spans=spans)


def _states(doc: Doc) -> Floats:
    states: Any = doc.tensor  # spaCy's stub knows float64 alone
    return states


_factory = cast("Any", Language).factory


@_factory("standfirst_names", requires=["doc.tensor"], assigns=["doc.ents", "doc.spans"])
def make_names(nlp: Language, name: str) -> NamesStep:
    """Make the step; its head is that of the pipeline's folder."""
    return NamesStep()
