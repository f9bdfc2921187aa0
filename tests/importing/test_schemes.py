"""``standfirst import --scheme``: the labels a new project begins with."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from commands import SAMPLES, refused, run

from db import schemes


def column(project: Path, name: str, table: str) -> list[str]:
    with closing(sqlite3.connect(project)) as plain:
        return [value for (value,) in plain.execute(f"SELECT {name} FROM {table}")]


@pytest.mark.parametrize("scheme", schemes.names())
def test_a_new_project_begins_with_the_scheme_that_is_asked_for(project: Path, scheme: str):
    assert scheme in run("import", "--help").stdout.decode()

    assert run("import", project, SAMPLES[0], "--scheme", scheme).returncode == 0

    assert column(project, "name", "scheme") == [schemes.bundled(scheme).name]


def test_a_scheme_that_is_not_there_makes_no_project(project: Path):
    assert refused(run("import", project, SAMPLES[0], "--scheme", "sports")) == (
        "--scheme sports: there is none; choose news, actors, claims, entities"
    )
    assert not project.exists()


def test_a_project_that_is_there_keeps_its_scheme(project: Path):
    run("import", project, SAMPLES[0])

    assert refused(run("import", project, SAMPLES[1], "--scheme", "actors")) == (
        f"{project}: is there already, with labels of its own; leave --scheme out"
    )
    assert column(project, "name", "scheme") == [schemes.bundled("news").name]
    assert column(project, "title", "article") == [SAMPLES[0].read_text("utf-8").splitlines()[0]]
