"""The spaCy step that reads: syntax of sentences, and sides in texts with holder and target marked.

``standfirst_reader`` runs one encoder for both, another than the names have. On a doc it sets tags,
lemmas, heads and relations, a tree for each sentence; where no ``is_sent_start`` is set it finds
the sentences itself. Questions of sides are answered by :meth:`ReaderStep.sides`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np
import onnxruntime  # pyright: ignore[reportMissingTypeStubs]
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from desktop.suggest.network.chain import Floats
from desktop.suggest.network.encoder import session_options
from desktop.suggest.network.parser import Analysis, Parser, lemma_of
from desktop.suggest.network.pieces import Window, WordPieces
from desktop.suggest.network.questions import HOLDER, SIDES, TEXT, Asked, Question, asked
from desktop.suggest.text.words import paragraphs, sentences

MODEL, PARSER, SETTINGS = "reader.onnx", "parser.npz", "settings.json"
_TOGETHER = 1_024
"""Pieces run at once."""


class ReaderStep:
    """Runs an ONNX network; out of it come ``states`` of pieces, or ``sides`` of questions."""

    def __init__(self, nlp: Language, threads: int) -> None:
        """Be ready to read a model from disk; ``threads`` 0 takes as many as there are cores."""
        self._nlp = nlp
        self._threads = threads
        self._folder: Path | None = None
        self.session: Any = None
        self.parser: Parser | None = None
        self._temperatures: Floats = np.ones(2, np.float32)
        self._shifts: Floats = np.zeros((2, 3), np.float32)
        self.neutral_from = (0.5, 0.5)

    @property
    def _pieces(self) -> WordPieces:
        """The vocabulary is the encoder's: it is stored once."""
        encoder: Any = self._nlp.get_pipe("encoder")
        return encoder.pieces

    def from_disk(self, path: Path, exclude: Iterable[str] = ()) -> ReaderStep:
        """Load the network, its parser, and how far scores are spread for them to be true."""
        self._folder = Path(path)
        self.session = onnxruntime.InferenceSession(
            str(self._folder / MODEL),
            session_options(self._threads),
            providers=["CPUExecutionProvider"],
        )
        self.parser = Parser.load(self._folder / PARSER)
        settings = json.loads((self._folder / SETTINGS).read_text(encoding="utf-8"))
        self._temperatures = np.array(settings["temperatures"], np.float32)
        self._shifts = np.array(settings["shifts"], np.float32)
        text, holder = settings["neutral_from"]
        self.neutral_from = (float(text), float(holder))
        return self

    def to_disk(self, path: Path, exclude: Iterable[str] = ()) -> None:
        """Write a copy of the files that were loaded."""
        Path(path).mkdir(parents=True, exist_ok=True)
        if self._folder:
            for file in (MODEL, PARSER, SETTINGS):
                (Path(path) / file).write_bytes((self._folder / file).read_bytes())

    # --- sides -------------------------------------------------------------------------------

    def sides(self, questions: Sequence[Question]) -> Floats:
        """Return how probable each side is, of shape (questions, 3), in the order of ``SIDES``."""
        scores = self.side_scores(questions)
        heads = [TEXT if question.holder is None else HOLDER for question in questions]
        scores = (scores + self._shifts[heads]) / self._temperatures[heads][:, None]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-1e9))
        return powers / powers.sum(axis=1, keepdims=True)

    def side_scores(self, questions: Sequence[Question]) -> Floats:
        """Return the scores before calibration, of shape (questions, 3)."""
        found = np.zeros((len(questions), len(SIDES)), np.float32)
        read = [asked(question, self._pieces) for question in questions]
        for group in _groups([len(one.ids) for one in read]):
            some = [read[number] for number in group]
            scores: Floats = self._run("sides", some, some)
            for row, number in enumerate(group):
                head = TEXT if questions[number].holder is None else HOLDER
                found[number] = scores[row, head]
        return found

    # --- syntax ------------------------------------------------------------------------------

    def __call__(self, doc: Doc) -> Doc:
        """Parse one text."""
        self._parse([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """Parse texts, so many at once."""
        texts = iter(stream)
        while batch := list(islice(texts, batch_size)):
            self._parse(batch)
            yield from batch

    def _parse(self, docs: Sequence[Doc]) -> None:
        assert self.parser, "the reader is not loaded"
        windows: list[tuple[int, Window]] = []
        cut_at: list[tuple[int, int, int]] = []  # doc, first token, end
        for number, doc in enumerate(docs):
            for start, end in _sentences(doc):
                cut = self._pieces.windows([token.text for token in doc[start:end]])
                windows += [(len(cut_at), window) for window in cut]
                cut_at.append((number, start, end))
        roots: dict[int, Floats] = {}
        words: list[list[tuple[int, Floats]]] = [[] for _ in cut_at]
        for group in _groups([len(window.ids) for _, window in windows]):
            states: Floats = self._run("states", [windows[number][1] for number in group], None)
            for row, number in enumerate(group):
                sentence, window = windows[number]
                if window.tokens[:1] and (sentence not in roots or window.tokens[0] == 0):
                    roots[sentence] = states[row, 0]
                words[sentence] += zip(window.tokens, states[row, window.firsts], strict=True)
        found: list[list[tuple[int, int, list[int], Analysis]]] = [[] for _ in docs]
        for sentence, (number, start, end) in enumerate(cut_at):
            read = sorted(words[sentence], key=lambda one: one[0])
            if read:
                states = np.stack([state for _, state in read])
                analysis = self.parser.analyse(roots[sentence], states)
                found[number].append((start, end, [token for token, _ in read], analysis))
        for doc, parsed in zip(docs, found, strict=True):
            _annotate(doc, parsed)

    def _run(self, what: str, group: Sequence[Any], questions: Sequence[Asked] | None) -> Floats:
        shape = (len(group), max(len(one.ids) for one in group))
        ids, cases, mask = (np.zeros(shape, np.int64) for _ in range(3))
        for row, one in enumerate(group):
            length = len(one.ids)
            ids[row, :length], cases[row, :length], mask[row, :length] = one.ids, one.cases, 1
        nowhere: NDArray[np.int64] = np.zeros(len(group), np.int64)
        asked_for = questions is not None
        inputs = {
            "ids": ids,
            "cases": cases,
            "mask": mask,
            "target": np.array([one.target for one in questions]) if asked_for else nowhere,
            "holder": np.array([one.holder for one in questions]) if asked_for else nowhere,
        }
        return self.session.run([what], inputs)[0]


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Cut numbers, the shortest text first, into groups that are run at once."""
    order = sorted(range(len(lengths)), key=lambda number: lengths[number])
    start = 0
    for end in range(1, len(order) + 1):
        if end == len(order) or (end + 1 - start) * lengths[order[end]] > _TOGETHER:
            yield order[start:end]
            start = end


def _sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the tokens of each sentence, half-open; our own sentences where nobody set any."""
    if all(token.is_sent_start is None for token in doc[1:]):
        text: str = doc.text
        begins = {span.start for line in paragraphs(text) for span in sentences(text, line)}
        for token in doc[1:]:
            token.is_sent_start = token.idx in begins
    start = 0
    for token in doc[1:]:
        if token.is_sent_start is True:
            yield start, token.i
            start = token.i
    if len(doc):
        yield start, len(doc)


def _annotate(doc: Doc, parsed: Sequence[tuple[int, int, list[int], Analysis]]) -> None:
    """Write what was found into a doc; white space hangs on the word before it."""
    strings = doc.vocab.strings
    values = np.zeros((len(doc), 4), np.uint64)
    heads = np.zeros(len(doc), np.int64)
    blank = [strings.add("dep"), strings.add("_SP")]
    for number, token in enumerate(doc):
        values[number] = [0, blank[0], blank[1], strings.add(token.text)]
        heads[number] = -1 if number else 0
    for start, end, tokens, analysis in parsed:
        if tokens:
            heads[start : start + tokens[0]] = tokens[0] - np.arange(tokens[0])
        for place, token in enumerate(tokens):
            head = analysis.heads[place]
            number = start + token
            heads[number] = tokens[head - 1] - token if head else 0
            values[number] = [
                0,
                strings.add("ROOT" if not head else analysis.deps[place]),
                strings.add(analysis.tags[place]),
                strings.add(lemma_of(doc[number].text, analysis.scripts[place])),
            ]
        del end
    values[:, 0] = heads.astype(np.uint64)
    whole: Any = doc  # spaCy's stub knows signed numbers alone
    whole.from_array(["HEAD", "DEP", "TAG", "LEMMA"], values)


_factory = cast("Any", Language).factory


@_factory(
    "standfirst_reader",
    assigns=["token.tag", "token.lemma", "token.dep", "token.head"],
    default_config={"threads": 0},
)
def make_reader(nlp: Language, name: str, threads: int) -> ReaderStep:
    """Make the step; its files are those of the pipeline's folder."""
    return ReaderStep(nlp, threads)
