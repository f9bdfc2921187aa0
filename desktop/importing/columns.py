"""Which column of a table is what, where somebody said it: for all tables, or for those like one.

What nobody said is guessed (:mod:`desktop.library.readers.mapping`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from desktop.library.readers.mapping import Mapping, Role, key
from desktop.refused import ReadError

FIELDS = tuple(role.value for role in Role)
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
    from desktop.library.readers.tables import preview  # only where there is a table

    seen = preview(path)
    if known := columns["known"].get(key(seen.header)):
        return Mapping.from_json(known)
    if not columns["named"]:
        return None
    roles = list(seen.mapping.roles)
    said = {_column(path, seen.header, name): Role(as_) for name, as_ in columns["named"].items()}
    for column, role in enumerate(roles):
        if role in said.values():
            roles[column] = None
    for column, role in said.items():
        roles[column] = role
    return replace(seen.mapping, roles=tuple(roles))


def _column(path: Path, header: tuple[str, ...], name: str) -> int:
    names = [each.strip().casefold() for each in header]
    if name.casefold() in names:
        return names.index(name.casefold())
    if name.isdecimal() and 1 <= int(name) <= len(header):
        return int(name) - 1
    there = ", ".join(header)
    raise ReadError(f"{path}: there is no column “{name}”; its columns are {there}")
