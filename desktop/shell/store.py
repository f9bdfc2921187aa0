"""The window's way to the project file: one thread that owns the database session.

Jobs run in the order they were asked for; each act is one transaction, and ``saved`` comes only
after its commit. A failed act takes with it those made upon it, up to when the window hears of
the failure and reads the article again. All signals arrive in the window's thread.
"""

from __future__ import annotations

import gc
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from db.acts import Act
    from db.taking_in import Taken
    from db.values import Annotation, ArticleRow, Metadata, Model, Stance, Zone

from desktop.shell.opened import BUNDLED, Make, Opened
from desktop.suggest.reconcile import with_offers, worth_keeping

_POLL = 1.0  # seconds between looks at what other programs wrote
_LAST_WORDS = 30.0  # seconds the window waits for the disk when it closes

_log = logging.getLogger(__name__)


@dataclass
class _Job:
    run: Callable[[Session], Any]
    then: Callable[[Any], object]
    epoch: int | None = None  # of an act; failures end an epoch
    keeps: bool = False  # whether it writes what is no act


class Store(QObject):
    """One open project, from the window's side."""

    opened = Signal(object)
    """A :class:`desktop.shell.opened.Opened`: what the window needs to know of the project."""
    broken = Signal(str)
    """The project cannot be opened; says why and what to do."""
    saving = Signal()
    saved = Signal(str)  # all that was done; local time of day, "10:42:07"
    failed = Signal(str, bool)  # why, and whether acts were lost
    applied = Signal(object)  # db.acts.Act, as undo or redo applied it
    row_changed = Signal(object)  # db.values.ArticleRow, after an act or suggestions
    history_changed = Signal(object, object)  # title of undo, of redo, or None
    changed_elsewhere = Signal()
    _came = Signal(object)

    def __init__(
        self,
        path: Path,
        coder: str | None,
        *,
        make: Make,
        scheme: str = BUNDLED,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.path = path
        self._make, self._scheme = make, scheme
        self._coder_name = coder
        self._coder: UUID | None = None
        self._unsaved = 0
        self._unkept = 0
        self._epoch = 0  # the window's: acts it makes now
        self._failed = -1  # the thread's: acts up to this epoch are dropped
        self._closed = False
        self._version = 0  # of the file, as we last saw it
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
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
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join(_LAST_WORDS)

    def ask(self, run: Callable[[Session], Any], then: Callable[[Any], object]) -> None:
        """Read with ``run`` in the thread and give what it returns to ``then`` in the window's."""
        self._jobs.put(_Job(run, then))

    def name_coder(self, name: str, then: Callable[[UUID], object]) -> None:
        """Sign what comes with this name from now on."""

        def run(session: Session) -> UUID:
            from db import people

            self._coder = people.coder(session, name)
            return self._coder

        self._jobs.put(_Job(run, then))

    def perform(self, act: Act) -> None:
        """Write an act of the analyst down."""

        def run(session: Session) -> ArticleRow | None:
            from db import articles, history

            history.perform(session, act, self._signed())
            return articles.row(session, act.article) if act.article else None

        self._act(run, self._tell_row)

    def act(self, run: Callable[[Session, UUID], Any], then: Callable[[Any], object]) -> None:
        """Do an act that only the file can tell the changes of; ``run`` gets the coder, too."""
        self._act(lambda session: run(session, self._signed()), then)

    def undo(self) -> None:
        """Take the newest act back, whoever did it and whenever."""
        self._walk("undo")

    def redo(self) -> None:
        """Do the act again that was taken back last."""
        self._walk("redo")

    def add_article(self, text: str, meta: Metadata, then: Callable[[Taken], object]) -> None:
        """Take a text in; ``then`` hears of what became of it."""

        def run(session: Session) -> Taken:
            from db.taking_in import take_in

            return take_in(session, text, meta, self._signed())

        self._act(run, then)

    def load_article(self, article: UUID, then: Callable[[Any], object]) -> None:
        """Read an article with all that is on it, and what twins offer.

        ``then`` gets ``db.values.Loaded``.
        """

        def run(session: Session) -> object:
            from db import annotations, twins

            loaded = annotations.load(session, article)
            return with_offers(loaded, twins.offers(session, loaded.article))

        self.ask(run, then)

    def take_in(self, then: Callable[[], object]) -> None:
        """Hear of what was written on our behalf, as if we had: it is no surprise."""

        def run(session: Session) -> None:
            self._version = _data_version(session)
            self._tell_history(session)

        self.ask(run, lambda _: then())

    def remember_article(self, article: UUID) -> None:
        """Keep which article to show when the project is opened again."""

        def run(session: Session) -> None:
            from db import projects

            projects.set_last_article(session, article)

        self.ask(run, self._nothing)

    def choose_pipeline(self, pipeline: str | None) -> None:
        """Keep which spaCy pipeline suggests in this project."""

        def run(session: Session) -> None:
            from db import projects

            projects.set_pipeline(session, pipeline)

        self.ask(run, self._nothing)

    def save_suggestions(
        self, article: UUID, sha256: str, found: list[Annotation], model: Model
    ) -> None:
        """Keep what the engine suggested, in place of what was undecided before."""

        def run(session: Session) -> ArticleRow | None:
            from db import annotations, articles, schemes
            from db.transactions import transaction

            with transaction(session):
                names = schemes.engine_names(session)
                decided = annotations.decisions(session, article)
                new = names.unnamed(worth_keeping(names.renamed(found), decided), found)
                annotations.set_suggestions(
                    session, article, sha256, new, model.name, model.version
                )
            return articles.row(session, article)

        self._keep(run, self._tell_row)

    def save_overall(self, article: UUID, sha256: str, stances: list[Stance], model: Model) -> None:
        """Keep what an article's frames come to, in place of what they came to before."""

        def run(session: Session) -> None:
            from db import annotations

            annotations.set_overall(session, article, sha256, stances, model.name, model.version)

        self._keep(run, self._nothing)

    def save_zones(self, article: UUID, zones: list[Zone]) -> None:
        """Keep the zones the engine found."""

        def run(session: Session) -> None:
            from db import articles

            articles.set_zones(session, article, zones)

        self._keep(run, self._nothing)

    def _keep(self, run: Callable[[Session], Any], then: Callable[[Any], object]) -> None:
        self._unkept += 1
        self._jobs.put(_Job(run, then, keeps=True))

    def _act(self, run: Callable[[Session], Any], then: Callable[[Any], object]) -> None:
        self._unsaved += 1
        self.saving.emit()
        self._jobs.put(_Job(run, then, self._epoch))

    def _walk(self, direction: str) -> None:
        def run(session: Session) -> Act | None:
            from db import history

            return getattr(history, direction)(session, self._signed())

        def then(act: Act | None) -> None:
            if act:
                self.applied.emit(act)

        self._act(run, then)

    def _tell_row(self, row: ArticleRow | None) -> None:
        if row:
            self.row_changed.emit(row)

    def _signed(self) -> UUID:
        if self._coder is None:
            raise RuntimeError("acts need a coder's name")
        return self._coder

    @staticmethod
    def _nothing(_: object) -> None:
        pass

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
                    job = self._jobs.get(timeout=_POLL)
                except queue.Empty:
                    self._look_elsewhere(own)
                    continue
                if job is None:
                    break
                self._run(own, job)
        engine.dispose()

    def _open(self) -> tuple[Opened, Engine]:
        # Half the cost of these imports is collecting their garbage, with the window frozen.
        gc.disable()
        try:
            from desktop.shell import opening
        finally:
            gc.freeze()
            gc.enable()
        if self._make is not Make.NOTHING:
            opening.make(self.path, self._make, self._scheme)
        opened, engine = opening.open_for_writing(self.path, self._coder_name)
        self._coder = opened.coder
        return opened, engine

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
