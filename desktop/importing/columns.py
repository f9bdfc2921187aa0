"""Which column of a table is what, where it was said: by name for all, or for tables like this one.

What nobody said is guessed (:mod:`desktop.library.readers.mapping`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from desktop.library.readers.mapping import Mapping


FIELDS = ("text", "title", "published", "publication", "author", "url", "language")
"""What a column may hold."""


class Columns(TypedDict):
    """What was said of columns.

    ``known`` are mappings as JSON under their header's key, as they are remembered; ``named`` says
    by a column's name, or its number from 1, what it holds.
    """

    known: dict[str, str]
    named: dict[str, str]


def mapping_of(path: Path, columns: Columns) -> Mapping | None:
    """Return the mapping of one table; None if it is to be guessed.

    Raises:
        ReadError: if the table cannot be read, or has no column of a name that was given.
    """
    return None
