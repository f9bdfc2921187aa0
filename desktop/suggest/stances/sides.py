"""Which verbs and nouns of a sentence take a side: by what they say, or by who does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.suggest.cues import Cues, Match
from desktop.suggest.found import Slot
from desktop.suggest.stances.objects import Claim, handed_on, taken
from desktop.suggest.statements.clauses import ClauseCues
from desktop.suggest.text.grammar import token_at
from desktop.suggest.text.phrases import noun_phrase
from desktop.suggest.text.reading import Reading
from desktop.suggest.text.syntax import Tree
from desktop.suggest.text.words import Token, word_set

NAMING = frozenset(["call", "brand", "label", "describe"])
SELVES = word_set("he she it they we i")
_ACTORS = frozenset(["PERSON", "ORG", "GPE", "NORP"])
_UNTAGGED = word_set("'s be")  # too short for a tagger to be believed
_PERHAPS = word_set("may might")
_POSSIBLY = word_set("may might could can should must ought")


class Sides:
    """Finds them in one article; without a tree, by the words alone."""

    def __init__(self, reading: Reading, clauses: ClauseCues, lex: Cues) -> None:
        self._text = reading.text
        self._names = reading.names
        self._clauses = clauses
        self._lex = lex

    def nouns(
        self, words: Sequence[Token], tree: Tree | None
    ) -> Iterator[tuple[Claim, list[Slot]]]:
        """Yield the sides nouns carry, with whose they are."""
        if tree is None:
            return
        for place in range(len(words)):
            grade = self._lex.takers.get(words[place].low)
            if grade is not None:
                for claim in taken(words, place, grade, self._lex):
                    yield claim, self._clauses.takers(words, tree, place)
            elif words[place].low in self._lex.handing_on and (
                met := self._clauses.receivers(words, tree, place)
            ):
                first = token_at(words, met[0].start)
                last = token_at(words, met[0].end - 1)
                if first is None or last is None:
                    continue
                grade = self._lex.handing_on[words[place].low] * 0.8
                lemma = words[place].low
                yield Claim((first, last + 1), False, grade, (place, place + 1), lemma), met[1]
            if words[place].low in self._lex.handing_on and (
                owners := self._clauses.owners(words, tree, place)
            ):
                for claim in handed_on(words, place, self._lex):
                    yield claim, owners

    def verb(self, words: Sequence[Token], tree: Tree | None, place: int) -> Match | None:
        """Return the verb at a token, if it takes a side."""
        low = words[place].low
        if any(w.low in _PERHAPS for w in words[max(0, place - 2) : place]):
            return None
        parsed = tree.at(words[place].start) if tree is not None else None
        if parsed is not None and not parsed.verb and low not in _UNTAGGED:
            return None  # "ministers like Gove", "in support of it"
        if tree is not None and not (words[place].upper and place):
            match = self._deed(words, tree, place)
            if match:
                return match
        if low in self._lex.verbs and not (words[place].upper and place):
            match = self._lex.verbs.match(words, place)
            if match:
                return match
        if low in self._lex.speech:
            match = self._lex.speech.match(words, place)
            if match and match.lemma in NAMING:
                return match
        return None

    def _deed(self, words: Sequence[Token], tree: Tree, place: int) -> Match | None:
        """Return a verb that shows a side by what its subject, some actor, does or means to do."""
        low = words[place].low
        match = self._lex.intentions.match(words, place) if low in self._lex.intentions else None
        if match is None or match.end >= len(words) or words[match.end].low != "to":
            match = self._lex.deeds.match(words, place) if low in self._lex.deeds else None
        if match is None and low in self._lex.measured:
            match = self._lex.measured.match(words, place)
            thing = noun_phrase(words, match.end, self._lex) if match else None
            if thing is None or not any(w.low in self._lex.measures for w in words[slice(*thing)]):
                return None
        if match is None or any(w.low in _POSSIBLY for w in words[max(0, place - 3) : place]):
            return None
        doers = self._clauses.subjects(words, tree, place)
        return match if any(self.acts(slot) for slot in doers) else None

    def acts(self, slot: Slot) -> bool:
        """Tell people and bodies from things: a train pulls out of a city, not of a treaty."""
        if slot.mention is not None:
            return self._names.label(slot.mention) in _ACTORS
        words = slot.span.of(self._text).lower().split()
        known = any(word in self._lex.roles for word in words)
        return bool(slot.via) or words[0] in SELVES or known or _many(words[-1])


def _many(word: str) -> bool:
    """Tell "bakers", whom no list knows, from "the ground"."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))


def agrees(words: Sequence[Token], match: Match, group: int, slots: Sequence[Slot]) -> bool:
    """Tell the verb in "critics support it" from the noun in "the government support scheme"."""
    if match.form != "base" or group < match.start or len(slots) > 1:
        return True
    before = words[group - 1].low if group else ""
    return before in {
        "i",
        "we",
        "they",
        "you",
        "who",
        "and",
        "people",
        "police",
        "men",
        "women",
    } or (before.endswith("s") and before not in {"'s", "his"})
