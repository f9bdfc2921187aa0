"""The engine in its own process, over the pipe, as the window has it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import UUID

from db.values import Article
from desktop.suggest.protocol import Message, frame, read
from tests.bench.articles import article_of
from tests.bench.result import Result

ROOT = Path(__file__).parents[2]
RUNS = 7
PATIENCE = 120  # s


class Child:
    """The engine's process, talked to without Qt."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        command = [sys.executable, "-m", "desktop", "--worker"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe)
        assert self.process.stdin
        assert self.process.stdout
        self._requests, self._answers = self.process.stdin, self.process.stdout
        self._jobs = 0

    def say(self, message: Message) -> None:
        """Send a message."""
        self._requests.write(frame(message))
        self._requests.flush()

    def hear(self) -> Message:
        """Wait for the next message."""
        message = read(self._answers)
        assert message is not None, "the engine died"
        assert message["type"] != "failed", message
        return message

    def suggest(self, article: Article) -> tuple[float, float, int]:
        """Return seconds to the first names and to the end, and how many suggestions came."""
        self._jobs += 1
        began, first, found = time.perf_counter(), None, 0
        self.say(
            {
                "type": "suggest",
                "job": self._jobs,
                "article": str(article.id),
                "sha256": article.sha256,
                "text": article.text,
                "language": article.meta.language,
            }
        )
        while True:
            message = self.hear()
            if message["type"] == "suggestions":
                found += len(message["items"])
                if found and first is None:
                    first = time.perf_counter() - began
                if message["done"]:
                    return first or 0.0, time.perf_counter() - began, found

    def end(self) -> float:
        """Close the pipe and return the most memory the process ever held, in MB."""
        self._requests.close()
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self._answers.close()
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB on Linux
        return usage.ru_maxrss * unit / 1e6


def _opened_to_painted(article: Article) -> float:
    """Return seconds from opening an article to its suggestions painted, in a warm window."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    from desktop import app
    from desktop.shell.application import make_application
    from desktop.shell.settings import Settings

    application = QApplication.instance() or make_application([sys.argv[0]])
    with TemporaryDirectory() as folder:
        path, fresh = _project(Path(folder), article)
        settings = Settings()
        settings.coder = "Bench"
        standfirst = app.start(path, [], settings)
        assert standfirst and standfirst.project
        session, suggesting = standfirst.session, standfirst.suggesting

        def wait(until: Callable[[], bool]) -> None:
            end = time.perf_counter() + PATIENCE
            while not until():
                application.processEvents()
                time.sleep(0.001)  # as an idle window does: the engine needs both cores
                assert time.perf_counter() < end, "it takes too long"

        project = standfirst.project
        wait(lambda: project.ready and not suggesting.busy)
        times: list[float] = []
        for identifier in fresh:
            began = time.perf_counter()
            project.article.open(identifier)
            wait(
                lambda wanted=identifier: (
                    session.state is not None
                    and session.state.article.id == wanted
                    and not suggesting.busy
                )
            )
            standfirst.canvas.viewport().repaint()
            times.append(time.perf_counter() - began)
        standfirst.window.close()
        standfirst.window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return median(times)


def _project(folder: Path, article: Article) -> tuple[Path, list[UUID]]:
    """Return a project, left at a short article, with the same text in several that are new."""
    from db import articles, projects
    from db.engine import create, open_project, session

    path = folder / "Bench.standfirst"
    create(path, name="Bench")
    engine = open_project(path)
    with session(engine) as own:
        left = articles.add(own, "Nobody came to Calais.\n", article.meta)
        projects.set_last_article(own, left.id)
        added = [articles.add(own, f"{article.text}{n}\n", article.meta).id for n in range(RUNS)]
        own.commit()
    engine.dispose()
    return path, added


def measure() -> Iterator[Result]:
    """Yield the engine's start, latency, speed and memory."""
    child = Child()
    child.say({"type": "load", "pipeline": None})
    child.hear()
    yield Result("suggest.ready", time.perf_counter() - child.started, "s")

    short, long = article_of(900), article_of(50_000)
    child.suggest(short)  # the first article warms caches
    runs = [child.suggest(short) for _ in range(RUNS)]
    yield Result("suggest.first_batch_900", median(first for first, _, _ in runs) * 1000, "ms")
    yield Result("suggest.whole_900", median(whole for _, whole, _ in runs) * 1000, "ms")

    yield Result("suggest.opened_to_painted_900", _opened_to_painted(short) * 1000, "ms")

    first, whole, found = child.suggest(long)
    yield Result("suggest.first_batch_50000", first * 1000, "ms")
    yield Result("suggest.speed", 50_000 / whole, "words/s")
    yield Result("suggest.found_50000", found, "suggestions")
    yield Result("suggest.memory", child.end(), "MB", at_most=400)
