"""Finding articles: those a search asks for, in its order, and how many there are of each kind.

What is in the bin is never found. Everything reads the indexes of :mod:`db.models` and the full
text (:mod:`db.full_text`), never an article's text. The statements are SQLite's own, since only it
has that full text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlmodel import Session

from db.query import All, Either, Field, Node, Not, Words, words_in
from db.rows import NEWEST_FIRST
from db.search_values import QUOTE, Search, Value
from db.transactions import snapshot

_STANDING = "status IN ('accepted', 'corrected', 'added')"
_ORDERS = {
    "newest": NEWEST_FIRST,
    "oldest": "published IS NULL, published, imported_at, id",
    "title": f"title IS NULL, title COLLATE NOCASE, {NEWEST_FIRST}",
    "publication": f"publication IS NULL, publication COLLATE NOCASE, {NEWEST_FIRST}",
    "uncertain": f"score IS NULL, score, {NEWEST_FIRST}",
    "random": "number",
}
_MOST_VALUES = 200
_LAST = "\x7f"  # sorts behind all that a date may go on with

_BANDS = (("<0.5", 0.5), ("0.5-0.7", 0.7), ("0.7-0.9", 0.9), (">0.9", 2.0))
"""The scores that are counted together, each with where it ends."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition on a row of ``article``, with what stands for its question marks."""

    sql: str
    values: tuple[object, ...] = ()


def find(session: Session, search: Search, limit: int | None = None) -> list[int]:
    """Return the numbers of the articles found, in the search's order.

    Raises:
        QueryError: if the query cannot be understood.
    """
    node = search.node()
    with snapshot(session) as connection:
        where = clause(connection, node)
        asked = list(words_in(node)) if search.sort == "relevance" else []
        if asked:
            ranked = " OR ".join(match_of(words) for words in asked)
            sql = (
                "SELECT number FROM full_text JOIN article ON number = full_text.rowid"
                f" WHERE full_text MATCH ? AND removed = 0 AND {where.sql} ORDER BY full_text.rank"
            )
            values = (ranked, *where.values)
        else:
            order = _ORDERS.get(search.sort, NEWEST_FIRST)
            sql = f"SELECT number FROM article WHERE removed = 0 AND {where.sql} ORDER BY {order}"
            values = where.values
        if limit is not None and search.sort != "random":
            sql, values = f"{sql} LIMIT ?", (*values, limit)
        plain = connection.connection.cursor()  # a hundred thousand numbers, as they are
        found = [number for (number,) in plain.execute(sql, values)]
    if search.sort == "random":
        found.sort(key=lambda number: _scattered(number, search.seed))
    return found[:limit]


def facet(session: Session, search: Search, name: str) -> list[Value]:
    """Count the articles found by one of the ``FACETS``, the most frequent values first.

    What is chosen of that facet itself is left aside, so that more can be chosen of it.

    Raises:
        QueryError: if the query cannot be understood.
    """
    node = search.node(but=name)
    with snapshot(session) as connection:
        where = clause(connection, node)
        found = "removed = 0" if node == All((All(()),)) else f"removed = 0 AND {where.sql}"
        sql, names = _counting(name, found, everything=found == "removed = 0")
        rows = connection.exec_driver_sql(sql, where.values)
        counted = [Value(str(value), count) for value, count in rows if value is not None]
    return counted if names else sorted(counted, key=lambda one: one.value, reverse=True)


def clause(connection: Connection, node: Node) -> Clause:
    """Return what a query asks of a row of ``article``."""
    if (match := _match(node)) is not None:
        return Clause("number IN (SELECT rowid FROM full_text WHERE full_text MATCH ?)", (match,))
    match node:
        case Not(part):
            inner = clause(connection, part)
            return Clause(f"({inner.sql}) IS NOT TRUE", inner.values)
        case All(parts):
            wordy = All(tuple(part for part in parts if _match(part) is not None))
            rest = [part for part in parts if _match(part) is None]
            # One look into the full text for all words together is quicker than one for each.
            all_words = [wordy] if wordy.parts else []
            return _joined(connection, "AND", [*all_words, *rest], empty="TRUE")
        case Either(parts):
            return _joined(connection, "OR", parts, empty="FALSE")
        case Field():
            return _field(connection, node)
        case Words():
            raise AssertionError("words always match the full text")


def _joined(connection: Connection, how: str, parts: Iterable[Node], empty: str) -> Clause:
    clauses = [clause(connection, part) for part in parts]
    sql = f" {how} ".join(f"({each.sql})" for each in clauses)
    values = tuple(value for each in clauses for value in each.values)
    return Clause(f"({sql})" if sql else empty, values)


def _match(node: Node) -> str | None:
    """Return a query that the full text alone can answer in its own words; None for any other."""
    match node:
        case Words():
            return match_of(node)
        case All(parts) | Either(parts) if parts:
            inner = [_match(part) for part in parts]
            known = [each for each in inner if each is not None]
            how = " AND " if isinstance(node, All) else " OR "
            return f"({how.join(known)})" if len(known) == len(parts) else None
        case _:
            return None


def match_of(words: Words) -> str:
    """Return words as the full text asks for them."""
    column = f"{words.column} : " if words.column else ""
    quoted = words.text.replace(QUOTE, " ")
    return f'{column}"{quoted}"{" *" if words.prefix else ""}'


# --- fields


