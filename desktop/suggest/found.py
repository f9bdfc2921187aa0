"""What the rules find: statements and stances in terms of spans and of mentions by their index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from db.values import Attribution, Origin, Position, Span


class Mentioned(Protocol):
    """A name found in the text, such as :class:`desktop.suggest.names.entities.Mention`."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...

    @property
    def label(self) -> str:
        """Its kind, such as PERSON."""
        ...


@dataclass(frozen=True, slots=True)
class Slot:
    """Who or what fills a slot.

    ``mention`` is the index of the mention it is, or ``None`` for a phrase such as "a spokesman";
    ``span`` is that mention's or that phrase's. Where a pronoun or a description stands in the
    sentence and the mention elsewhere ("He told …"), ``via`` is the pronoun. A target that names an
    issue of the project has its id.
    """

    span: Span
    mention: int | None = None
    via: Span | None = None
    issue: UUID | None = None


@dataclass(frozen=True, slots=True)
class StatementFound:
    """Something said: who by, through which words, what, and to whom; the fields of PARC.

    ``score`` is between 0 and 1, of being a statement of this source.
    """

    source: Slot
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    attribution: Attribution
    addressee: Slot | None
    score: float


@dataclass(frozen=True, slots=True)
class StanceFound:
    """A side taken; ``statement`` is the index of the statement it rests on.

    ``position`` is toward the target as negated. ``nested`` are those who report the holder's
    view, outermost first. ``why`` is one line for the analyst.
    """

    holder: Slot
    target: Slot
    negated: bool
    position: Position
    evidence: tuple[Span, ...]
    cue: tuple[Span, ...]
    nested: tuple[Slot, ...]
    statement: int | None
    score: float
    why: str
    origin: Origin = Origin.RULE
