"""Small questions about a tree: whose, from whom, finite, set off, conditional."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.suggest.text.syntax import Tree, Word
from desktop.suggest.text.words import Token, word_set

_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_FROM = word_set("from by among")
_DASHES = word_set("– — -")


def owner_of(tree: Tree, noun: Word) -> Word | None:
    """Return whose a noun is: "the union's call", "calls from doctors"."""
    owner = tree.child(noun, "nmod:poss")
    if owner is not None:
        return owner
    found = [other for other in tree.children(noun, "nmod") if comes_from(tree, other)]
    return found[0] if found else None


def comes_from(tree: Tree, noun: Word) -> bool:
    """Tell "from doctors" from what else hangs on a noun."""
    case = tree.child(noun, "case")
    return case is not None and case.low in _FROM


def token_at(words: Sequence[Token], start: int) -> int | None:
    """Return the number of the token a code point lies in."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle].end <= start:
            low = middle + 1
        else:
            high = middle
    return low if low < len(words) and words[low].start <= start else None


def relative(tree: Tree, clause: Word) -> bool:
    """Tell a relative clause, whatever the parser took it for."""
    return tree.under(clause)[0].low in {"who", "which", "whose", "whom"}


def finite(tree: Tree, clause: Word) -> bool:
    """Tell a clause with a subject and a finite verb."""
    heads = [clause, *tree.children(clause, "aux", "cop")]
    return tree.child(clause, "nsubj") is not None and any(w.tag in _FINITE for w in heads)


def conditional(tree: Tree, start: int) -> bool:
    """Tell whether the word at a code point stands in a clause that is itself the condition."""
    word = tree.at(start)
    for _ in range(4):
        if word is None:
            return False
        if any(w.low in {"if", "unless", "whether"} for w in tree.children(word, "mark")):
            return True
        above = tree.head(word)
        word = above if above is not word and word.dep in {"conj", "xcomp", "aux"} else None
    return False


def is_condition(tree: Tree, word: Word) -> bool:
    """Tell the verb of a clause with "if" or "unless"."""
    return any(w.low in {"if", "unless"} for w in tree.children(word, "mark"))


def set_off(tree: Tree, word: Word) -> bool:
    """Tell "…, he said" from a verb that simply hangs on another."""
    first = min(w.number for w in tree.under(word, frozenset(_clausal(tree, word))))
    before = tree.words[first - 1] if first else None
    return before is not None and before.low in {",", "–", "—", "-", ";"}


def _clausal(tree: Tree, word: Word) -> Iterator[int]:
    for child in tree.children(word, "ccomp", "parataxis", "conj"):
        yield child.number


def noun_before(tree: Tree, verb: Word) -> Word | None:
    """Return the nearest noun to the left."""
    return next((w for w in reversed(tree.words[: verb.number]) if w.noun), None)


def side_by_side(words: Sequence[Word], noun: Word) -> list[Word]:
    """Return the words around a noun that stand side by side."""
    by_number = {w.number: w for w in words}
    numbers = by_number.keys()
    first = last = noun.number
    while first - 1 in numbers and by_number[first - 1].low not in _DASHES:
        first -= 1
    while last + 1 in numbers:
        last += 1
    return [w for w in words if first <= w.number <= last]
