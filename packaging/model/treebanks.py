"""Sentences of Universal Dependencies treebanks, with our tokeniser's words beside theirs.

Format: https://universaldependencies.org/format.html.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

TREEBANKS = ("en_ewt", "en_gum_open")
_OPENING_QUOTE = re.compile(r"(?:^|(?<=[\s(\[—–-]))[\"']")
_SPACE_TAG, _SPACE_LABEL = "_SP", "dep"  # as spaCy marks white space in its own training data


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word.

    ``start`` is where it stands in its text. ``head`` is the place of its head among the words, its
    own for a root.
    """

    start: int
    text: str
    lemma: str
    pos: str
    tag: str
    head: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and its words in order; some stretches of it may be no word."""

    text: str
    words: tuple[Word, ...]


def sentences(data: Path, treebank: str, part: str, limit: int | None = None) -> list[Sentence]:
    """Return the sentences of a file.

    Args:
        data: the folder that has ``syntax``.
        treebank: one of :data:`TREEBANKS`.
        part: "train", "dev" or "test".
        limit: how many at most.

    Raises:
        OSError: if the file is missing.
    """
    found: list[Sentence] = []
    packed = (data / "syntax" / f"{treebank}.{part}.conllu.gz").read_bytes()
    for block in gzip.decompress(packed).decode().split("\n\n"):
        sentence = _sentence(block.splitlines())
        if sentence is not None:
            found.append(sentence)
        if len(found) == limit:
            break
    return found


def _sentence(lines: Sequence[str]) -> Sentence | None:
    """Return a sentence, or ``None`` where its words are not those of its text."""
    text = ""
    words: list[Word] = []
    end = 0
    for line in lines:
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        fields = line.split("\t")
        if not fields[0].isdecimal():
            continue  # a comment, a word of several, or one that is not written
        number, form, lemma, pos, tag, _, head, label, *_ = fields
        start = text.find(form, end)
        if start < 0 or text[end:start].strip():
            return None
        end = start + len(form)
        above = int(number if head == "0" else head) - 1
        label = "ROOT" if label == "root" else label
        words.append(Word(start, form, lemma, pos, tag, above, label))
    return Sentence(text, tuple(words)) if words else None


def curly(text: str) -> str:
    """Return a text of the same length with “curly” quotes."""
    opened = _OPENING_QUOTE.sub(lambda quote: "“" if quote[0] == '"' else "‘", text)
    return opened.replace('"', "”").replace("'", "’")


def example_of(nlp: Language, sentence: Sentence) -> Example:
    """Return a sentence as spaCy learns it: the tokeniser's words, and beside them the treebank's.

    White space that the tokeniser makes a token of belongs to the token before it, as in spaCy's
    own training data (``spacy.training.augment.make_whitespace_variant``).
    """
    told = nlp.make_doc(sentence.text)
    return Example(told, _reference(nlp, sentence))


def _reference(nlp: Language, sentence: Sentence) -> Doc:
    pieces: list[Word | str] = []
    spaces: list[bool] = []
    place_of: list[int] = []
    end = 0
    for word in sentence.words:
        between = sentence.text[end : word.start]
        if between and pieces and between[0] == " ":
            spaces[-1] = True
            between = between[1:]
        if between:
            pieces.append(between)
            spaces.append(False)
        place_of.append(len(pieces))
        pieces.append(word)
        spaces.append(False)
        end = word.start + len(word.text)
    own = [piece if isinstance(piece, Word) else None for piece in pieces]
    return Doc(
        nlp.vocab,
        words=[piece.text if isinstance(piece, Word) else piece for piece in pieces],
        spaces=spaces,
        tags=[word.tag if word else _SPACE_TAG for word in own],
        pos=[word.pos if word else "SPACE" for word in own],
        lemmas=[
            word.lemma if word else str(piece) for word, piece in zip(own, pieces, strict=True)
        ],
        heads=[
            place_of[word.head] if word else max(0, place - 1) for place, word in enumerate(own)
        ],
        deps=[word.label if word else _SPACE_LABEL for word in own],
    )
