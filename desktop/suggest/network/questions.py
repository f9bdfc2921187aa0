"""A question to the stance network: in this text, which side does the holder take on the target?

The words asked about are put between marks, as Baldini Soares et al. (ACL 2019) do for relations:
pieces of BERT's vocabulary that no text uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from db.values import Span
from desktop.suggest.network.pieces import Case, WordPieces

AGAINST, NEUTRAL, FAVOR = range(3)
SIDES = ("against", "neutral", "favor")
TEXT, HOLDER = range(2)
"""What is asked: which position the text conveys, or which side the holder takes."""
LONGEST = 188
"""Pieces of one question, beside the two that open and close it."""
_WORD = re.compile(r"\w+|[^\w\s]")


class Mark(IntEnum):
    """What opens and closes the target and the holder: [unused0] to [unused3]."""

    TARGET = 1
    TARGET_END = 2
    HOLDER = 3
    HOLDER_END = 4


@dataclass(frozen=True, slots=True)
class Question:
    """A text, and in it a target and perhaps a holder: code points, half-open.

    Without a holder the question is which position the text itself conveys.
    """

    text: str
    target: Span
    holder: Span | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the network reads it.

    ``ids`` and ``cases`` have one entry a piece. ``target`` and ``holder`` are the places of the
    marks that open them; ``holder`` is 0, the place of the whole text, where there is none.
    """

    ids: list[int]
    cases: list[int]
    target: int
    holder: int


def asked(question: Question, pieces: WordPieces) -> Asked:
    """Return a question in pieces; a long text is cut to what stands around the target."""
    ids: list[int] = []
    cases: list[int] = []
    places: dict[Mark, int] = {}
    for part in _parts(question):
        if isinstance(part, Mark):
            places[part] = len(ids)
            ids.append(part)
            cases.append(Case.NONE)
        else:
            cut, case = pieces.cut(part)
            ids += cut
            cases += [case] * len(cut)
    target, holder = places[Mark.TARGET], places.get(Mark.HOLDER)
    first, last = _window(len(ids), target, holder)
    within = holder is not None and first <= holder < last
    return Asked(
        [pieces.opening, *ids[first:last], pieces.closing],
        [Case.NONE, *cases[first:last], Case.NONE],
        target - first + 1,
        holder - first + 1 if holder is not None and within else 0,
    )


def _window(length: int, target: int, holder: int | None) -> tuple[int, int]:
    """Return which pieces are read: around the target, and the holder if both fit."""
    centre = target
    if holder is not None and abs(holder - target) < LONGEST * 3 // 4:
        centre = (holder + target) // 2
    first = max(0, min(centre - LONGEST // 2, length - LONGEST))
    return first, min(length, first + LONGEST)


def _parts(question: Question) -> Iterator[str | Mark]:
    """Yield the words of the text, and the marks between them."""
    text, target, holder = question.text, question.target, question.holder
    marks = [(target.start, Mark.TARGET), (target.end, Mark.TARGET_END)]
    if holder is not None:
        marks += [(holder.start, Mark.HOLDER), (holder.end, Mark.HOLDER_END)]
    place = 0
    for position, mark in sorted(marks, key=lambda one: one[0]):
        yield from _WORD.findall(text, place, position)
        yield mark
        place = position
    yield from _WORD.findall(text, place)
