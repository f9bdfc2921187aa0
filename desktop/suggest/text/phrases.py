"""Noun phrases and verb groups found by closed word classes alone.

English puts few words between a subject and its verb, and those few are known: auxiliaries,
negations, adverbs. A noun phrase ends where such a word, a mark or a clause begins. That is crude,
but it needs no parser, and what it cannot read it leaves alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.values import Span
from desktop.suggest.cues import NEGATIONS, Cues
from desktop.suggest.text.words import Token, word_set

BE = word_set("is are was were be been being am 'm 're")
MODALS = word_set("will would can could may might must should shall wo ca sha ought 'll 'd")
AUXILIARIES = BE | MODALS | word_set("has have had having do does did 've")
PRONOUNS = word_set("he she they i we who you it")
POINTING = word_set("it this that these those them")
SUBORDINATORS = word_set(
    "that which who whom whose when if unless because while as after before until since "
    "although though but so than where how why whether then whereas once amid despite "
    "provided"
)
CONDITIONS = frozenset(["if", "unless", "until", "provided", "without"])
DETERMINERS = word_set(
    "the a an this that these those his her its their our my your some any every each no"
)
PREPOSITIONS = word_set(
    "of in for from at on to with between against towards over about into by under during "
    "within across through near among around outside inside upon onto per behind"
)
MARKS = frozenset(",.:;?!()[]{}–—-…|/*•")
TIMES = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december yesterday today tomorrow last "
    "next week month year morning evening afternoon night weekend recently later earlier"
)
ADVERBS = word_set(
    "also now still again already always once soon later today yesterday tomorrow tonight "
    "however meanwhile elsewhere instead altogether together further even just only too both "
    "all then earlier therefore perhaps yet here there currently recently otherwise often"
)
_CHAIN = word_set(
    "to expected likely due set going about poised ready certain sure bound understood "
    "thought believed reported said refused refuses refusing failed fails declined declines "
    "continued continues vowed vows pledged pledges promised promises threatened threatens "
    "wants want wanted agreed agrees decided hopes hoped plans planned is used seemed "
    "appeared appears seems has have prepared preparing forced been being get got"
)
_TURNING = word_set("refused refuses refusing failed fails declined declines")
_BEFORE_DETERMINERS = PREPOSITIONS | word_set("and or all both such half than , not")
_NO_ADVERBS = word_set(
    "weekly daily monthly yearly family friendly likely unlikely rally assembly supply reply "
    "monopoly elderly costly deadly lonely lovely orderly anomaly bully timely apply imply "
    "comply ally"
)
_MANNERS = word_set("principle general full public private practice theory part")
_OPEN_NOUNS = word_set(  # nouns that go on: "calls to scrap the deal"
    "call demand plan bid attempt proposal decision move right pledge promise effort threat "
    "request deal agreement need pressure push vote scheme power"
)
_LONGEST = 18


def is_adverb(token: Token) -> bool:
    """Tell an adverb by list or by its ending."""
    low = token.low
    if low in ADVERBS:
        return True
    return low.endswith("ly") and len(low) > 4 and not token.upper and low not in _NO_ADVERBS


def is_auxiliary(words: Sequence[Token], place: int) -> bool:
    """Tell an auxiliary; ``'s`` is one only after a pronoun."""
    low = words[place].low
    if low == "'s":
        return place > 0 and words[place - 1].low in PRONOUNS | POINTING | {"there", "what", "here"}
    return low in AUXILIARIES


def verb_group(words: Sequence[Token], verb: int) -> tuple[int, bool]:
    """Return where the verb group that ends in ``verb`` starts, and whether it is negated.

    "is not expected to back" is one group; so is "refused to back", which turns the verb round.
    """
    start, negated = verb, False
    while start > 0:
        low = words[start - 1].low
        if low == "longer" and start > 1 and words[start - 2].low == "no":
            negated = not negated
            start -= 1
        elif low in NEGATIONS - {"no", "nobody", "none"} or (
            low in _TURNING and words[start].low == "to"
        ):
            negated = not negated
        elif low in _CHAIN and low not in AUXILIARIES and low != "to":
            if words[start].low != "to":
                break
        elif not (is_auxiliary(words, start - 1) or low == "to" or is_adverb(words[start - 1])):
            break
        start -= 1
    while start < verb and words[start].low in {"then", "however", "meanwhile", "elsewhere"}:
        start += 1
    return start, negated


def ends_phrase(words: Sequence[Token], place: int) -> bool:
    """Tell a token that no noun phrase goes beyond."""
    token = words[place]
    return (
        token.low in MARKS
        or token.low in SUBORDINATORS
        or is_auxiliary(words, place)
        or token.low in {"not", "n't", "he", "she", "they", "i", "we"}
    )


