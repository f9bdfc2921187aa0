"""A search of the library and what is counted beside it; what its words mean reads :mod:`db.query`.

Standard library only: the window holds one before its first paint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.query import Node

QUOTE = '"'
SORTS = ("newest", "oldest", "title", "publication", "uncertain", "relevance", "random")
FACETS = ("publication", "date", "label", "actor", "target", "stance", "coder", "score")
"""What can be counted, and chosen in :attr:`Search.chosen`."""


@dataclass(frozen=True, slots=True)
class Search:
    """A query, what was chosen beside it, and the order of what is found.

    ``chosen`` are (field, whole name) pairs: of one field either will do, of several each must.
    ``seed`` is that of the random order.
    """

    text: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    sort: str = "newest"
    seed: int = 1

    @property
    def everything(self) -> bool:
        """Whether it asks for the whole library, in its own order."""
        return not self.text.strip() and not self.chosen and self.sort == "newest"

    def node(self, but: str | None = None) -> Node:
        """Return what must be so of an article; what was chosen of the field ``but`` left out.

        Raises:
            QueryError: if the text cannot be understood.
        """
        from db.query import All, Either, Field, parse

        parts = [parse(self.text)]
        for name in dict.fromkeys(name for name, _ in self.chosen if name != but):
            values = [Field(name, value, True) for field_, value in self.chosen if field_ == name]
            parts.append(values[0] if len(values) == 1 else Either(tuple(values)))
        return All(tuple(parts))

    def written(self) -> str:
        """Return the query with what was chosen beside it, all in one text."""
        parts = [f"({self.text})" if self.chosen and self.text.strip() else self.text]
        for name in dict.fromkeys(name for name, _ in self.chosen):
            # No name is told from another by its quotation marks: see db.search.
            values = [
                f'{name}:"{value.replace(QUOTE, "")}"'
                for field_, value in self.chosen
                if field_ == name
            ]
            parts.append(values[0] if len(values) == 1 else f"({' OR '.join(values)})")
        return " ".join(part for part in parts if part)

    def to_row(self) -> dict[str, Any]:
        """Return it as a saved search holds it."""
        return {
            "text": self.text,
            "chosen": [list(pair) for pair in self.chosen],
            "sort": self.sort,
            "seed": self.seed,
        }

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Search:
        """Read what :meth:`to_row` wrote."""
        chosen = tuple((name, value) for name, value in row["chosen"])
        return cls(row["text"], chosen, row["sort"], row["seed"])


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: what to search for, and how many articles have it."""

    value: str
    count: int
