"""The full text: an index of the words of every title and text, in the project's own file.

It holds no text, only where words stand; articles are known to it by their numbers. A changed title
reaches it by a trigger. New articles have to be added, with :func:`add_to_full_text` or
:func:`add_all_above`: in a trigger SQLite would write the index out after every row, at twice the
time.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

FULL_TEXT = (
    "CREATE VIEW full_text_source AS SELECT article.number, title, text"
    " FROM article JOIN article_text ON article_text.number = article.number",
    "CREATE VIRTUAL TABLE full_text USING fts5(title, text, content='full_text_source',"
    " content_rowid='number', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER full_text_title AFTER UPDATE OF title ON article"
    " WHEN old.title IS NOT new.title BEGIN"
    " INSERT INTO full_text (full_text, rowid, title, text) SELECT 'delete', number, old.title,"
    " text FROM article_text WHERE number = old.number;"
    " INSERT INTO full_text (rowid, title, text) SELECT number, new.title, text"
    " FROM article_text WHERE number = old.number; END",
    # Bytes of new words held in memory before they are written out, within a transaction: with the
    # default of 1 MiB, storing many articles takes twice as long.
    "INSERT INTO full_text (full_text, rank) VALUES ('hashsize', 16777216)",
)
"""What makes the index, beside the tables that SQLModel knows."""

ADD = "INSERT INTO full_text (rowid, title, text) VALUES (?, ?, ?)"
_ADD_ALL_ABOVE = (
    "INSERT INTO full_text (rowid, title, text)"
    " SELECT number, title, text FROM full_text_source WHERE number > ? ORDER BY number"
)


def make_full_text(connection: Connection) -> None:
    """Make the index of a new project, once its tables are there."""
    for statement in FULL_TEXT:
        connection.exec_driver_sql(statement)


def add_to_full_text(connection: Connection, rows: Iterable[tuple[int, str | None, str]]) -> None:
    """Make new articles findable: (number, title, text) of each."""
    if new := list(rows):
        connection.exec_driver_sql(ADD, new)


def add_all_above(connection: Connection, number: int) -> None:
    """Make all articles with higher numbers findable, once their texts are stored.

    It is one step of SQLite, during which Python's other threads go on.
    """
    connection.exec_driver_sql(_ADD_ALL_ABOVE, (number,))


def merge_seldom(connection: Connection) -> None:
    """Have the pieces of the index merged only when there are more of them, for whoever adds many.

    Each batch of an import is a piece. By default (4) each word is written out about twice again,
    and what a search gains by it is less than anybody would notice.
    """
    connection.exec_driver_sql("INSERT INTO full_text (full_text, rank) VALUES ('automerge', 8)")
