"""``standfirst evaluate --stance`` from a shell: pairs and corpora, and the bundled pipeline."""

import gzip
import json
from pathlib import Path

import pytest
from commands import SAMPLES, records, refused, run

from db.values import Ref, RefKind, Span
from desktop.corpus.formats import jsonl
from desktop.corpus.records import record
from tests.corpus.making import SCHEME, TOLL, loaded, stance

AGAINST = {
    "text": "Mr Ashby condemned the toll as a disgrace.",
    "target": {"start": 19, "end": 27},
    "holder": {"start": 3, "end": 8},
}
FOR = {
    "text": "The mayor warmly welcomed the new bridge, and praised it as a triumph.",
    "target_start": 26,
    "target_end": 40,
    "holder_start": 0,
    "holder_end": 9,
}
CALM = {"text": "The bridge opened on Tuesday.", "target": {"start": 0, "end": 10}}


def written(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def evaluated(*arguments: object) -> dict:
    done = run("evaluate", "--stance", *arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


def test_pairs_are_scored_with_a_holder_and_without(tmp_path: Path):
    pairs = written(
        tmp_path / "pairs.jsonl",
        {**AGAINST, "stance": "against"},
        {**FOR, "label": "supportive"},
        {**CALM, "label": "neutral"},
    )
    report = evaluated(pairs)
    assert report["pipeline"]["name"] == "en_standfirst_news"
    (file,) = report["files"]
    assert (file["file"], file["kind"]) == ("pairs.jsonl", "pairs")
    both, alone = file["given_holder_and_target"], file["given_target"]
    assert (both["pairs"], both["accuracy"], both["sides"]["against"]["f"]) == (2, 100.0, 100.0)
    assert (alone["pairs"], alone["accuracy"]) == (1, 100.0)
    assert alone["macro_f1"] == pytest.approx(100 / 3, abs=0.1)  # of three sides, one was asked for
    assert 0 <= both["calibration_error"] <= 1


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is suggested on two samples, one accepted in all and one left alone."""
    done = run("suggest", *SAMPLES[:2])
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    for layer in ("entities", "statements", "stances"):
        for one in first[layer]:
            one["status"] = "accepted"
    assert first["stances"] and first["statements"]
    return written(tmp_path_factory.mktemp("decided") / "corpus.jsonl", first, second)


def test_a_corpus_is_scored_end_to_end(decided: Path):
    (file,) = evaluated(decided)["files"]
    (first, _) = records(decided)
    assert (file["kind"], file["articles"], file["left_out"]) == ("corpus", 1, 1)
    for step in ("holder", "side", "target"):
        assert (file[step]["p"], file[step]["r"]) == (100.0, 100.0)
        assert file[step]["gold"] == len(first["stances"])
    said = file["statements"]
    assert (said["articles"], said["f"], said["gold"]) == (1, 100.0, len(first["statements"]))


def test_a_target_may_be_an_issue_of_the_corpus(tmp_path: Path):
    """The engine looks for the issues the corpus names, and finds one by its keyword."""
    text = "Ida Rook condemned the levy as a disgrace. It rained on Tuesday."
    held = stance(
        Ref(RefKind.SPAN, Span(0, 8)), Ref(RefKind.ISSUE, issue=TOLL.id), Span(0, 42)
    )  # fmt: skip
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_bytes(jsonl.line(record(loaded(text, held), SCHEME, [TOLL])))

    (file,) = evaluated(corpus)["files"]

    assert (file["target"]["right"], file["target"]["gold"]) == (1, 1)


def test_files_are_told_apart_by_their_lines_packed_or_not(decided: Path, tmp_path: Path):
    packed = tmp_path / "corpus.jsonl.gz"
    packed.write_bytes(gzip.compress(decided.read_bytes()))
    pairs = written(tmp_path / "pairs.jsonl", {**AGAINST, "stance": "against"})
    files = evaluated(pairs, packed)["files"]
    assert [file["kind"] for file in files] == ["pairs", "corpus"]
    assert files[1]["target"]["f"] == 100.0


def test_a_line_that_cannot_be_counted_is_named(decided: Path, tmp_path: Path):
    bad = written(tmp_path / "bad.jsonl", {**AGAINST, "stance": "against"}, FOR)
    assert refused(run("evaluate", "--stance", bad)).startswith(f"{bad}:2: stance: Field required")
    first, second = decided.read_text("utf-8").split("\n")
    torn = written(tmp_path / "torn.jsonl", first, second.replace('"sha256": "', '"sha256": "0'))
    line = refused(run("evaluate", "--stance", torn))
    assert line.startswith(f"{torn}:2: meta.sha256: ")
    assert line.endswith("correct that line or take it out")


def test_what_is_about_names_does_not_go_with_stances(tmp_path: Path):
    pairs = written(tmp_path / "pairs.jsonl", {**AGAINST, "stance": "against"})
    for option in ("--plain", "--bounds-as-given"):
        assert option in refused(run("evaluate", "--stance", option, pairs))
