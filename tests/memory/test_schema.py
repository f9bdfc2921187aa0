"""The tables are made in two ways, at once and by migrations, and both must be the same."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from db import models, project_file, update


def _schema(path: Path) -> dict[str, list[str]]:
    """The clauses of every table and index, sorted, since their order is free.

    A table that was made anew under another name bears its own in quotes.
    """
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        clauses = {name: sql.replace(f'"{name}"', name) for name, sql in rows}
        return {
            name: sorted(re.split(r"\s*,\s*|\s*\(\s*|\s*\)\s*", sql))
            for name, sql in clauses.items()
        }


def _migrated(tmp_path: Path) -> Path:
    path = tmp_path / "migrated.standfirst"
    update.migrate(path)
    return path


def test_a_fresh_project_has_the_tables_a_migrated_one_has(path: Path, tmp_path: Path) -> None:
    assert _schema(path) == _schema(_migrated(tmp_path))


def test_the_frozen_project_of_this_version_has_the_tables_a_fresh_one_has(path: Path) -> None:
    frozen = Path(__file__).parent / "frozen" / f"version {project_file.REVISION}.standfirst"
    assert _schema(frozen) == _schema(path)


def _known_to_sqlmodel(name: str | None, kind: str, _parents: object) -> bool:
    """The full text is SQLite's own kind of table; the other tests here compare it."""
    return kind != "table" or not (name or "").startswith("full_text")


def test_alembic_finds_nothing_to_migrate_in_a_migrated_project(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{_migrated(tmp_path)}")
    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": _known_to_sqlmodel}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_the_revision_we_check_by_plain_sql_is_the_newest_migration() -> None:
    scripts = ScriptDirectory(str(update.MIGRATIONS))
    assert scripts.get_heads() == [project_file.REVISION]


def test_every_constraint_has_a_name_that_a_later_migration_can_use() -> None:
    nameless = [
        (table.name, constraint)
        for table in models.TABLES.values()
        for constraint in table.constraints
        if not constraint.name
    ]
    assert nameless == []
