"""The graded cues of ``resources/lexicon``, read once and indexed by their inflected forms."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import resources
from desktop.suggest.text.words import Token, word_set

Form = Literal["base", "s", "past", "ing"]

NEGATIONS = word_set("not n't never no nor neither hardly barely nobody none cannot")
_SKIPPED = NEGATIONS | word_set(
    "also still now very so quite too both only simply just already always fully wholly "
    "firmly deeply strongly my your his her its our their what"
)
_OBJECTS = word_set("it them this that him her")
_DETERMINERS = word_set("the a an this that these those his her its their our my any all")
_LONGEST_OBJECT = 5
_PARTICLES = word_set("up out off down aside back in worse better easier harder safer")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Match:
    """A cue met in running words: tokens ``start`` to ``end``, half-open.

    ``object`` is where an object inside the cue begins ("throw *it* out", "brush *the idea*
    aside"); it reaches to the cue's last word.
    """

    start: int
    end: int
    lemma: str
    grade: float
    form: Form
    negated: bool
    object: int | None


@dataclass(frozen=True, slots=True)
class _Entry:
    rest: tuple[str, ...]
    lemma: str
    grade: float
    form: Form


class Phrasebook:
    """Finds graded phrases in tokens; the first word of each may be inflected."""

    def __init__(
        self,
        grades: Mapping[str, float],
        irregular: Mapping[str, Sequence[str]],
        *,
        inflect: bool = True,
    ) -> None:
        self._by_first: dict[str, list[_Entry]] = {}
        for lemma, grade in grades.items():
            first, *rest = lemma.split()
            forms: list[tuple[str, Form]] = (
                _forms(first, irregular) if inflect else [(first, "base")]
            )
            for word, form in forms:
                self._by_first.setdefault(word, []).append(_Entry(tuple(rest), lemma, grade, form))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry.rest))

    def past_forms(self) -> frozenset[str]:
        """Return the first words of all phrases in the past tense."""
        return frozenset(
            word
            for word, entries in self._by_first.items()
            if any(entry.form == "past" for entry in entries)
        )

    def __contains__(self, word: str) -> bool:
        return word in self._by_first

    def match(self, words: Sequence[Token], start: int) -> Match | None:
        """Return the longest phrase starting at a token, adverbs and possessives inside allowed."""
        for entry in self._by_first.get(words[start].low, ()):
            found = _follow(words, start, entry)
            if found:
                return found
        return None


def _follow(words: Sequence[Token], start: int, entry: _Entry) -> Match | None:
    place, negated, inner = start + 1, False, None
    for number, word in enumerate(entry.rest):
        gap = 0
        while place < len(words) and words[place].low != word:
            low = words[place].low
            if (
                number == 0
                and word in _PARTICLES
                and inner is None
                and low in _OBJECTS | _DETERMINERS
            ):
                inner = place
            elif inner is not None and word in _PARTICLES:
                if low in _OBJECTS or place - inner >= _LONGEST_OBJECT:
                    return None
            elif gap < 3 and (low in _SKIPPED or low.endswith("ly")):
                negated = negated or low in NEGATIONS
            else:
                return None
            place, gap = place + 1, gap + 1
        if place == len(words):
            return None
        place += 1
    return Match(start, place, entry.lemma, entry.grade, entry.form, negated, inner)


def _forms(verb: str, irregular: Mapping[str, Sequence[str]]) -> list[tuple[str, Form]]:
    """Return the forms of a verb; irregular ones list third person, past, participle and -ing."""
    if verb == "be":
        return [(form, "s") for form in irregular["be"]]
    if verb in irregular:
        third, *others = irregular[verb]
        rest: list[tuple[str, Form]] = [
            (form, "ing" if form.endswith("ing") else "past") for form in others
        ]
        return _distinct([(verb, "base"), (third, "s"), *rest])
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        third, past = f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    else:
        third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"
        past = f"{stem}ed"
    ing = f"{verb}ing" if verb.endswith(("ee", "ye", "oe")) else f"{stem}ing"
    return [(verb, "base"), (third, "s"), (past, "past"), (ing, "ing")]


def _distinct(forms: Iterable[tuple[str, Form]]) -> list[tuple[str, Form]]:
    """Keep the last reading of a form: "cut" and "quit" are met as past more than as base."""
    return list(dict(forms).items())


@dataclass(frozen=True, slots=True)
class Cues:
    """All lists; see the comments in ``resources/lexicon/cues.toml`` and ``people.toml``.

    ``past`` holds the past forms of the speech cues and side-taking verbs, first words alone.
    """

    speech: Phrasebook
    reporting: Phrasebook
    need_that: frozenset[str]
    intending: frozenset[str]
    with_object: frozenset[str]
    meeting: Phrasebook
    verbs: Phrasebook
    deeds: Phrasebook
    measured: Phrasebook
    measures: frozenset[str]
    intentions: Phrasebook
    actions: Phrasebook
    effects: Phrasebook
    judgements: Phrasebook
    objects: Phrasebook
    handing_on: Mapping[str, float]
    takers: Mapping[str, float]
    roles: frozenset[str]
    past: frozenset[str]
    titles: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """Read the lists. They ship with the program, so a fault in them is a programming error."""
    graded, people = _load("cues.toml"), _load("people.toml")
    irregular = graded["irregular"]
    handing: dict[str, float] = people["handing_on"]
    takers: dict[str, float] = people["takers"]
    speech = Phrasebook(dict.fromkeys(graded["speech"], 0.0), irregular)
    verbs = Phrasebook(graded["verbs"], irregular)
    return Cues(
        speech=speech,
        reporting=Phrasebook(
            dict.fromkeys([*graded["speech"], *graded["reporting"]], 0.0), irregular
        ),
        need_that=frozenset(graded["need_that"]),
        intending=frozenset(graded["intending"]),
        with_object=frozenset(graded["with_object"]),
        meeting=Phrasebook(dict.fromkeys(graded["meeting"], 0.0), irregular),
        verbs=verbs,
        deeds=Phrasebook(graded["deeds"], irregular),
        measured=Phrasebook(graded["measured"], irregular),
        measures=frozenset(word for noun in graded["measures"] for word in (noun, _plural(noun))),
        intentions=Phrasebook(graded["intentions"], irregular),
        actions=Phrasebook(graded["actions"], irregular),
        effects=Phrasebook(graded["effects"], irregular),
        judgements=Phrasebook(graded["judgements"], {}, inflect=False),
        objects=Phrasebook(graded["objects"], {}, inflect=False),
        handing_on=handing | {_plural(noun): grade for noun, grade in handing.items()},
        takers=takers | {_plural(noun): grade for noun, grade in takers.items()},
        roles=frozenset(people["roles"]) | {f"{role}s" for role in people["roles"]},
        past=speech.past_forms() | verbs.past_forms(),
        titles=frozenset(people["titles"]),
        male=frozenset(people["male"]),
        female=frozenset(people["female"]),
    )


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "sh", "ch", "x")) else f"{noun}s"


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.path("lexicon", name).read_text(encoding="utf-8"))
