"""``standfirst import`` as a shell runs it: real processes, real files, real projects."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from commands import SAMPLES, records, refused, run

HARD = "👩🏽‍🚒 é\u0301\u00a0said\u2028“שלום”\u2029to\u0085all"
STORY = (
    "The mayor of Varn said on Monday that the toll on the northern ferry would rise by a third. "
    "Mr Lindqvist of the drivers’ union is against the plan and called it a tax on honest work."
)
OTHER = (
    "Snow fell early on the hills this year, and farmers brought their sheep down to the valley "
    "in September. The oldest of them could not remember a winter that had begun so soon."
)
MARCH = (
    "The union will march on Friday, from the station to the old town hall. Shops on the way stay "
    "shut until noon, and buses take the road along the river instead of the bridge."
)
GERMAN = "Die Zölle für Gemüse müssen über Nacht gesenkt werden, sagte sie. " * 9


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """A folder as one gets it: articles of several kinds, in folders, among other things."""
    press = tmp_path / "press"
    (press / "2024").mkdir(parents=True)
    (press / ".git").mkdir()
    (press / "b.txt").write_text("Harbour vote\n\nThe mayor said no.")
    (press / "2024" / "a.txt").write_text("Toll rises\n\nThe minister said yes.")
    (press / "2024" / "wire.jsonl").write_text(
        json.dumps({"title": "One", "text": "First wire story."})
        + "\n{broken\n"
        + json.dumps({"title": "Two", "text": "Second wire story."})
        + "\n"
    )
    (press / "photo.heic").write_bytes(b"\0\1")
    (press / "2024" / "loop").symlink_to(press)
    (press / "empty.txt").write_text(" \n")
    return press


def titles(project: Path) -> list[str]:
    with closing(sqlite3.connect(project)) as plain:
        return [title for (title,) in plain.execute("SELECT title FROM article ORDER BY title")]


def acts(project: Path) -> list[str]:
    with closing(sqlite3.connect(project)) as plain:
        return [title for (title,) in plain.execute("SELECT title FROM history ORDER BY seq")]


def words(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    return [line.removeprefix("standfirst: ") for line in done.stderr.decode().splitlines()]


def test_it_makes_the_project_and_keeps_each_text_as_it_is(tmp_path: Path, project: Path):
    corpus = tmp_path / "out.jsonl"

    done = run("import", project, *SAMPLES)
    assert done.returncode == 0, done.stderr
    assert words(done) == [f"3 of 3 articles are new in {project}"]

    assert run("export", project, corpus).returncode == 0
    texts = [record["text"] for record in records(corpus)]
    assert texts == [sample.read_text("utf-8") for sample in SAMPLES]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "p.standfirst"]
    assert acts(project) == ["import 3 articles from 3 files"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"\xef\xbb\xbfZo\xc3\xab\r\nleft.\r", "Zoë\nleft.\n"),
        ("Zoë\nleft.".encode("utf-16"), "Zoë\nleft."),
        (GERMAN.encode("cp1252"), GERMAN),
        (f"Mr {HARD}".encode(), f"Mr {HARD}"),
    ],
    ids=["utf-8 with a mark and CRLF", "utf-16", "windows-1252", "all that hurts"],
)  # fmt: skip
def test_it_reads_what_encodings_newspapers_come_in(
    tmp_path: Path, project: Path, raw: bytes, text: str
):
    source = tmp_path / "article.txt"
    source.write_bytes(raw)

    assert run("import", project, source).returncode == 0

    run("export", project, tmp_path / "out.jsonl")
    assert [record["text"] for record in records(tmp_path / "out.jsonl")] == [text]


def test_a_folder_comes_with_what_is_in_it_and_says_what_does_not(press: Path, project: Path):
    done = run("import", project, press)

    assert titles(project) == ["Harbour vote", "One", "Toll rises", "Two"]
    *said, last = words(done)
    assert said == [
        "press/.git: it is hidden",
        "press/photo.heic: .heic files hold no articles; name the file itself to try it",
        "press/2024/loop: it is a link to press, which is read once",
        "press/empty.txt: there is no text in it",
        "press/2024/wire.jsonl:2: this is not JSON: key must be a string at column 2",
    ]
    assert last == f"4 of 6 articles are new in {project}; 2 could not be taken"
    assert done.returncode == 1
    assert acts(project) == ["import 4 articles from press"]


def test_what_is_there_already_changes_nothing_and_is_said(tmp_path: Path, project: Path):
    run("import", project, SAMPLES[0])
    copy = tmp_path / "copy.txt"
    copy.write_bytes(SAMPLES[1].read_bytes())

    again = run("import", project, SAMPLES[0], SAMPLES[1], copy, SAMPLES[1])

    assert again.returncode == 0
    named = [sample.name for sample in SAMPLES]
    first = SAMPLES[0].read_text("utf-8").splitlines()[0]
    assert words(again) == [
        f"{named[1]}: it is the same file as {named[1]}",
        f"{named[0]}: it is in the project already, as ‘{first}’",
        f"copy.txt: the same text came in with this import already, from {named[1]}",
        f"1 of 3 articles are new in {project}",
    ]


def test_a_dry_run_says_the_same_and_changes_nothing(press: Path, project: Path):
    rehearsed = run("import", "--dry-run", project, press)
    assert not project.exists()
    assert rehearsed.returncode == 1
    assert words(rehearsed)[-1].startswith("4 of 6 articles would be new in")

    run("import", project, press / "b.txt")
    before = project.read_bytes()
    assert words(run("import", "--dry-run", project, press))[-1].startswith("3 of 6 articles")
    assert project.read_bytes() == before


def test_a_dry_run_tells_of_newer_versions_and_of_twins(tmp_path: Path, project: Path):
    about = {"url": "https://example.org/toll", "title": "Toll"}
    monday, tuesday = tmp_path / "monday.jsonl", tmp_path / "tuesday.jsonl"
    monday.write_text(
        "".join(
            json.dumps(record) + "\n"
            for record in ({**about, "text": STORY}, {"title": "Snow", "text": f"Snow. {OTHER}"})
        )
    )
    assert run("import", project, monday).returncode == 0
    before = project.read_bytes()
    tuesday.write_text(
        "".join(
            json.dumps(record) + "\n"
            for record in (
                {**about, "text": f"Updated at noon.\n\n{STORY}"},
                {"title": "Early snow", "text": OTHER},
                {"title": "March", "text": MARCH},
                {"title": "A march", "text": f"{MARCH} More soon."},
            )
        )
    )

    done = run("import", "--dry-run", project, tuesday)

    assert words(done) == [
        "tuesday.jsonl:1: a newer version of ‘Toll’, which goes to the bin",
        "tuesday.jsonl:2: a twin of ‘Snow’, which is in the project",
        "tuesday.jsonl:4: a twin of ‘March’, from tuesday.jsonl:3",
        f"4 of 4 articles would be new in {project}; 3 to be looked at",
    ]
    assert project.read_bytes() == before


def test_the_report_tells_of_each_record_where_it_stood(press: Path, project: Path, tmp_path: Path):
    (press / "=cmd.txt").write_text("=1+1\n")

    run("import", project, press, "--report", tmp_path / "r.csv")

    with (tmp_path / "r.csv").open(newline="") as file:
        told = {row["place"]: row for row in csv.DictReader(file)}
    assert told["press/b.txt"]["outcome"] == "taken"
    assert told["press/2024/wire.jsonl:3"]["title"] == "Two"
    assert told["press/2024/wire.jsonl:2"]["outcome"] == "refused"
    assert told["press/.git"]["outcome"] == "passed over"
    assert told["press/=cmd.txt"]["title"] == "'=1+1", "a spreadsheet would take it for a formula"
    UUID(told["press/b.txt"]["article"])

    run("import", project, press, "--report", tmp_path / "r.jsonl")
    again = {record["place"]: record["outcome"] for record in records(tmp_path / "r.jsonl")}
    assert again["press/b.txt"] == "known"


def test_columns_of_a_table_can_be_said(tmp_path: Path, project: Path):
    table = tmp_path / "monitor.csv"
    table.write_text("Kop,Inhoud,Soort\nTol omhoog,De minister zei ja.,opinie\n")

    done = run("import", project, table, "--map", "text=Inhoud", "--map", "publication=3")

    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(project)) as plain:
        (row,) = plain.execute("SELECT title, publication, place FROM article")
    assert row == ("Tol omhoog", "opinie", "monitor.csv:2")
    wrong = run("import", project, table, "--map", "text=Body")
    assert words(wrong)[0] == (
        "monitor.csv: there is no column “Body”; its columns are Kop, Inhoud, Soort"
    )
    assert "say it as FIELD=COLUMN" in refused(run("import", project, table, "--map", "Inhoud"))


def test_nothing_that_can_be_read_is_an_error_and_makes_no_project(tmp_path: Path, project: Path):
    binary = tmp_path / "photo.txt"
    binary.write_bytes(b"GIF89a\n\0\1\2")

    done = run("import", project, binary, tmp_path / "gone.txt")

    assert done.returncode == 2
    assert any(line.startswith("photo.txt: ") for line in words(done))
    assert f"{tmp_path / 'gone.txt'}: no such file or directory" in words(done)
    assert not project.exists()


def test_one_that_cannot_be_read_stops_no_other(tmp_path: Path, project: Path):
    binary = tmp_path / "photo.txt"
    binary.write_bytes(b"GIF89a\n\0\1\2")

    done = run("import", project, binary, SAMPLES[0])

    assert done.returncode == 1
    assert len(titles(project)) == 1


def test_half_a_character_in_a_title_or_a_file_name_stops_nothing(tmp_path: Path, project: Path):
    wire = Path(os.fsdecode(os.fsencode(tmp_path) + b"/wire \xff.json"))
    marks = '"spans": [{"start": 0, "end": 3, "label": "GPE"}], "answer": "accept"'
    wire.write_text(
        r'[{"title": "Half \ud800", "text": "A story."}, {"title": "Whole", "text": "Another."},'
        rf' {{"meta": {{"title": "Mark \udfff"}}, "text": "Varn holds.", {marks}}}]'
    )

    report = tmp_path / "r.csv"
    done = run("import", project, wire, "--report", report)

    assert "Half ?" in report.read_text("utf-8")
    assert titles(project) == ["Half ?", "Mark ?", "Whole"]
    assert words(done) == [
        "wire \ufffd.json:1: half a character in its title was left out",
        "wire \ufffd.json:1: half a character in its title was left out",
        f"3 of 3 articles are new in {project}; 2 to be looked at",
    ]
    assert acts(project) == ["import 3 articles from wire \ufffd.json"]


def test_it_leaves_a_file_alone_that_is_no_project(tmp_path: Path):
    other = tmp_path / "notes.txt"
    other.write_text("mine")

    assert "is not a Standfirst project" in refused(run("import", other, SAMPLES[0]))
    assert other.read_text() == "mine"


def test_into_a_folder_that_is_not_there(tmp_path: Path):
    project = tmp_path / "gone" / "p.standfirst"

    assert f"{project}: there is no folder" in refused(run("import", project, SAMPLES[0]))


def test_annotated_records_of_other_programs_bring_labels_or_leave_names_out(
    tmp_path: Path, project: Path
):
    corpus = tmp_path / "prodigy.jsonl"
    text = "Ms Rook left Varn."
    spans = [{"start": 0, "end": 7, "label": "MINISTER"}, {"start": 13, "end": 17, "label": "GPE"}]
    task = {"text": text, "spans": spans, "answer": "accept", "_task_hash": 1, "_input_hash": 1}
    corpus.write_text(json.dumps(task) + "\n")

    skipped = run("import", project, corpus, "--labels", "skip")
    assert "1 name under MINISTER, which the scheme lacks, stayed out" in words(skipped)[0]
    assert words(skipped)[-1].endswith("; 1 to be looked at")

    other = tmp_path / "other.standfirst"
    assert run("import", other, corpus).returncode == 0
    run("export", other, tmp_path / "out.jsonl")
    (record,) = records(tmp_path / "out.jsonl")
    assert [entity["label"] for entity in record["entities"]] == ["MINISTER", "GPE"]


def test_ctrl_c_leaves_whole_articles_and_the_same_command_takes_the_rest(
    tmp_path: Path, project: Path, interruptible: None
):
    corpus = tmp_path / "wire.jsonl"
    wire(corpus, 3_000)
    slow = tmp_path / "slow.jsonl"
    wire(slow, 20_000, since=3_000)
    command = [sys.executable, "-m", "desktop", "import", str(project), str(corpus), str(slow)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as importing:
        while not project.exists() or not count(project):
            assert importing.poll() is None
        importing.send_signal(signal.SIGINT)
        assert importing.stderr
        said = importing.stderr.read().decode()
    assert importing.returncode == 128 + signal.SIGINT
    assert "stopped: what is in is whole" in said

    assert whole(project)
    assert run(*command[3:]).returncode == 0
    assert count(project) == 23_000
    assert acts(project) == ["import 23,000 articles from 2 files"]


@pytest.mark.parametrize("round_", range(3))
def test_killed_at_any_moment_it_leaves_whole_articles_and_goes_on_without_doubles(
    tmp_path: Path, project: Path, round_: int
):
    corpus = tmp_path / "wire.jsonl"
    wire(corpus, 20_000)
    with subprocess.Popen(
        [sys.executable, "-m", "desktop", "import", str(project), str(corpus)],
        stderr=subprocess.DEVNULL,
    ) as importing:
        while importing.poll() is None and (
            not project.exists() or count(project) < round_ * 2_500
        ):
            pass
        importing.kill()
    before = count(project)
    assert whole(project)
    assert acts(project) == ([f"import {before:,} articles from wire.jsonl"] if before else [])

    assert run("import", project, corpus).returncode == 0

    assert count(project) == 20_000
    assert whole(project)
    assert acts(project) == ["import 20,000 articles from wire.jsonl"]
    assert not list(tmp_path.glob("*.part"))


def wire(path: Path, number: int, since: int = 0) -> None:
    with path.open("w") as file:
        for nth in range(since, since + number):
            text = f"Story {nth}. The minister said the pact would hold. " * 6
            file.write(json.dumps({"title": f"Story {nth}", "text": text}) + "\n")


def count(project: Path) -> int:
    try:
        with closing(sqlite3.connect(project)) as plain:
            return plain.execute("SELECT count(*) FROM article WHERE NOT removed").fetchone()[0]
    except sqlite3.OperationalError:  # it is being made
        return 0


def whole(project: Path) -> bool:
    """Tell whether each article has its text and is found by its words, and the file is sound."""
    with closing(sqlite3.connect(project)) as plain:
        (verdict,) = plain.execute("PRAGMA quick_check").fetchone()
        alone = plain.execute(
            "SELECT count(*) FROM article LEFT JOIN article_text USING (number) WHERE text IS NULL"
        ).fetchone()[0]
        plain.execute("INSERT INTO full_text (full_text, rank) VALUES ('integrity-check', 1)")
        return verdict == "ok" and not alone
