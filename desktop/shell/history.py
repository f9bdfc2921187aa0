"""The history of the open project, read from its file and acted on in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.acts import Act
from db.values import Annotation
from desktop.shell.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.history_list import Done, Wanted


class ProjectHistory(QObject):
    """Reads in the store's thread; each answer comes to a ``then``, while the project is open."""

    changed = Signal()
    """Something was done, undone or redone, here or by another program."""
    refused = Signal(str)
    """Why something was not taken back or restored. Nothing was done."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        store.history_changed.connect(self._on_changed)

    def stop(self) -> None:
        """Hear no more of the project."""
        self._store.history_changed.disconnect(self._on_changed)

    # Reading

    def page(
        self, wanted: Wanted, before: int | None, then: Callable[[tuple[Any, int]], object]
    ) -> None:
        """Read a page of acts; ``then`` gets it with the number of the newest entry."""

        def run(session: Session) -> tuple[Any, int]:
            from db import history_list
            from db.transactions import snapshot

            with snapshot(session) as connection:
                newest = history_list.newest(connection)
                return history_list.page(session, wanted, before), newest

        self._store.ask(run, then)

    def news(self, wanted: Wanted, seq: int, then: Callable[[Any], object]) -> None:
        """Read what came after an entry."""

        def run(session: Session) -> object:
            from db import history_list

            return history_list.news(session, wanted, seq)

        self._store.ask(run, then)

    def coders(self, then: Callable[[dict[UUID, str]], object]) -> None:
        """Read who has coded in the project."""

        def run(session: Session) -> dict[UUID, str]:
            from db import people

            return people.coders(session)

        self._store.ask(run, then)

    def details(self, act: Done, then: Callable[[Any], object]) -> None:
        """Read an act with its changes; ``then`` gets ``(entry, turns, past, actors)``.

        ``past`` is its article as it left it, None where it is not one article's.
        """

        def run(session: Session) -> object:
            from db import history_list, past, people

            entry, turns = history_list.entry(session, act.seq)
            after = past.as_of(session, act.article, act.seq) if act.article else None
            actors = {each.id: each.name for each in people.actors(session)}
            return entry, turns, after, actors

        self._store.ask(run, then)

    def moment(self, article: UUID, seq: int, then: Callable[[Any], object]) -> None:
        """Read an article as it was; ``then`` gets a :class:`desktop.shell.past.Moment`."""

        def run(session: Session) -> object:
            from db import annotations, history_list, past, people
            from desktop.shell.past import Moment

            then_ = past.as_of(session, article, seq)
            now = annotations.load(session, article)
            current: list[Annotation] = [*now.suggestions, *now.decisions]
            entry, _ = history_list.entry(session, seq)
            return Moment(
                past=then_,
                act=entry.act,
                by=entry.coder,
                changed=past.changed_since(then_, current),
                around=history_list.neighbours(session, article, seq),
                coders=people.coders(session),
            )

        self._store.ask(run, then)

    def standing_since(
        self, seq: int, article: UUID | None, then: Callable[[list[Done]], object]
    ) -> None:
        """Read which acts going back would undo."""

        def run(session: Session) -> list[Done]:
            from db import history_list

            return history_list.standing_since(session, seq, article)

        self._store.ask(run, then)

    def bin(self, article: UUID | None, then: Callable[[Any], object]) -> None:
        """Read what is in the bin: removed articles and imports, and what was taken off one."""

        def run(session: Session) -> object:
            from db import bin as waste

            gone = waste.discarded(session, article) if article else []
            return [*waste.removed_imports(session), *waste.removed_articles(session)], gone

        self._store.ask(run, then)

    # Acting

    def undo_these(self, acts: list[UUID], then: Callable[[int], object]) -> None:
        """Undo several acts; ``then`` gets how many were."""

        def run(session: Session, coder: UUID) -> list[Act]:
            from db import taking_back

            return taking_back.undo_these(session, acts, coder)

        self._do(run, lambda done: then(len(done)))

    def take_back(self, act: UUID, then: Callable[[int], object]) -> None:
        """Take one act back, whatever came after it."""

        def run(session: Session, coder: UUID) -> list[Act]:
            from db import taking_back

            return [taking_back.take_back(session, act, coder)]

        self._do(run, lambda done: then(len(done)))

    def restore_article(self, article: UUID, then: Callable[[int], object]) -> None:
        """Take an article out of the bin."""

        def run(session: Session, coder: UUID) -> list[Act]:
            from db import bin as waste

            return [waste.restore_article(session, article, coder)]

        self._do(run, lambda done: then(len(done)))

    def restore_import(self, identifier: UUID, then: Callable[[int], object]) -> None:
        """Take the articles of an undone import out of the bin."""

        def run(session: Session, coder: UUID) -> list[Act]:
            from db import bin as waste

            return [waste.restore_import(session, identifier, coder)]

        self._do(run, lambda done: then(len(done)))

    def restore_annotation(
        self, article: UUID, identifier: UUID, title: str, then: Callable[[int], object]
    ) -> None:
        """Bring back what was rejected or deleted."""

        def run(session: Session, coder: UUID) -> list[Act]:
            from db import bin as waste

            return [waste.restore_annotation(session, article, identifier, title, coder)]

        self._do(run, lambda done: then(len(done)))

    def remove_article(self, article: UUID, then: Callable[[object], object]) -> None:
        """Put an article into the bin."""

        def run(session: Session, coder: UUID) -> None:
            from db import articles

            articles.remove(session, article, coder)

        self._store.act(run, then)

    def _do(
        self, change: Callable[[Session, UUID], list[Act]], then: Callable[[list[Act]], object]
    ) -> None:
        """Do what only the file can tell the changes of; who hears of undo hears of it, too."""

        def run(session: Session, coder: UUID) -> list[Act] | str:
            from db.bin import RestoreError
            from db.taking_back import InTheWay

            try:
                return change(session, coder)
            except (InTheWay, RestoreError) as why:  # nothing was done, and nothing else is lost
                return str(why)

        def tell(done: list[Act] | str) -> None:
            if isinstance(done, str):
                self.refused.emit(done)
                return
            for act in done:
                self._store.applied.emit(act)
            then(done)

        self._store.act(run, tell)

    def _on_changed(self, *_: object) -> None:
        self.changed.emit()
