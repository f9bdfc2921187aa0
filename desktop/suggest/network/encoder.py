"""The spaCy step that runs the encoder: one state a token, for whatever reads them.

``standfirst_encoder`` fills ``doc.tensor``, where spaCy keeps such states, with an array of shape
(tokens, width); white space has zeros. A text is read by the paragraph, as it is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np
import onnxruntime  # pyright: ignore[reportMissingTypeStubs]
from spacy.language import Language
from spacy.tokens import Doc

from desktop.suggest.network.chain import Floats
from desktop.suggest.network.pieces import Window, WordPieces

WIDTH = 384
"""Numbers in a state."""
MODEL, PIECES = "encoder.onnx", "tokenizer.json"
_TOGETHER = 1_024
"""Pieces run at once, white space at the end of shorter windows included."""


def session_options(threads: int) -> Any:
    """Return how ONNX Runtime is to run; ``threads`` 0 takes as many as there are cores."""
    options = cast("Any", onnxruntime).SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Threads that wait by spinning would burn the core the window draws with.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


class EncoderStep:
    """Runs an ONNX encoder: ``ids``, ``cases`` and ``mask`` in, ``states`` out."""

    def __init__(self, threads: int) -> None:
        """Be ready to read a model from disk; ``threads`` 0 takes as many as there are cores."""
        self._threads = threads
        self._folder: Path | None = None
        self.session: Any = None
        self.pieces: WordPieces | None = None

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> EncoderStep:
        """Load the encoder and its vocabulary."""
        self._folder = Path(path)
        self.session = onnxruntime.InferenceSession(
            str(self._folder / MODEL),
            session_options(self._threads),
            providers=["CPUExecutionProvider"],
        )
        self.pieces = WordPieces(self._folder / PIECES)
        return self

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Write a copy of the files that were loaded."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in self._files().items():
            (folder / file).write_bytes(content)

    def _files(self) -> dict[str, bytes]:
        if self._folder is None:
            return {}
        return {file: (self._folder / file).read_bytes() for file in (MODEL, PIECES)}

    def __call__(self, doc: Doc) -> Doc:
        """Read one text."""
        self._read([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Read texts, so many at once."""
        texts = iter(stream)
        while batch := list(islice(texts, batch_size)):
            self._read(batch)
            yield from batch

    def _read(self, docs: Sequence[Doc]) -> None:
        assert self.pieces, "the encoder is not loaded"
        windows: list[tuple[Doc, Window]] = []
        states_of: dict[Doc, Floats] = {}
        for doc in docs:
            cut = self.pieces.windows([token.text for token in doc])
            windows += [(doc, window) for window in cut]
            states_of[doc] = np.zeros((len(doc), WIDTH), np.float32)
        windows.sort(key=lambda one: len(one[1].ids))
        for group in groups([window for _, window in windows]):
            states = self.run(group)
            for row, window in enumerate(group):
                states_of[windows[row][0]][window.tokens] = states[row, window.firsts]
            del windows[: len(group)]
        for doc, states in states_of.items():
            doc.tensor = states  # pyright: ignore - spaCy's stub knows float64 alone

    def run(self, windows: Sequence[Window]) -> Floats:
        """Return the states of windows side by side, of shape (windows, pieces, width)."""
        return self.session.run(None, inputs(windows))[0]


def inputs(windows: Sequence[Window]) -> dict[str, Any]:
    """Return what the encoder takes: three arrays of shape (windows, pieces)."""
    shape = (len(windows), max(len(window.ids) for window in windows))
    ids, cases, mask = (np.zeros(shape, np.int64) for _ in range(3))
    for row, window in enumerate(windows):
        length = len(window.ids)
        ids[row, :length], cases[row, :length], mask[row, :length] = window.ids, window.cases, 1
    return {"ids": ids, "cases": cases, "mask": mask}


def groups(windows: Sequence[Window]) -> Iterator[Sequence[Window]]:
    """Cut windows, the shortest first, into groups that are run at once."""
    start = 0
    for end in range(1, len(windows) + 1):
        if end == len(windows) or (end + 1 - start) * len(windows[end].ids) > _TOGETHER:
            yield windows[start:end]
            start = end


_factory = cast("Any", Language).factory


@_factory("standfirst_encoder", assigns=["doc.tensor"], default_config={"threads": 0})
def make_encoder(nlp: Language, name: str, threads: int) -> EncoderStep:
    """Make the step; its files are those of the pipeline's folder."""
    return EncoderStep(threads)
