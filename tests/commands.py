"""Run our commands as a shell does."""

import json
import subprocess
import sys
from pathlib import Path

import resources

SAMPLES = sorted(resources.path("samples").glob("*.txt"))


def run(*arguments: object, **more: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "desktop", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=100, **more)  # pyright: ignore


def refused(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one line a refused command leaves."""
    assert done.returncode == 2, done.stderr.decode()
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("standfirst: ")
    return line.removeprefix("standfirst: ")


def records(corpus: Path) -> list[dict]:
    return [json.loads(line) for line in corpus.read_bytes().splitlines()]
