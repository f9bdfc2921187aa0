"""Sides taken in words: what a sentence is for or against, whoever says it.

Read in order: what follows a verb that takes a side ("reject calls for …"), what should be done to
a thing, what it is said to be, what it would do. Grades multiply along the way: to oppose removing
a thing is to be against removing it, and so the thing is a *negated* target.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.suggest.cues import NEGATIONS, Cues, Match
from desktop.suggest.phrases import (
    BE,
    DETERMINERS,
    PREPOSITIONS,
    clause_is_conditional,
    is_adverb,
    is_auxiliary,
    noun_phrase,
    subject,
    verb_group,
)
from desktop.suggest.words import Token

_DUTY = frozenset("should must ought".split())
_FUTURE = frozenset("would will 'll 'd wo".split())
_LINKING = BE | frozenset(
    "become becomes became remain remains remained seem seems seemed prove proves proved".split()
)
_PERSUADING = frozenset("urge ask want demand advise recommend propose".split()) | {
    "would like",
    "call for",
}
_OF_PEOPLE = frozenset(
    ["urge", "ask", "advise", "want", "would like"]
)  # their object is who should
_BLAMING = frozenset(["accuse", "blame"])
_NAMING = frozenset(
    ["call", "brand", "label", "describe", "dismiss", "denounce", "condemn", "praise", "hail"]
)
_EMPTY = frozenset("it there".split())
_DENIED = 0.6  # how much of a side is left when it is denied: "not against" is not quite "for"
_WEAK = 0.3


@dataclass(frozen=True, slots=True)
class Claim:
    """A side: ``value`` from -1 to 1 toward the target, given by token indices, as ``negated``."""

    target: tuple[int, int]
    negated: bool
    value: float
    cue: tuple[int, int]
    reason: str

    def moved(self, by: int) -> Claim:
        """Return the claim as told from a stretch that begins ``by`` tokens earlier."""
        (a, b), (c, d) = self.target, self.cue
        return replace(self, target=(a + by, b + by), cue=(c + by, d + by))


def complement(
    words: Sequence[Token], match: Match, value: float, lex: Cues, *, stop: int | None = None
) -> Iterator[Claim]:
    """Yield what the object of a side-taking verb, or its "to" or "that" clause, makes a target."""
    end = len(words) if stop is None else stop
    cue = (match.start, match.end)
    if match.object is not None:
        yield Claim((match.object, match.end - 1), False, value, cue, match.lemma)
        return
    for claim in _object(words, match.end, end, value, match.lemma, lex, cue):
        yield replace(claim, cue=cue)


def _object(
    words: Sequence[Token],
    place: int,
    end: int,
    value: float,
    lemma: str,
    lex: Cues,
    cue: tuple[int, int],
    *,
    handed: bool = False,
) -> Iterator[Claim]:
    while place < end and is_adverb(words[place]):
        place += 1
    if place >= end:
        return
    low = words[place].low
    if low == "that":
        yield from _that_clause(words, place + 1, end, value, lemma, lex, cue)
        return
    if (
        low == "to"
        or (low.endswith("ing") and low not in DETERMINERS and low in lex.actions)
        or low in {"working", "seeing"}
    ):
        yield from _deed(words, place + (low == "to"), end, value, lemma, lex, cue, handed=handed)
        return
    phrase = noun_phrase(words, place, lex, end)
    if phrase is None:
        return
    for noun in range(phrase[0], phrase[1]):
        grade = lex.handing_on.get(words[noun].low)
        if grade is not None and noun + 1 < end and words[noun + 1].low in {"for", "to", "against"}:
            start = noun + (1 if words[noun + 1].low == "to" and grade > 0 else 2)
            yield from _object(words, start, end, value * grade, lemma, lex, cue, handed=True)
            return
    after = phrase[1]
    if lemma in _PERSUADING:
        for to in range(phrase[0] + 1, min(after + 1, end)):
            turned = words[to].low == "not" and to + 1 < end and words[to + 1].low == "to"
            if turned or words[to].low == "to":
                deeds = _deed(
                    words, to + 1 + turned, end, -value if turned else value, lemma, lex, cue
                )
                done = list(deeds)
                yield from done
                if done or lemma in _OF_PEOPLE:
                    return
                after = to
                break
        if lemma in _OF_PEOPLE - {"want", "would like"}:
            return
    if lemma in _BLAMING:
        after = next((p for p in range(*phrase) if words[p].low in PREPOSITIONS), after)
    if lemma in _NAMING:
        judged = _judged_tail(words, phrase, end, lex)
        if judged:
            yield Claim((phrase[0], judged[0]), False, judged[1], cue, lemma)
            return
        if lemma in {"call", "brand", "label", "describe"}:
            return
    yield Claim((phrase[0], after), False, value, cue, lemma)


def naming(words: Sequence[Token], match: Match, lex: Cues) -> Iterator[Claim]:
    """Yield the side in "called the plan brave" and "described it as a disaster"."""
    yield from _object(
        words, match.end, len(words), 0.0, match.lemma, lex, (match.start, match.end)
    )


def _judged_tail(
    words: Sequence[Token], phrase: tuple[int, int], end: int, lex: Cues
) -> tuple[int, float] | None:
    """Return where the named thing ends and how it is judged."""
    for place in range(phrase[0] + 1, min(end, phrase[1] + 7)):
        judged = lex.judgements.match(words, place)
        if judged and abs(judged.grade) >= _WEAK:
            sign = -1.0 if any(w.low in NEGATIONS for w in words[phrase[1] : place]) else 1.0
            head = min(place, phrase[1])
            while head > phrase[0] + 1 and (
                words[head - 1].low in DETERMINERS or words[head - 1].low == "as"
            ):
                head -= 1
            return head, judged.grade * sign
    return None


def _deed(
    words: Sequence[Token],
    place: int,
    end: int,
    value: float,
    lemma: str,
    lex: Cues,
    cue: tuple[int, int],
    *,
    handed: bool = False,
) -> Iterator[Claim]:
    """Yield the target of "to scrap the plan" or "removing the controls"."""
    while place < end and is_adverb(words[place]):
        place += 1
    if place >= end:
        return
    deed = lex.actions.match(words, place)
    if deed is None:
        if words[place].low.endswith("ing"):  # "working together to protect …"
            for to in range(place + 1, min(place + 4, end - 1)):
                if words[to].low == "to":
                    yield from _deed(words, to + 1, end, value, lemma, lex, cue)
                    return
        if handed:
            thing = noun_phrase(words, place, lex, end)
            if thing and thing[1] - thing[0] > 1:
                yield Claim(thing, False, value, cue, lemma)
        return
    if deed.object is not None:
        thing: tuple[int, int] | None = (deed.object, deed.end - 1)
    else:
        thing = noun_phrase(words, deed.end, lex, end)
    if thing is None:
        return
    yield done_to(thing, value, deed.grade, cue, lemma)
    after = thing[1] if deed.object is None else deed.end
    if after + 1 < end and words[after].low == "and" and words[after + 1].low == "to":
        yield from _deed(words, after + 2, end, value, lemma, lex, cue)


def done_to(
    thing: tuple[int, int], value: float, grade: float, cue: tuple[int, int], lemma: str
) -> Claim:
    """For scrapping a thing is against the thing; against scrapping it is against it, negated."""
    if value > 0:
        return Claim(thing, False, value if grade >= 0 else -value, cue, lemma)
    return Claim(thing, grade < 0, value, cue, lemma)


def _that_clause(
    words: Sequence[Token],
    place: int,
    end: int,
    value: float,
    lemma: str,
    lex: Cues,
    cue: tuple[int, int],
) -> Iterator[Claim]:
    """Yield the side in "demanded that the government suspend the deal"."""
    for verb in range(place + 1, min(place + 10, end)):
        if is_auxiliary(words, verb):
            return
        deed = lex.actions.match(words, verb)
        if deed and deed.form == "base" and words[verb - 1].low not in PREPOSITIONS | DETERMINERS:
            yield from _deed(words, verb, end, value, lemma, lex, cue)
            return


def claims(words: Sequence[Token], lex: Cues) -> Iterator[Claim]:
    """Yield the sides taken in a sentence by what it says of things."""
    for place in range(len(words)):
        low = words[place].low
        if low in _DUTY or (
            low in {"need", "needs", "has", "have"} and _next_is(words, place, "to")
        ):
            found = _duty(words, place, lex)
        elif low in _LINKING or (low == "'s" and is_auxiliary(words, place)):
            found = _judgement(words, place, lex)
        elif low in lex.effects and words[place].upper is False:
            found = _effect(words, place, lex)
        elif low in _FUTURE:
            found = _intention(words, place, lex)
        else:
            found = None
        if found and not clause_is_conditional(words, found.cue[0]):
            yield found
        elif low in {"no", "time", "a"} and (match := lex.objects.match(words, place)):
            for claim in complement(words, match, match.grade, lex):
                yield claim
                break
        elif low == "without" and any(w.low in NEGATIONS for w in words[:place]):
            thing = noun_phrase(words, place + 1, lex)
            if thing and words[thing[0]].low in {"a", "an"}:
                yield Claim(thing, False, 0.7, (place, place + 1), "not without")


def _next_is(words: Sequence[Token], place: int, word: str) -> bool:
    return place + 1 < len(words) and words[place + 1].low == word


def _skip(words: Sequence[Token], place: int) -> tuple[int, bool]:
    """Skip adverbs and negations; return where the next word is and whether it is negated."""
    negated = False
    while place < len(words) and (
        is_adverb(words[place]) or words[place].low in NEGATIONS - {"no", "nobody", "none"}
    ):
        negated = negated or words[place].low in NEGATIONS
        place += 1
    return place, negated


def _duty(words: Sequence[Token], modal: int, lex: Cues) -> Claim | None:
    """Read "the deal should be scrapped" and "France must tear up the deal"."""
    group, turned = verb_group(words, modal)
    verb, negated = _skip(words, modal + 1)
    negated = negated or turned
    if verb < len(words) and words[verb].low == "to":
        verb, more = _skip(words, verb + 1)
        negated = negated or more
    if verb >= len(words):
        return None
    value = -0.8 if negated else 0.8
    if words[verb].low == "be":
        verb, more = _skip(words, verb + 1)
        thing = subject(words, group)
        if verb >= len(words) or thing is None:
            return None
        value = -value if more else value
        deed = lex.actions.match(words, verb)
        if deed and deed.form == "past":
            return done_to(thing, value, deed.grade, (modal, deed.end), "should")
        if words[verb].low.endswith(("ed", "en")) and words[modal].low == "should":
            end = verb + 1
            beyond = (
                noun_phrase(words, verb + 2, lex)
                if end < len(words) and words[end].low == "to"
                else None
            )
            return Claim(
                (thing[0], beyond[1] if beyond else end), False, value * 0.8, (modal, end), "should"
            )
        return None
    deed = lex.actions.match(words, verb)
    if deed is None or deed.form not in {"base", "past"}:
        return None
    thing = (
        (deed.object, deed.end - 1)
        if deed.object is not None
        else noun_phrase(words, deed.end, lex)
    )
    return done_to(thing, value, deed.grade, (modal, deed.end), "should") if thing else None


def _judgement(words: Sequence[Token], link: int, lex: Cues) -> Claim | None:
    """Read "the treaty is not fit for purpose" and "it would be wrong to scrap the treaty"."""
    group, turned = verb_group(words, link)
    place, negated = link + 1, turned
    judged: Match | None = None
    while place < min(len(words), link + 8):
        judged = lex.judgements.match(words, place)
        if judged:
            break
        low = words[place].low
        if low in NEGATIONS:
            negated = not negated
        elif (
            low in {",", ".", ":", ";", "to", "that", "by", "with", "at", "of", "for"}
            or is_auxiliary(words, place)
            and place > link + 1
        ):
            return None
        place += 1
    if judged is None or abs(judged.grade) < _WEAK:
        return None
    value = -judged.grade * 0.9 if negated else judged.grade
    cue = (link, judged.end)
    thing = subject(words, group)
    if thing is None:
        return None
    if (
        thing[1] - thing[0] == 1
        and words[thing[0]].low in _EMPTY
        and judged.end + 1 < len(words)
        and words[judged.end].low == "to"
    ):
        return next(_deed(words, judged.end + 1, len(words), value, judged.lemma, lex, cue), None)
    first = words[thing[0]].low
    if first.endswith("ing") and first in lex.actions:  # "removing the controls would be …"
        return next(_deed(words, thing[0], thing[1], value, judged.lemma, lex, cue), None)
    return Claim(thing, False, value, cue, judged.lemma)


def _effect(words: Sequence[Token], place: int, lex: Cues) -> Claim | None:
    """Read "the stations would lead to more …" and "the ban threatens jobs"."""
    effect = lex.effects.match(words, place)
    if effect is None or effect.form == "ing" or abs(effect.grade) < _WEAK:
        return None
    group, negated = verb_group(words, place)
    if effect.form in {"base", "past"} and group == place:
        return None  # a bare form is as often a noun or a participle
    if any(words[p].low == "to" for p in range(group, place)) or _passive(words, group, place):
        return None
    thing = subject(words, group)
    if thing is None or words[thing[0]].low in {"i", "we", "you", "he", "she", "they", "who"}:
        return None
    value = -effect.grade * 0.8 if negated else effect.grade
    first = words[thing[0]].low
    cue = (place, effect.end)
    if first.endswith("ing") and first in lex.actions:
        return next(_deed(words, thing[0], thing[1], value, effect.lemma, lex, cue), None)
    return Claim(thing, False, value, cue, effect.lemma)


def _passive(words: Sequence[Token], group: int, verb: int) -> bool:
    return any(words[p].low in BE for p in range(group, verb))


def _intention(words: Sequence[Token], modal: int, lex: Cues) -> Claim | None:
    """Read "France would pull out of the treaty": only countries, bodies and "we" have intentions."""
    verb, negated = _skip(words, modal + 1)
    if verb >= len(words) or modal == 0:
        return None
    owner = words[modal - 1]
    if not owner.upper and owner.low not in {"we", "i"}:
        return None
    deed = lex.actions.match(words, verb)
    if deed is None or deed.form != "base" or abs(deed.grade) < 0.7:
        return None
    thing = (
        (deed.object, deed.end - 1)
        if deed.object is not None
        else noun_phrase(words, deed.end, lex)
    )
    if thing is None:
        return None
    return done_to(thing, -0.6 if negated else 0.6, deed.grade, (verb, deed.end), deed.lemma)


def denied(value: float) -> float:
    """Return what is left of a side when its verb is denied."""
    return -value if value > 0 else -value * _DENIED
