"""``standfirst stance`` from a shell: real processes and the bundled pipeline."""

import gzip
import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from commands import refused, run

AGAINST = "Mr Ashby condemned the toll as a disgrace."
FOR = "The mayor warmly welcomed the new bridge, and praised it as a triumph."


def span(text: str, words: str) -> dict[str, int]:
    return {"start": text.index(words), "end": text.index(words) + len(words)}


def asked(text: str, target: str, holder: str | None = None, **more: object) -> dict:
    row = {"text": text, "target": span(text, target), **more}
    return {**row, "holder": span(text, holder)} if holder else row


ROWS = [
    asked(AGAINST, "the toll", "Ashby", id=7, note="é\u2028\u0085"),
    asked(FOR, "the new bridge", "The mayor", holder_kind="PERSON"),
    asked("The bridge opened on Tuesday.", "The bridge", big=10**30, nested={"a": [None, 1.5]}),
]


def written(path: Path, *rows: object) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[bytes]:
    file = written(tmp_path_factory.mktemp("stance") / "a.jsonl", *ROWS[:1], "", *ROWS[1:])
    return run("stance", file)


def test_every_line_comes_back_with_its_stance(answered):
    assert (answered.returncode, answered.stderr) == (0, b"")
    lines = [json.loads(line) for line in answered.stdout.splitlines()]
    kept = [{k: v for k, v in line.items() if k not in ("stance", "scores")} for line in lines]
    assert kept == ROWS
    assert [line["stance"] for line in lines] == ["against", "favor", "neutral"]
    for line in lines:
        scores = line["scores"]
        assert list(scores) == ["favor", "against", "neutral"]
        assert sum(scores.values()) == pytest.approx(1, abs=2e-4)
        assert all(score == round(score, 4) for score in scores.values())
        assert line["stance"] == max(scores, key=scores.__getitem__)


def test_no_line_end_is_raw_inside_a_line(answered):
    assert len(answered.stdout.decode().splitlines()) == len(ROWS)


def test_the_flat_fields_of_training_data_are_asked_the_same(answered, tmp_path: Path):
    flat = [
        {
            "text": row["text"],
            "target": "the target's words",
            "target_start": row["target"]["start"],
            "target_end": row["target"]["end"],
            "holder": "somebody" if "holder" in row else None,
            "holder_start": row["holder"]["start"] if "holder" in row else None,
            "holder_end": row["holder"]["end"] if "holder" in row else None,
        }
        for row in ROWS
    ]
    packed = tmp_path / "flat.jsonl.gz"
    packed.write_bytes(gzip.compress(written(tmp_path / "flat.jsonl", *flat).read_bytes()))

    done = run("stance", packed)

    nested = [json.loads(line) for line in answered.stdout.splitlines()]
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["scores"] for line in lines] == [line["scores"] for line in nested]
    assert [line["target"] for line in lines] == ["the target's words"] * len(ROWS)


def test_a_stance_that_was_there_gives_way(tmp_path: Path):
    row = {**ROWS[0], "stance": "favor", "scores": {}}
    (line,) = run("stance", written(tmp_path / "a.jsonl", row)).stdout.splitlines()
    assert json.loads(line)["stance"] == "against"
    assert len(json.loads(line)["scores"]) == 3


def test_it_reads_standard_input(answered):
    lines = "\n".join(map(json.dumps, ROWS)).encode()
    assert run("stance", "-", input=lines).stdout == answered.stdout


def test_an_empty_file_is_no_error(tmp_path: Path):
    done = run("stance", written(tmp_path / "a.jsonl"))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_what_is_together_is_answered_before_the_rest_is_written():
    """The first batch comes back while the writer still holds the other end open."""
    command = [sys.executable, "-m", "desktop", "stance", "-"]
    line = json.dumps(ROWS[2]).encode() + b"\n"
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe) as process:
        assert process.stdin and process.stdout
        process.stdin.write(line * 300)
        process.stdin.flush()
        guard = threading.Timer(90, process.kill)
        guard.start()
        first = [process.stdout.readline() for _ in range(256)]
        guard.cancel()
        process.stdin.close()
        rest = process.stdout.readlines()
    assert process.returncode == 0
    assert len({*first, *rest}) <= 2  # scores may differ in their last digit
    assert (len(first), len(rest)) == (256, 44)


# What cannot be asked


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "the line: Invalid JSON"),
        ({"text": FOR}, "target: Field required"),
        ({"text": FOR, "target": {"start": 5, "end": 400}}, "5 to 400 is no stretch"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_printed(tmp_path: Path, bad: object, said: str):
    file = written(tmp_path / "bad.jsonl", *ROWS, bad, ROWS[0])
    line = refused(run("stance", file))
    assert line.startswith(f"{file}:4: ")
    assert said in line


def test_what_comes_by_pipe_is_answered_up_to_the_bad_line():
    lines = [*map(json.dumps, ROWS), "{", json.dumps(ROWS[0])]
    done = run("stance", "-", input="\n".join(lines).encode())
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == len(ROWS)
    assert done.stderr.decode().startswith("standfirst: standard input:4: the line: Invalid JSON")
    assert len(done.stderr.splitlines()) == 1


def test_what_is_not_there_is_named(tmp_path: Path):
    assert str(tmp_path / "gone.jsonl") in refused(run("stance", tmp_path / "gone.jsonl"))
    file = written(tmp_path / "a.jsonl", ROWS[0])
    assert "no_such_pipeline" in refused(run("stance", "--pipeline=no_such_pipeline", file))


def test_a_pipeline_without_a_reader_has_the_bundled_one_s(answered, odd_pipeline, tmp_path: Path):
    done = run("stance", "--pipeline", odd_pipeline, written(tmp_path / "a.jsonl", *ROWS))
    assert done.returncode == 0
    assert done.stdout == answered.stdout
