"""Which column of a table is what: guessed, shown to the analyst, remembered.

A mapping is remembered under :func:`key` of the table's first row, so a file with the same columns
is read alike next time.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

import resources
from desktop.library.readers.dating import writes_day_first

Cells = tuple[str, ...]


class Role(StrEnum):
    """What a column tells of an article."""

    TEXT = "text"
    TITLE = "title"
    PUBLISHED = "published"
    PUBLICATION = "publication"
    AUTHOR = "author"
    SECTION = "section"
    URL = "url"
    LANGUAGE = "language"


_LONG = 80  # code points, on average: a column of texts


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table's columns become an article.

    ``roles`` has one entry a column; None leaves it out. Several columns of text are joined in
    their order, several authors too; of the others the first that says anything counts.
    ``first_row`` tells whether the first row already is a record, not the columns' names;
    ``day_first`` how the table writes 3/4/2026, None if nobody knows; ``headline`` whether the
    title becomes the first line of the text, where it can be annotated.
    """

    roles: tuple[Role | None, ...]
    first_row: bool = False
    day_first: bool | None = None
    headline: bool = True

    def columns(self, role: Role) -> list[int]:
        """Return the columns of a role, from 0."""
        return [column for column, one in enumerate(self.roles) if one == role]

    def to_json(self) -> str:
        """Return the mapping to be remembered."""
        return json.dumps(
            {
                "roles": self.roles,
                "first_row": self.first_row,
                "day_first": self.day_first,
                "headline": self.headline,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Mapping:
        """Return a mapping that was remembered.

        Raises:
            ValueError: if it is none.
        """
        try:
            known = json.loads(text)
            roles = tuple(Role(role) if role else None for role in known["roles"])
            return cls(roles, known["first_row"], known["day_first"], known["headline"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"this is no mapping: {error}") from error


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[Role, int]]:
    """Return what columns are called: their role, and how good a name for it that is, from 0."""
    lists = tomllib.loads(resources.path("lexicon", "columns.toml").read_text(encoding="utf-8"))
    return {
        name: (Role(role), rank)
        for role, names in lists.items()
        for rank, name in enumerate(names.split())
    }


def key(header: Sequence[str]) -> str:
    """Return what a mapping is remembered under: the names of the columns, in their order."""
    return sha256("\x1f".join(map(_bare, header)).encode("utf-8", "replace")).hexdigest()


def guess(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping:
    """Return the mapping that names and contents of the columns suggest.

    Args:
        header: the table's first row, be it the columns' names or a record.
        rows: the rows after it, or some of them.
    """
    roles = _by_name(header)
    usual = Counter(map(len, rows)).most_common(1)
    width = max(len(header), usual[0][0] if usual else 0)
    roles += [None] * (width - len(roles))
    lengths = [_mean_length(rows, column) for column in range(width)]
    named = any(roles)
    if Role.TEXT not in roles and width:
        free = [column for column in range(width) if roles[column] in (None, Role.TITLE)] or [0]
        longest = max(free, key=lambda column: lengths[column])
        if lengths[longest] >= _LONG or width == 1:
            roles[longest] = Role.TEXT
    column = next((at for at, role in enumerate(roles) if role == Role.TEXT), None)
    record = not named and column is not None and _is_record(header, column, lengths[column])
    dates = roles.index(Role.PUBLISHED) if Role.PUBLISHED in roles else None
    samples = [row[dates] for row in rows if dates is not None and dates < len(row)]
    return Mapping(tuple(roles), first_row=record, day_first=writes_day_first(samples))


def _by_name(header: Sequence[str]) -> list[Role | None]:
    """Give each column the role its name says; one column of text, the best named."""
    names = _names()
    known = [names.get(_bare(name)) for name in header]
    roles = [one[0] if one else None for one in known]
    # “Article Title (original)”, “date_published_utc”: a part of the name says it.
    for column, name in enumerate(header):
        parts = [part for part in re.split(r"[^a-z]+", _plain(name)) if part]
        if roles[column] is None and len(parts) <= 4:
            role = next((names[part][0] for part in parts if part in names), None)
            roles[column] = role if role not in roles else None
    texts = [column for column, role in enumerate(roles) if role == Role.TEXT]
    ranked = sorted(texts, key=lambda column: one[1] if (one := known[column]) else len(names))
    for column in ranked[1:]:
        roles[column] = None
    return roles


def _is_record(header: Sequence[str], column: int, usual: float) -> bool:
    """Whether a first row whose names say nothing looks like the rows below it."""
    own = len(header[column]) if column < len(header) else 0
    numbers = any(re.fullmatch(r"[\d.,:/ -]+", cell) for cell in header if cell)
    return numbers or own >= max(usual / 4, 30)


def _mean_length(rows: Sequence[Sequence[str]], column: int) -> float:
    cells = [len(row[column]) for row in rows if column < len(row) and row[column]]
    return sum(cells) / len(cells) if cells else 0.0


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", _plain(name)) or name.strip().casefold()


def _plain(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name[:200].casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
