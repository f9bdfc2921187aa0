"""Reads keywords in context from the open project, some articles at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.query import QueryError, Words, words_in
from db.search_values import Search
from desktop.shell.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.contexts import Context

_AT_ONCE = 100  # articles read in one job of the store
_ENOUGH = 2000  # lines, before it is asked for more


class ContextReader(QObject):
    """Answers one query at a time; what comes of an older one is dropped."""

    came = Signal(object)
    """More ``db.contexts.Context``, in order."""
    stopped = Signal(int, int)
    """It reads no more for now: articles looked through, of how many with these words."""
    refused = Signal(str)
    """What is wrong with the query."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._words: list[Words] = []
        self._numbers: Sequence[int] = ()
        self._done = 0
        self._lines = 0
        self._query = 0

    def begin(self, search: Search) -> None:
        """Look for the words of a search in the articles it finds."""
        self._query += 1
        self._numbers, self._done, self._lines = (), 0, 0
        query = self._query
        try:
            self._words = list(words_in(search.node()))
        except QueryError as error:
            self.refused.emit(str(error))
            return
        if not self._words:
            self.stopped.emit(0, 0)
            return

        def run(session: Session) -> list[int]:
            from db.search import find

            return find(session, search)

        def then(numbers: list[int]) -> None:
            if query == self._query:
                self._numbers = numbers
                self._go_on(_ENOUGH)

        self._store.ask(run, then)

    def more(self) -> None:
        """Read on from where it stopped."""
        self._go_on(self._lines + _ENOUGH)

    def _go_on(self, until: int) -> None:
        if self._lines >= until or self._done >= len(self._numbers):
            self.stopped.emit(self._done, len(self._numbers))
            return
        query, words = self._query, self._words
        numbers = self._numbers[self._done : self._done + _AT_ONCE]

        def run(session: Session) -> list[Context]:
            from db.contexts import contexts

            return contexts(session, numbers, words)

        def then(found: list[Context]) -> None:
            if query == self._query:
                self._done += len(numbers)
                self._lines += len(found)
                self.came.emit(found)
                self._go_on(until)

        self._store.ask(run, then)
