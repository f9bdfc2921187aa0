"""The one thread that has a project's file open, and the jobs it does for the window.

Jobs are done in the order they were asked for, but what the engine found is kept when there is
nothing else to do: that takes a while for a long article, and an undo cannot wait. A failed act
takes with it those made upon it, up to when the window hears of the failure. All signals arrive in
the window's thread.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from desktop.shell.opened import Opened

_AFTER_PAINT = 1  # ms; at nought a window that is never idle would never come to it
_POLL = 1.0  # seconds between looks at what other programs wrote
_LAST_WORDS = 30.0  # seconds the window waits for the disk when it closes

_log = logging.getLogger(__name__)


class _Turn(IntEnum):
    """Which of the waiting jobs comes first."""

    ASKED = 0
    KEPT = 1
    LAST = 2


@dataclass
class _Job:
    run: Callable[[Session], Any]
    then: Callable[[Any], object]
    epoch: int | None = None  # of an act; failures end an epoch
    keeps: bool = False  # whether it writes what is no act


class FileThread(QObject):
    """Does jobs on the file at ``path``, which ``_open`` opens."""

    opened = Signal(object)
    """A :class:`desktop.shell.opened.Opened`: what the window needs to know of the project."""
    broken = Signal(str)
    """The project cannot be opened; says why and what to do."""
    saving = Signal()
    saved = Signal(str)  # all that was done; local time of day, "10:42:07"
    failed = Signal(str, bool)  # why, and whether acts were lost
    history_changed = Signal(object, object)  # title of undo, of redo, or None
    changed_elsewhere = Signal()
    closing = Signal()
    _came = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._unsaved = 0
        self._unkept = 0
        self._epoch = 0  # the window's: acts it makes now
        self._failed = -1  # the thread's: acts up to this epoch are dropped
        self._closed = False
        self._version = 0  # of the file, as we last saw it
        self._held = list[_Job]()  # until what led to them is painted
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_PAINT)
        self._soon.timeout.connect(self._hand_over)
        self._jobs = queue.PriorityQueue[tuple[_Turn, int, _Job | None]]()
        self._numbers = count()
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._came.connect(lambda deliver: deliver(), Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether every act done so far is on the disk."""
        return not self._unsaved

    @property
    def settled(self) -> bool:
        """Whether that is so of suggestions and zones, too."""
        return not (self._unsaved or self._unkept)

    # Asked for by the window

    def start(self) -> None:
        """Open the project, in the thread; ``opened`` or ``broken`` follows."""
        self._thread.start()

    def close(self) -> None:
        """Finish what was asked for, then close the project; what was read goes nowhere now."""
        self._closed = True
        self.closing.emit()
        if self._thread.is_alive():
            self._hand_over()
            self._jobs.put((_Turn.LAST, next(self._numbers), None))
            self._thread.join(_LAST_WORDS)

    def ask(self, run: Callable[[Session], Any], then: Callable[[Any], object]) -> None:
        """Read with ``run`` in the thread and give what it returns to ``then`` in the window's."""
        self._put(_Job(run, then))

    def take_in(self, then: Callable[[], object]) -> None:
        """Hear of what was written on our behalf, as if we had: it is no surprise."""

        def run(session: Session) -> None:
            self._version = _data_version(session)
            self._tell_history(session)

        self.ask(run, lambda _: then())

    def _keep(self, run: Callable[[Session], Any], then: Callable[[Any], object]) -> None:
        self._unkept += 1
        self._put(_Job(run, then, keeps=True))

    def _act(self, run: Callable[[Session], Any], then: Callable[[Any], object]) -> None:
        self._unsaved += 1
        self.saving.emit()
        self._put(_Job(run, then, self._epoch))

    def _put(self, job: _Job) -> None:
        """Let the thread do a job in its turn, once the window has painted what led to it.

        Both share one interpreter: what the thread computes in between, the paint waits for.
        """
        self._held.append(job)
        if not self._soon.isActive():
            self._soon.start()

    def _hand_over(self) -> None:
        self._soon.stop()
        held, self._held = self._held, []
        for job in held:
            turn = _Turn.KEPT if job.keeps else _Turn.ASKED
            self._jobs.put((turn, next(self._numbers), job))

    # In the thread

    def _work(self) -> None:
        try:
            project, engine = self._open()
            from db.engine import session

            own = session(engine)
            self._version = _data_version(own)  # before anybody reads: what comes later is told
        except Exception as error:  # whatever it is, the window must say it
            _log.exception("cannot open %s", self.path)
            self._tell(self.broken.emit, str(error))
            return
        with own:
            self._tell(self.opened.emit, project)
            self._tell_history(own)
            while True:
                try:
                    *_, job = self._jobs.get(timeout=_POLL)
                except queue.Empty:
                    self._look_elsewhere(own)
                    continue
                if job is None:
                    break
                self._run(own, job)
        engine.dispose()

    def _open(self) -> tuple[Opened, Engine]:
        """Open the file, in the thread; whatever is raised is told as ``broken``."""
        raise NotImplementedError

    def _look_elsewhere(self, session: Session) -> None:
        """Tell if another program wrote since we looked last."""
        try:
            now = _data_version(session)
        except Exception:  # the thread must live on: the next act says what is wrong
            _log.exception("cannot look at %s", self.path)
            return
        if now != self._version:
            self._version = now
            self._tell(self.changed_elsewhere.emit)
            self._tell_history(session)

    def _run(self, session: Session, job: _Job) -> None:
        if job.epoch is not None and job.epoch <= self._failed:
            return
        try:
            result = job.run(session)
        except Exception as error:  # every failure must reach the analyst
            _log.exception("the store failed")
            session.rollback()
            if job.epoch is not None:
                self._failed = job.epoch
            self._tell(self._fail, str(error), job.epoch)
            return
        finally:
            if job.keeps:
                self._tell(self._kept)
        if job.epoch is not None:
            self._tell(self._save, f"{datetime.now():%H:%M:%S}")
            self._tell_history(session)
        self._tell(self._answer, job.then, result)

    def _answer(self, then: Callable[[Any], object], result: Any) -> None:
        if not self._closed:  # another project may be in the window by now
            then(result)

    def _save(self, at: str) -> None:
        self._unsaved -= 1
        if not self._unsaved:
            self.saved.emit(at)

    def _kept(self) -> None:
        self._unkept -= 1

    def _fail(self, message: str, epoch: int | None) -> None:
        if epoch is not None:
            self._epoch = epoch + 1
            self._unsaved = 0
        self.failed.emit(message, epoch is not None)

    def _tell_history(self, session: Session) -> None:
        from db import history

        try:
            titles = history.undo_title(session), history.redo_title(session)
        except Exception:  # as above
            _log.exception("cannot read the history of %s", self.path)
            return
        self._tell(self.history_changed.emit, *titles)

    def _tell(self, receiver: Callable[..., object], *values: object) -> None:
        self._came.emit(lambda: receiver(*values))


def _data_version(session: Session) -> int:
    """Return SQLite's count of other connections' commits, as this one sees it."""
    from db.transactions import snapshot

    with snapshot(session) as connection:
        return connection.exec_driver_sql("PRAGMA data_version").scalar_one()
