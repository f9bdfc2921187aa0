"""The window's side of the engine: starts its process, asks, hears, and starts it again if it dies.

The queue lives here and the process has one article at a time, so it is always known which article
was under way when it died.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QStandardPaths, QTimer, Signal

from db.forms import Learnt
from db.values import Article, Issue
from desktop.starting import start
from desktop.suggest.protocol import (
    Message,
    ProtocolError,
    Unframer,
    annotation_from_item,
    frame,
    issue_to_row,
    zone_from_row,
)

FIRST_DELAY, LONGEST_DELAY = 200, 10_000
"""Milliseconds before the engine is started again: doubled with each death in a row."""

DEATHS_PER_ARTICLE = 2
"""How often the engine may die on an article before we ask no more about it."""

IDLE_DEATHS = 3
"""How often in a row the engine may die with no article to blame before we leave it be."""

PATIENCE, LOADING_PATIENCE = 60_000, 300_000
"""Milliseconds of silence at work, and while it loads, after which the engine is taken to hang."""

LOG_SIZE = 256 * 1024
"""Bytes after which the next start moves the log out of the way."""


@dataclass(slots=True, eq=False)
class _Job:
    article: Article
    number: int = 0
    deaths: int = 0
    told: set[UUID] = field(default_factory=set)  # what was handed on before it was begun again


class EngineClient(QObject):
    """Asks the engine for suggestions and hands on what it finds, without blocking the window.

    One message is decoded per turn of the event loop. Of an article that was cancelled nothing
    more arrives; of one that was begun again, no suggestion arrives twice.
    """

    ready = Signal(object)  #: the model: ``{"name", "version"}``
    zones_found = Signal(object, str, object)  #: article id, SHA-256, ``list[Zone]``
    suggestions_found = Signal(object, str, object, bool)
    """Article id, SHA-256, ``list[Annotation]``, and whether that was all."""
    failed = Signal(object, str)  #: article id, or ``None`` for the engine as a whole; what to say
    died = Signal()  #: unasked; it is started again, unless ``failed(None, …)`` follows
    restarted = Signal()  #: and at work again after it died

    def __init__(self, parent: QObject | None = None, *, log: Path | None = None) -> None:
        """Prepare; :meth:`start` starts. ``log`` takes what the engine writes to stderr."""
        super().__init__(parent)
        self.model: dict[str, str] | None = None
        self._pipeline: str | None = None
        self._log = log or default_log()
        self._queue: deque[_Job] = deque()
        self._current: _Job | None = None
        self._numbers = count(1)
        self._known: dict[str, Learnt] = {}  # what was decided before, for an engine begun afresh
        self._issues: list[Issue] = []
        self._running = False  # as wished, not as is
        self._deaths = self._idle_deaths = 0
        self._unframer = Unframer()

        self._process = QProcess(self)
        self._process.started.connect(self._load)
        self._process.readyReadStandardOutput.connect(self._receive)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._turn = self._timer(self._decode_one)
        self._backoff = self._timer(self._launch)
        self._patience = self._timer(self._process.kill)
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(self.stop)

    def _timer(self, slot: object) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=0)
        timer.timeout.connect(slot)
        return timer

    @property
    def at_work_on(self) -> UUID | None:
        """The article it has now."""
        return self._current.article.id if self._current else None

    # What the window asks

    def start(self, pipeline: str | None = None) -> None:
        """Start the engine with a spaCy pipeline's name or absolute path, or the bundled one.

        Also starts it afresh after it was given up, and changes the pipeline of a running one.
        """
        self._pipeline = pipeline
        self._deaths = self._idle_deaths = 0
        self._put_back()
        for job in self._queue:
            job.told.clear()  # another pipeline may say the same, and then it is news
        if self._running and self._process.state() == QProcess.ProcessState.Running:
            self._load()
        elif not self._running:
            self._running = True
            self._launch()

    def stop(self) -> None:
        """End the engine and forget what was asked; takes some milliseconds."""
        self._running = False
        self.model = self._current = None
        self._queue.clear()
        for timer in (self._turn, self._backoff, self._patience):
            timer.stop()
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(500):
                self._process.kill()
                self._process.waitForFinished(2000)

    def request(self, article: Article, *, front: bool = True) -> None:
        """Ask for an article's zones and suggestions, before all others if it is in front."""
        if self._current and self._current.article.id == article.id:
            return
        job = self._take_from_queue(article.id) or _Job(article)
        if front:
            self._put_back()
            self._queue.appendleft(job)
        else:
            self._queue.append(job)
        self._next()

    def cancel(self, article: UUID) -> None:
        """Ask no more about an article; nothing further of it arrives."""
        self._take_from_queue(article)
        if self._current and self._current.article.id == article:
            self._send({"type": "cancel", "job": self._current.number})
            self._current = None
            self._patience.stop()
            self._next()

    def remember(self, forms: Mapping[str, Learnt], *, anew: bool = False) -> None:
        """Have suggestions keep to what was decided of forms before, also after a restart."""
        if anew:
            self._known = {}
        self._known.update(forms)
        self._known = {form: known for form, known in self._known.items() if known}
        if self.model is not None:
            self._send({"type": "remember", "forms": dict(forms), "anew": anew})

    def use_issues(self, issues: Iterable[Issue]) -> None:
        """Have suggestions look for these issues instead of others, also after a restart."""
        self._issues = list(issues)
        if self.model is not None:
            self._tell_issues()

    def _tell_issues(self) -> None:
        self._send({"type": "issues", "issues": [issue_to_row(one) for one in self._issues]})

    # The queue

    def _take_from_queue(self, article: UUID) -> _Job | None:
        for job in self._queue:
            if job.article.id == article:
                self._queue.remove(job)
                return job
        return None

    def _put_back(self) -> None:
        if self._current:
            self._queue.appendleft(self._current)
            self._current = None

    def _next(self) -> None:
        if self.model is None or self._current or not self._queue:
            return
        job = self._current = self._queue.popleft()
        job.number = next(self._numbers)
        self._send(
            {
                "type": "suggest",
                "job": job.number,
                "article": str(job.article.id),
                "sha256": job.article.sha256,
                "text": job.article.text,
                "language": job.article.meta.language,
            }
        )
        self._patience.start(PATIENCE)

    # The process

    def _launch(self) -> None:
        self._unframer = Unframer()
        with contextlib.suppress(OSError):  # no log is no reason for no suggestions
            _make_room(self._log)
        self._process.setStandardErrorFile(str(self._log), QProcess.OpenModeFlag.Append)
        start(self._process, "--worker")

    def _load(self) -> None:
        self.model = None
        self._send({"type": "load", "pipeline": self._pipeline})
        self._patience.start(LOADING_PATIENCE)

    def _send(self, message: Message) -> None:
        self._process.write(frame(message))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # the one error no `finished` follows
            self._on_finished()

    def _on_finished(self) -> None:
        self._turn.stop()
        self._patience.stop()
        self.model = None
        if not self._running:
            return
        self._deaths += 1
        poison = self._blame()
        if hopeless := self._idle_deaths >= IDLE_DEATHS:
            self._running = False
        else:
            self._backoff.start(min(FIRST_DELAY * 2 ** (self._deaths - 1), LONGEST_DELAY))
        # Only now: whoever hears of it may stop us, or start us afresh.
        self.died.emit()
        if poison:
            message = self.tr("The engine stopped twice on this article: it gets no suggestions.")
            self.failed.emit(poison, message)
        if hopeless:
            message = self.tr("The engine keeps stopping: no suggestions. Its last words: {log}")
            self.failed.emit(None, message.format(log=self._log))

    def _blame(self) -> UUID | None:
        """Count a death against what was under way; return an article that had its chances."""
        job = self._current
        if job is None:
            self._idle_deaths += 1
            return None
        job.deaths += 1
        if job.deaths < DEATHS_PER_ARTICLE:
            self._put_back()
            return None
        self._current = None
        return job.article.id

    # What the engine says

    def _receive(self) -> None:
        self._unframer.feed(bytes(self._process.readAllStandardOutput().data()))
        if not self._turn.isActive():
            self._turn.start()

    def _decode_one(self) -> None:
        try:
            message = self._unframer.next()
        except ProtocolError:
            self._process.kill()
            return
        if message is not None:
            self._turn.start()
            self._hear(message)

    def _hear(self, message: Message) -> None:
        job = self._current
        if message.get("job") is not None and (not job or job.number != message["job"]):
            return
        match message["type"]:
            case "ready":
                self._patience.stop()
                self.model = message["model"]
                self._send({"type": "remember", "forms": self._known, "anew": True})
                self._tell_issues()
                self.ready.emit(self.model)
                if self._deaths:
                    self.restarted.emit()
                self._next()
            case "zones" if job:
                self._patience.start(PATIENCE)
                zones = [zone_from_row(row) for row in message["zones"]]
                self.zones_found.emit(job.article.id, job.article.sha256, zones)
            case "suggestions" if job:
                self._patience.start(PATIENCE)
                if message["done"]:
                    self._finish()
                found = [annotation_from_item(item) for item in message["items"]]
                found = [annotation for annotation in found if annotation.id not in job.told]
                job.told.update(annotation.id for annotation in found)
                if found or message["done"]:  # an empty batch only says that it is alive
                    article = job.article
                    self.suggestions_found.emit(article.id, article.sha256, found, message["done"])
            case "failed" if job and message["job"] is not None:
                self._finish()
                self.failed.emit(job.article.id, message["message"])
            case "failed":
                self._patience.stop()
                self.failed.emit(None, message["message"])
            case _:
                self._process.kill()

    def _finish(self) -> None:
        self._current = None
        self._deaths = self._idle_deaths = 0
        self._patience.stop()
        self._next()


def default_log() -> Path:
    """Return where the engine's log lies: the system's folder for the state of programs."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.StateLocation)
    return Path(folder) / "engine.log"


def _make_room(log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_SIZE:
        log.replace(log.with_suffix(".1.log"))
