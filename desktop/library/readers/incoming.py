"""What every reader yields: articles about to come in, and what could not be one."""

from __future__ import annotations

from dataclasses import dataclass

from db.values import Metadata, Zone
from desktop.refused import ReadError as ReadError
from desktop.refused import Refused as Refused

_TITLE = 200  # code points


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article about to come in.

    ``text`` is canonical: offsets count its code points. ``place`` is where it stood, such as
    ``corpus.jsonl:17``; ``zones`` are those the source itself tells, and may be none; ``doubts``
    say what the analyst should look at, such as a date that may be read in two ways.
    """

    text: str
    meta: Metadata
    place: str = ""
    zones: tuple[Zone, ...] = ()
    doubts: tuple[str, ...] = ()


def canonical(text: str, place: str) -> str:
    """Return text with one kind of line ending, otherwise untouched.

    Raises:
        ReadError: if there is nothing in it, or half a character.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReadError(f"{place}: there is no text in it")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text[: error.start].count("\n") + 1
        raise ReadError(f"{place}:{line}: half a character (a lone surrogate) is here") from error
    return text


def title_of(text: str) -> str:
    """Return the first line that says anything, at most 200 code points of it."""
    title = next(line.strip() for line in text.split("\n") if line.strip())
    return title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