def _field(connection: Connection, asked: Field) -> Clause:
    name, value = asked.name, asked.value
    match name:
        case "date":
            return Clause("(published >= ? AND published < ?)", (value, value + _LAST))
        case "from":
            return Clause("published >= ?", (value,))
        case "until":
            return Clause("published < ?", (value + _LAST,))
        case "status":
            return Clause("status = ?", (value,))
        case "score":
            return _score(value)
        case "publication" | "author" | "language":
            named = _named(connection, f"SELECT DISTINCT {name}, {name} FROM article", asked)
            return Clause(f"{name} IN (SELECT value FROM json_each(?))", (named,))
        case "stance":
            return _among("stance", ("position",), json.dumps([value]))
        case "label":
            sql = "SELECT name, name FROM label UNION SELECT label, label FROM entity"
            return _among("entity", ("label",), _named(connection, sql, asked))
        case "actor":
            who = _named(connection, _ACTORS, asked)
            return _or(
                _among("entity", ("actor_id",), who), _among("stance", ("holder_actor",), who)
            )
        case "target":
            what = _named(connection, f"{_ACTORS} UNION {_ISSUES}", asked)
            return _among("stance", ("target_actor", "target_issue"), what)
        case "coder":
            who = _named(connection, "SELECT id, name FROM coder", asked)
            return _or(_among("entity", ("coder_id",), who), _among("stance", ("coder_id",), who))
        case _:
            raise AssertionError(name)


_ACTORS = "SELECT id, name FROM actor UNION SELECT actor_id, alias FROM actor_alias"
_ISSUES = "SELECT id, name FROM issue UNION SELECT issue_id, alias FROM issue_alias"


def _named(connection: Connection, sql: str, asked: Field) -> str:
    """Return, as a JSON list, the ids of those that are called what is asked for."""
    wanted = _plain(asked.value)
    return json.dumps(
        [
            identifier
            for identifier, name in connection.exec_driver_sql(sql)
            if name is not None
            and (_plain(name) == wanted if asked.exact else wanted in _plain(name))
        ]
    )


def _plain(name: str) -> str:
    return " ".join(name.replace(QUOTE, "").casefold().split())


def _among(table: str, columns: Sequence[str], values: str) -> Clause:
    """Ask for articles with a standing decision that has one of some values."""
    found = " UNION ".join(
        f"SELECT article_id FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
        f" AND {_STANDING}"
        for column in columns
    )
    return Clause(f"id IN ({found})", (values,) * len(columns))


def _or(*clauses: Clause) -> Clause:
    sql = " OR ".join(each.sql for each in clauses)
    return Clause(f"({sql})", tuple(value for each in clauses for value in each.values))


def _score(value: str) -> Clause:
    if value == "none":
        return Clause("score IS NULL")
    if value.startswith("<"):
        return Clause("score < ?", (float(value[1:]),))
    if value.startswith(">"):
        return Clause("score >= ?", (float(value[1:]),))
    least, _, most = value.partition("-")
    return Clause("(score >= ? AND score < ?)", (float(least), float(most or least)))


# --- facets


def _counting(name: str, found: str, *, everything: bool) -> tuple[str, bool]:
    """Return what counts a facet, and whether its values come by how many they are."""
    most = f"ORDER BY 2 DESC, 1 LIMIT {_MOST_VALUES}"
    match name:
        case "publication":
            return (
                f"SELECT publication, count(*) FROM article WHERE {found} GROUP BY 1 {most}",
                True,
            )
        case "date":
            return (
                f"SELECT substr(published, 1, 4), count(*) FROM article WHERE {found} GROUP BY 1",
                False,
            )
        case "score":
            bands = " ".join(f"WHEN score < {end} THEN '{band}'" for band, end in _BANDS)
            return (
                f"SELECT CASE WHEN score IS NULL THEN 'none' {bands} END, count(*)"
                f" FROM article WHERE {found} GROUP BY 1",
                False,
            )
        case _:
            parts = {
                "label": (("entity", "label"),),
                "actor": (("entity", "actor_id"), ("stance", "holder_actor")),
                "target": (("stance", "target_actor"), ("stance", "target_issue")),
                "stance": (("stance", "position"),),
                "coder": (("entity", "coder_id"), ("stance", "coder_id")),
            }[name]
    # Each article once for each value, however often it has it.
    having = " UNION ".join(
        f"SELECT {column} AS value, article_id FROM {table}"
        f" WHERE {column} IS NOT NULL AND {_STANDING}"
        for table, column in parts
    )
    shown = {
        "actor": "(SELECT name FROM actor WHERE id = value)",
        "target": "coalesce((SELECT name FROM actor WHERE id = value),"
        " (SELECT name FROM issue WHERE id = value))",
        "coder": "(SELECT name FROM coder WHERE id = value)",
    }.get(name, "value")
    there = "SELECT id FROM article WHERE " + found
    which = (
        "article_id NOT IN (SELECT id FROM article WHERE removed)"
        if everything
        else (f"article_id IN ({there})")
    )
    return (
        f"SELECT {shown}, many FROM (SELECT value, count(*) AS many FROM ({having})"
        f" WHERE {which} GROUP BY value {most})",
        True,
    )


def _scattered(number: int, seed: int) -> int:
    """Return where an article stands in a random order, whatever else is in it (splitmix64)."""
    mixed = (number + seed * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    mixed = ((mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
    return mixed ^ mixed >> 31
