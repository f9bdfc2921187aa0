"""The commands without a window, as a shell runs them: real processes, real files."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from commands import records, refused, run

from db import annotations, articles, exchange, people
from db.engine import create, open_project, session
from db.issues import add_issue
from db.presence import Presence
from db.values import (
    Actor,
    Checked,
    Decision,
    Entity,
    Issue,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
    Zone,
    ZoneKind,
)
from desktop.corpus.formats import jsonl

HARD = "👩🏽‍🚒 é\u0301\u00a0said\u2028“שלום”\u2029to\u0085all"
GERMAN = "Die Zölle für Gemüse müssen über Nacht gesenkt werden, sagte sie. " * 9


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a text that hurts, bare and with a decision of every kind."""
    path = tmp_path_factory.mktemp("study") / "study.standfirst"
    create(path, name="study")
    engine = open_project(path)
    with session(engine) as own:
        coder = people.coder(own, "Ada")
        toll = add_issue(own, "the toll")
        mayor = people.add_actor(own, "Ida Rook", "PERSON", ["Ms Rook"])
        added = articles.add(
            own, HARD, Metadata(title="Hard", language="en"), [Zone(0, 12, ZoneKind.BODY)], coder
        )
        annotate(own, added.id, coder, mayor, toll)
    engine.dispose()
    return path


@pytest.fixture
def project(study: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(study, tmp_path))


def annotate(own, article: UUID, coder: UUID, mayor: Actor, toll: Issue) -> None:
    """Put decisions on an article as a corpus brings them in: under an article of the same text."""
    decided = Decision(
        Status.ACCEPTED, Origin.MODEL, 0.9, coder=coder, decided_at="2026-11-23T10:00:00.000Z"
    )
    suggested = Decision(Status.SUGGESTED, Origin.MODEL, 0.5)
    loaded = annotations.load(own, article)
    new = UUID(int=5)
    person = Entity(UUID(int=51), new, Span(0, 4), "PERSON", decided, mayor.id)
    refused = Entity(UUID(int=52), new, Span(5, 7), "ORG", replace(decided, status=Status.REJECTED))
    pending = Entity(UUID(int=53), new, Span(14, 18), "GPE", suggested)
    stance = Stance(
        UUID(int=54), new, Ref(RefKind.ENTITY, Span(0, 4), person.id),
        Ref(RefKind.ISSUE, issue=toll.id), Position.MIXED, (Span(5, 19),), decided,
    )  # fmt: skip
    text = HARD + " Again."
    whole = replace(
        loaded,
        article=replace(
            loaded.article, id=new, text=text, sha256=sha256(text.encode()).hexdigest()
        ),
        decisions=[person, refused, stance],
        suggestions=[pending],
        checked=[Checked(UUID(int=55), new, 0, 9, "entities", coder, "2026-11-23T10:00:00.000Z")],
        actors=[mayor],
    )
    assert exchange.bring_in(own, whole, [toll])


# export


def test_export_holds_suggestions_and_decisions_the_rejected_too(project: Path, tmp_path: Path):
    run("export", project, tmp_path / "out.jsonl")

    plain, annotated = records(tmp_path / "out.jsonl")
    assert plain["text"] == HARD
    assert plain["zones"] == [{"start": 0, "end": 12, "kind": "body"}]
    assert [entity["status"] for entity in annotated["entities"]] == [
        "accepted", "rejected", "suggested",
    ]  # fmt: skip
    assert [entity["text"] for entity in annotated["entities"]] == [
        "👩🏽‍🚒", "é\u0301", "שלום",
    ]  # fmt: skip
    (stance,) = annotated["stances"]
    assert stance["target"]["text"] == "the toll"
    assert stance["holder"]["actor"] == annotated["actors"][0]["id"]
    assert annotated["checked"][0]["layer"] == "entities"


