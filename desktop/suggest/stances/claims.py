"""Sides taken without a verb of one's own: what should be done, what a thing is, what it would do.

Whoever says so takes the side; :mod:`desktop.suggest.stances.stance` finds out who that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.suggest.cues import NEGATIONS, Cues, Match
from desktop.suggest.stances.objects import WEAK, Claim, complement, done_to, verb_phrase
from desktop.suggest.text.phrases import (
    BE,
    MARKS,
    clause_is_conditional,
    is_adverb,
    is_auxiliary,
    noun_phrase,
    subject,
    verb_group,
)
from desktop.suggest.text.words import Token, word_set

_DUTY = frozenset(["should", "must", "ought"])
_FUTURE = frozenset(["would", "will", "'ll", "'d", "wo"])
_LINKING = BE | word_set(
    "become becomes became remain remains remained seem seems seemed prove proves proved"
)
_TO_DO = frozenset(["no need to", "no reason to", "time to"])
_EMPTY = frozenset(["it", "there"])
_SUMS = word_set(
    "one two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty "
    "hundred thousand million millions billion billions tens hundreds thousands about around "
    "nearly almost some over up more less between at an a"
)
_DENIED = 0.6  # how much of a side is left when it is denied: "not against" is not quite "for"


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
            cue = (match.start, match.end)
            if match.lemma in _TO_DO:
                yield from verb_phrase(
                    words, match.end, len(words), match.grade, match.lemma, lex, cue
                )
            else:
                yield from complement(words, match, match.grade, lex)
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
        changed = words[verb].low.endswith(("ed", "en")) and words[modal].low == "should"
        if changed and not words[group - 1].upper:
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
    if going := _going(words, verb):
        thing = subject(words, group)
        return Claim(thing, False, -value, (modal, going), "should go") if thing else None
    if deed is None or deed.form not in {"base", "past"}:
        return None
    thing = (
        (deed.object, deed.end - 1)
        if deed.object is not None
        else noun_phrase(words, deed.end, lex)
    )
    return done_to(thing, value, deed.grade, (modal, deed.end), "should") if thing else None


def _going(words: Sequence[Token], verb: int) -> int | None:
    """Return where "go", "resign" or "step down" ends, if nothing follows that it goes to."""
    low, end = words[verb].low, verb + 1
    if low in {"step", "stand"}:
        if not _next_is(words, verb, "down"):
            return None
        end += 1
    elif low not in {"go", "resign", "quit"}:
        return None
    over_here = end >= len(words) or words[end].low in MARKS or is_adverb(words[end])
    return end if low in {"resign", "step", "stand"} or over_here else None


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
        elif low in {",", ".", ":", ";", "to", "that", "by", "with", "at", "of", "for"} or (
            is_auxiliary(words, place) and place > link + 1
        ):
            return None
        place += 1
    if judged is None or abs(judged.grade) < WEAK:
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
        return next(
            verb_phrase(words, judged.end + 1, len(words), value, judged.lemma, lex, cue), None
        )
    first = words[thing[0]].low
    if first.endswith("ing") and first in lex.actions:  # "removing the controls would be …"
        return next(verb_phrase(words, thing[0], thing[1], value, judged.lemma, lex, cue), None)
    return Claim(thing, False, value, cue, judged.lemma)


def _effect(words: Sequence[Token], place: int, lex: Cues) -> Claim | None:
    """Read "the stations would lead to more …" and "the ban threatens jobs"."""
    effect = lex.effects.match(words, place)
    if effect is None or effect.form == "ing" or abs(effect.grade) < WEAK:
        return None
    group, negated = verb_group(words, place)
    if effect.form in {"base", "past"} and group == place:
        return None  # a bare form is as often a noun or a participle
    if any(words[p].low == "to" or words[p].low in _DUTY for p in range(group, place)) or _passive(
        words, group, place
    ):
        return None
    thing = subject(words, group)
    if thing is None or words[thing[0]].low in {"i", "we", "you", "he", "she", "they", "who"}:
        return None
    bare = effect.end == len(words) or words[effect.end].low in MARKS
    if effect.grade > 0 and not negated and (bare or is_adverb(words[effect.end])):
        return None  # "the storm could strengthen again": nothing is helped
    if effect.lemma == "cost" and not bare and _is_sum(words[effect.end].low):
        return None  # "it will cost 9 billion": so much, nothing is harmed
    value = -effect.grade * 0.8 if negated else effect.grade
    first = words[thing[0]].low
    cue = (place, effect.end)
    if first.endswith("ing") and first in lex.actions:
        return next(verb_phrase(words, thing[0], thing[1], value, effect.lemma, lex, cue), None)
    return Claim(thing, False, value, cue, effect.lemma)


def _is_sum(low: str) -> bool:
    return not low[0].isalpha() or low in _SUMS


def _passive(words: Sequence[Token], group: int, verb: int) -> bool:
    return any(words[p].low in BE for p in range(group, verb))


def _intention(words: Sequence[Token], modal: int, lex: Cues) -> Claim | None:
    """Read "France would pull out of the treaty": only who has a name, and "we", has intentions."""
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
