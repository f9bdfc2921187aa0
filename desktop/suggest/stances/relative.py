"""What a relative clause is about: “a limit residents have wanted”, “a plan the union opposes”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.suggest.cues import Cues, Match
from desktop.suggest.stances.objects import WEAK, Claim
from desktop.suggest.stances.sides import NAMING
from desktop.suggest.text.syntax import Tree, Word
from desktop.suggest.text.words import Token, word_set

_RELATIVE = word_set("that which who whom")
_OF_THE_NAME = ("det", "amod", "compound", "nummod", "nmod:poss")


def of_relative(
    words: Sequence[Token], tree: Tree | None, match: Match, value: float, lex: Cues
) -> Iterator[Claim]:
    """Yield the side that a verb of a relative clause takes on the noun the clause hangs on.

    Only where the noun is the verb's object: somebody else is its subject, and no other object
    follows. A verb that names (“which the airport has called unlawful”) is judged by what it names.
    """
    verb = tree.at(words[match.start].start) if tree else None
    if tree is None or verb is None or verb.dep != "acl:relcl":
        return
    subject = tree.child(verb, "nsubj")
    objects = [each for each in tree.children(verb, "obj") if each.low not in _RELATIVE]
    if subject is None or subject.low in _RELATIVE or objects:
        return
    thing = _thing(words, tree, tree.head(verb))
    if thing is None:
        return
    cue = (match.start, match.end)
    if match.lemma in NAMING:
        judged = lex.judgements.match(words, match.end) if match.end < len(words) else None
        if judged is None:
            return
        value, cue = judged.grade, (match.start, judged.end)
    if abs(value) >= WEAK:
        yield Claim(thing, False, value, cue, match.lemma)


def _thing(words: Sequence[Token], tree: Tree, noun: Word) -> tuple[int, int] | None:
    """Return the noun with what stands before it and is its own, as token indices."""
    if not noun.noun:
        return None
    own = [each for each in tree.children(noun, *_OF_THE_NAME) if each.start < noun.start]
    start = min((branch.start for each in own for branch in tree.under(each)), default=noun.start)
    inside = [
        place for place, word in enumerate(words) if start <= word.start and word.end <= noun.end
    ]
    return (inside[0], inside[-1] + 1) if inside else None
