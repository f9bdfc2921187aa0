"""What every reader yields: articles about to come in, and what could not be one."""

from __future__ import annotations

from dataclasses import dataclass

from db.values import Metadata, Zone
from desktop.canonical import canonical as canonical
from desktop.canonical import title_of as title_of
from desktop.refused import ReadError as ReadError
from desktop.refused import Refused as Refused


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
