"""The history as a file: who did what when, with what was before and after. Qt-free.

JSON Lines has one entry a line, undos and redos among them; CSV has one change a line.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session

from db.models import TABLES
from db.transactions import snapshot
from desktop.spreadsheets import harmless

SUFFIXES = (".jsonl", ".csv")
COLUMNS = (
    "seq", "at", "coder", "kind", "act", "name", "title", "article", "article_title", "table",
    "row", "before", "after",
)  # fmt: skip
"""The columns of the CSV; ``before`` and ``after`` are JSON."""

_BATCH = 1_000
_history, _article, _coder = TABLES["history"], TABLES["article"], TABLES["coder"]


def entries(session: Session, article: UUID | None = None) -> Iterator[dict[str, Any]]:
    """Yield every entry, oldest first: seq, at (UTC), coder, kind, act, name, title, changes …

    ``kind`` is "act", "undo" or "redo", ``act`` the id of the act done, undone or done again.
    """
    wanted = (
        select(
            _history.c.seq,
            _history.c.at,
            _coder.c.name.label("coder"),
            _history.c.kind,
            _history.c.act_id.label("act"),
            _history.c.name,
            _history.c.title,
            _history.c.article_id.label("article"),
            _article.c.title.label("article_title"),
            _history.c.changes,
        )
        .join(_coder, _coder.c.id == _history.c.coder_id, isouter=True)
        .join(_article, _article.c.id == _history.c.article_id, isouter=True)
        .order_by(_history.c.seq)
    )
    if article is not None:
        wanted = wanted.where(_history.c.article_id == str(article))
    with snapshot(session) as connection:
        rows = connection.execution_options(yield_per=_BATCH).execute(wanted)
        for row in rows.mappings():
            yield dict(row)


def lines(session: Session, *, as_csv: bool) -> Iterator[str]:
    """Yield the history as the lines of a file, each with its end."""
    if not as_csv:
        for entry in entries(session):
            yield json.dumps(entry, ensure_ascii=False) + "\n"
        return
    yield _row(COLUMNS)
    for entry in entries(session):
        for change in entry["changes"]:
            for identifier, before, after in _rows(change):
                sides = (_json(before), _json(after))
                yield _row(
                    [*(entry[key] for key in COLUMNS[:9]), change["table"], identifier, *sides]
                )


def _rows(change: dict[str, Any]) -> Iterator[tuple[str, object, object]]:
    """Yield the rows of a change, or of a sweep over many: id, before, after.

    What came with an import is one row, of the import.
    """
    if "id" in change:
        yield change["id"], change["before"], change["after"]
        return
    if "import" in change:
        yield change["import"], {"removed": not change["removed"]}, {"removed": change["removed"]}
        return
    column = change["column"] + (f".{change['key']}" if change["key"] else "")
    for identifier in change["rows"].split():
        yield identifier, {column: change["before"]}, {column: change["after"]}


def _json(row: object) -> str:
    return "" if row is None else json.dumps(row, ensure_ascii=False)


def _row(values: Any) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([harmless(one) if isinstance(one, str) else one for one in values])
    return line.getvalue()
