"""``standfirst evaluate`` from a shell: real processes, the bundled pipeline and another one."""

import gzip
import json
from pathlib import Path

import pytest
from commands import refused, run

TEXT = "The Harbour Board’s chairman, Mr Gordon Ashby, told the BBC in London on Tuesday."
NAMES = {"The Harbour Board’s": "ORG", "Mr Gordon Ashby": "PERSON", "BBC": "ORG", "London": "GPE"}


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    spans = [
        {"start": TEXT.index(name), "end": TEXT.index(name) + len(name), "label": label}
        for name, label in NAMES.items()
    ]
    path = tmp_path / "labelled.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"text": TEXT, "spans": spans}).encode()))
    return path


def evaluated(*arguments: object) -> dict:
    done = run("evaluate", *arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


def test_the_bundled_pipeline_is_scored_with_its_rules(labelled: Path):
    report = evaluated(labelled, labelled)
    assert report["pipeline"]["name"] == "en_standfirst_news"
    assert 0 < report["pipeline"]["megabytes"] < 50
    assert [file["file"] for file in report["files"]] == [labelled.name] * 2
    [found, _] = report["files"]
    assert (found["texts"], found["words"]) == (1, len(TEXT.split()))
    assert found["labels"]["names"]["f"] == 100.0
    assert found["labels"]["PERSON"] == {
        "p": 100.0, "r": 100.0, "f": 100.0, "overlap_p": 100.0, "overlap_r": 100.0,
        "overlap_f": 100.0, "gold": 1, "found": 1,
    }  # fmt: skip
    assert found["labels"]["DATE"]["gold"] == 0  # found, labelled by nobody, held against nobody
    assert found["labels"]["all"]["p"] == 100.0
    assert found["words_per_second"] > 0
    assert 0 <= found["calibration"]["error"] <= 1
    assert sum(one["count"] for one in found["calibration"]["bins"]) == len(NAMES)


def test_bounds_can_be_taken_as_they_are_given(labelled: Path):
    report = evaluated("--bounds-as-given", labelled)
    assert report["bounds"] == "as given"
    names = report["files"][0]["labels"]["names"]
    assert (names["f"], names["overlap_f"]) == (50.0, 100.0)


def test_the_pipeline_alone_finds_no_dates(labelled: Path):
    report = evaluated("--plain", labelled)
    assert not report["pipeline"]["with_rules"]
    assert "DATE" not in report["files"][0]["labels"]


def test_another_pipeline_is_scored_as_well(labelled: Path, odd_pipeline: str):
    done = run("evaluate", "--pipeline", odd_pipeline, labelled)
    assert b"printed by a child" in done.stderr  # and nothing of that in the data
    report = json.loads(done.stdout)
    assert (report["pipeline"]["name"], report["pipeline"]["version"]) == ("en_odd", "1.0")
    assert report["files"][0]["labels"]["PERSON"]["r"] == 100.0  # by our rule for titles


def test_a_bad_line_is_named_and_nothing_is_printed(labelled: Path, tmp_path: Path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "Calais."}\n{"text": "Calais", "spans": [{"start": 0, "end": 9}]}\n')
    assert f"{bad}:2: " in refused(run("evaluate", labelled, bad))


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    assert str(tmp_path / "gone.jsonl") in refused(run("evaluate", tmp_path / "gone.jsonl"))