def test_export_to_standard_output(project: Path, tmp_path: Path):
    run("export", project, tmp_path / "out.jsonl")

    done = run("export", project, "-")

    assert done.stdout == (tmp_path / "out.jsonl").read_bytes()
    assert b"2 articles, 4 annotations" in done.stderr


def test_export_replaces_a_corpus_and_keeps_its_rights_and_links(project: Path, tmp_path: Path):
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)

    assert run("export", project, link).returncode == 0

    assert link.is_symlink()
    assert len(records(real)) == 2
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_corpus_has_the_rights_of_any_new_file(project: Path, tmp_path: Path):
    (tmp_path / "any").touch()

    run("export", project, tmp_path / "out.jsonl")

    assert (tmp_path / "out.jsonl").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_an_export_that_fails_its_proof_leaves_the_last_one(project: Path, tmp_path: Path):
    out = tmp_path / "out.jsonl"
    out.write_text("the last good corpus")
    with closing(sqlite3.connect(project)) as damage, damage:
        damage.execute("UPDATE article_text SET text = replace(text, 'said', 'sai')")

    line = refused(run("export", project, out))

    assert f"{out}:1: meta.sha256: is not of this text" in line
    assert out.read_text() == "the last good corpus"
    assert not list(tmp_path.glob(".*.part"))


def test_export_does_not_overwrite_a_project(project: Path, tmp_path: Path):
    before = project.read_bytes()

    assert "is a project" in refused(run("export", project, project))
    assert "is a project" in refused(run("export", project, tmp_path / "x.standfirst"))
    assert project.read_bytes() == before


def test_export_of_what_is_no_project(tmp_path: Path):
    assert "There is no" in refused(run("export", tmp_path / "gone", tmp_path / "out.jsonl"))
    assert not (tmp_path / "out.jsonl").exists()


def test_export_into_a_pipe_keeps_the_pipe(project: Path, tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = f"cat '{pipe}' & '{sys.executable}' -m desktop export '{project}' '{pipe}' || kill $!"

    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60)

    assert len(done.stdout.splitlines()) == 2, done.stderr
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_reader_that_has_enough_is_no_error(project: Path):
    command = f"'{sys.executable}' -m desktop export '{project}' - | true; echo ${{PIPESTATUS[0]}}"

    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)

    assert done.stdout == "0\n"
    assert "Traceback" not in done.stderr


def test_an_export_that_is_ended_leaves_nothing_behind(project: Path, tmp_path: Path):
    """It writes more than a pipe holds to a reader that does not read, and is ended there."""
    engine = open_project(project)
    with session(engine) as own:
        articles.add(own, "long " * 100_000, Metadata(title="Long"))
    engine.dispose()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "desktop", "export", str(project), "-"]
    environment = {**os.environ, "TMPDIR": str(scratch)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as export:
        assert export.stdout is not None
        export.stdout.read(1)
        export.terminate()
        assert export.wait(60) == 128 + signal.SIGTERM
    assert not list(scratch.iterdir())


def test_export_while_another_program_writes(project: Path, tmp_path: Path):
    engine = open_project(project)
    with session(engine) as window:
        articles.add(window, "Newest.", Metadata(title="Newest"))

        with Presence(project):
            done = run("export", project, tmp_path / "out.jsonl")

        assert done.returncode == 0, done.stderr
        assert b"is open in another program" in done.stderr
        assert [record["text"] for record in records(tmp_path / "out.jsonl")][-1] == "Newest."
        articles.add(window, "Newer still.", Metadata(title="And it can go on"))
    engine.dispose()


# No window


def test_the_commands_import_no_qt():
    code = "import sys, desktop.cli.command; import desktop.corpus.project, db.exchange\n"
    code += "assert not [name for name in sys.modules if name.startswith('PySide6')]"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_published_corpus_reads_back_in_this_process(project: Path, tmp_path: Path):
    run("export", project, tmp_path / "out.jsonl")

    assert len(list(jsonl.read(tmp_path / "out.jsonl"))) == 2
