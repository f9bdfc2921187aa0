"""Speech cues in a sentence: the verb, who says it, where what is said begins and to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.values import Span
from desktop.suggest.cues import Cues, Match
from desktop.suggest.found import Slot
from desktop.suggest.statements.sources import Speakers
from desktop.suggest.text.phrases import (
    BE,
    MARKS,
    clause_is_conditional,
    is_adverb,
    is_auxiliary,
    noun_phrase,
    over,
    verb_group,
)
from desktop.suggest.text.reading import Names, Unit
from desktop.suggest.text.words import Token, word_set

_TELLING = word_set("tell warn ask urge remind assure advise inform")
_STARTS = word_set("on in at during to last yesterday today earlier later recently this from for")
_REPORTING = word_set("quoted quotes quote quoting cited cites cite citing")
_REACH = 9


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence, by token indices.

    ``group`` is where its verb group starts, ``end`` where the cue (with an inverted subject after
    it) ends, ``content`` where what is said begins, ``shared`` that its subject is that of the
    verb before. Where the sentence was parsed, ``said`` is what is said.
    """

    start: int
    end: int
    group: int
    lemma: str
    span: Span
    sources: tuple[Slot, ...]
    content: int
    that: bool
    addressee: Slot | None
    inverted: bool = False
    shared: bool = False
    relative: bool = False
    said: tuple[Span, ...] | None = None


