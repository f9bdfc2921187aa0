"""Our own reading of 42 news passages, from ``tests/data/stances``: who says what, for or against.

Two writers who had not seen the rules wrote and read twenty passages or so each. The files quote
the passage: ``first words … last words`` is a stretch, and `` @2`` stands behind a quote that is
there more than once. Passages with even numbers may be looked at while the rules are written
(``"dev"``); the odd ones are only counted (``"test"``).
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.values import Position, Span

FILES = sorted((Path(__file__).parent / "data" / "stances").glob("*.toml"))
PARTS = ("dev", "test")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement; ``sources`` are all mentions of who made it that are as good."""

    sources: tuple[Span, ...]
    cue: Span | None
    content: tuple[Span, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Side:
    """A frame; ``holders`` and ``targets`` are all mentions that are as good."""

    holders: tuple[Span, ...]
    targets: tuple[Span, ...]
    position: Position
    negated: bool
    evidence: Span
    nested: tuple[Span, ...]
    arguable: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with all that is said in it and every side taken; ``part`` is dev or test."""

    topic: str
    part: str
    text: str
    statements: tuple[Said, ...]
    frames: tuple[Side, ...]


def read_passages(part: str | None = None) -> list[Passage]:
    """Return the passages of one part, or all.

    Raises:
        ValueError: for a quote that is not in its passage, or there more than once.
    """
    found = [
        _passage(fields, PARTS[number % 2])
        for file in FILES
        for number, fields in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["passages"])
    ]
    return [passage for passage in found if part in (None, passage.part)]


def _passage(fields: dict[str, Any], part: str) -> Passage:
    text = fields["text"]
    statements = tuple(
        Said(
            sources=_everywhere(text, [one["source"], one.get("actor", "")]),
            cue=_place(text, one["cue"]) if one["cue"] else None,
            content=tuple(_place(text, quote) for quote in one["content"]),
            kind=one["kind"],
        )
        for one in fields.get("statements", [])
    )
    frames = tuple(
        Side(
            holders=_everywhere(text, [one["holder"], *one.get("holders", [])]),
            targets=tuple(_place(text, q) for q in [one["target"], *one.get("targets", [])]),
            position=Position(one["position"]),
            negated=bool(one.get("negated")),
            evidence=_place(text, one["evidence"]),
            nested=tuple(_place(text, quote) for quote in one.get("nested", [])),
            arguable=bool(one.get("arguable")),
        )
        for one in fields.get("frames", [])
    )
    return Passage(fields["topic"], part, text, statements, frames)


def _found(text: str, quote: str, start: int = 0) -> list[Span]:
    edge = r"(?:(?<!\w)|(?!\w))"
    return [
        Span(*hit.span())
        for hit in re.compile(edge + re.escape(quote) + edge).finditer(text, start)
    ]


def _place(text: str, quote: str) -> Span:
    parts = re.fullmatch(r"(.+?)(?: … (.+?))?(?: @(\d+))?", quote, re.DOTALL)
    assert parts
    first, last, which = parts.groups()
    hits = _found(text, first)
    chosen = hits[int(which) - 1 :][:1] if which else hits
    if len(chosen) != 1:
        message = f"{len(hits)} × ‘{first}’ in ‘{text[:40]}…’"
        raise ValueError(message)
    if last is None:
        return chosen[0]
    ends = _found(text, last, chosen[0].end)
    if not ends:
        message = f"no ‘{last}’ behind ‘{first}’ in ‘{text[:40]}…’"
        raise ValueError(message)
    return Span(chosen[0].start, ends[0].end)


def _everywhere(text: str, quotes: list[str]) -> tuple[Span, ...]:
    """Return the places quoted, and wherever else the passage has the same name.

    A name is known by its last word with a capital: "Ms Lind" is "Anna Lind".
    """
    found: set[Span] = set()
    for quote in filter(None, quotes):
        place = _place(text, quote)
        found.add(place)
        last = place.of(text).removesuffix("'s").removesuffix("’s").split()[-1]
        if last[0].isupper():
            found.update(_found(text, last))
        elif " " in place.of(text):
            found.update(_found(text, place.of(text)))
    return tuple(sorted(found))
