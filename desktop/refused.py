"""What a reader of any room could not take: one record of a file, or the whole of it."""

from __future__ import annotations

from dataclasses import dataclass


class ReadError(Exception):
    """A file nothing can be read from; the text names the file, and the line if there is one."""


@dataclass(frozen=True, slots=True)
class Refused:
    """One record that is no article: where it stands, and why it stays out. The rest goes on."""

    place: str
    why: str
