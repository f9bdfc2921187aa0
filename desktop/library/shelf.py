"""The shelves of the library: what is still to do, what is done, or all."""

from __future__ import annotations

from enum import Enum

from db.values import ArticleRow, ArticleStatus


class Shelf(Enum):
    """The four filters that are always in sight."""

    TODO = (ArticleStatus.TODO, ArticleStatus.IN_PROGRESS)
    UNSURE = (ArticleStatus.FLAGGED,)
    DONE = (ArticleStatus.DONE,)
    ALL = tuple(ArticleStatus)

    def holds(self, row: ArticleRow) -> bool:
        """Tell whether an article belongs on this shelf."""
        return row.state in self.value
