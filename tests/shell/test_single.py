"""One window a project, however impatient somebody is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from desktop.shell.claim import claim
from desktop.shell.opened import Make

ROOT = Path(__file__).parents[2]


def test_of_two_starts_at_once_one_shows_the_project(project, qtbot, tmp_path):
    trace = tmp_path / "moments.jsonl"
    environment = {**os.environ, "STANDFIRST_TRACE": str(trace)}
    command = [sys.executable, "-m", "desktop", str(project)]
    starts = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(2)]

    def gone() -> list[int]:
        return [code for start in starts if (code := start.poll()) is not None]

    def painted() -> int:
        lines = trace.read_text("utf-8").splitlines() if trace.exists() else []
        return sum(json.loads(line)["moment"] == "first_paint" for line in lines)

    try:
        qtbot.waitUntil(lambda: bool(gone() and painted()))
        assert gone() == [0]
        assert painted() == 1
    finally:
        for start in starts:
            start.kill()
            start.wait()


def test_what_lies_where_nothing_can_be_written_is_shown_to_whoever_comes(tmp_path):
    nowhere = tmp_path / "no folder" / "Gone.standfirst"
    assert claim(nowhere, []) is not None
    assert claim(nowhere, []) is not None


def test_the_right_to_a_project_ends_with_its_window(standfirst, project, tmp_path):
    standfirst.open_project(tmp_path / "Other.standfirst", Make.EMPTY)
    free = claim(project, [])
    assert free is not None
    free.leave()
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(f".{project.name}")]
