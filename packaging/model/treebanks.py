"""Universal Dependencies treebanks, cut into passages as the program reads them.

Format: https://universaldependencies.org/format.html. A passage is what spaCy calls a doc: up to
five sentences of one document, with the quotes and line breaks a newspaper has.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

TREEBANKS = ("en_ewt", "en_gum_open")
LONGEST = 5
"""Sentences of a passage."""
_CURLY = 0.5  # of the passages
_WRAPPED = 0.1  # of the passages are broken into lines, as a scanned column is
_LINE = range(35, 80)  # characters of such a line
_BREAKS = (" ", " ", " ", " ", "\n", "\n\n")  # between two sentences
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
class Passage:
    """A text and its words in order; some stretches of it may be no word."""

    text: str
    words: tuple[Word, ...]
    opens: str = ""
    """Why a passage begins here: "document", "paragraph", or nothing, for a single sentence."""


def sentences(data: Path, treebank: str, part: str, limit: int | None = None) -> list[Passage]:
    """Return the sentences of a file, each a passage.

    Args:
        data: the folder that has ``syntax``.
        treebank: one of :data:`TREEBANKS`.
        part: "train", "dev" or "test".
        limit: how many at most.

    Raises:
        OSError: if the file is missing.
    """
    found: list[Passage] = []
    packed = (data / "syntax" / f"{treebank}.{part}.conllu.gz").read_bytes()
    for block in gzip.decompress(packed).decode().split("\n\n"):
        sentence = _sentence(block.splitlines())
        if sentence is not None:
            found.append(sentence)
        if len(found) == limit:
            break
    return found


def _sentence(lines: Sequence[str]) -> Passage | None:
    """Return a sentence, or ``None`` where its words are not those of its text."""
    text, opens = "", ""
    words: list[Word] = []
    end = 0
    for line in lines:
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line.startswith("# newdoc"):
            opens = "document"
        elif line.startswith("# newpar"):
            opens = opens or "paragraph"
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
    return Passage(text, tuple(words), opens) if words else None


def passages(
    read: Iterable[Passage], chance: random.Random | None = None, *, together: int = LONGEST
) -> Iterator[Passage]:
    """Join neighbours of one document to passages.

    Args:
        read: sentences in order.
        chance: draws how many are joined, and quotes and line breaks; without it ``together`` are
            joined and the text stays as it is.
        together: sentences of a passage, at most.
    """
    group: list[Passage] = []
    wanted = together
    for sentence in read:
        if group and (len(group) >= wanted or sentence.opens == "document"):
            yield _dressed(group, chance) if chance else joined(group, [" "] * len(group))
            group = []
        if not group and chance:
            wanted = chance.randint(1, together)
        group.append(sentence)
    if group:
        yield _dressed(group, chance) if chance else joined(group, [" "] * len(group))


def joined(group: Sequence[Passage], breaks: Sequence[str]) -> Passage:
    """Join passages; ``breaks[i]`` stands behind the i-th, but for the last."""
    text = ""
    words: list[Word] = []
    for passage, behind in zip(group, [*breaks[: len(group) - 1], ""], strict=True):
        first = len(words)
        words += [
            replace(word, start=word.start + len(text), head=word.head + first)
            for word in passage.words
        ]
        text += passage.text + behind
    return Passage(text, tuple(words), group[0].opens)


def _dressed(group: Sequence[Passage], chance: random.Random) -> Passage:
    breaks = [
        chance.choice(("\n", "\n\n")) if after.opens else chance.choice(_BREAKS)
        for after in group[1:]
    ]
    passage = joined(group, breaks)
    if chance.random() < _CURLY:
        passage = _retold(passage, curly(passage.text))
    if chance.random() < _WRAPPED:
        passage = _retold(passage, _wrapped(passage.text, chance.choice(_LINE)))
    return passage


def curly(text: str) -> str:
    """Return a text of the same length with “curly” quotes."""
    opened = _OPENING_QUOTE.sub(lambda quote: "“" if quote[0] == '"' else "‘", text)
    return opened.replace('"', "”").replace("'", "’")


def _wrapped(text: str, width: int) -> str:
    """Return a text of the same length, broken into lines."""
    broken = list(text)
    begun = 0
    for place, letter in enumerate(text):
        if letter == "\n":
            begun = place
        elif letter == " " and place - begun > width:
            broken[place] = "\n"
            begun = place
    return "".join(broken)


def _retold(passage: Passage, text: str) -> Passage:
    words = (
        replace(word, text=text[word.start : word.start + len(word.text)]) for word in passage.words
    )
    return replace(passage, text=text, words=tuple(words))


def example_of(nlp: Language, passage: Passage) -> Example:
    """Return a passage as spaCy learns it: the tokeniser's words, and beside them the treebank's.

    White space that the tokeniser makes a token of belongs to the token before it, as in spaCy's
    own training data (``spacy.training.augment.make_whitespace_variant``).
    """
    told = nlp.make_doc(passage.text)
    return Example(told, _reference(nlp, passage))


def _reference(nlp: Language, passage: Passage) -> Doc:
    pieces: list[Word | str] = []
    spaces: list[bool] = []
    place_of: list[int] = []
    end = 0
    for word in passage.words:
        between = passage.text[end : word.start]
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
