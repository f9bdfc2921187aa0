"""General word lists: countries, peoples, titles. None of them knows any one article."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from countryinfo import all_countries

from resources import path


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names whose label is known by list.

    ``labels`` maps each form to GPE or NORP; ``doubtful`` are those that are also a given name or
    a common word, which the list alone never suggests.
    """

    labels: dict[str, str]
    doubtful: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands before a person's name; a capitalised word after one of ``naming`` is a name."""

    anywhere: re.Pattern[str]
    naming: str

    def at(self, text: str, start: int, end: int) -> int | None:
        """Return where the title at ``start`` and the white space after it end, if one is there."""
        found = self.anywhere.match(text, start, end)
        return found.end() if found else None


def _lines(name: str) -> list[str]:
    lines = path("lexicon", name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


@cache
def countries() -> Gazetteer:
    """Return countries and the adjectives and nouns of their peoples.

    Most come from the library ``countryinfo``; ``countries.toml`` adds what it lacks.
    """
    ours: dict[str, list[str]] = tomllib.loads(path("lexicon", "countries.toml").read_text("utf-8"))
    everywhere = all_countries()
    labels = {_NOTE.sub("", country.name()).strip(): "GPE" for country in everywhere}
    labels |= dict.fromkeys(ours["places"], "GPE")
    for country in everywhere:
        for people in re.split("[,/]", country.demonym() or ""):
            labels |= {form: "NORP" for form in _plural_too(people.strip()) if form not in labels}
    labels |= dict.fromkeys(ours["peoples"], "NORP")
    return Gazetteer(labels, frozenset(ours["doubtful"]), _any_of(labels))


_NOTE = re.compile(r"^The |,? \(.*|, .*")  # "Saint Martin (French part)", "Palestine, State of"


def _plural_too(people: str) -> list[str]:
    if len(people) < 4:
        return []
    return [people, people + "s"] if people[-1] in "nir" else [people]


@cache
def function_words() -> frozenset[str]:
    """Return words that have a capital before a law's head word and yet name no law."""
    return frozenset(word for line in _lines("function_words.txt") for word in line.split())


@cache
def heads() -> dict[str, str]:
    """Return the label of a name of several words by its last word."""
    rows = (line.split("\t") for line in _lines("heads.tsv"))
    return {word: label for label, words in rows for word in words.split()}


@cache
def titles() -> Titles:
    """Return the titles, in the singular and as they stand before a name."""
    lines = _lines("titles.txt")
    every = [line.lstrip("+") for line in lines]
    naming = [line[1:] for line in lines if line.startswith("+")]
    return Titles(
        anywhere=re.compile(rf"(?:{_alternatives(every)})s?(?:\s+|$)"),
        naming=_alternatives(naming),
    )


def _alternatives(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


def _any_of(forms: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?<!\b[A-Z]\.)(?:{_alternatives([*forms])})(?!\w|-[A-Z]|\.\w)")
