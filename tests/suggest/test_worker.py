"""The engine's process by itself, as the window would meet it at the other end of the pipe."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from uuid import UUID

import pytest

from db.values import Issue
from desktop.suggest.protocol import Message, frame, issue_to_row, read
from desktop.suggest.worker import BATCH, Worker

ROOT = Path(__file__).parents[2]


class Child:
    """A real engine process; its stderr goes to a file."""

    def __init__(self, log: Path, *options: str) -> None:
        self._log = log
        with log.open("wb") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, *options, "-m", "desktop", "--worker"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
            )

    @property
    def requests(self) -> IO[bytes]:
        assert self.process.stdin
        return self.process.stdin

    @property
    def answers(self) -> IO[bytes]:
        assert self.process.stdout
        return self.process.stdout

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    def say(self, *messages: Message) -> None:
        self.requests.write(b"".join(frame(message) for message in messages))
        self.requests.flush()

    def hear(self) -> Message:
        message = read(self.answers)
        assert message is not None, self.log
        return message

    def hear_to_the_end_of(self, job: int) -> list[Message]:
        heard = [self.hear()]
        while not (heard[-1].get("job") == job and heard[-1].get("done")):
            heard.append(self.hear())
        return heard

    def goes(self) -> int:
        """Wait until it has gone of itself and return its exit code."""
        return self.process.wait(timeout=60)


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    child = Child(tmp_path / "log")
    yield child
    child.process.kill()
    child.process.wait()
    child.requests.close()
    child.answers.close()


def load(pipeline: str | None = None) -> Message:
    return {"type": "load", "pipeline": pipeline}


def suggest(job: int, text: str) -> Message:
    article = str(UUID(int=job))
    return {
        "type": "suggest", "job": job, "article": article, "sha256": "…", "text": text,
        "language": "en",
    }  # fmt: skip


def test_it_loads_and_answers_in_order_and_in_small_batches(child):
    child.say(load(), suggest(1, "Harbour reopens\n\n" + "The port of Calais is open.\n\n" * 250))
    ready, zones, *batches = child.hear_to_the_end_of(1)
    assert ready["type"] == "ready"
    assert set(ready["model"]) == {"name", "version"}
    assert zones["type"] == "zones"
    assert zones["zones"][0]["start"] == 0
    assert {batch["type"] for batch in batches} == {"suggestions"}
    assert all(len(batch["items"]) <= BATCH for batch in batches)
    assert [batch["done"] for batch in batches] == [False] * (len(batches) - 1) + [True]
    for answer in (zones, *batches):
        assert (answer["job"], answer["article"]) == (1, str(UUID(int=1)))
        assert answer["sha256"] == "…"


def test_it_imports_neither_qt_nor_sql_nor_spacys_command_line(tmp_path):
    child = Child(tmp_path / "log", "-X", "importtime")
    child.say(load(), suggest(1, "The port of Calais is open.\n"))
    child.hear_to_the_end_of(1)
    child.requests.close()
    assert child.goes() == 0
    child.answers.close()
    imported = {line.rpartition("|")[2].strip() for line in child.log.splitlines()}
    assert "spacy.language" in imported
    unwanted = {"PySide6", "sqlmodel", "sqlalchemy", "sqlite3", "alembic", "typer"}
    assert not {name for name in imported if name.split(".")[0] in unwanted}


def test_it_shows_signs_of_life_before_there_is_anything_to_tell(odd_pipeline, child):
    paragraph = "Calais DAWDLES here. " * 40
    child.say(load(odd_pipeline), suggest(1, f"{paragraph}\n\n" * 60))
    heard = child.hear_to_the_end_of(1)
    batches = [len(message["items"]) for message in heard if message["type"] == "suggestions"]
    assert batches[:3] == [0, 0, 0]
    assert sum(batches) >= 40 * 60


def test_a_new_article_takes_the_place_of_the_one_under_way(odd_pipeline, child):
    long, short = "Calais DAWDLES here.\n\n" * 500, "Calais.\n"
    child.say(load(odd_pipeline), suggest(1, long))
    while child.hear()["type"] != "zones":
        pass
    child.say(suggest(2, short))
    heard = child.hear_to_the_end_of(2)
    assert not any(message["job"] == 1 and message.get("done") for message in heard)


def test_a_cancelled_article_is_dropped_and_a_late_cancel_hurts_nobody(odd_pipeline, child):
    long = "Calais DAWDLES here.\n\n" * 500
    child.say(load(odd_pipeline), suggest(1, long))
    while child.hear()["type"] != "zones":
        pass
    child.say({"type": "cancel", "job": 1}, suggest(2, "Calais.\n"), {"type": "cancel", "job": 1})
    heard = child.hear_to_the_end_of(2)
    assert not any(message["job"] == 1 and message.get("done") for message in heard)


def test_without_a_pipeline_it_says_so_and_lives(child):
    child.say(suggest(1, "Calais.\n"), load("xx_no_such_pipeline"))
    early, missing = child.hear(), child.hear()
    assert (early["type"], early["job"]) == ("failed", 1)
    assert (missing["type"], missing["job"]) == ("failed", None)
    assert "xx_no_such_pipeline" in missing["message"]
    child.say(load())
    assert child.hear()["type"] == "ready"


def test_it_goes_when_the_window_goes_even_while_it_loads(child):
    child.say(load())
    child.requests.close()
    assert child.goes() == 0
    assert child.answers.read() == b""


def test_it_goes_when_nobody_listens(child):
    child.answers.close()
    child.say(load())
    assert child.goes() == 0
    assert child.log == ""


def test_it_will_not_guess_at_nonsense(child):
    child.requests.write(b"GET / HTTP/1.1\r\n\r\n")
    child.requests.flush()
    assert child.goes() == 2
    assert "ProtocolError" in child.log


def test_ctrl_c_in_the_terminal_is_the_windows_business(child):
    child.say(load())
    assert child.hear()["type"] == "ready"
    child.process.send_signal(signal.SIGINT)
    child.say(suggest(1, "Calais.\n"))
    assert child.hear_to_the_end_of(1)[-1]["done"]


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="a matter of Unix")
def test_it_leaves_the_processor_to_the_window(child):
    child.say(load())
    child.hear()
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, child.process.pid) == min(ours + 10, 19)


def test_the_issues_it_is_told_are_those_its_engine_looks_for():
    toll, said = Issue(UUID(int=7), "Bridge toll", ("the toll",), ("toll*",)), list[Message]()
    message: Message = {"type": "issues", "issues": [issue_to_row(toll)]}
    worker = Worker(said.append)
    worker._take(message)  # before there is an engine: nobody to tell
    worker._take(load())
    assert said[-1]["type"] == "ready"
    assert worker._engine
    assert not worker._engine.issues
    worker._take(message)
    assert list(worker._engine.issues) == [toll]
    worker._take({"type": "issues", "issues": []})
    assert not worker._engine.issues
