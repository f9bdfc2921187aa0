"""Sentences of the treebanks as the network learns them: tags, lemmas, heads and relations.

A lemma is learnt as what is cut off the end of the word and what is put there (the edit scripts
of Straka, CoNLL 2018, for endings alone).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from spacy.language import Language
from spacy.training import Example
from torch import Tensor
from treebanks import Sentence, curly, example_of

from desktop.suggest.network.parser import Inventory, script_of
from desktop.suggest.network.pieces import Window, WordPieces

UNKNOWN = -100  # what PyTorch's loss leaves out
_CURLY = 0.5  # of the sentences
_RARE = {"deps": 20, "tags": 5, "scripts": 3}


@dataclass(frozen=True, slots=True)
class Analysed:
    """A sentence: of each word that has pieces its head (0 is the root), relation, tag, script.

    Where the tokeniser's word is not the treebank's, all is ``None``.
    """

    window: Window
    heads: tuple[int | None, ...]
    deps: tuple[str | None, ...]
    tags: tuple[str | None, ...]
    scripts: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class TreeBatch:
    """Sentences side by side: pieces as (sentences, pieces), the rest as (sentences, words).

    ``firsts`` are the places of the words' first pieces; ``heads`` count the words from 1.
    """

    ids: Tensor
    cases: Tensor
    mask: Tensor
    firsts: Tensor
    present: Tensor
    heads: Tensor
    deps: Tensor
    tags: Tensor
    scripts: Tensor


def dressed(sentence: Sentence, chance: random.Random) -> Sentence:
    """Return the sentence with curly quotes, half of the time: newspapers have them."""
    if chance.random() >= _CURLY:
        return sentence
    text = curly(sentence.text)
    words = (
        replace(word, text=text[word.start : word.start + len(word.text)])
        for word in sentence.words
    )
    return replace(sentence, text=text, words=tuple(words))


def analysed(
    nlp: Language, pieces: WordPieces, sentences: Iterable[Sentence]
) -> Iterator[Analysed]:
    """Yield the sentences that fit into one window."""
    for sentence in sentences:
        example: Example = example_of(nlp, sentence)
        windows = pieces.windows([token.text for token in example.predicted])
        if len(windows) == 1 and windows[0].tokens:
            yield _analysed(example, windows[0])


def _analysed(example: Example, window: Window) -> Analysed:
    heads, deps = example.get_aligned_parse(projectivize=False)
    tags = example.get_aligned("TAG", as_string=True)
    lemmas = example.get_aligned("LEMMA", as_string=True)
    place = {token: number for number, token in enumerate(window.tokens, start=1)}
    words = [example.predicted[token] for token in window.tokens]

    def above(token: int) -> int | None:
        head = heads[token]
        if head is None or not deps[token]:
            return None
        return 0 if head == token else place.get(int(head))

    found = [above(token) for token in window.tokens]
    return Analysed(
        window,
        heads=tuple(found),
        deps=tuple(
            deps[token] if head is not None else None
            for token, head in zip(window.tokens, found, strict=True)
        ),
        tags=tuple(tags[token] or None for token in window.tokens),
        scripts=tuple(
            script_of(word.text, lemmas[word.i]) if lemmas[word.i] else None for word in words
        ),
    )


def inventory(sentences: Sequence[Analysed]) -> Inventory:
    """Return what there is to tell apart; a rare subtype of a relation goes with the relation."""

    def frequent(name: str, found: Iterable[str | None]) -> tuple[str, ...]:
        counts = Counter(one for one in found if one)
        return tuple(sorted(one for one, many in counts.items() if many >= _RARE[name]))

    return Inventory(
        deps=frequent("deps", (one for sentence in sentences for one in sentence.deps)),
        tags=frequent("tags", (one for sentence in sentences for one in sentence.tags)),
        scripts=frequent("scripts", (one for sentence in sentences for one in sentence.scripts)),
    )


def tree_batches(
    sentences: Iterable[Analysed], known: Inventory, size: int, chance: random.Random | None
) -> Iterator[tuple[list[int], TreeBatch]]:
    """Yield batches of about ``size`` pieces, of sentences of like length, with their numbers."""
    noise = (lambda: chance.uniform(0.85, 1.15)) if chance else (lambda: 1.0)
    ordered = sorted(
        enumerate(sentences), key=lambda numbered: len(numbered[1].window.ids) * noise()
    )
    groups: list[list[tuple[int, Analysed]]] = [[]]
    longest = 0
    for one in ordered:
        longest = max(longest, len(one[1].window.ids))
        if groups[-1] and longest * (len(groups[-1]) + 1) > size:
            groups.append([])
            longest = len(one[1].window.ids)
        groups[-1].append(one)
    if chance:
        chance.shuffle(groups)
    for group in filter(None, groups):
        yield [number for number, _ in group], _collate([one for _, one in group], known)


def _collate(group: Sequence[Analysed], known: Inventory) -> TreeBatch:
    deps, tags, scripts = (
        {name: number for number, name in enumerate(names)}
        for names in (known.deps, known.tags, known.scripts)
    )
    deps |= {name: deps[name.split(":")[0]] for name in _subtypes(group, deps)}

    def wide(rows: Iterable[Sequence[int]], fill: int = 0) -> Tensor:
        rows = list(rows)
        longest = max(map(len, rows))
        return torch.tensor([[*row, *[fill] * (longest - len(row))] for row in rows])

    def coded(rows: Iterable[Sequence[str | None]], codes: dict[str, int]) -> Tensor:
        return wide([[codes.get(one or "", UNKNOWN) for one in row] for row in rows], UNKNOWN)

    return TreeBatch(
        ids=wide(one.window.ids for one in group),
        cases=wide(one.window.cases for one in group),
        mask=wide([1] * len(one.window.ids) for one in group),
        firsts=wide(one.window.firsts for one in group),
        present=wide([1] * len(one.window.firsts) for one in group),
        heads=wide(
            ([UNKNOWN if head is None else head for head in one.heads] for one in group), UNKNOWN
        ),
        deps=coded((one.deps for one in group), deps),
        tags=coded((one.tags for one in group), tags),
        scripts=coded((one.scripts for one in group), scripts),
    )


def _subtypes(group: Sequence[Analysed], deps: dict[str, int]) -> set[str]:
    met = {dep for one in group for dep in one.deps if dep}
    return {dep for dep in met if dep not in deps and dep.split(":")[0] in deps}
