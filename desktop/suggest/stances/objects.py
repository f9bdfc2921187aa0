"""What a verb that takes a side makes a target: its object, what is to be done, what it is called.

Grades multiply along the way: to oppose removing a thing is to be against removing it, and so the
thing is a *negated* target; to reject calls for a thing is to be against the thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop.suggest.cues import NEGATIONS, Cues, Match
from desktop.suggest.text.phrases import (
    DETERMINERS,
    PREPOSITIONS,
    is_adverb,
    is_auxiliary,
    noun_phrase,
    subject,
)
from desktop.suggest.text.words import Token, word_set

_PERSUADING = (
    word_set("urge ask want demand advise recommend propose")
    | {f"{verb} for" for verb in word_set("call ask press push lobby campaign appeal")}
    | {"call on", "call upon"}
    | {"would like"}
)
_OF_PEOPLE = word_set("urge ask advise want") | {
    "would like",
    "call on",
    "call upon",
}  # their object is who should do it
_WISHING = frozenset(["want", "would like"])
_BLAMING = frozenset(["accuse", "blame"])
_JUDGING = word_set("praise applaud hail criticise criticize condemn denounce attack slam blast")
_NAMING = word_set("call brand label describe dismiss denounce condemn praise hail")
_LINKS = word_set("for against that")
_AGAINST_LINKS = word_set("to of at over about")  # "opposition to", "criticism of", "anger at"
_HANDED = 0.8
THREATS = word_set("threaten") | {"walk out", "walk out of", "pull out of", "vow"}
_PROPOSING = word_set("agree decide vote urge resolve pledge promise") | {"call on"}
WEAK = 0.3  # a grade nearer to 0 takes no side


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


def handed_on(words: Sequence[Token], noun: int, lex: Cues) -> Iterator[Claim]:
    """Yield the side in "the union's opposition to the plan", whoever has it."""
    grade = lex.handing_on.get(words[noun].low)
    if grade is None or noun + 2 >= len(words):
        return
    link = words[noun + 1].low
    verb = words[noun + 2].low if link == "to" else ""
    if (
        link not in _LINKS
        and not (grade < 0 and link in _AGAINST_LINKS)
        and verb not in lex.actions
    ):
        return
    if link == "against":
        grade = -abs(grade)
    start = noun + (1 if link in {"to", "that"} and grade > 0 else 2)
    yield from _object(
        words,
        start,
        len(words),
        grade * _HANDED,
        words[noun].low,
        lex,
        (noun, noun + 1),
        handed=True,
    )


def taken(words: Sequence[Token], noun: int, grade: float, lex: Cues) -> Iterator[Claim]:
    """Yield the side in "critics of the plan" and "campaigners against the dam"."""
    # Not a "film critic for the Echo".
    links = ("of", "against", "for") if grade > 0 else ("of", "against")
    if noun + 2 >= len(words) or words[noun + 1].low not in links:
        return
    thing = noun_phrase(words, noun + 2, lex)
    if thing:
        side = -abs(grade) if words[noun + 1].low == "against" else grade
        yield Claim(thing, False, side * _HANDED, (noun, noun + 1), words[noun].low)


def threats(words: Sequence[Token], match: Match, lex: Cues) -> Iterator[Claim]:
    """Yield the side in "threatened to leave unless the plan is dropped": it is on the plan."""
    if match.lemma not in THREATS:
        return
    for place in range(match.end, len(words) - 2):
        low = words[place].low
        if low not in {"unless", "if"}:
            continue
        value = _HANDED if low == "unless" else -_HANDED
        for verb in range(place + 1, len(words)):
            deed = lex.actions.match(words, verb)
            if deed is None or abs(deed.grade) < WEAK or words[verb].upper:
                continue
            passive = deed.form == "past" and words[verb - 1].low in {
                "is",
                "are",
                "was",
                "were",
                "be",
            }
            thing = (
                subject(words, verb - 1, place + 1)
                if passive
                else noun_phrase(words, deed.end, lex)
            )
            if thing:
                yield done_to(thing, value, deed.grade, (match.start, match.end), match.lemma)
            return


def naming(words: Sequence[Token], match: Match, lex: Cues) -> Iterator[Claim]:
    """Yield the side in "called the plan brave" and "described it as a disaster"."""
    yield from _object(
        words, match.end, len(words), 0.0, match.lemma, lex, (match.start, match.end)
    )


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
        yield from verb_phrase(
            words, place + (low == "to"), end, value, lemma, lex, cue, handed=handed
        )
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
    if lex.handing_on.get(words[phrase[0]].low, 0) < 0:
        return  # "brushed aside objections": to what, it does not say
    if lemma in _WISHING and (done := _wished_done(words, phrase, end, lex)):
        thing, grade = done
        if grade:
            yield done_to(thing, value, grade, cue, lemma)
        return
    after = phrase[1]
    if low.endswith("ing") and after < end and words[after].low in DETERMINERS:
        whole = noun_phrase(words, after, lex, end)  # "warned against turning the city into …"
        after = whole[1] if whole else after
    if lemma in _PERSUADING:
        for to in range(phrase[0] + 1, min(after + 1, end)):
            turned = words[to].low == "not" and to + 1 < end and words[to + 1].low == "to"
            if turned or words[to].low == "to":
                deeds = verb_phrase(
                    words, to + 1 + turned, end, -value if turned else value, lemma, lex, cue
                )
                done = list(deeds)
                yield from done
                # "called for Smith to resign" is not for Smith.
                whom = [word for word in words[phrase[0] : to] if word.low not in DETERMINERS]
                person = bool(whom) and whom[0].upper
                if done or person or lemma in _OF_PEOPLE:
                    return
                after = to
                break
        if lemma in _OF_PEOPLE - {"want", "would like"}:
            return
    if lemma in _BLAMING:
        after = next((p for p in range(*phrase) if words[p].low in PREPOSITIONS), after)
    if lemma in _JUDGING:  # "praised the crew for staying"
        reasons = (p for p in range(phrase[0] + 1, after) if words[p].low in {"for", "over"})
        after = next((p for p in reasons if words[p + 1].low.endswith("ing")), after)
    if lemma in _NAMING:
        judged = _judged_tail(words, phrase, end, lex)
        if judged:
            yield Claim((phrase[0], judged[0]), False, judged[1], cue, lemma)
            return
        if lemma in {"call", "brand", "label", "describe"}:
            return
    yield Claim((phrase[0], after), False, value, cue, lemma)


def _wished_done(
    words: Sequence[Token], phrase: tuple[int, int], end: int, lex: Cues
) -> tuple[tuple[int, int], float] | None:
    """Return the thing in "wants the plan (to be) scrapped", and the grade of what is to be done.

    The grade is 0 where that tells no side ("wants the plan looked at again"); None is returned
    where nothing is to be done to it.
    """
    start, stop = phrase
    last = stop - 1
    if last - start > 1 and _participle(words, last, lex):  # the phrase has taken it in
        return (start, last), _grade(words, last, lex)
    while stop < end and (words[stop].low in {"to", "be"} or not words[stop].low[0].isalnum()):
        stop += 1
    near = stop < end and not any(words[place].low == "," for place in range(phrase[1], stop))
    if near and _participle(words, stop, lex):
        return phrase, _grade(words, stop, lex)
    return None


def _participle(words: Sequence[Token], place: int, lex: Cues) -> bool:
    deed = lex.actions.match(words, place)
    low = words[place].low
    regular = low.endswith("ed") and not low.endswith("eed") and len(low) > 4  # no "seed"
    return regular or (deed is not None and deed.form == "past")


def _grade(words: Sequence[Token], place: int, lex: Cues) -> float:
    deed = lex.actions.match(words, place)
    return deed.grade if deed is not None and deed.form == "past" else 0.0


def _judged_tail(
    words: Sequence[Token], phrase: tuple[int, int], end: int, lex: Cues
) -> tuple[int, float] | None:
    """Return where the named thing ends and how it is judged."""
    for place in reversed(range(phrase[0] + 1, min(end, phrase[1] + 7))):
        judged = lex.judgements.match(words, place)
        if judged and abs(judged.grade) >= WEAK:
            sign = -1.0 if any(w.low in NEGATIONS for w in words[phrase[1] : place]) else 1.0
            head = min(place, phrase[1])
            while head > phrase[0] + 1 and (
                words[head - 1].low in DETERMINERS or words[head - 1].low == "as"
            ):
                head -= 1
            return head, judged.grade * sign
    return None


def verb_phrase(
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
                    yield from verb_phrase(words, to + 1, end, value, lemma, lex, cue)
                    return
        if lemma in _PROPOSING and value > 0:  # what is proposed is the doing itself
            thing = noun_phrase(words, place + 1, lex, end)
            yield Claim((place, thing[1] if thing else place + 1), False, value * 0.8, cue, lemma)
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
    if deed.grade == 0:  # "bring the troops home": the side is on the deed, not on the troops
        yield Claim((place, thing[1]), False, value, cue, lemma)
    else:
        yield done_to(thing, value, deed.grade, cue, lemma)
    after = thing[1] if deed.object is None else deed.end
    if after + 1 < end and words[after].low == "and" and words[after + 1].low == "to":
        yield from verb_phrase(words, after + 2, end, value, lemma, lex, cue)


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
        if words[verb].low == "be" and verb + 1 < end:
            lifted = lex.actions.match(words, verb + 1)
            thing = subject(words, verb, place)
            if lifted and lifted.form == "past" and thing:
                yield done_to(thing, value, lifted.grade, cue, lemma)
            return
        if is_auxiliary(words, verb):
            return
        deed = lex.actions.match(words, verb)
        if deed and deed.form == "base" and words[verb - 1].low not in PREPOSITIONS | DETERMINERS:
            yield from verb_phrase(words, verb, end, value, lemma, lex, cue)
            return
