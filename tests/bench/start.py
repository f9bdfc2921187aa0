"""How soon the window is there, and whether it ever stands still until the suggestions are."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from db.values import Article
from tests.bench.articles import article_of
from tests.bench.result import Result

ROOT = Path(__file__).parents[2]
RUNS = 5
PATIENCE = 600  # s: the engine reads 50,000 words on a busy machine, too
PROGRAM = [sys.executable, "-m", "desktop"]

BARE_WINDOW = [sys.executable, "-m", "tests.bench.bare_window"]

Moment = dict[str, Any]


def measure() -> Iterator[Result]:
    """Yield the first paint beside a bare window's, and the longest stalls after it."""
    short, long = article_of(900), article_of(50_000)
    with TemporaryDirectory() as name:
        folder = Path(name)
        text = folder / "article.txt"
        text.write_text(short.text, "utf-8")
        bare, ours, articles = [], [], []
        passed(folder / "warm", [*PROGRAM, str(project_in(folder / "warm", short))])
        for run in range(RUNS):  # turn by turn, so that a busy machine is busy for both
            bare.append(passed(folder / f"bare{run}", [*BARE_WINDOW, str(text)])["first_paint"])
            app = folder / f"app{run}"
            at = passed(app, [*PROGRAM, str(project_in(app, short))], "article_painted")
            ours.append(at["first_paint"])
            articles.append(at["article_painted"])
        bare_paint, bare_work = map(median, zip(*bare, strict=True))
        paint, work = map(median, zip(*ours, strict=True))
        yield Result("start.bare_window", bare_paint, "s")
        yield Result("start.first_paint", paint, "s")
        yield Result("start.first_paint_ratio", paint / bare_paint, "x", at_most=2)
        yield Result("start.first_paint_work_ratio", work / bare_work, "x of processor time")
        article, work = map(median, zip(*articles, strict=True))
        yield Result("start.article_painted", article, "s")
        yield Result("start.article_painted_ratio", article / bare_paint, "x")
        yield Result("start.article_painted_work_ratio", work / bare_work, "x of processor time")
        for words, article in ((900, short), (50_000, long)):
            home = folder / f"stall{words}"
            began, moments = start(
                home, [*PROGRAM, str(project_in(home, article))], "suggestions_shown settled"
            )
            shown = next(m for m in moments if m["moment"] == "suggestions_shown")
            after_paint = moments[1 + [m["moment"] for m in moments].index("first_paint") :]
            until_shown = after_paint[: after_paint.index(shown) + 1]
            stall = max(moment["stall_ms"] for moment in until_shown)
            busy = max(moment["busy_ms"] for moment in until_shown)
            saving = max(m["stall_ms"] for m in after_paint if m not in until_shown)
            yield Result(f"start.suggestions_shown_{words}", shown["at"] - began, "s")
            yield Result(f"start.longest_stall_{words}", stall, "ms", at_most=50)
            yield Result(f"start.longest_turn_{words}", busy, "ms of processor time")
            yield Result(f"start.stall_while_saving_{words}", saving, "ms", at_most=50)


def project_in(home: Path, article: Article) -> Path:
    """Return a project, new in ``home``, that was left with the article open."""
    from db import articles, projects
    from db.engine import create, open_project, session

    home.mkdir()
    path = home / "Bench.standfirst"
    create(path, name="Bench")
    engine = open_project(path)
    with session(engine) as own:
        added = articles.add(own, article.text, article.meta)
        projects.set_last_article(own, added.id)
        own.commit()
    engine.dispose()
    return path


def passed(
    home: Path, command: list[str], until: str = "first_paint"
) -> dict[str, tuple[float, float]]:
    """Return how many seconds a program takes to its moments: by the clock, and of work."""
    began, moments = start(home, command, until)
    return {each["moment"]: (each["at"] - began, each["worked"]) for each in reversed(moments)}


def start(home: Path, command: list[str], until: str) -> tuple[float, list[Moment]]:
    """Return when a program was started, and its moments up to ``until``; settings stay apart."""
    trace = home / "trace.jsonl"
    folders = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    environment = {**os.environ, **{name: str(home / name) for name in folders}}
    environment["STANDFIRST_TRACE"] = str(trace)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    settings = home / "XDG_CONFIG_HOME" / "standfirst" / "standfirst.ini"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("[General]\ncoder=Bench\n", "utf-8")  # not the first day: nobody is asked
    with _started(command, environment) as (began, process):
        while time.time() < began + PATIENCE:
            moments = _moments(trace)
            if any(moment["moment"] == until for moment in moments):
                return began, moments
            if process.poll() is not None:
                raise RuntimeError(f"{command} ended with {process.returncode} before {until}")
            time.sleep(0.02)
    raise TimeoutError(f"{command}: no {until} within {PATIENCE} s")


@contextmanager
def _started(
    command: list[str], environment: dict[str, str]
) -> Iterator[tuple[float, subprocess.Popen[bytes]]]:
    began = time.time()
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            yield began, process
        finally:
            process.kill()


def _moments(trace: Path) -> list[Moment]:
    if not trace.exists():
        return []
    whole, _, _ = trace.read_text("utf-8").rpartition("\n")
    return [json.loads(line) for line in whole.splitlines()]
