"""All lines of the library, sorted out for the list: made in the store's thread, shown in ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.values import ArticleRow


class Lines:
    """Rows by number, in the project's order, with what the list asks of them."""

    def __init__(
        self,
        rows: Iterable[ArticleRow] = (),
        twins: Mapping[int, int] | None = None,
        *,
        whole: bool = True,
    ) -> None:
        self.rows = {row.number: row for row in rows}
        self.states = {number: row.state for number, row in self.rows.items()}
        self.numbers = {row.key: row.number for row in self.rows.values()}
        self.names = {number: _name(row) for number, row in self.rows.items()}
        """Titles and publications without capitals, for those who type a few letters of one."""
        self.order = list(self.rows)
        self.twins = twins or {}
        """How many twins those have that have any."""
        self.whole = whole
        """Whether these are all; at first only a screenful is there."""

    def put(self, row: ArticleRow) -> None:
        """Take in a row as it is now; one that is new goes to the end."""
        if row.number not in self.rows:
            self.numbers[row.key] = row.number
            self.order.append(row.number)
        self.rows[row.number] = row
        self.states[row.number] = row.state
        self.names[row.number] = _name(row)


def _name(row: ArticleRow) -> str:
    return f"{row.title or ''} {row.publication or ''}".casefold()
