"""``standfirst history``: the audit trail of a project, as a file or on standard output."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from commands import records, refused, run

from db import articles, history, people
from db.acts import Act, Change
from db.engine import create, open_project, session
from db.values import Metadata


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in which Ada named an author, and Grace took that back."""
    path = tmp_path_factory.mktemp("trail") / "study.standfirst"
    create(path, name="study")
    engine = open_project(path)
    with session(engine) as own:
        ada, grace = (people.coder(own, name) for name in ("Ada", "Grace"))
        added = articles.add(own, "Text.", Metadata(title="Zölle, “neue”"), coder=ada)
        change = Change("article", added.id, {"author": None}, {"author": "Kim\nLee"})
        history.perform(own, Act("metadata", "edit details", added.id, (change,)), ada)
        history.undo(own, grace)
        articles.add(own, "More.", Metadata(title='=HYPERLINK("http://evil.example")'), coder=ada)
    engine.dispose()
    return path


def test_every_entry_says_who_did_what_when_with_before_and_after(study: Path, tmp_path: Path):
    out = tmp_path / "trail.jsonl"
    assert run("history", study, out).returncode == 0
    imported, edited, undone, _ = records(out)
    assert [each["kind"] for each in (imported, edited, undone)] == ["act", "act", "undo"]
    assert (edited["coder"], undone["coder"]) == ("Ada", "Grace")
    assert undone["act"] == edited["act"]
    assert edited["article_title"] == "Zölle, “neue”"
    assert edited["at"].endswith("Z")
    (change,) = edited["changes"]
    assert (change["before"], change["after"]) == ({"author": None}, {"author": "Kim\nLee"})


def test_a_table_has_one_change_a_line(study: Path, tmp_path: Path):
    out = tmp_path / "trail.csv"
    assert run("history", study, out).returncode == 0
    with out.open(encoding="utf-8", newline="") as lines:
        _, edited, undone, formula = csv.DictReader(lines)
    assert (edited["coder"], edited["title"], edited["table"]) == ("Ada", "edit details", "article")
    assert json.loads(edited["after"]) == {"author": "Kim\nLee"}
    assert undone["before"] == edited["after"]
    assert (
        formula["article_title"] == '\'=HYPERLINK("http://evil.example")'
    )  # no spreadsheet runs it


def test_it_goes_to_standard_output_too(study: Path):
    plain, table = run("history", study), run("history", study, "--csv")
    assert [json.loads(line)["seq"] for line in plain.stdout.splitlines()] == [1, 2, 3, 4]
    assert table.stdout.decode().startswith("seq,at,coder,kind,")


def test_what_cannot_be_written_is_refused_and_leaves_nothing(study: Path, tmp_path: Path):
    assert "ends in .jsonl or .csv" in refused(run("history", study, tmp_path / "trail.txt"))
    assert "no folder" in refused(run("history", study, tmp_path / "none" / "trail.csv"))
    assert list(tmp_path.iterdir()) == []
