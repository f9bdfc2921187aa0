"""The spaCy step that takes sides: a cross-encoder over a text with holder and target marked.

``standfirst_stance`` answers questions one by one or by the thousand (:meth:`StanceStep.sides`).
As a step of a pipeline it judges every span of ``doc.spans["targets"]``, if somebody put any
there before: the position its sentence conveys toward it goes to the group's ``attrs["sides"]``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import onnxruntime  # pyright: ignore[reportMissingTypeStubs]
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from db.values import Span
from desktop.suggest.network.chain import Floats
from desktop.suggest.network.encoder import session_options
from desktop.suggest.network.pieces import WordPieces
from desktop.suggest.network.questions import Asked, Question, asked

AGAINST, NEUTRAL, FAVOR = range(3)
SIDES = ("against", "neutral", "favor")
MODEL, SETTINGS = "stance.onnx", "settings.json"
TARGETS_GROUP = "targets"
TEXT, HOLDER = range(2)
"""The heads: what the text conveys, and which side the holder takes."""
_TOGETHER = 2_048
"""Pieces run at once."""


class StanceStep:
    """Runs an ONNX cross-encoder: questions in, scores of shape (questions, heads, sides) out."""

    def __init__(self, nlp: Language, threads: int) -> None:
        """Be ready to read a model from disk; ``threads`` 0 takes as many as there are cores."""
        self._nlp = nlp
        self._threads = threads
        self._folder: Path | None = None
        self.session: Any = None
        self._temperatures: Floats = np.ones(2, np.float32)

    @property
    def _pieces(self) -> WordPieces:
        """The vocabulary is the encoder's: it is stored once."""
        encoder: Any = self._nlp.get_pipe("encoder")
        return encoder.pieces

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> StanceStep:
        """Load the network, and how far its scores are spread for its probabilities to be true."""
        self._folder = Path(path)
        self.session = onnxruntime.InferenceSession(
            str(self._folder / MODEL),
            session_options(self._threads),
            providers=["CPUExecutionProvider"],
        )
        settings = json.loads((self._folder / SETTINGS).read_text(encoding="utf-8"))
        self._temperatures = np.array(settings["temperatures"], np.float32)
        return self

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Write a copy of the files that were loaded."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for file in (MODEL, SETTINGS) if self._folder else ():
            (Path(path) / file).write_bytes((cast("Path", self._folder) / file).read_bytes())

    def sides(self, questions: Sequence[Question]) -> Floats:
        """Return how probable each side is, of shape (questions, 3), in the order of ``SIDES``."""
        found = np.zeros((len(questions), len(SIDES)), np.float32)
        read = [asked(question, self._pieces) for question in questions]
        order = sorted(range(len(read)), key=lambda number: len(read[number].ids))
        for group in _groups(order, read):
            scores: Floats = self.session.run(None, _inputs([read[number] for number in group]))[0]
            for row, number in enumerate(group):
                head = TEXT if questions[number].holder is None else HOLDER
                found[number] = scores[row, head] / self._temperatures[head]
        found = np.exp(found - found.max(axis=1, keepdims=True, initial=0.0))
        return found / found.sum(axis=1, keepdims=True)

    def __call__(self, doc: Doc) -> Doc:
        """Judge the spans of ``doc.spans["targets"]``, each in its sentence or else in the text."""
        group = doc.spans.get(TARGETS_GROUP)
        if group:
            group.attrs["sides"] = self.sides([_about(doc, span) for span in group]).tolist()
        return doc


def _about(doc: Doc, span: Any) -> Question:
    around = span.sent if doc.has_annotation("SENT_START") else doc
    start = around[0].idx
    return Question(around.text, Span(span.start_char - start, span.end_char - start))


def _groups(order: Sequence[int], read: Sequence[Asked]) -> Iterable[Sequence[int]]:
    """Cut the questions' numbers, the shortest question first, into groups that are run at once."""
    start = 0
    for end in range(1, len(order) + 1):
        if end == len(order) or (end + 1 - start) * len(read[order[end]].ids) > _TOGETHER:
            yield order[start:end]
            start = end


def _inputs(group: Sequence[Asked]) -> dict[str, NDArray[np.int64]]:
    shape = (len(group), max(len(question.ids) for question in group))
    ids, cases, mask = (np.zeros(shape, np.int64) for _ in range(3))
    for row, question in enumerate(group):
        length = len(question.ids)
        ids[row, :length], cases[row, :length], mask[row, :length] = (
            question.ids,
            question.cases,
            1,
        )
    return {
        "ids": ids,
        "cases": cases,
        "mask": mask,
        "target": np.array([question.target for question in group]),
        "holder": np.array([question.holder for question in group]),
    }


_factory = cast("Any", Language).factory


@_factory("standfirst_stance", default_config={"threads": 0})
def make_stance(nlp: Language, name: str, threads: int) -> StanceStep:
    """Make the step; its files are those of the pipeline's folder."""
    return StanceStep(nlp, threads)
