"""What a side is taken on: the phrase as a slot, its name if it has one, and what "it" means."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.suggest.cues import Cues
from desktop.suggest.found import Slot
from desktop.suggest.stances.objects import Claim
from desktop.suggest.text.phrases import CONDITIONS, DETERMINERS, PREPOSITIONS, noun_phrase, over
from desktop.suggest.text.reading import Reading
from desktop.suggest.text.words import Token, word_set

_REACH = 4  # sentences in which "it" may mean the last target
_NOT_LAST = PREPOSITIONS | {",", ".", "'s", "'"}
_POINTERS = word_set("it this that them they")
_NO_TARGETS = DETERMINERS | word_set(
    "he she him her me us you i we there what who which something nothing everything anything one"
)


class Targets:
    """Finds targets in one article, remembering the last ones."""

    def __init__(self, reading: Reading, lex: Cues) -> None:
        self._text = reading.text
        self._names = reading.names
        self._lex = lex
        self._topics: list[tuple[int, Slot]] = []  # sentence number and target

    def note(self, number: int, target: Slot) -> None:
        """Remember what sentence ``number`` took a side on."""
        self._topics.append((number, target))

    def of(self, words: Sequence[Token], claim: Claim, number: int) -> Slot | None:
        """Return the target of a claim in sentence ``number``, or nothing where it is unclear."""
        start, end = claim.target
        end = self._unbroken(words, start, end)
        while end > start and words[end - 1].low in _NOT_LAST:
            end -= 1
        if start >= end:
            return None
        span = over(words, (start, end))
        if end - start == 1 and words[start].low in _POINTERS:
            return self._meant(words, claim, number)
        if end - start == 1 and words[start].low in _NO_TARGETS:
            return None
        return self._named(words, start, end) or Slot(span)

    def _unbroken(self, words: Sequence[Token], start: int, end: int) -> int:
        """Cut a phrase where a quotation opens in it and goes on beyond it."""
        for place in range(start + 1, end):
            gap = self._text[words[place - 1].end : words[place].start]
            if any(mark in gap for mark in '“"‘') and not any(
                mark in self._text[words[place].start : words[end - 1].end] for mark in '”"’'
            ):
                return place
        return end

    def _named(self, words: Sequence[Token], start: int, end: int) -> Slot | None:
        """Return the mention a phrase is, leaving out an article, a year and titles before it."""
        index = self._names.at(words[end - 1].start)
        if index is None:
            return None
        name = self._names.span(index)
        lead = [word for word in words[start:end] if word.end <= name.start]
        plain = all(
            word.low in DETERMINERS or word.low.isdigit() or word.low in self._lex.titles
            for word in lead
        )
        return Slot(name, index) if plain and name.start >= words[start].start else None

    def _meant(self, words: Sequence[Token], claim: Claim, number: int) -> Slot | None:
        """Return what "it" means: the last target, or the thing the sentence began with."""
        here = words[claim.target[0]].span
        for sentence, target in reversed(self._topics):
            if number - sentence > _REACH:
                break
            person = target.mention is not None and self._names.label(target.mention) == "PERSON"
            if target.span.end <= here.start and not person:
                return Slot(target.span, target.mention, here)
        start = (
            1 if words[0].low in CONDITIONS | {"while", "although", "though", "when", "as"} else 0
        )
        phrase = noun_phrase(words, start, self._lex) if start < len(words) else None
        if phrase and phrase[1] <= claim.target[0] and phrase[1] - phrase[0] > 1:
            return self._named(words, *phrase) or Slot(over(words, phrase), None, here)
        return None
