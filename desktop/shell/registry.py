"""The actors of the open project on the window's side: in memory, and changed in its file."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.actor_book import ActorBook
from db.acts import Act
from db.values import Actor
from desktop.article.session import ArticleSession
from desktop.shell.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.positions import Recorded
    from db.registry import Uses

_AT_ONCE = 8  # actors whose positions are read in one go
_USES = frozenset({"entity", "stance"})
_POSITIONS = frozenset({"stance", "article"})


class ProjectActors(QObject):
    """Keeps a session's people in line with the file, and has positions read for them.

    Each change asked for here is an act of the whole project.
    """

    changed = Signal(object)
    """The ids of actors that are other than before; None: any may be."""
    met_otherwise = Signal()
    """Somebody may be met more often, or less, than before."""
    counted = Signal(object)
    """``dict[UUID, db.registry.Uses]`` of actors that were asked about."""
    refused = Signal(str)
    """Why an actor was not changed, merged or deleted."""
    told = Signal(str)
    """What was done; undo takes it back."""
    closing = Signal()
    """The project is about to be closed: it takes changes until all have heard of it."""

    def __init__(self, session: ArticleSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store: Store | None = None
        self._unread: set[UUID] = set()  # whose positions are to be read
        self._reading = False
        session.acted.connect(self._heard)
        # Who is in the next article is asked for anew.
        session.article_changed.connect(lambda *_: self._unread.clear())
        people = session.people
        people.positions_wanted.connect(self._read_positions)
        people.merge_wanted.connect(self.merge)

    @property
    def book(self) -> ActorBook:
        """The actors there are."""
        return self._session.people.book

    def use(self, store: Store, book: ActorBook) -> None:
        """Know an open project's actors, and follow its acts; what others did is read again."""
        if store is not self._store:
            store.applied.connect(self._on_applied)
            store.failed.connect(self._read)
            store.changed_elsewhere.connect(self._read)
        self._store = store
        self._session.people.use(book)
        self.changed.emit(None)

    def stop(self) -> None:
        """Know none: the project is closed, after the last change was asked for."""
        self.closing.emit()
        self._store = None
        self._forget_unread()
        self._session.people.use(None)

    # --- asked for

    def change(self, actor: Actor) -> None:
        """Give an actor this name, kind, these aliases and this affiliation."""

        def run(session: Session, coder: UUID) -> Act | None:
            from db import registry

            return registry.change(session, actor, coder)

        self._do(run)

    def merge(
        self, into: UUID, others: Collection[UUID], name: str = "", aliases: Iterable[str] = ()
    ) -> None:
        """Make several actors one, under its name or another, with more aliases."""

        def run(session: Session, coder: UUID) -> Act | None:
            from db import registry

            return registry.merge(session, into, others, coder, name=name, aliases=aliases)

        self._do(run, self._merged(len(others), name or self.book.name(into)))

    def split(self, actor: UUID, alias: str) -> None:
        """Make an alias an actor of its own."""

        def run(session: Session, coder: UUID) -> Act | None:
            from db import registry

            return registry.split(session, actor, alias, coder)[0]

        self._do(run)

    def remove(self, actors: Collection[UUID]) -> None:
        """Take actors out of the project that nothing refers to."""

        def run(session: Session, coder: UUID) -> Act | None:
            from db import registry

            return registry.remove(session, actors, coder)

        self._do(run)

    def count(self, actors: Collection[UUID]) -> None:
        """Count how often some actors are met; :attr:`counted` tells."""

        def run(session: Session) -> dict[UUID, Uses]:
            from db import registry

            return registry.uses(session, actors)

        if self._store:
            self._store.ask(run, self.counted.emit)

    def _merged(self, many: int, name: str) -> str:
        if many == 1:
            return self.tr("Merged into “{}” in all articles.").format(name)
        return self.tr("Merged {} actors into “{}” in all articles.").format(many, name)

    def _do(self, change: Callable[[Session, UUID], Act | None], done: str = "") -> None:
        def run(session: Session, coder: UUID) -> Act | str | None:
            from db.registry import RegistryError

            try:
                return change(session, coder)
            except RegistryError as error:  # nothing was done, and nothing else is lost by it
                return str(error)

        def then(outcome: Act | str | None) -> None:
            if isinstance(outcome, str):
                self.refused.emit(outcome)
            elif outcome is not None:
                self._session.follow(outcome)
                self._on_applied(outcome)
                if done:
                    self.told.emit(done)

        if self._store:
            self._store.act(run, then)

    # --- heard

    def _on_applied(self, act: Act) -> None:
        """Keep the actors in line with an act done in the file first: here, or taken back."""
        people = self._session.people
        people.follow(act)
        state = self._session.state
        elsewhere = state is None or act.article != state.article.id
        touched = {each.table for each in (*act.changes, *act.sweeps)}
        if elsewhere and touched & _POSITIONS:
            people.forget_positions()
        self._heard(act)

    def _heard(self, act: Act) -> None:
        touched = {change.id for change in act.changes if change.table == "actor"}
        for change in act.changes:
            if change.table == "actor_alias" and (row := change.after or change.before):
                touched.add(UUID(row["actor_id"]))
        if touched:
            self.changed.emit(touched)
        if any(change.table in _USES for change in act.changes):
            self.met_otherwise.emit()

    def _read(self, *_: object) -> None:
        store = self._store
        if store is None:
            return
        self._forget_unread()  # whatever was asked for may have failed

        def run(session: Session) -> ActorBook:
            from db import people

            return ActorBook(people.actors(session))

        def then(book: ActorBook) -> None:
            if store is self._store:
                self._session.people.use(book)
                self.changed.emit(None)

        store.ask(run, then)

    def _read_positions(self, actors: set[UUID]) -> None:
        """Read what some actors hold, a few at a time, so that no act waits long behind it."""
        self._unread |= actors
        if not self._reading:
            self._read_some()

    def _read_some(self) -> None:
        store, actors = self._store, sorted(self._unread)[:_AT_ONCE]
        self._reading = bool(actors and store)
        self._unread.difference_update(actors)

        def run(session: Session) -> list[Recorded]:
            from db import ledger

            return ledger.positions(session, actors)

        def then(found: list[Recorded]) -> None:
            if store is self._store:
                self._session.people.take_positions(actors, found)
                self._read_some()

        if actors and store:
            store.ask(run, then)

    def _forget_unread(self) -> None:
        self._unread.clear()
        self._reading = False
