"""A position as the ledger holds it: whose, on what, where and when. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from db.actor_book import key_of
from db.values import Position, Ref

TAKEN = frozenset({Position.FAVOR, Position.AGAINST})
WORDS = 80
"""Code points of a target's words that tell it from another."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decided stance of an actor, wherever in the project it is.

    ``on`` is the same for all stances on one target (:func:`target_of`) and ``words`` what that is
    called; ``position`` is toward the target as it stands, not as negated. ``excerpt`` begins the
    first piece of evidence.
    """

    stance: UUID
    article: UUID
    holder: UUID
    on: str
    words: str
    position: Position
    title: str | None
    publication: str | None
    published: str | None
    excerpt: str

    def contradicts(self, holder: UUID, on: str, position: Position) -> bool:
        """Tell whether this is the other side of the same holder on the same target."""
        same = bool(on) and (self.holder, self.on) == (holder, on)
        return same and position in TAKEN and self.position is position.turned


def target_of(ref: Ref, words: str) -> str:
    """Return what all stances on one target have in common: its issue, its actor, or its words.

    ``words`` are the first :data:`WORDS` code points of what its span covers. Nothing is returned
    of what no two articles share: the writer, or what is not named.
    """
    if ref.issue is not None:
        return f"issue {ref.issue}"
    if ref.actor is not None:
        return f"actor {ref.actor}"
    return f"words {key_of(words)}" if words and ref.span is not None else ""


def plain(position: Position, *, negated: bool) -> Position:
    """Return a position toward the target as it stands, where it was toward *not* the target."""
    return position.turned if negated else position