class CueFinder:
    """Finds the cues of one sentence after another, in reading order."""

    def __init__(self, speakers: Speakers, names: Names, lex: Cues) -> None:
        self._speakers = speakers
        self._names = names
        self._lex = lex

    def find(self, unit: Unit) -> list[Cue]:
        """Return the cues of a sentence that have a source."""
        words = unit.words
        found: list[Cue] = []
        place = 0
        while place < len(words):
            cue = self._according(words, place) or self._verb(unit, place, found)
            if cue:
                found.append(cue)
                place = max(place + 1, cue.end if not cue.inverted else cue.start + 1)
            else:
                place += 1
        return found

    def _according(self, words: Sequence[Token], place: int) -> Cue | None:
        if (
            words[place].low != "according"
            or place + 2 >= len(words)
            or words[place + 1].low != "to"
        ):
            return None
        sources, end = self._speakers.after(words, place + 2)
        if not sources:  # papers and figures speak too
            phrase = noun_phrase(words, place + 2, self._lex)
            if phrase is None:
                return None
            sources, end = [Slot(over(words, phrase))], phrase[1]
        span = over(words, (place, place + 2))
        return Cue(
            place, end, place, "according to", span, tuple(sources), end, False, None, inverted=True
        )

    def _verb(self, unit: Unit, place: int, earlier: list[Cue]) -> Cue | None:
        words = unit.words
        if words[place].low not in self._lex.speech:
            return None
        match = self._lex.speech.match(words, place)
        if match is None:
            return None
        group, _ = verb_group(words, place)
        if match.form == "past" and is_passive(words, place, group):
            return None
        if clause_is_conditional(words, group):  # "if the council agrees": nobody has said so
            return None
        if match.form in {"past", "s"} and group == place and self._may_invert(unit, place):
            sources, end = self._speakers.after(words, match.end)
            if sources and not (end < len(words) and is_auxiliary(words, end)):
                span = over(words, (place, match.end))
                return Cue(
                    place,
                    end,
                    group,
                    match.lemma,
                    span,
                    tuple(sources),
                    end,
                    False,
                    None,
                    inverted=True,
                )
        previous = next((cue.sources for cue in reversed(earlier) if not cue.relative), ())
        sources, shared, relative = self.subject(words, group, match, previous)
        if not sources:
            return None
        content, that, addressee = self.content(words, match)
        span = over(words, (place, match.end))
        return Cue(
            place, match.end, group, match.lemma, span, tuple(sources), content, that, addressee,
            shared=shared, relative=relative,
        )  # fmt: skip

    def _may_invert(self, unit: Unit, place: int) -> bool:
        words = unit.words
        start = words[place].start
        if any(0 <= start - quote.span.end <= 2 for quote in (*unit.full, *unit.partial)):
            return True
        return (
            place > 0
            and words[place - 1].low == ","
            and words[place].low in {"said", "says", "added", "writes", "wrote"}
        )

    def subject(
        self, words: Sequence[Token], group: int, match: Match, previous: Sequence[Slot]
    ) -> tuple[list[Slot], bool, bool]:
        """Return the sources of a verb whose group starts at token ``group``.

        Beside them: whether they are those of the verb before (``previous``), and whether the verb
        stands in a relative clause.
        """
        before = words[group - 1].low if group else ""
        if before == "as" and match.form == "ing":
            for back in range(group - 2, max(-1, group - 16), -1):
                if words[back].low in _REPORTING:
                    return self._speakers.phrase(words, back + 1, group - 1), False, False
            return [], False, False
        if before == "who":
            stop = group - 1
            if stop and words[stop - 1].low == ",":
                stop -= 1
            return self._speakers.before(words, stop), False, True
        joined = before in {"and", "or", "but"} or (
            match.form == "ing" and before in {",", "by", "while", "after", "before", "in", ""}
        )
        if joined:
            if previous:
                return list(previous), True, False
            return self.leading(words, group), True, False
        return self._speakers.before(words, group), False, False

    def leading(self, words: Sequence[Token], limit: int) -> list[Slot]:
        """Return the subject of a sentence's first verb."""
        for place in range(limit):
            low = words[place].low
            known = low in self._lex.speech or low in self._lex.verbs or low in self._lex.actions
            if is_auxiliary(words, place) or (known and place and not words[place].upper):
                slots = self._speakers.before(words, verb_group(words, place)[0])
                if slots:
                    return slots
        for place in range(limit):
            index = self._names.at(words[place].start)
            if index is not None and self._names.label(index) in {"PERSON", "ORG"}:
                return [Slot(self._names.span(index), index)] if place < 4 else []
        return []

    def content(self, words: Sequence[Token], match: Match) -> tuple[int, bool, Slot | None]:
        """Return where what is said begins, whether a "that" brings it in, and the addressee."""
        place, addressee = match.end, None
        base = match.lemma.split()[0]
        if base in _TELLING and place < len(words):
            phrase = noun_phrase(words, place, self._lex)
            if phrase is None and words[place].low in {"us", "me", "you"}:
                phrase = (place, place + 1)
            if phrase:
                follows = words[phrase[1]].low if phrase[1] < len(words) else ""
                if base == "tell" or follows in {"that", "to", "not", ":"}:
                    addressee, place = self._addressee(words, phrase), phrase[1]
        skipped = place
        if skipped < len(words) and (words[skipped].low in _STARTS or is_adverb(words[skipped])):
            for ahead in range(skipped, min(len(words), skipped + _REACH)):
                if is_auxiliary(words, ahead) or words[ahead].low in MARKS - {",", ":"}:
                    break
                if words[ahead].low in {"that", ":"}:
                    place = ahead
                    break
                if (
                    words[ahead].low == ","
                    and ahead + 1 < len(words)
                    and words[ahead + 1].low == "that"
                ):
                    place = ahead + 1
                    break
        if _aside(words, place):  # "argues, however, that"
            place += 3
        that = False
        while place < len(words) and words[place].low in {"that", ":", ","}:
            that = that or words[place].low == "that"
            place += 1
        return place, that, addressee

    def _addressee(self, words: Sequence[Token], phrase: tuple[int, int]) -> Slot:
        stop = phrase[1]
        for place in range(phrase[0] + 1, phrase[1]):  # the rest is what was said, without "that"
            if words[place].low in {"on", "in", "at"} and words[place - 1].low not in {
                "sunday",
                "monday",
            }:
                stop = place
                break
        span = over(words, (phrase[0], stop))
        inside = self._names.within(span)
        if len(inside) == 1:
            name = self._names.span(inside[0])
            bare = (
                span.start
                if words[phrase[0]].low not in {"the", "a"}
                else words[phrase[0] + 1].start
                if stop - phrase[0] > 1
                else span.start
            )
            if name.start == bare and name.end == span.end:
                return Slot(name, inside[0])
        return Slot(span)


def _aside(words: Sequence[Token], place: int) -> bool:
    return (
        place + 2 < len(words)
        and words[place].low == words[place + 2].low == ","
        and is_adverb(words[place + 1])
    )


def is_passive(words: Sequence[Token], place: int, group: int) -> bool:
    """Tell "was told" and "is said" from "has told" and "told"."""
    back = place - 1
    while back >= group and (is_adverb(words[back]) or words[back].low in {"not", "n't", "never"}):
        back -= 1
    return back >= 0 and (
        words[back].low in BE or (words[back].low == "'s" and is_auxiliary(words, back))
    )
