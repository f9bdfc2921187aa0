"""Who speaks: the mention, description or pronoun that is the subject of a verb."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from desktop.suggest.cues import Cues
from desktop.suggest.found import Slot
from desktop.suggest.statements.known_people import genders, known_roles
from desktop.suggest.text.phrases import (
    ADVERBS,
    DETERMINERS,
    MARKS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIMES,
    is_adverb,
    is_auxiliary,
    over,
)
from desktop.suggest.text.reading import Reading, Unit
from desktop.suggest.text.words import Token, word_set

_SPEAKERS = frozenset(["PERSON", "ORG", "GPE", "NORP"])
_QUANTIFIERS = word_set("one two three four five some many most several all both half dozens none")
_RELATIVE = frozenset(["who", "which", "whose", "whom", "where"])
_REACH = 5  # sentences back in which a pronoun looks for its name
_OPENING = MARKS | {
    "that",
    "but",
    "because",
    "since",
    "although",
    "though",
    "whether",
    "when",
    "if",
}
_SEGMENTS = 4  # stretches between commas looked through for the name before an apposition
_LONGEST = 30


class Speakers:
    """Finds sources in one article, remembering who was spoken of last, sentence by sentence."""

    def __init__(self, reading: Reading, lex: Cues) -> None:
        self._text = reading.text
        self._names = reading.names
        self._lex = lex
        self._topics: list[list[Slot]] = []
        self._here: list[Slot] = []
        self._genders = genders(reading, lex)
        self._roles = known_roles(reading, lex)

    # --- what stands where -------------------------------------------------------------------

    def before(self, words: Sequence[Token], group: int, first: int = 0) -> list[Slot]:
        """Return the sources whose verb group starts at token ``group``, all that "and" joins."""
        stop = group
        if stop > first and words[stop - 1].low in {",", "-", "–", "—", ")"}:
            return self._before_apposition(words, stop - 1, first)
        if stop > first and words[stop - 1].low in PRONOUNS - {"who"}:
            return self.phrase(words, stop - 1, stop)
        start = self._segment_start(words, stop, first)
        return self.phrase(words, start, stop)

    def right_before(self, words: Sequence[Token], group: int) -> list[Slot]:
        """Return the name that ends where a verb group starts, if it begins its phrase there."""
        index = self._names.at(words[group - 1].start) if group else None
        if index is None or self._names.label(index) not in _SPEAKERS:
            return []
        span = self._names.span(index)
        first = group - 1
        while first > 0 and (
            words[first - 1].start >= span.start or words[first - 1].low in self._lex.titles
        ):
            first -= 1
        if first and words[first - 1].low not in _OPENING:
            return []
        return [Slot(span, index)]

    def after(self, words: Sequence[Token], start: int) -> tuple[list[Slot], int]:
        """Return the sources after an inverted verb ("said Mary Hall, …") and where they end."""
        stop = start
        while stop < len(words) and stop - start < _LONGEST:
            token = words[stop]
            if token.low in MARKS or token.low in SUBORDINATORS or is_auxiliary(words, stop):
                break
            if (
                token.low in {"on", "in", "at", "during", "for"}
                and stop > start
                and (
                    self._names.at(words[stop - 1].start) is not None
                    or (stop + 1 < len(words) and words[stop + 1].low in TIMES)
                )
            ):
                break
            stop += 1
        slots = self.phrase(words, start, stop)
        if slots and slots[0].mention is None and stop + 1 < len(words) and words[stop].low == ",":
            named = self._person_at(words, stop + 1)  # "said the mayor, Anna Lind"
            if named:
                return [named], stop
        return slots, stop

    def phrase(self, words: Sequence[Token], start: int, stop: int) -> list[Slot]:
        """Return the sources a noun phrase names, or nothing if it names nobody."""
        while start < stop and (
            words[start].low in ADVERBS | {"and", "but", "or", "so", "yet", "while", "as"}
            or is_adverb(words[start])
        ):
            start += 1
        while stop > start and (
            is_adverb(words[stop - 1]) or words[stop - 1].low in {"both", "all", "each"}
        ):
            stop -= 1
        if start >= stop:
            return []
        if stop - start == 1 and words[start].low in PRONOUNS - {"who", "you"}:
            return self.pronoun(words[start])
        core = start + 1
        while (
            core < stop and words[core].low not in PREPOSITIONS and words[core].low not in _RELATIVE
        ):
            core += 1
        if words[start].low in _QUANTIFIERS and core + 1 < stop and words[core].low == "of":
            core += 1  # "two of the minister's own advisers"
            while core < stop and words[core].low not in PREPOSITIONS:
                core += 1
        joined = [place for place in range(start, core) if words[place].low == "and"]
        if joined:
            parts = [start - 1, *joined, core]
            slots = [self._named(words, a + 1, b) for a, b in itertools.pairwise(parts)]
            if all(slot is not None for slot in slots):
                return [slot for slot in slots if slot is not None]
        named = self._named(words, start, core)
        if named:
            return [named]
        return self._described(words, start, core, stop)

    def begin(self, unit: Unit) -> None:
        """Turn to a sentence; a pronoun in it may mean the person it begins with."""
        first = self._first_person(unit)
        self._here = [first] if first else []

    def note(self, slots: Sequence[Slot]) -> None:
        """Remember who the sentence was about, for the pronouns of the next."""
        self._topics.append([*slots, *self._here])

    # --- parts -------------------------------------------------------------------------------

    def _segment_start(self, words: Sequence[Token], stop: int, first: int) -> int:
        start = stop
        while start > first and stop - start < _LONGEST:
            low = words[start - 1].low
            if low in MARKS or low in SUBORDINATORS or is_auxiliary(words, start - 1):
                break
            if start < stop and low in {"and", "but"} and not self._joins_names(words, start - 1):
                break
            if low == "with" or (
                start < stop and low in self._lex.past and not words[start - 1].upper
            ):
                break
            start -= 1
        return start

    def _joins_names(self, words: Sequence[Token], place: int) -> bool:
        return (
            place > 0
            and place + 1 < len(words)
            and words[place - 1].upper
            and words[place + 1].upper
        )

    def _before_apposition(self, words: Sequence[Token], comma: int, first: int) -> list[Slot]:
        """Look leftwards over appositions and relative clauses for the name they belong to."""
        described: list[Slot] = []
        stop = comma
        for _ in range(_SEGMENTS):
            start = stop
            while start > first and words[start - 1].low not in {",", ";", ":", "(", ")", "–", "—"}:
                start -= 1
            if start < stop and words[start].low not in _RELATIVE | PREPOSITIONS:
                cut = self._segment_start(words, stop, start)
                slots = self.phrase(words, cut, stop)
                people = [slot for slot in slots if self._is_name(slot)]
                if people:
                    return people
                described = described or slots
            if start <= first or words[start - 1].low not in {",", ")"}:
                break
            stop = start - 1
        return described

    def _is_name(self, slot: Slot) -> bool:
        """Tell a person or body by name from a description, a pronoun or a place."""
        if slot.via:
            return False
        if slot.mention is not None:
            return self._names.label(slot.mention) in {"PERSON", "ORG"}
        words = slot.span.of(self._text).split()
        return len(words) > 1 and all(word[0].isupper() for word in words)

    def _named(self, words: Sequence[Token], start: int, stop: int) -> Slot | None:
        """Return the mention a phrase ends in, or a name by its capitals where none was found."""
        if stop <= start:
            return None
        last = words[stop - 1]
        if last.low == "'s" or last.low == "'":
            return None
        index = self._names.at(last.start)
        if index is not None:
            return (
                Slot(self._names.span(index), index)
                if self._names.label(index) in _SPEAKERS
                else None
            )
        if last.low in self._lex.roles:
            return None
        run = stop
        while run > start and words[run - 1].upper and words[run - 1].low not in DETERMINERS:
            run -= 1
        titled = run > start and words[run - 1].low in self._lex.roles
        if stop - run >= 2 or (
            stop - run == 1 and (titled or words[run - 1].low in self._lex.titles)
        ):
            while run < stop - 1 and words[run].low in self._lex.titles:
                run += 1
            if words[run].low not in self._lex.roles:
                return Slot(over(words, (run, stop)))
        return None

    def _described(self, words: Sequence[Token], start: int, core: int, stop: int) -> list[Slot]:
        """Return "a senior politician", "the head of the union": a phrase whose head is a role."""
        head = words[core - 1].low
        if head not in self._lex.roles or self._holds_verb(words, core, stop):
            return []
        span = over(words, (start, stop))
        if words[start].low in {"the", "this"} or words[start].upper:
            known = self._roles.get(head)
            if known is not None and stop == core:
                return [Slot(self._names.span(known), known, span)]
        inside = self._names.within(span)
        if (
            len(inside) == 1
            and self._names.label(inside[0]) in {"ORG", "GPE"}
            and words[start].low in {"the", "its"}
        ):
            bare = self._names.span(inside[0])
            if bare.end == span.end and start + 1 < stop and words[start + 1].start == bare.start:
                return [Slot(bare, inside[0])]
        return [Slot(span)]

    def _holds_verb(self, words: Sequence[Token], start: int, stop: int) -> bool:
        """Tell "the minister to reject" (a verb follows) from "the adviser to the king"."""
        return any(
            words[place].low == "to"
            and (
                words[place + 1].low in self._lex.verbs or words[place + 1].low in self._lex.actions
            )
            for place in range(start, stop - 1)
        )

    def _person_at(self, words: Sequence[Token], place: int) -> Slot | None:
        while place < len(words) and words[place].low in self._lex.titles:
            place += 1
        index = self._names.at(words[place].start) if place < len(words) else None
        if index is not None and self._names.label(index) == "PERSON":
            return Slot(self._names.span(index), index)
        return None

    # --- memory ------------------------------------------------------------------------------

    def pronoun(self, token: Token) -> list[Slot]:
        """Return who a pronoun means, or the pronoun itself where nobody fits."""
        alone = Slot(token.span)
        if token.low in {"i", "we"}:
            return [alone]
        want = {"he": "m", "she": "f"}.get(token.low)
        here = [slot for slot in self._here if slot.span.end <= token.start]
        before = [slot for topics in reversed(self._topics[-_REACH:]) for slot in topics]
        for slot in [*here, *before]:
            if want is None:
                plural = slot.mention is None or self._names.label(slot.mention) != "PERSON"
                return [Slot(slot.span, slot.mention, token.span)] if plural else [alone]
            if slot.mention is None:
                if self._description_fits(slot, want):
                    return [Slot(slot.span, None, token.span)]
                continue
            fits = self._names.label(slot.mention) == "PERSON" and self._gender(slot.mention) in {
                want,
                None,
            }
            if fits:
                return [Slot(slot.span, slot.mention, token.span)]
        return [alone]

    def _description_fits(self, slot: Slot, want: str) -> bool:
        words = set(slot.span.of(self._text).lower().split())
        return not words & (self._lex.male if want == "f" else self._lex.female)

    def _gender(self, mention: int) -> str | None:
        return self._genders.get(self._names.actor(mention))

    def _first_person(self, unit: Unit) -> Slot | None:
        """Return the first person of a sentence who is not just an owner or an object."""
        for place, token in enumerate(unit.words):
            index = self._names.at(token.start)
            if (
                index is None
                or self._names.span(index).start != token.start
                or self._names.label(index) != "PERSON"
            ):
                continue
            after = place
            while after < len(unit.words) and unit.words[after].start < self._names.span(index).end:
                after += 1
            owner = after < len(unit.words) and unit.words[after].low in {"'s", "'"}
            back = place - 1
            while back >= 0 and unit.words[back].low in self._lex.titles:
                back -= 1
            if not owner and (back < 0 or unit.words[back].low not in PREPOSITIONS):
                return Slot(self._names.span(index), index)
        return None
