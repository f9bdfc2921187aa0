"""The labels of the open project: read from its file, changed in it, and read again after that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.acts import Act
from db.engine_names import EngineNames
from db.scheme_values import Label, Scheme
from db.values import Loaded
from desktop.article import scheme as article
from desktop.article.session import ArticleSession
from desktop.shell.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.labels import Usage

_TABLES = frozenset({"label", "scheme"})


class ProjectScheme(QObject):
    """Knows the labels of one project at a time, and has the article on the desk wear them.

    Each change of them is an act; where it rewrites annotations, those of the open article are
    read again together with the labels, so that both change in one turn.
    """

    changed = Signal(object)
    """``db.values.Scheme``: the labels as they are now. Comes once for every project, too."""
    counted = Signal(object, object)
    """A label, and its ``db.labels.Usage``."""
    rewritten = Signal()
    """Annotations were rewritten, or are counted no longer, in any number of articles."""
    refused = Signal(str)
    """Why labels were not changed."""
    done = Signal()
    """What was asked for is so, or was so already."""
    closing = Signal()
    """The project is about to be closed: it takes changes until all have heard of it."""

    def __init__(self, session: ArticleSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.known: Scheme | None = None
        """None until they are read."""
        self.names = EngineNames()
        self._session = session
        self._store: Store | None = None
        self._under_way = 0

    def use(self, store: Store, scheme: Scheme) -> None:
        """Work with an open project's labels, and read them whenever they may have changed."""
        if store is not self._store:
            store.changed_elsewhere.connect(self._read)
            store.failed.connect(self._on_failed)
            store.applied.connect(self._on_applied)
        self._store = store
        self._under_way = 0
        self._take(scheme)

    def stop(self) -> None:
        """Know none: the project is closed, after the last change was asked for."""
        self.closing.emit()
        self._store = self.known = None
        self.names = EngineNames()
        self._hold(False)

    # What can be asked for

    def add(self, label: Label) -> None:
        """Put a label into the scheme, under an id that is made there."""

        def run(session: Session, coder: UUID) -> None:
            from db.labels import add_label

            add_label(session, label, coder)

        self._do(run)

    def change(self, label: Label) -> None:
        """Make a label what it is to be, here and on all that stands under it."""

        def run(session: Session, coder: UUID) -> None:
            from db.labels import change_label

            change_label(session, label, coder)

        self._do(run)

    def merge(self, gone: UUID, into: UUID) -> None:
        """Give all that stands under a label to another one, and take the label out."""

        def run(session: Session, coder: UUID) -> None:
            from db.labels import merge_label

            merge_label(session, gone, into, coder)

        self._do(run)

    def remove(self, gone: UUID) -> None:
        """Reject all that stands under a label, and take the label out."""

        def run(session: Session, coder: UUID) -> None:
            from db.labels import remove_label

            remove_label(session, gone, coder)

        self._do(run)

    def order(self, order: Sequence[UUID]) -> None:
        """Bring the labels into this order."""

        def run(session: Session, coder: UUID) -> None:
            from db.labels import order_labels

            order_labels(session, order, coder)

        self._do(run)

    def take(self, labels: Sequence[Label], source: str) -> None:
        """Take labels in from elsewhere."""

        def run(session: Session, coder: UUID) -> None:
            from db.labels import take_labels

            take_labels(session, labels, source, coder)

        self._do(run)

    def count(self, label: Label) -> None:
        """Tell how much stands under a label, by ``counted``."""

        def run(session: Any) -> Usage:
            from db.labels import usage

            return usage(session, label)

        if self._store:
            self._store.ask(run, lambda usage: self.counted.emit(label, usage))

    # Within

    def _do(self, change: Callable[[Session, UUID], None]) -> None:
        def run(session: Session, coder: UUID) -> str | None:
            from db.labels import LabelError

            try:
                change(session, coder)
            except LabelError as error:  # nothing was done, and nothing else is lost by it
                return str(error)
            return None

        def then(error: str | None) -> None:
            if error:
                self.refused.emit(error)
            self._read(done=True)

        if self._store:
            self._under_way += 1
            # An act that met the old names would fail, and others with it.
            self._hold(True)
            self._store.act(run, then)

    def _hold(self, held: bool) -> None:
        self._session.hold(self.tr("The labels are being changed: one moment."), held)

    def _on_failed(self, _why: str, lost: bool) -> None:
        if lost:
            self._under_way = 0
            self._hold(False)
        self._read()

    def _on_applied(self, act: Act) -> None:
        if act.sweeps or any(change.table in _TABLES for change in act.changes):
            self._read()

    def _read(self, *_: object, done: bool = False) -> None:
        store, state = self._store, self._session.state
        if store is None:
            return
        here = state.article.id if state else None

        def run(session: Any) -> tuple[Scheme, Loaded | None]:
            from db import annotations, schemes

            scheme = schemes.current(session)
            return scheme, here and annotations.load(session, here)

        def then(found: tuple[Scheme, Loaded | None]) -> None:
            if store is not self._store:
                return
            scheme, loaded = found
            if loaded and not store.settled:  # what was done meanwhile is not in it
                self._read(done=done)
                return
            self._under_way = max(self._under_way - done, 0)
            self._hold(self._under_way > 0)
            self._take(scheme, loaded)
            if done:
                self.done.emit()

        store.ask(run, then)

    def _take(self, scheme: Scheme, loaded: Loaded | None = None) -> None:
        if scheme == self.known:
            return
        before, self.known = self.known, scheme
        names, self.names = self.names, EngineNames.of(scheme.labels, scheme.unwanted)
        self._session.set_scheme(article.Scheme.read(scheme.labels))
        state = self._session.state
        if before is not None and loaded and state and state.article.id == loaded.article.id:
            self._session.renew(loaded.suggestions, loaded.decisions)
        if before is not None and (
            names != self.names
            or {o.name for o in before.labels} != {o.name for o in scheme.labels}
        ):
            self.rewritten.emit()
        self.changed.emit(scheme)
