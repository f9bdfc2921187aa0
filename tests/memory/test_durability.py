"""What was acknowledged is there, whatever kills the program or whoever else writes."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from itertools import chain
from pathlib import Path
from uuid import UUID

import pytest
from sqlmodel import Session

from db import annotations, history, people
from db.values import Article

WRITER = Path(__file__).with_name("writer.py")
ROOT = Path(__file__).parents[2]


def _start(path: Path, coder: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, WRITER, path, coder, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )


@pytest.mark.parametrize("round_", range(3))
def test_no_acknowledged_act_is_missing_after_kill_9(
    path: Path,
    article: Article,
    session: Session,
    open_session: Callable[[], Session],
    round_: int,
) -> None:
    session.close()
    session.get_bind().engine.dispose()
    acknowledged = list[UUID]()
    last = random.randint(1, 300)
    with _start(path, "Grace", 500) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            acknowledged.append(UUID(line.strip()))
            if len(acknowledged) == last:
                writer.send_signal(signal.SIGKILL)
        # What it printed between our signal and its death was read too, by the loop's end.
    assert writer.returncode == -signal.SIGKILL
    assert last <= len(acknowledged) < 500

    reopened = open_session()
    stored = [entry for entry in history.entries(reopened, limit=1000) if entry.act.name == "add"]
    stored.reverse()
    assert [entry.id for entry in stored][: len(acknowledged)] == acknowledged
    assert len(stored) <= len(acknowledged) + 1  # the one it was killed in may be whole, too

    loaded = annotations.load(reopened, article.id)
    assert [one.id for one in loaded.decisions] == [entry.act.changes[0].id for entry in stored]
    assert [one.id for one in loaded.checked] == [entry.act.changes[1].id for entry in stored]
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    assert history.undo(reopened, None) == stored[-1].act.inverse()
    assert len(annotations.load(reopened, article.id).checked) == len(stored) - 1


def test_two_programs_write_at_once_and_nothing_is_lost(
    path: Path, article: Article, session: Session
) -> None:
    writers = {name: _start(path, name, 100) for name in ("Ada", "Grace")}
    acknowledged = {name: writer.communicate()[0].split() for name, writer in writers.items()}
    assert [writer.returncode for writer in writers.values()] == [0, 0]

    stored = [entry for entry in history.entries(session, limit=1000) if entry.act.name == "add"]
    assert {str(entry.id) for entry in stored} == {*chain(*acknowledged.values())}
    names = people.coders(session)
    assert Counter(names[entry.coder] for entry in stored if entry.coder) == {
        "Ada": 100,
        "Grace": 100,
    }
    assert len(annotations.load(session, article.id).decisions) == 200
    assert len(annotations.load(session, article.id).checked) == 200
