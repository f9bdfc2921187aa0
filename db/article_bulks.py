"""One act on very many articles: mark them, or put them into the bin."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session

from db.acts import Act, Sweep
from db.history import perform
from db.transactions import transaction
from db.values import ArticleStatus

_NAMES = {
    ArticleStatus.TODO: "to do",
    ArticleStatus.IN_PROGRESS: "in progress",
    ArticleStatus.DONE: "done",
    ArticleStatus.FLAGGED: "unsure",
}


def mark_articles(
    session: Session, numbers: Iterable[int], status: ArticleStatus, coder: UUID | None
) -> int:
    """Give articles a status, as one act; return how many did not have it before."""
    title = f"mark {{}} articles {_NAMES[status]}"
    return _sweep(session, "status", status.value, numbers, ("mark_articles", title), coder)


def bin_articles(session: Session, numbers: Iterable[int], coder: UUID | None) -> int:
    """Put articles into the bin, as one act; return how many were not in it before."""
    return _sweep(session, "removed", True, numbers, ("bin_articles", "remove {} articles"), coder)


def _sweep(
    session: Session,
    column: str,
    after: str | bool,
    numbers: Iterable[int],
    words: tuple[str, str],
    coder: UUID | None,
) -> int:
    with transaction(session) as connection:
        rows = connection.exec_driver_sql(
            f"SELECT {column}, id FROM article WHERE number IN (SELECT value FROM json_each(?))"
            f" AND removed = 0 AND {column} <> ?",
            (json.dumps(list(numbers)), after),
        )
        by_value: dict[str | bool, list[str]] = {}
        for before, identifier in rows:
            before = type(after)(before)  # SQLite knows no yes and no
            by_value.setdefault(before, []).append(identifier)
        sweeps = tuple(
            Sweep("article", column, None, before, after, tuple(ids))
            for before, ids in by_value.items()
        )
        count = sum(len(sweep.rows) for sweep in sweeps)
        if count:
            name, title = words
            perform(session, Act(name, title.format(f"{count:,}"), None, (), sweeps), coder)
    return count
