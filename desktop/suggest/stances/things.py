"""What a sentence is about: the noun phrases that can be a target, by the parse."""

from __future__ import annotations

from collections.abc import Iterator

from db.values import Span
from desktop.suggest.text.phrases import TIMES
from desktop.suggest.text.syntax import Tree, Word
from desktop.suggest.text.words import word_set

_SLOTS = frozenset(["obj", "nsubj", "nsubj:pass", "obl", "nmod", "conj", "ccomp", "xcomp"])
_ASIDE = frozenset(
    ["acl:relcl", "appos", "acl", "parataxis", "conj", "cc", "punct", "advcl", "case"]
)
_EMPTY = word_set(
    "way thing something anything nothing everything one time times part kind sort lot number "
    "people man woman men women end place case fact day percent cent"
)
_TOLD = frozenset(["DT", "PRP$", "CD", "JJ", "POS", "WDT"])


def things(tree: Tree) -> Iterator[Span]:
    """Yield the phrases a side may be taken on, in reading order: "the plan", "a cut in pay".

    A phrase has what tells which thing is meant (an article, an owner, an adjective, "of …");
    times, numbers and pronouns are none.
    """
    for word in tree.words:
        if word.tag in {"NN", "NNS"} and word.dep in _SLOTS and word.lemma not in _EMPTY:
            words = _phrase(tree, word)
            told = any(w.tag in _TOLD or w.dep in {"nmod", "compound"} for w in words)
            if (told or word.tag == "NNS") and not any(w.low in TIMES for w in words):
                yield Span(words[0].start, words[-1].end)


def _phrase(tree: Tree, noun: Word) -> list[Word]:
    left_out: set[int] = set()
    waiting = [noun]
    while waiting:
        word = waiting.pop()
        for child in tree.children(word):
            if child.dep in _ASIDE and not (child.dep == "case" and word is not noun):
                left_out.add(child.number)
            else:
                waiting.append(child)
    numbers = {w.number for w in tree.under(noun, frozenset(left_out))}
    first = last = noun.number
    while first - 1 in numbers:
        first -= 1
    while last + 1 in numbers:
        last += 1
    return tree.words[first : last + 1]
