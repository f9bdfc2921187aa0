"""The issues of the open project: read from its file, changed in it, and read again after that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.acts import Act
from db.values import Issue
from desktop.shell.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

_TABLES = frozenset({"issue", "issue_alias", "issue_keyword"})


class ProjectIssues(QObject):
    """Knows the issues of one project at a time; each change of them is an act."""

    changed = Signal(object)
    """``list[Issue]``: all there are now, by name. Comes once for every project, too."""
    refused = Signal(str)
    """Why an issue was not added, changed or removed."""
    closing = Signal()
    """The project is about to be closed: it takes changes until all have heard of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.known: list[Issue] | None = None
        """None until they are read."""
        self._store: Store | None = None

    def use(self, store: Store) -> None:
        """Read an open project's issues, and again whenever they may have changed."""
        if store is not self._store:
            store.changed_elsewhere.connect(self._read)
            store.failed.connect(self._read)
            store.applied.connect(self._on_applied)
        self._store = store
        self.known = None
        self._read()

    def stop(self) -> None:
        """Know none: the project is closed, after the last change was asked for."""
        self.closing.emit()
        self._store = None
        self.known = None

    def add(self, issue: Issue) -> None:
        """Put an issue into the project, under an id that is made there."""

        def run(session: Session, coder: UUID) -> None:
            from db.issues import add_issue

            add_issue(session, issue.name, issue.aliases, issue.keywords, coder)

        self._do(run)

    def change(self, issue: Issue) -> None:
        """Give an issue another name, other aliases or keywords."""

        def run(session: Session, coder: UUID) -> None:
            from db.issues import change_issue

            change_issue(session, issue, coder)

        self._do(run)

    def remove(self, issue: UUID) -> None:
        """Take an issue out of the project."""

        def run(session: Session, coder: UUID) -> None:
            from db.issues import remove_issue

            remove_issue(session, issue, coder)

        self._do(run)

    def _do(self, change: Callable[[Session, UUID], None]) -> None:
        def run(session: Session, coder: UUID) -> str | None:
            from db.issues import IssueError

            try:
                change(session, coder)
            except IssueError as error:  # nothing was done, and nothing else is lost by it
                return str(error)
            return None

        def then(error: str | None) -> None:
            if error:
                self.refused.emit(error)
            self._read()

        if self._store:
            self._store.act(run, then)

    def _on_applied(self, act: Act) -> None:
        if any(change.table in _TABLES for change in act.changes):
            self._read()

    def _read(self, *_: object) -> None:
        store = self._store
        if store is None:
            return

        def run(session: Any) -> list[Issue]:
            from db.issues import issues

            return issues(session)

        def then(found: list[Issue]) -> None:
            if store is self._store and found != self.known:
                self.known = found
                self.changed.emit(found)

        store.ask(run, then)
