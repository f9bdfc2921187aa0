"""Stances and statements that were suggested, held against those a careful reader found.

A frame is found where its evidence overlaps that of a frame of the gold and its holder is a mention
of that frame's holder; then also where it takes the same side, and where besides the targets
overlap. A statement is found where its source is one of the gold's and the two contents share at
least half of the code points that either has. One suggestion finds one of the gold at most, so that
as many are right as are found; a frame that fits none but an arguable one is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from db.values import Position, Span
from desktop.suggest.evaluation.scoring import precision_recall_f

SHARED = 0.5
"""What two contents have in common, of what either has, to be one statement's."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A stance as it is compared; ``holders`` and ``targets`` are all mentions that are as good.

    ``writer`` tells that the article's own voice is the holder. ``negated_by`` are the words that
    turn the target round: a suggestion whose target covers them has the turned target as its own.
    ``arguable`` is a frame of the gold that another careful reader might leave out.
    """

    holders: tuple[Span, ...]
    targets: tuple[Span, ...]
    position: Position
    evidence: tuple[Span, ...]
    negated: bool = False
    negated_by: Span | None = None
    issue: UUID | None = None
    writer: bool = False
    arguable: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it is compared; ``sources`` are all mentions that are as good."""

    sources: tuple[Span, ...]
    content: tuple[Span, ...]
    writer: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, of those found and of those in the gold; counts can be added."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of those found that are right, 0 to 1."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """The share of the gold that was found, 0 to 1."""
        return self.right / max(1, self.gold)

    @property
    def f(self) -> float:
        """The harmonic mean of the two, 0 to 1."""
        return 2 * self.right / max(1, self.found + self.gold)

    def figures(self) -> dict[str, float]:
        """Return ``p``, ``r`` and ``f`` in per cent, and the counts they are made of."""
        figures = precision_recall_f(self.right, self.found, self.gold)
        return {**figures, "right": self.right, "found": self.found, "gold": self.gold}


# --- what fits what ------------------------------------------------------------------------------


def same_holder(found: Frame, gold: Frame) -> bool:
    """Tell whether a suggestion is at the place of a frame of the gold and names its holder."""
    held = (found.writer and gold.writer) or _touch(found.holders, gold.holders)
    return held and _touch(found.evidence, gold.evidence)


def same_side(found: Frame, gold: Frame) -> bool:
    """Tell besides whether it takes the same side, however the target is turned."""
    turned = found.negated ^ gold.negated
    if gold.negated_by and any(target.covers(gold.negated_by) for target in found.targets):
        turned = not turned
    position = found.position.turned if turned else found.position
    return position is gold.position and same_holder(found, gold)


def same_target(found: Frame, gold: Frame) -> bool:
    """Tell besides whether it is about the same words, or the same issue."""
    same = found.issue is not None and found.issue == gold.issue
    return (same or _touch(found.targets, gold.targets)) and same_side(found, gold)


def same_statement(found: Said, gold: Said) -> bool:
    """Tell whether a suggested statement has the source of one of the gold, and its content."""
    sourced = (found.writer and gold.writer) or _touch(found.sources, gold.sources)
    return sourced and _shared(found.content, gold.content) >= SHARED


FITS: dict[str, Callable[[Frame, Frame], bool]] = {
    "holder": same_holder,
    "side": same_side,
    "target": same_target,
}
"""What a frame is asked for, each step with all before it."""


def _touch(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in some for other in others)


def _shared(some: Sequence[Span], others: Sequence[Span]) -> float:
    """Return the share of code points in both, of those in either."""
    one, other = _places(some), _places(others)
    return len(one & other) / max(1, len(one | other))


def _places(spans: Sequence[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


# --- counting ------------------------------------------------------------------------------------


def count_frames(found: Sequence[Frame], gold: Sequence[Frame]) -> dict[str, Counts]:
    """Count the frames of one text, under the names of :data:`FITS`."""
    clear = [frame for frame in gold if not frame.arguable]
    arguable = [frame for frame in gold if frame.arguable]
    held = [
        one
        for one in found
        if any(same_holder(one, frame) for frame in clear)
        or not any(same_holder(one, frame) for frame in arguable)
    ]
    return {
        name: Counts(
            matched([[n for n, frame in enumerate(clear) if fits(one, frame)] for one in held]),
            len(held),
            len(clear),
        )
        for name, fits in FITS.items()
    }


def count_statements(found: Sequence[Said], gold: Sequence[Said]) -> Counts:
    """Count the statements of one text."""
    fitting = [[n for n, said in enumerate(gold) if same_statement(one, said)] for one in found]
    return Counts(matched(fitting), len(found), len(gold))


def matched(fitting: Sequence[Sequence[int]]) -> int:
    """Return how many suggestions can have one of the gold each, none shared (Kuhn, 1955).

    Args:
        fitting: for each suggestion, the numbers of those it fits.
    """
    holds: dict[int, int] = {}

    def seat(suggestion: int, tried: set[int]) -> bool:
        for number in fitting[suggestion]:
            if number not in tried:
                tried.add(number)
                if number not in holds or seat(holds[number], tried):
                    holds[number] = suggestion
                    return True
        return False

    return sum(seat(suggestion, set()) for suggestion in range(len(fitting)))
