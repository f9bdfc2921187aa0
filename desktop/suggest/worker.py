"""The engine's process: articles come by stdin, answers go by stdout, and it ends with the window.

Nothing heavy is imported before the streams are safe and somebody listens: a window that closes
while spaCy still loads takes its engine with it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import sys
import threading
import traceback
from collections.abc import Callable, Generator
from queue import SimpleQueue
from typing import TYPE_CHECKING, BinaryIO, NoReturn
from uuid import UUID

from desktop.child import die_with_parent, leave_interrupts, step_back, take_streams
from desktop.suggest.protocol import (
    Message,
    annotation_to_item,
    frame,
    issue_from_row,
    read,
    zone_to_row,
)
from desktop.suggest.stances.issues import Issues

if TYPE_CHECKING:
    from desktop.suggest.engine import Engine

BATCH = 50
"""Annotations in one message: few enough to be decoded between two frames of a scroll."""


class Worker:
    """Does one job at a time, a batch at a time, and looks between batches at what has come in.

    A new ``suggest`` or ``load`` takes the place of the job under way; the window keeps the queue.
    """

    def __init__(self, send: Callable[[Message], None]) -> None:
        self._send = send
        self._engine: Engine | None = None
        self._job: Message | None = None
        self._answers = _nothing()

    def run(self, inbox: SimpleQueue[Message]) -> None:
        """Serve for ever; the listener ends the process."""
        while True:
            while self._job is None or not inbox.empty():
                self._take(inbox.get())
            self._step()

    def _take(self, message: Message) -> None:
        match message["type"]:
            case "load":
                self._job = None
                self._load(message["pipeline"])
            case "suggest" if self._engine:
                self._answers.close()
                self._job, self._answers = message, _answers(self._engine, message)
            case "suggest":
                self._failed(message, "There is no pipeline to make suggestions with.")
            case "remember":
                if self._engine:
                    self._engine.precedents.learn(message["forms"], anew=message["anew"])
            case "issues":
                if self._engine:
                    self._engine.issues = Issues(map(issue_from_row, message["issues"]))
            case "cancel":
                if self._job and self._job["job"] == message["job"]:
                    self._job = None
            case unknown:
                print(f"unknown message {unknown!r}", file=sys.stderr)  # noqa: T201

    def _load(self, pipeline: str | None) -> None:
        self._engine = None
        try:
            # What the imports make lives as long as the process: collecting it again and again
            # while it grows is half of the time they take.
            gc.disable()
            from desktop.suggest.engine import Engine

            self._engine = Engine(pipeline)
            gc.freeze()
        except Exception as error:
            traceback.print_exc()
            name = pipeline or "that comes with Standfirst"
            self._failed(None, f"The pipeline {name} cannot be used: {error}")
        else:
            self._send({"type": "ready", "model": self._engine.model})
        finally:
            gc.enable()

    def _step(self) -> None:
        job = self._job
        try:
            self._send(next(self._answers))
        except StopIteration:
            self._job = None
        except ConnectionError:
            raise
        except Exception as error:
            traceback.print_exc()
            self._job = None
            self._failed(job, f"{type(error).__name__}: {error}")

    def _failed(self, job: Message | None, message: str) -> None:
        self._send(
            {
                "type": "failed",
                "job": job and job["job"],
                "article": job and job["article"],
                "message": message,
            }
        )


def _nothing() -> Generator[Message]:
    yield from ()


def _answers(engine: Engine, job: Message) -> Generator[Message]:
    """Yield what is found in a job's article, and at the end a batch that says so."""
    about = {key: job[key] for key in ("job", "article", "sha256")}
    for found in engine.stream(UUID(job["article"]), job["text"], job.get("language")):
        if found.zones:
            yield {"type": "zones", **about, "zones": [zone_to_row(zone) for zone in found.zones]}
            continue
        items = [annotation_to_item(annotation) for annotation in found.annotations]
        for start in range(0, max(1, len(items)), BATCH):  # an empty one is a sign of life
            batch = items[start : start + BATCH]
            yield {"type": "suggestions", **about, "items": batch, "done": False}
    yield {"type": "suggestions", **about, "items": [], "done": True}


def _listen(requests: BinaryIO, inbox: SimpleQueue[Message]) -> None:
    """Pass messages on; end the process on the spot when the window has gone or talks nonsense."""
    code = 2
    try:
        while (message := read(requests)) is not None:
            inbox.put(message)
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def main() -> NoReturn:
    """Serve until the window has gone."""
    requests, answers = take_streams()
    faulthandler.enable()
    die_with_parent()
    step_back()
    leave_interrupts()
    inbox: SimpleQueue[Message] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox), name="listener", daemon=True).start()

    def send(message: Message) -> None:
        answers.write(frame(message))
        answers.flush()

    with contextlib.suppress(ConnectionError):
        Worker(send).run(inbox)
    os._exit(0)  # an ordinary exit would flush the broken pipe, and complain
