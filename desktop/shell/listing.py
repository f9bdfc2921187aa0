"""The library of the open project: read in the store's thread, searched, and kept as it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from db.acts import Act
from db.query import QueryError
from db.search_values import Search, Value
from db.values import ArticleStatus
from desktop.library.lines import Lines
from desktop.library.list_model import ArticleList
from desktop.library.view import LibraryPane
from desktop.shell import trace
from desktop.shell.store import Store

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.saved_searches import SavedSearch

_REST = 20  # times as long as it took, before it is read again for another program's sake
# Acts that may change which articles there are, or how one is listed.
_ACTS = frozenset({"import", "remove", "restore", "take_back", "status", "metadata"})


class Listing(QObject):
    """Fills a list and its pane from an open project's file."""

    listed = Signal(object)
    """The library is shown as it is in the file; the id of the article that is wanted, or None."""
    told = Signal(str)
    """What was done to many articles; undo takes it back."""
    changed_elsewhere = Signal()
    """What was read anew for another program's sake says something else than before."""
    refused = Signal(str)
    """Why what was asked for is not so."""

    def __init__(
        self, store: Store, articles: ArticleList, pane: LibraryPane, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._store, self._articles, self._pane = store, articles, pane
        self._search = Search()
        self._number = 0  # of the search; what comes of an older one is dropped
        self._applied: list[Act] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._list_applied)
        self._anew = QTimer(self, singleShot=True)
        self._anew.timeout.connect(partial(self._read, None, elsewhere=True))
        self._rested = 0.0  # when it may be read for another program's sake again
        self.saved: list[SavedSearch] = []
        """The saved searches, by name."""
        self._begun = False
        store.row_changed.connect(articles.update)

    def begin(self) -> None:
        """Do what the pane asks for, now that the file is open; it may have asked already."""
        self._begun = True
        self._pane.bar.wanted.connect(self._look)
        self._pane.facets.wanted.connect(self._count)
        self._search = self._pane.bar.search
        self.read()

    def close(self) -> None:
        """Hear no more of the pane: another project will be in it."""
        if self._begun:
            self._pane.bar.wanted.disconnect(self._look)
            self._pane.facets.wanted.disconnect(self._count)
            self._pane.bar.look_for(Search())
            self._articles.show_found(None)

    # The list

    def read(self, then: UUID | None = None) -> None:
        """Read the whole library anew; ``then`` is the article that is wanted."""
        self._read(then)

    def read_what_others_write(self) -> None:
        """Read it anew, but seldom if that takes long: another program may write every second."""
        if not self._anew.isActive():
            self._anew.start(max(0, round((self._rested - time.monotonic()) * 1000)))

    def _read(self, then: UUID | None, *, elsewhere: bool = False) -> None:
        before = self._articles.lines

        def run(session: Session) -> tuple[Lines, list[SavedSearch], bool]:
            from db import articles, twins
            from db.saved_searches import saved_searches

            began = time.monotonic()
            lines = Lines(articles.list_rows(session), twins.counts(session))
            differs = elsewhere and before.whole and not lines.says_the_same(before)
            self._rested = began + (time.monotonic() - began) * _REST
            return lines, saved_searches(session), differs

        def show(found: tuple[Lines, list[SavedSearch], bool]) -> None:
            lines, self.saved, differs = found
            self._articles.set_lines(lines)
            if differs:
                self.changed_elsewhere.emit()
            if self._search.everything:
                self._pane.facets.ask()
            else:
                self._look(self._search)
            self.listed.emit(then)
            trace.mark("library_listed")

        self._store.ask(run, show)

    def hear(self, act: Act, *, here: bool) -> None:
        """Follow an act that was turned round; ``here`` is whether the open article shows it."""
        if not here or act.name in _ACTS or act.article is None:
            self._applied.append(act)
            self._soon.start()  # once, however many acts were turned round

    def _list_applied(self) -> None:
        """Show the library after undo and redo, and go where a single one was."""
        acts, self._applied = self._applied, []
        self.read(acts[0].article if len(acts) == 1 else None)

    # What is looked for

    @property
    def search(self) -> Search:
        """What the list shows now."""
        return self._search

    def _look(self, search: Search) -> None:
        self._search = search
        self._number += 1
        number = self._number

        def run(session: Session) -> list[int] | str:
            from db.search import find

            try:
                return find(session, search)
            except QueryError as error:
                return str(error)

        def show(found: list[int] | str) -> None:
            if number != self._number:
                return  # something else is looked for by now
            if isinstance(found, str):
                self._pane.bar.say(found)
            else:
                self._articles.show_found(found)

        if search.everything:
            self._articles.show_found(None)
        else:
            self._store.ask(run, show)
        self._pane.facets.ask()

    def _count(self, name: str) -> None:
        search, number = self._search, self._number

        def run(session: Session) -> list[Value]:
            from db.search import facet

            try:
                return facet(session, search, name)
            except QueryError:
                return []  # the field says what is wrong

        def show(values: list[Value]) -> None:
            if number == self._number:
                self._pane.facets.show_values(name, values)

        self._store.ask(run, show)

    # Saved searches

    def save(self, name: str) -> None:
        """Keep what is looked for under a name."""
        search = self._pane.bar.search

        def run(session: Session, coder: UUID) -> None:
            from db.saved_searches import save_search

            save_search(session, name, search, coder)

        self._change(run)

    def rename(self, saved: SavedSearch, name: str) -> None:
        """Give a saved search another name."""

        def run(session: Session, coder: UUID) -> None:
            from db.saved_searches import rename_search

            rename_search(session, saved, name, coder)

        self._change(run)

    def delete(self, saved: SavedSearch) -> None:
        """Forget a saved search; undo brings it back."""

        def run(session: Session, coder: UUID) -> None:
            from db.saved_searches import delete_search

            delete_search(session, saved, coder)

        self._change(run)

    def _change(self, do: Callable[[Session, UUID], None]) -> None:
        def run(session: Session, coder: UUID) -> str | list[SavedSearch]:
            from db.history import Conflict
            from db.saved_searches import SavedSearchError, saved_searches

            try:
                do(session, coder)
            except (SavedSearchError, Conflict) as error:
                return str(error)
            return saved_searches(session)

        def then(found: str | list[SavedSearch]) -> None:
            if isinstance(found, str):
                self.refused.emit(found)
            else:
                self.saved = found

        self._store.act(run, then)

    # Many articles at once

    def mark(self, status: ArticleStatus) -> None:
        """Give a status to what is selected, or else to all that is shown."""

        def run(session: Session, numbers: Sequence[int], coder: UUID) -> int:
            from db.article_bulks import mark_articles

            return mark_articles(session, numbers, status, coder)

        self._bulk(run, self.tr("Marked {} articles"))

    def remove(self) -> None:
        """Put what is selected, or else all that is shown, into the bin."""

        def run(session: Session, numbers: Sequence[int], coder: UUID) -> int:
            from db.article_bulks import bin_articles

            return bin_articles(session, numbers, coder)

        self._bulk(run, self.tr("Removed {} articles"))

    def _bulk(self, do: Callable[[Any, Sequence[int], UUID], int], words: str) -> None:
        numbers = self._pane.selected()

        def then(count: int) -> None:
            self.told.emit(words.format(QLocale().toString(count)))
            self.read()

        self._store.act(lambda session, coder: do(session, numbers, coder), then)
