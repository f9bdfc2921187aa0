"""Suggestions from a shell: real processes with the bundled pipeline."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import SAMPLES, records, refused, run

from db import annotations, articles
from db.engine import open_project, session
from db.presence import Sole
from desktop.corpus.proof import check


@pytest.fixture(scope="module")
def suggested() -> subprocess.CompletedProcess[bytes]:
    return run("suggest", *reversed(SAMPLES))


def test_suggest_writes_one_line_a_file_in_the_order_given(suggested):
    assert (suggested.returncode, suggested.stderr) == (0, b"")

    lines = [json.loads(line) for line in suggested.stdout.splitlines()]

    assert [line["text"] for line in lines] == [s.read_text("utf-8") for s in reversed(SAMPLES)]


def test_everything_suggested_is_proven_and_undecided(suggested):
    for line in suggested.stdout.splitlines():
        record = check(line)
        found = [*record["entities"], *record["statements"], *record["stances"]]
        assert {one["status"] for one in found} == {"suggested"}
        assert {one["origin"] for one in found} <= {"model", "rule", "propagated"}
        assert record["model"] and record["zones"] and len(record["entities"]) > 20


def test_the_same_text_gets_the_same_suggestions_with_the_same_ids(suggested):
    again = run("suggest", SAMPLES[0])

    assert suggested.stdout.endswith(again.stdout)


def test_suggest_reads_all_files_before_it_writes_a_line(tmp_path: Path):
    assert str(tmp_path / "gone.txt") in refused(run("suggest", SAMPLES[0], tmp_path / "gone.txt"))


def test_a_file_of_any_kind_that_can_be_imported_can_be_suggested_on(tmp_path: Path):
    page, table = tmp_path / "toll.html", tmp_path / "empty.csv"
    page.write_text(
        "<html><head><title>Toll</title></head><body><article><h1>Toll</h1>"
        "<p>Mara Lind, the mayor of Bristol, said on Monday that the toll would rise.</p>"
        "<p>The council of Bristol is against it.</p></article></body></html>",
        "utf-8",
    )
    done = run("suggest", page)
    record = json.loads(done.stdout)
    labels = {record["text"][one["start"] : one["end"]]: one["label"] for one in record["entities"]}
    assert (labels["Mara Lind"], labels["Bristol"]) == ("PERSON", "GPE")

    table.write_text("title,text\nToll,\n", "utf-8")
    assert "empty.csv" in refused(run("suggest", page, table))


def test_suggest_with_a_pipeline_that_is_not_there():
    assert "no_such_pipeline" in refused(run("suggest", "--pipeline=no_such_pipeline", SAMPLES[0]))


def test_what_a_pipeline_prints_does_not_get_into_the_data(odd_pipeline: str):
    done = run("suggest", "--pipeline", odd_pipeline, SAMPLES[0])
    [line] = done.stdout.splitlines()
    assert json.loads(line)["model"]["name"] == "en_odd"
    assert b"printed by a child" in done.stderr


def test_import_suggests_once(tmp_path: Path, suggested):
    project, out = tmp_path / "p.standfirst", tmp_path / "out.jsonl"

    assert run("import", "--suggest", project, SAMPLES[0]).returncode == 0
    assert run("export", project, out).returncode == 0

    (brought,) = records(out)
    alone = json.loads(suggested.stdout.splitlines()[-1])
    for layer in ("entities", "statements", "stances"):
        assert values_of(brought[layer]) == values_of(alone[layer])
    assert brought["zones"] == alone["zones"]
    assert brought["model"] == alone["model"]
    engine = open_project(project)
    with session(engine) as own:
        (row,) = articles.list_rows(own)
        assert annotations.load(own, row.id).decisions == []
    engine.dispose()


def values_of(found: list[dict]) -> list[tuple]:
    """What was suggested, whatever its id: ids are made of the article's."""
    return sorted(
        (
            tuple((span["text"], span["start"]) for span in one.get("content", [one])),
            one.get("label", one.get("stance", one.get("attribution"))),
        )
        for one in found
        if "start" in one or "content" in one
    )


def test_a_reader_that_has_enough_ends_it_in_peace():
    files = " ".join(f"'{sample}'" for sample in SAMPLES * 4)
    command = f"'{sys.executable}' -m desktop suggest {files} | head -c 10; echo ${{PIPESTATUS[0]}}"

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=100)

    assert done.stdout == '{"schema":0\n'
    assert done.stderr == ""


def test_a_whole_project_is_suggested_on_once_and_by_one_program(tmp_path: Path):
    project, text = tmp_path / "p.standfirst", tmp_path / "one.txt"
    text.write_text("The mayor of Calais said no.")
    run("import", project, text)

    assert b"suggestions on 1 articles" in run("suggest", project).stderr
    assert b"suggestions on 0 articles" in run("suggest", project).stderr
    assert "one project at a time" in refused(run("suggest", text, project))
    other = Sole(project, "suggesting")
    assert other.take()
    assert "another program" in refused(run("suggest", project))
    other.leave()
