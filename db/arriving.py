"""What arrives with an import, what may be there of it already, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, Select, func, select

from db.arrivals import undone
from db.models import TABLES
from db.rows import Row
from db.values import Issue, Loaded
from db.versions import Carried

_article = TABLES["article"]
_TOLD = ("id", "sha256", "removed", "title", "place", "import_id", "decided", "pending")


class Where(StrEnum):
    """Where a text is already."""

    IMPORT = "import"  # this very one brought it
    PROJECT = "project"
    BIN = "bin"


@dataclass(frozen=True, slots=True)
class Arriving:
    """An article about to come in, with all that is on it; ``place`` is where it stood.

    ``left_out`` counts the entities that were on it and do not come with it, by their label.
    """

    place: str
    loaded: Loaded
    issues: tuple[Issue, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def bare(self) -> bool:
        """Whether nothing is on it."""
        loaded = self.loaded
        return not (loaded.decisions or loaded.suggestions or loaded.checked)


@dataclass(frozen=True, slots=True)
class Came:
    """It is in the project; ``left_out`` counts the entities that were not, by their label.

    ``carried`` says what it took over, if it is a newer version of an article that was there.
    """

    article: UUID
    left_out: tuple[tuple[str, int], ...] = ()
    carried: Carried | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """It did not come in: its text is there already, or an article of its id."""

    where: Where
    title: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Clashed:
    """It did not come in, and why."""

    why: str


Outcome = Came | Known | Clashed


@dataclass(frozen=True, slots=True)
class Twins:
    """An article that is about to come in has most of the words of another one."""

    one: Known
    other: Known


class Lookup:
    """Which articles of a project have the texts, or the ids, of what arrives."""

    def __init__(self) -> None:
        self._by_text: dict[str, Row] = {}
        self._by_id: dict[str, Row] = {}
        self._undone: set[str] = set()
        self.ids: list[str] = []
        """Of what arrives, in its order."""

    @classmethod
    def of(cls, connection: Connection, batch: Sequence[Arriving]) -> Lookup:
        """Look them up."""
        lookup = cls()
        articles = [arriving.loaded.article for arriving in batch]
        texts = listed([article.sha256 for article in articles])
        lookup.ids = [str(article.id) for article in articles]
        ids = listed(lookup.ids)
        columns = (_article.c[name] for name in _TOLD)
        one = select(*columns)
        # Not one statement with OR: it would look through all articles.
        found = connection.execute(
            one.where(_article.c.sha256.in_(texts)).union(one.where(_article.c.id.in_(ids)))
        ).mappings()
        # Of several with one text, one outside the bin tells more: it comes last.
        for row in sorted(map(dict, found), key=lambda row: not row["removed"]):
            lookup.add(row)
        if gone := [row["id"] for row in lookup._by_id.values() if row["removed"]]:
            lookup._undone = undone(connection, listed(gone))
        return lookup

    def add(self, row: Row) -> None:
        """Know of one more, such as one that was just stored."""
        self._by_text[row["sha256"]] = self._by_id[row["id"]] = row

    def find(self, sha256: str, identifier: str) -> Row | None:
        """Return the article there is instead of one that arrives with this text and this id."""
        return self._by_text.get(sha256) or self._by_id.get(identifier)

    def comes_back(self, row: Row, arriving: Arriving) -> bool:
        """Tell whether an article is in the bin only because its import was undone.

        And whether it has what the one that arrives has on it.
        """
        annotated = row["decided"] or row["pending"]
        return row["id"] in self._undone and bool(arriving.bare or annotated)

    def came_back(self, row: Row) -> None:
        """Know that it did."""
        self._undone.discard(row["id"])


def known(row: Row, brought_by: str | None) -> Known:
    """Return where an article is, for the import with this id."""
    if row["import_id"] is not None and row["import_id"] == brought_by:
        where = Where.IMPORT
    else:
        where = Where.BIN if row["removed"] else Where.PROJECT
    return Known(where, row["title"], row["place"])


def listed(values: Sequence[str]) -> Select[tuple[str]]:
    """Return values as one parameter: a statement takes only so many."""
    members = func.json_each(json.dumps(values)).table_valued("value")
    return select(members.c.value)
