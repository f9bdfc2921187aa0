"""One window a project, however impatient somebody is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

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
        qtbot.waitUntil(lambda: bool(gone() and painted()), timeout=60_000)
        assert gone() == [0]
        assert painted() == 1
    finally:
        for start in starts:
            start.kill()
            start.wait()
