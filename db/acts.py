"""An act: what the analyst did in one go, as changes of rows that can be turned round.

The same act is applied to the window's memory (at once) and to the project file (one
transaction, with its history row), so the two cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass
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
class Act:
    """Changes made together, with the name undo shows: ``title`` is such as "relabel ‘Calais’"."""

    name: str
    title: str
    article: UUID | None
    changes: tuple[Change, ...]

    def inverse(self) -> Act:
        """Return the act that takes this one back, last change first."""
        return Act(
            self.name, self.title, self.article, tuple(c.inverse() for c in reversed(self.changes))
        )
