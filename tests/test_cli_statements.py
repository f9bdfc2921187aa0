"""``standfirst statements``: a table that spreadsheets open, and that nothing in it can harm."""

from __future__ import annotations

import csv
from pathlib import Path
from uuid import uuid4

import pytest

from db import articles, history, people
from db.acts import Act, Change
from db.engine import create, open_project, session
from db.rows import to_row
from db.values import (
    Certainty,
    Decision,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
    now,
)
from desktop import cli
from desktop.spreadsheets import harmless

TEXT = "=cmd() said: “I am, \n for one, against it”, and left."
QUOTE = Span(TEXT.index("“"), TEXT.index("”") + 1)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two articles with a stance each; the first tries to be a formula."""
    path = tmp_path / "Trial.standfirst"
    create(path, name="Trial")
    engine = open_project(path)
    with session(engine) as own:
        coder = people.coder(own, "@Ada")
        for title, day in (('=HYPERLINK("http://x")', "2026-01-01"), ("Calm", "2025-01-01")):
            article = articles.add(own, TEXT, Metadata(title, "-1+1", published=day), coder=coder)
            stance = Stance(
                uuid4(),
                article.id,
                Ref(RefKind.SPAN, Span(0, 6)),
                Ref(RefKind.WRITER),
                Position.AGAINST,
                (QUOTE,),
                Decision(Status.ADDED, Origin.CODER, coder=coder, decided_at=now()),
                certainty=Certainty.CERTAIN,
            )
            change = Change("stance", stance.id, before=None, after=to_row(stance))
            history.perform(own, Act("add_stance", "add", article.id, (change,)), coder)
    engine.dispose()
    return path


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_stance_is_a_row_and_no_cell_is_a_formula(project, tmp_path, capsys):
    out = tmp_path / "table.csv"
    assert cli.main(["statements", str(project), str(out)]) == 0
    assert "2 statements" in capsys.readouterr().err
    assert out.read_bytes().startswith(b"\xef\xbb\xbfdate,publication,headline,holder,")
    first, second = _read(out)
    assert first == {
        "date": "2026-01-01",
        "publication": "'-1+1",
        "headline": '\'=HYPERLINK("http://x")',
        "holder": "'=cmd()",
        "affiliation": "",
        "target": "the writer",
        "stance": "against",
        "quote": "“I am, for one, against it”",
        "certainty": "certain",
        "coder": "'@Ada",
    }
    assert second["headline"] == "Calm"


def test_only_what_a_search_finds_is_in_it(project, tmp_path):
    out = tmp_path / "table.csv"
    query = "title:calm stance:against"
    assert cli.main(["statements", str(project), str(out), "--search", query]) == 0
    assert [row["headline"] for row in _read(out)] == ["Calm"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["out.txt"], "ends in .csv"),
        (["no folder/out.csv"], "there is no folder"),
        (["out.csv", "--search", "(a"], "not closed"),
    ],
)
def test_what_cannot_be_done_is_told_and_leaves_nothing(
    project, tmp_path, capsys, monkeypatch, arguments, says
):
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    assert cli.main(["statements", str(project), *arguments]) == 2
    assert says in capsys.readouterr().err
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", " =1", "\r=1", "＝1"])
def test_what_a_spreadsheet_would_compute_is_kept_from_it(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=1", "the “=”", "1-1"])
def test_what_is_no_formula_stays_as_it_is(cell):
    assert harmless(cell) == cell
