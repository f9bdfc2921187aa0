"""Who is who: which names in one article mean one actor.

"Xavier Bertrand", "Mr Bertrand" and the misspelt "Betrand" are one man; "the National Democratic
Congress" is the NDC. Both the suggestions and the list of actors beside the article read this, so
that a holder is the same person in both. Nothing but the names themselves is looked at: no list
knows anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

PERSON, ORG = "PERSON", "ORG"
_FUZZY = 6  # letters a surname must have before one of them may be wrong
_SUFFIXES = re.compile(r",?\s(?:Ltd|Limited|plc|PLC|Inc|Corp|Co|LLC|GmbH|AG|SA)\.?$")
_SMALL = frozenset(
    ["of", "for", "the", "and", "in", "on", "at", "de", "du", "des", "la", "le", "et"]
)


def same_actors(names: Iterable[tuple[str, str]]) -> list[int]:
    """Return, for each name in reading order, the place of the name that stands for its actor.

    That is the fullest name of the actor, the first of equals; a name that is alone stands for
    itself. Names are of one actor if their label is the same and

    - their form is, apart from case and a possessive; or
    - both are people, and one is the other's surname, or its full name with fewer given names, or
      a given name that only one person has; or the surnames differ by one slip of the pen; or
    - both are organisations, and one is the other's initials, or lacks its "Ltd".

    A surname two people share means the one named last before it.

    Args:
        names: form and label.
    """
    groups = Groups()
    for form, label in names:
        groups.add(form, label)
    return groups.leaders()


def one_slip_apart(word: str, surname: str) -> bool:
    """Tell a surname misspelt: one letter put in, left out or changed, or two swapped.

    Short words lie too close to each other, and a plural ("the Clintons") is no slip.
    """
    if min(len(word), len(surname)) < _FUZZY or word[0] != surname[0] or word == surname:
        return False
    longer, shorter = sorted((word, surname), key=len, reverse=True)
    if longer in (shorter + "s", shorter + "'"):
        return False
    from rapidfuzz.distance import OSA  # here, for the first paint has no use for it

    return OSA.distance(word, surname, score_cutoff=1) <= 1


@lru_cache(4096)  # an article says the same few names over and over
def _level(form: str) -> str:
    form = " ".join(form.replace("’", "'").split())
    return re.sub(r"^(?:[Tt]he|[Aa]n?)\s(?=\S)|'s?$", "", form)


class Groups:
    """Names put together one by one, in reading order, as :func:`same_actors` has it."""

    def __init__(self) -> None:
        self._given: list[tuple[str, str]] = []
        self._of: list[int] = []  # for each name, its group
        self._members: list[list[int]] = []
        self._by_form: dict[tuple[str, str], int] = {}
        self._people: dict[str, list[int]] = {}  # surname → groups, whoever was last meant last
        self._given_names: dict[str, set[int]] = {}
        self._initials: dict[str, int] = {}  # "NDC" → the group of its full name, or of itself

    def add(self, form: str, label: str) -> None:
        """Put a name into the group of its actor, or into one of its own."""
        form, place = _level(form), len(self._given)
        self._given.append((form, label))
        key = (label, _SUFFIXES.sub("", form).casefold() if label == ORG else form.casefold())
        words = form.split()
        group = self._by_form.get(key)
        if label == PERSON and words:
            group = self._surname_s(words[0]) if len(words) == 1 else group
            group = self._person_s(words) if group is None else group
        elif label == ORG and group is None:
            group = self._body_s(form)
        if group is None:
            group = len(self._members)
            self._members.append([])
        self._members[group].append(place)
        self._of.append(group)
        self._by_form[key] = group
        if label == PERSON and words:
            self._remember(words, group)

    def _remember(self, words: list[str], group: int) -> None:
        groups = self._people.setdefault(words[-1].casefold(), [])
        if group in groups:
            groups.remove(group)
        groups.append(group)
        if len(words) > 1:
            self._given_names.setdefault(words[0].casefold(), set()).add(group)

    def _surname_s(self, word: str) -> int | None:
        """Return whoever was last meant by a surname, or the one person of a given name."""
        if groups := self._people.get(word.casefold()):
            return groups[-1]
        named = self._given_names.get(word.casefold(), set())
        if len(named) == 1:
            return next(iter(named))
        misspelt = self._misspelt(word)
        return misspelt[-1] if misspelt else None

    def _person_s(self, words: list[str]) -> int | None:
        """Return the group whose names a full name may stand beside."""
        if len(words) == 1:
            return None
        same = self._people.get(words[-1].casefold(), [])
        for group in reversed([*self._misspelt(words[-1]), *same]):
            full = [self._given[place][0].split() for place in self._members[group]]
            full = [other for other in full if len(other) > 1]
            if all(_given_fit(words[:-1], other[:-1]) for other in full):
                return group
        return None

    def _misspelt(self, word: str) -> list[int]:
        return [
            group
            for surname, groups in self._people.items()
            if surname[:1] == word[:1].casefold() and one_slip_apart(word.casefold(), surname)
            for group in groups
        ]

    def _body_s(self, form: str) -> int | None:
        letters = re.sub(r"\W", "", form)
        short = {letters} if letters.isupper() and len(letters) > 1 else _initials(form)
        known = next((self._initials[one] for one in short if one in self._initials), None)
        group = len(self._members) if known is None else known
        for one in short:
            self._initials.setdefault(one, group)
        return known

    def _fullness(self, place: int) -> tuple[int, int, int]:
        form = self._given[place][0]
        return len(form.split()), len(form), -place

    def leaders(self) -> list[int]:
        """Return, for each name, the place of the fullest name in its group."""
        leaders = [max(members, key=self._fullness) for members in self._members]
        return [leaders[group] for group in self._of]


def _given_fit(some: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether given names can be one person's: "Boris" and "B." and "Boris A." are."""
    few, many = sorted((some, others), key=len)
    return _initial_or_same(few[0], many[0]) and all(
        any(_initial_or_same(name, other) for other in many) for name in few
    )


def _initial_or_same(one: str, other: str) -> bool:
    one, other = one.rstrip(".").casefold(), other.rstrip(".").casefold()
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _initials(form: str) -> set[str]:
    words = re.findall(r"\w+", form)
    if len(words) < 2:
        return set()
    return {
        "".join(word[0] for word in words if word not in _SMALL).upper(),
        "".join(word[0] for word in words).upper(),
    }
