"""What an article tells of its people: their gender by a title, their role by its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.suggest.cues import Cues
from desktop.suggest.text.phrases import MARKS, PREPOSITIONS
from desktop.suggest.text.reading import Names, Reading
from desktop.suggest.text.words import Token


def genders(reading: Reading, lex: Cues) -> dict[int, str]:
    """Read from titles ("Mr Bertrand") the gender that goes with an actor."""
    found: dict[int, str] = {}
    for unit in reading.units:
        for title, name in zip(unit.words, unit.words[1:], strict=False):
            if title.low in lex.titles:
                index = reading.names.at(name.start)
                gender = "m" if title.low in lex.male else "f" if title.low in lex.female else None
                if index is not None and gender:
                    found[reading.names.actor(index)] = gender
    return found


def _belongs(words: Sequence[Token], role: int) -> bool:
    """Tell "its leader", who is not "the leader" of the article."""
    back = role
    while back > 0 and words[back - 1].low not in MARKS | PREPOSITIONS | {
        "its",
        "his",
        "her",
        "their",
        "'s",
    }:
        back -= 1
    return back > 0 and words[back - 1].low in {"its", "his", "her", "their"}


def _named_after_comma(words: Sequence[Token], place: int, names: Names, lex: Cues) -> int | None:
    """Read "the cabinet secretary for fisheries, Dr Wycliffe Omolo"."""
    for comma in range(place, min(place + 5, len(words) - 1)):
        if words[comma].low == ",":
            after = comma + 1
            while after < len(words) - 1 and words[after].low in lex.titles:
                after += 1
            return names.at(words[after].start)
        if comma == place and words[comma].low not in PREPOSITIONS:
            return None
    return None


def known_roles(reading: Reading, lex: Cues) -> dict[str, int]:
    """Read from "Ann Lee, president of …" and "President Ann Lee" whom "the president" means.

    A role two people have belongs to neither.
    """
    holders: dict[str, dict[int, int]] = {}
    names = reading.names

    def learn(role: str, index: int) -> None:
        holders.setdefault(role, {}).setdefault(names.actor(index), index)

    for unit in reading.units:
        words = unit.words
        for place, token in enumerate(words):
            if token.low not in lex.roles or _belongs(words, place):
                continue
            after = place + 1
            while after < len(words) and words[after].low in lex.titles:
                after += 1
            index = names.at(words[after].start) if after < len(words) else None
            if index is None:
                index = _named_after_comma(words, place + 1, names, lex)
            if index is not None and names.label(index) == "PERSON":
                learn(token.low, index)
                continue
            back = place - 1
            while (
                back >= 0 and words[back].low not in MARKS and words[back].low not in PREPOSITIONS
            ):
                back -= 1
            if back > 0 and words[back].low == ",":
                index = names.at(words[back - 1].start)
                if index is not None and names.label(index) == "PERSON":
                    learn(token.low, index)
    return {role: next(iter(who.values())) for role, who in holders.items() if len(who) == 1}
