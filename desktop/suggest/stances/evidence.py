"""What shows a stance: of its sentence, the clause that takes the side.

A sentence is what the rules and the network read. Much of it may be of others: who reports, what
else was said, what happened meanwhile. So the evidence is cut down, once all sides are known, to
the clause the cue stands in, and to what the holder said where the side is in what was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from db.values import Span
from desktop.suggest.found import StanceFound, StatementFound
from desktop.suggest.text.grammar import finite
from desktop.suggest.text.phrases import CONDITIONS
from desktop.suggest.text.syntax import Tree, Trees, Word
from desktop.suggest.text.words import word_set

_CLAUSES = frozenset(["root", "ccomp", "advcl", "acl", "parataxis", "csubj", "conj"])
_BESIDE = ("conj", "cc", "parataxis", "discourse", "vocative", "mark")
_JOINING = frozenset(["mark", "cc"])
_MEANWHILE = word_set("as when while after before since")
_MARKS = ".,;:!?–—-"
_QUOTES = {"”": "“", '"': '"', "»": "«"}  # not ’, which is an apostrophe as well


def cut_down(
    text: str, found: Iterable[StanceFound], statements: Sequence[StatementFound], trees: Trees
) -> list[StanceFound]:
    """Return stances with as much of their sentences as shows them.

    Args:
        text: the article.
        found: stances with a sentence each as their evidence.
        statements: what was said; stances name them by their indices.
        trees: the sentences of the article, parsed; one without a tree keeps what was said in it.
    """
    return [replace(one, evidence=_evidence(text, one, statements, trees)) for one in found]


def _evidence(
    text: str, stance: StanceFound, statements: Sequence[StatementFound], trees: Trees
) -> tuple[Span, ...]:
    (sentence,) = stance.evidence
    cue = stance.cue[0]
    around = [
        span
        for statement in statements
        for span in statement.content
        if span.covers(cue) and span.overlaps(sentence)
    ]
    within = min(around, key=lambda span: span.end - span.start, default=sentence)
    within = Span(max(within.start, sentence.start), min(within.end, sentence.end))
    tree = trees.quoted.get(sentence.start) or trees.outside.get(sentence.start)
    clause = _clause(tree, stance, within) if tree else None
    return (_trimmed(text, clause or within),)


def _clause(tree: Tree, stance: StanceFound, within: Span) -> Span | None:
    """Return the clause that a cue stands in, as far as it lies ``within`` what was said."""
    cue, target = stance.cue[0], stance.target.via or stance.target.span
    words = [word for word in tree.words if cue.covers(word.span)]
    if not words:
        return None
    # "remained committed": a parser may take either for the one that heads the clause.
    heads = [word for word in words if _heads_clause(tree, word)] or [_head(tree, words[0])]
    own = sorted((word for head in heads for word in _own(tree, head)), key=lambda word: word.start)
    while own[0].dep in _JOINING:  # "… that leaving would be a mistake"
        own.pop(0)
    parts = [part for part in (*(word.span for word in own), cue, target) if within.covers(part)]
    return Span(min(part.start for part in parts), max(part.end for part in parts))


def _head(tree: Tree, word: Word) -> Word:
    """Return what heads the clause a word stands in."""
    while not _heads_clause(tree, word) and tree.head(word) is not word:
        word = tree.head(word)
    return word


def _heads_clause(tree: Tree, word: Word) -> bool:
    relation = word.dep.split(":")[0].lower()
    if relation == "conj":
        return word.verb or tree.child(word, "cop", "aux") is not None
    return relation in _CLAUSES


def _own(tree: Tree, head: Word) -> list[Word]:
    """Return the words of a clause without those beside it; of a relative one with its noun."""
    beside = {word.number for word in tree.words if word.dep == "punct"}
    chain = [head]
    while (deeper := tree.child(chain[-1], "xcomp")) is not None:  # "is expected to reject"
        chain.append(deeper)
    for verb in chain:
        for child in tree.children(verb, *_BESIDE):
            if not child.dep.startswith("conj") or _heads_clause(tree, child):
                beside.add(child.number)
        for child in tree.children(verb, "advcl"):
            if _leads_in(tree, child, verb) or _meanwhile(tree, child):
                beside.add(child.number)
    words = tree.under(head, frozenset(beside))
    if head.dep.startswith("acl") and tree.head(head) is not head:
        noun = tree.head(head)
        apart = tree.children(noun, "acl", "case", *_BESIDE)
        words += tree.under(noun, frozenset(child.number for child in apart) | beside)
    return words


def _leads_in(tree: Tree, clause: Word, verb: Word) -> bool:
    """Tell "Speaking in Varn, she …", but not "If it rains, she …"."""
    return clause.number < verb.number and tree.under(clause)[0].low not in CONDITIONS


def _meanwhile(tree: Tree, clause: Word) -> bool:
    """Tell "… when she meets her counterpart"."""
    return tree.under(clause)[0].low in _MEANWHILE and finite(tree, clause)


def _trimmed(text: str, span: Span) -> Span:
    """Leave out marks and white space at either end, and half a pair of quotation marks."""
    start, end = span.start, span.end
    while start < end and _loose(text[start:end], text[end - 1]):
        end -= 1
    while start < end and _loose(text[start:end], text[start]):
        start += 1
    closing = text[end : end + 1]
    if closing in _QUOTES and _half(text[start:end], _QUOTES[closing]):
        end += 1
    return Span(start, end) if start < end else span


def _loose(words: str, mark: str) -> bool:
    return mark.isspace() or mark in _MARKS or _half(words, mark)


def _half(words: str, mark: str) -> bool:
    """Tell whether the other half of a quotation mark is missing from some words."""
    for closing, opening in _QUOTES.items():
        if mark in {closing, opening}:
            both = words.count(opening) + words.count(closing) * (opening != closing)
            return both % 2 == 1
    return False
