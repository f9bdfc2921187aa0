"""An act: what the analyst did in one go, as changes of rows that can be turned round.

The same act is applied to the window's memory (at once) and to the project file (one
transaction, with its history row), so the two cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from db.rows import Row


@dataclass(frozen=True, slots=True)
class Change:
    """One row of ``table`` before and after.

    ``before is None`` inserts the whole row ``after``; ``after is None`` deletes the whole row
    ``before``; otherwise both hold the same keys, those columns that changed.
    """

    table: str
    id: UUID
    before: Row | None
    after: Row | None

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.table, self.id, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Sweep:
    """One column of many rows, that was ``before`` in all of them and is ``after`` now.

    A label that is renamed sweeps over the whole project: a hundred thousand changes of one kind
    are held as their rows' ids. With a ``key`` it is that member of a column that holds JSON.
    """

    table: str
    column: str
    key: str | None
    before: str | int
    after: str | int
    rows: tuple[str, ...] = field(repr=False)

    def inverse(self) -> Sweep:
        """Return the sweep that takes this one back."""
        return Sweep(self.table, self.column, self.key, self.after, self.before, self.rows)

    def over(self, rows: Iterable[UUID]) -> frozenset[UUID]:
        """Return those of some rows that it changes."""
        mine = frozenset(self.rows)
        return frozenset(row for row in rows if str(row) in mine)


@dataclass(frozen=True, slots=True)
class Arrival:
    """All articles that one import brought: taken out of the bin, or put into it.

    They are named by their import, not one by one: so an act on a hundred thousand articles is as
    small as one on two, and holds those too that its import has yet to bring.
    """

    brought_by: UUID
    removed: bool

    def inverse(self) -> Arrival:
        """Return what takes this back."""
        return Arrival(self.brought_by, not self.removed)


@dataclass(frozen=True, slots=True)
class Act:
    """Changes made together, with the name undo shows: ``title`` is such as "relabel ‘Calais’"."""

    name: str
    title: str
    article: UUID | None
    changes: tuple[Change, ...]
    sweeps: tuple[Sweep, ...] = ()
    arrivals: tuple[Arrival, ...] = ()

    def inverse(self) -> Act:
        """Return the act that takes this one back, last change first."""
        return Act(
            self.name,
            self.title,
            self.article,
            tuple(change.inverse() for change in reversed(self.changes)),
            tuple(sweep.inverse() for sweep in reversed(self.sweeps)),
            tuple(arrival.inverse() for arrival in reversed(self.arrivals)),
        )