def noun_phrase(
    words: Sequence[Token], start: int, lex: Cues, limit: int | None = None
) -> tuple[int, int] | None:
    """Return the tokens, half-open, of the noun phrase from ``start`` on, with what hangs on it."""
    stop = min(len(words) if limit is None else limit, start + _LONGEST)
    place = start
    if (
        place < stop
        and words[place].low in POINTING
        and (
            place + 1 >= stop
            or ends_phrase(words, place + 1)
            or words[place + 1].low in PREPOSITIONS | {"and", "'s"}
            or is_adverb(words[place + 1])
        )
    ):
        return (place, place + 1)
    while place < stop:
        low = words[place].low
        if (
            place > start
            and low in DETERMINERS
            and words[place - 1].low not in _BEFORE_DETERMINERS
            and words[place - 2].low != "to"  # "plans to lengthen the day"
        ):
            break
        if (
            place > start
            and low in {"last", "next"}
            and place + 1 < stop
            and words[place + 1].low in TIMES
        ):
            break
        if ends_phrase(words, place) and not (place == start and low in DETERMINERS):
            break
        if place > start and is_adverb(words[place]) and not words[place].upper:
            break
        if low in {"and", "or"} and _starts_clause(words, place + 1, stop, lex):
            break
        if low in PREPOSITIONS and (place == start or _leaves_phrase(words, place, stop, lex)):
            break
        place += 1
    while place > start and (
        words[place - 1].low in PREPOSITIONS | DETERMINERS | {"and", "or", "'s"}
        or is_adverb(words[place - 1])
    ):
        place -= 1
    return (start, place) if place > start else None


def _starts_clause(words: Sequence[Token], place: int, stop: int, lex: Cues) -> bool:
    """After "and": does another verb follow rather than another noun?"""
    if place >= stop:
        return True
    low = words[place].low
    if (
        low in PRONOUNS
        or is_auxiliary(words, place)
        or is_adverb(words[place])
        or low in PREPOSITIONS
    ):
        return True
    if (
        (low in lex.speech or low in lex.verbs)
        and not words[place].upper
        and low not in lex.handing_on
    ):
        return True
    return any(
        is_auxiliary(words, ahead)
        for ahead in range(place, min(place + 6, len(words)))
        if words[ahead].low not in MARKS
    )


def _leaves_phrase(words: Sequence[Token], place: int, stop: int, lex: Cues) -> bool:
    """Tell a preposition that says when something was done from one that says which thing."""
    low = words[place].low
    following = words[place + 1].low if place + 1 < stop else ""
    if low == "to":
        return following in lex.actions and not _takes_infinitive(words[place - 1].low)
    if low == "with":
        return any(word.low.endswith("ing") for word in words[place + 1 : place + 4])
    if low in {"by", "during", "at", "within"}:
        return True
    return (low == "in" and following in _MANNERS) or (
        low in {"on", "in", "from", "for", "before"} and (following in TIMES or following.isdigit())
    )


def _takes_infinitive(noun: str) -> bool:
    return noun.rstrip("s") in _OPEN_NOUNS


def subject(words: Sequence[Token], verb: int, first: int = 0) -> tuple[int, int] | None:
    """Return the tokens of the noun phrase that ends right before ``verb``: a thing talked of."""
    start = verb
    while start > first and verb - start < _LONGEST:
        low = words[start - 1].low
        if low in POINTING and low not in {"those", "these"} and start == verb:
            start -= 1
            break
        if ends_phrase(words, start - 1) or low in {"and", "or"}:
            break
        start -= 1
    while start < verb and (is_adverb(words[start]) or words[start].low in {"and", "or", "but"}):
        start += 1
    if start > first and is_auxiliary(words, start - 1):
        return None  # "would claim damages": what follows an auxiliary is no subject
    if all(words[place].low in DETERMINERS - POINTING for place in range(start, verb)):
        return None
    return (start, verb)


def over(words: Sequence[Token], stretch: tuple[int, int]) -> Span:
    """Return the stretch of text that tokens cover."""
    return Span(words[stretch[0]].start, words[stretch[1] - 1].end)


def clause_is_conditional(words: Sequence[Token], place: int) -> bool:
    """Tell whether the clause around a token is itself the condition ("if the plan is dropped")."""
    for back in range(place - 1, max(-1, place - 14), -1):
        low = words[back].low
        if low in {"if", "unless", "whether", "until", "provided"}:
            return True
        if low in {",", "that", ";", ":"}:
            return False
    return False
