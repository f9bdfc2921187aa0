"""One quick look at a project for the first paint: the list and the last article, read at once.

Standard library only (SQLModel takes 0.4 s to import), read-only, one connection, one state.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from db.engine_names import EngineNames
from db.project_file import REVISION, connect_read_only, examine, explained
from db.rows import (
    LISTING,
    NEWEST_FIRST,
    Row,
    article_from_row,
    from_row,
    in_reading_order,
    label_from_row,
    suggestion_from_row,
)
from db.scheme_values import Label
from db.values import Annotation, Article, ArticleRow, Layer

_FEW = 1000
_TO_DO = "status IN ('todo', 'in_progress')"
SCREENFUL = 100
"""Rows read of those to do, and of the others."""


class Glance(NamedTuple):
    """What the first paint shows; ``article`` is the last one open, None if there was none.

    ``coder`` is the name of who acted last, ``labels`` and ``unwanted`` are the project's scheme's,
    under whose labels ``suggestions`` are. ``rows`` are as :func:`db.articles.list_rows` gives
    them, but only the first ones to do and the first others, unless they are ``whole``;
    ``suggestions`` the undecided ones. An article with more than a thousand annotations comes
    without them: reading them would hold the paint up.
    """

    project_name: str
    coder: str | None
    labels: tuple[Label, ...]
    unwanted: tuple[str, ...]
    rows: list[ArticleRow]
    whole: bool
    article: Article | None
    suggestions: list[Annotation]
    decisions: list[Annotation]


def glance(path: Path) -> Glance | None:
    """Look at the project at ``path``; None if it is of an older version, to be updated first.

    Raises:
        ProjectError: the file is missing, foreign, damaged, newer or may not be read.
    """
    if examine(path) != REVISION:
        return None
    try:
        with closing(connect_read_only(path)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN")
            return _read(connection)
    except sqlite3.DatabaseError as error:
        raise (explained(path, error) or error) from error


def _read(connection: sqlite3.Connection) -> Glance:
    project = connection.execute("SELECT name, last_article_id FROM project").fetchone()
    coder = connection.execute(
        "SELECT name FROM coder WHERE id = (SELECT coder_id FROM history ORDER BY seq DESC LIMIT 1)"
    ).fetchone()
    rows = _first_rows(connection)
    article = _article(connection, project["last_article_id"])
    labels, unwanted = _labels(connection), _unwanted(connection)
    decisions, suggestions = list[Annotation](), list[Annotation]()
    if article and _number_on(connection, str(article.id)) <= _FEW:
        decisions = _decisions(connection, str(article.id))
        found = _suggestions(connection, str(article.id), decisions)
        suggestions = EngineNames.of(labels, unwanted).shown(found)
    return Glance(
        project_name=project["name"],
        coder=None if coder is None else coder["name"],
        labels=labels,
        unwanted=unwanted,
        rows=rows,
        whole=len(rows) < SCREENFUL,
        article=article,
        suggestions=suggestions,
        decisions=decisions,
    )


def _first_rows(connection: sqlite3.Connection) -> list[ArticleRow]:
    first = " UNION ALL ".join(
        f"SELECT * FROM ({LISTING.replace(' FROM', ', imported_at FROM')} AND {which}"
        f" ORDER BY {NEWEST_FIRST} LIMIT {SCREENFUL})"
        for which in (_TO_DO, f"NOT {_TO_DO}")
    )
    rows = connection.execute(f"SELECT * FROM ({first}) ORDER BY {NEWEST_FIRST}")
    return [ArticleRow._make(tuple(row)[:-1]) for row in rows]


def _number_on(connection: sqlite3.Connection, article: str) -> int:
    row = connection.execute("SELECT decided + pending FROM article WHERE id = ?", (article,))
    return row.fetchone()[0]


def _labels(connection: sqlite3.Connection) -> tuple[Label, ...]:
    rows = connection.execute(
        "SELECT label.* FROM label JOIN project USING (scheme_id) ORDER BY position"
    )
    return tuple(label_from_row(_parsed(row)) for row in rows)


def _unwanted(connection: sqlite3.Connection) -> tuple[str, ...]:
    row = connection.execute(
        "SELECT unwanted FROM scheme JOIN project ON scheme_id = scheme.id"
    ).fetchone()
    return tuple(json.loads(row["unwanted"]))


def _article(connection: sqlite3.Connection, identifier: str | None) -> Article | None:
    row = connection.execute(
        "SELECT article.*, text FROM article JOIN article_text USING (number)"
        " WHERE id = ? AND removed = 0",
        (identifier,),
    ).fetchone()
    zones = connection.execute(
        'SELECT start, "end", kind FROM zone WHERE article_id = ? ORDER BY start', (identifier,)
    )
    return None if row is None else article_from_row(dict(row), [tuple(zone) for zone in zones])


def _decisions(connection: sqlite3.Connection, article: str) -> list[Annotation]:
    return in_reading_order(
        from_row(layer, _parsed(row))
        for layer in Layer
        for row in connection.execute(f"SELECT * FROM {layer} WHERE article_id = ?", (article,))
    )


def _suggestions(
    connection: sqlite3.Connection, article: str, decisions: list[Annotation]
) -> list[Annotation]:
    decided = {str(one.id) for one in decisions}
    rows = connection.execute("SELECT * FROM suggestion WHERE article_id = ?", (article,))
    return in_reading_order(
        suggestion_from_row(article, _parsed(row)) for row in rows if row["id"] not in decided
    )


def _parsed(row: sqlite3.Row) -> Row:
    """Return a row with its JSON columns read, as SQLAlchemy would."""
    return {
        name: json.loads(row[name]) if name in JSON_COLUMNS and row[name] is not None else row[name]
        for name in row.keys()  # noqa: SIM118 - a Row iterates over its values
    }


JSON_COLUMNS = frozenset(
    {"value", "suggested", "source", "cue", "content", "addressee"}
    | {"holder", "nested", "target", "evidence", "examples", "engine_names", "unwanted"}
)
"""The columns of suggestions, decisions and labels that hold JSON."""
