"""One kind of change on very many rows, in one statement, and in few bytes of the history."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, func, literal_column, select
from sqlalchemy.sql.elements import ColumnElement

from db.acts import Sweep
from db.models import TABLES
from db.rows import Row


def rows_with(
    connection: Connection, table: str, column: str, key: str | None, value: str
) -> Sweep:
    """Return a sweep over all rows that have a value, which leaves them as they are."""
    held = _held(table, column, key)
    found = connection.scalars(select(TABLES[table].c.id).where(held == value))
    return Sweep(table, column, key, value, value, tuple(found))


def sweep_over(connection: Connection, sweep: Sweep) -> bool:
    """Change all rows of a sweep; False if one of them is not as it was before."""
    table = TABLES[sweep.table]
    members = func.json_each(bindparam("rows")).table_valued("value")
    after: object = sweep.after
    if sweep.key is not None:
        after = func.json_set(table.c[sweep.column], f"$.{sweep.key}", sweep.after)
    changed = connection.execute(
        table.update()
        .where(_held(sweep.table, sweep.column, sweep.key) == sweep.before)
        .where(table.c.id.in_(select(members.c.value)))
        .values({sweep.column: after}),
        {"rows": _listed(sweep.rows)},
    )
    return changed.rowcount == len(sweep.rows)


def articles_of(connection: Connection, sweep: Sweep) -> set[str]:
    """Return the articles that the rows of a sweep are on."""
    table = TABLES[sweep.table]
    if sweep.table == "article":
        return set(sweep.rows)
    if "article_id" not in table.c:
        return set()
    members = func.json_each(bindparam("rows")).table_valued("value")
    found = select(table.c.article_id).where(table.c.id.in_(select(members.c.value))).distinct()
    return set(connection.scalars(found, {"rows": _listed(sweep.rows)}))


def swept_back(sweep: Sweep, row: Row) -> Row:
    """Return a row that a sweep went over as it was before."""
    if sweep.key is None:
        return {**row, sweep.column: sweep.before}
    return {**row, sweep.column: {**row[sweep.column], sweep.key: sweep.before}}


def grow(connection: Connection) -> None:
    """Count a change of the project's scheme: no two states of it share a version."""
    scheme = TABLES["scheme"]
    mine = select(TABLES["project"].c.scheme_id).scalar_subquery()
    connection.execute(
        scheme.update().where(scheme.c.id == mine).values(version=scheme.c.version + 1)
    )


def sweep_to_row(sweep: Sweep) -> Row:
    """Return a sweep as the history holds it; its rows as one text, with blanks between them."""
    return {
        "table": sweep.table,
        "column": sweep.column,
        "key": sweep.key,
        "before": sweep.before,
        "after": sweep.after,
        "rows": " ".join(sweep.rows),
    }


def sweep_from_row(row: Row) -> Sweep:
    """Read what :func:`sweep_to_row` wrote."""
    return Sweep(
        row["table"],
        row["column"],
        row["key"],
        row["before"],
        row["after"],
        tuple(row["rows"].split()),
    )


def _held(table: str, column: str, key: str | None) -> ColumnElement[str]:
    held = TABLES[table].c[column]
    # The path stands in the statement, where a planner could see it; keys are ours, not anybody's.
    return held if key is None else func.json_extract(held, literal_column(f"'$.{key}'"))


def _listed(rows: Sequence[str]) -> str:
    """Return ids as JSON: they need no escaping, and joining is quicker than encoding."""
    return '["' + '","'.join(rows) + '"]' if rows else "[]"
