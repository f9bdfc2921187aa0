"""Suggestions made anew take the place of those on the desk; in a long article, a page at a time.

All at once, five thousand of them would hold the window up for a tenth of a second. So names, then
statements, then stances are exchanged from the first page to the last, each page in one go: nothing
vanishes and comes back under the reader's eyes. What is decided meanwhile is seen by all pages
after, and is an act like any other to those before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.twin_offers import is_offer
from db.values import Annotation, Layer, Stance, layer_of
from desktop.article.places import start_of
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from desktop.suggest.reconcile import Answers

_PAGE = 2_000  # code points
_AT_ONCE = 50  # annotations looked at between two looks at the clock
_FEW = 500  # annotations, old and new and decided, that need no second turn

_Page = tuple[int, int]
"""Which layer it is of, as they are exchanged, and which page of it."""
_LAYERS = {layer: rank for rank, layer in enumerate((Layer.ENTITY, Layer.STATEMENT, Layer.STANCE))}
_T = TypeVar("_T")


class Renewing(QObject):
    """Renews the suggestions of the article on the desk in spare time."""

    done = Signal()
    """All there are now are the new ones."""

    def __init__(self, session: ArticleSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._answers = Answers()
        self._work: Iterator[None] | None = None
        self._again: Callable[[], None] = self.stop
        session.article_changed.connect(self.stop)
        session.annotations_changed.connect(self._on_changed)
        session.scheme_changed.connect(self._on_scheme)

    @property
    def busy(self) -> bool:
        """Whether some old ones may still lie on the desk."""
        return self._work is not None

    def begin(
        self,
        found: Sequence[Annotation],
        shown: Callable[[Sequence[Annotation]], list[Annotation]],
    ) -> None:
        """Show these in place of all that is suggested, but for what twins offer.

        ``shown`` gives those that are wanted, under the project's labels.
        """
        state = self._session.state
        if state is None:
            return
        self.stop()
        self._work = self._steps(state, found, shown)
        self._again = lambda: self.begin(found, shown)
        if len(found) + len(state.suggestions) + len(state.decisions) > _FEW:
            self._session.spare.begin(self._step, self)
            return
        while self._step():
            pass

    def stop(self) -> None:
        """Leave the rest as it is."""
        self._work = None
        self._answers = Answers()
        self._session.spare.end(self._step)

    def _step(self) -> bool:
        if self._work is None:
            return False
        if next(self._work, self) is not self:
            return True
        self.stop()
        self.done.emit()
        return False

    def _steps(
        self,
        state: ArticleState,
        found: Sequence[Annotation],
        shown: Callable[[Sequence[Annotation]], list[Annotation]],
    ) -> Iterator[None]:
        old, new = defaultdict[_Page, list[UUID]](list), defaultdict[_Page, list[Annotation]](list)
        for some in _some(state.decisions):
            self._on_changed({one.id for one in some})  # as they are now
            yield
        for some in _some(state.suggestions):
            for one in some:
                if is_offer(one):
                    self._on_changed({one.id})
                elif not (isinstance(one, Stance) and one.overall):  # summed up from the others
                    old[_page(one)].append(one.id)
            yield
        coming = set[UUID]()
        for some in _some(found):
            for one in shown(some):
                new[_page(one)].append(one)
                coming.add(one.id)
            yield
        late = list[_Page]()
        for page in sorted(old.keys() | new.keys()):
            still_open, gone = self._answered(new[page])
            gone |= set(old[page]) - coming
            named = {one for one in gone if state.in_use(one)}  # by frames that are still to go
            self._session.exchange_suggestions(gone - named, still_open)
            if named:
                late.append(page)
            yield
        for page in late:
            still_open, gone = self._answered(new[page])
            self._session.exchange_suggestions(gone | (set(old[page]) - coming), still_open)
            yield

    def _answered(self, new: list[Annotation]) -> tuple[list[Annotation], set[UUID]]:
        """Return those that are still open, and the ids of the rest."""
        still_open = self._answers.still_open(new)
        return still_open, {one.id for one in new} - {one.id for one in still_open}

    def _on_changed(self, touched: set[UUID]) -> None:
        """Know of each of these what stands there now, and answers suggestions."""
        state = self._session.state
        if self._work is None or state is None:
            return
        for identifier in touched:
            shown = state.get(identifier)
            stands = state.row(identifier) or (shown if shown and is_offer(shown) else None)
            self._answers.know(identifier, stands)

    def _on_scheme(self) -> None:
        if self._work is not None:  # they have other labels now
            self._again()


def _page(annotation: Annotation) -> _Page:
    return _LAYERS[layer_of(annotation)], start_of(annotation) // _PAGE


def _some(things: Sequence[_T]) -> Iterator[list[_T]]:
    rest = iter(things)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
