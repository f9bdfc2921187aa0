"""Words cut into the word pieces of the encoder, each with the case of its word.

The encoder's vocabulary knows no capitals, and a name is told by little else. So each piece goes in
with a second number, the case of the word it is part of, where BERT has the number of the sentence
(Devlin et al., NAACL 2019): the same addition of embeddings carries it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from tokenizers import Tokenizer

LONGEST = 254
"""Pieces in one window, beside the two that open and close it."""
_WORD_LONGEST = 12  # pieces of one word: an address or a hash must not fill a window
_REMEMBERED = 200_000  # words whose pieces are kept: a few articles repeat most of theirs


class Case(IntEnum):
    """How a word is written; the number is the row of the encoder's case embedding."""

    NONE = 0  # digits, punctuation, and what opens and closes a window
    LOWER = 1
    TITLE = 2
    UPPER = 3
    LETTER = 4  # one capital alone
    MIXED = 5


def case_of(word: str) -> Case:
    """Return how a word is written; marks and digits in it do not count."""
    letters = [letter for letter in word if letter.isalpha()]
    if not letters:
        return Case.NONE
    capitals = [letter.isupper() or letter.istitle() for letter in letters]
    if not any(capitals):
        return Case.LOWER
    if all(capitals):
        return Case.LETTER if len(letters) == 1 else Case.UPPER
    return Case.TITLE if capitals[0] and not any(capitals[1:]) else Case.MIXED


@dataclass(slots=True)
class Window:
    """Pieces that go through the encoder together.

    ``ids`` and ``cases`` have one entry a piece, the opening and the closing one included. Of token
    ``tokens[i]`` the state is that at piece ``firsts[i]``, its first.
    """

    ids: list[int] = field(default_factory=list[int])
    cases: list[int] = field(default_factory=list[int])
    tokens: list[int] = field(default_factory=list[int])
    firsts: list[int] = field(default_factory=list[int])


class WordPieces:
    """The encoder's vocabulary (WordPiece, Wu et al. 2016)."""

    def __init__(self, file: Path) -> None:
        """Read a ``tokenizer.json``.

        Raises:
            Exception: if the file is missing or damaged (the library has no class of its own).
        """
        self._tokenizer = Tokenizer.from_file(str(file))
        self._tokenizer.no_padding()  # as published it fills every text up to 128 pieces
        self._tokenizer.no_truncation()
        self.opening, self.closing = (
            self._special(self._tokenizer, mark) for mark in ("[CLS]", "[SEP]")
        )
        self._known: dict[str, tuple[list[int], int]] = {}

    @staticmethod
    def _special(tokenizer: Tokenizer, mark: str) -> int:
        number = tokenizer.token_to_id(mark)
        if number is None:
            message = f"the vocabulary has no {mark}"
            raise ValueError(message)
        return number

    def windows(self, words: Sequence[str]) -> list[Window]:
        """Cut a text, given as its tokens, into windows of at most :data:`LONGEST` pieces.

        White space has no piece, but a line break has the one that closes a sentence. What does
        not fit into one window is read in several; each token is told of once, in the window where
        it has the more words around it.
        """
        cut = [self.cut(word) for word in words]
        if sum(len(ids) for ids, _ in cut) <= LONGEST:
            return [self._window(cut, range(len(words)), range(len(words)))]
        return [self._window(cut, read, told) for read, told in _overlapping(cut)]

    def _window(
        self, cut: Sequence[tuple[list[int], int]], read: Iterable[int], told: range
    ) -> Window:
        window = Window([self.opening], [Case.NONE])
        for token in read:
            ids, case = cut[token]
            if ids and token in told:
                window.tokens.append(token)
                window.firsts.append(len(window.ids))
            window.ids += ids
            window.cases += [case] * len(ids)
        window.ids.append(self.closing)
        window.cases.append(Case.NONE)
        return window

    def cut(self, word: str) -> tuple[list[int], int]:
        """Return the pieces of a word, and its case."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._cut_anew(word)
        return known

    def _cut_anew(self, word: str) -> tuple[list[int], int]:
        if word.isspace():
            return ([self.closing] if "\n" in word else []), Case.NONE
        ids = self._tokenizer.encode(word, add_special_tokens=False).ids
        return ids[:_WORD_LONGEST], case_of(word)


def _overlapping(cut: Sequence[tuple[list[int], int]]) -> list[tuple[range, range]]:
    """Return, for each window, the tokens read and those of them told of."""
    reads: list[range] = []
    start = 0
    while True:
        end, length = start, 0
        while end < len(cut) and length + len(cut[end][0]) <= LONGEST:
            length += len(cut[end][0])
            end += 1
        reads.append(range(start, end))
        if end == len(cut):
            break
        start = max(start + 1, end - (end - start) // 4)  # a quarter is read twice
    told = [(reads[i + 1].start + reads[i].stop) // 2 for i in range(len(reads) - 1)]
    bounds = [0, *told, len(cut)]
    return [(read, range(bounds[i], bounds[i + 1])) for i, read in enumerate(reads)]
