"""Suggestions made before anybody waits for them: for the next article, and for the whole library.

An article waits as long as its row does not bear the mark of who suggests here, so that nothing
needs to be kept of how far we are. The engine gets one at a time from here, behind what the analyst
waits for: first the next one in the list, then, if that was asked for, all the others as listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from db.presence import Sole
from db.values import Article, Model
from desktop.article.session import ArticleSession
from desktop.library.view import LibraryPane
from desktop.shell.pace import Pace
from desktop.shell.settings import Settings
from desktop.shell.store import Store
from desktop.shell.suggesting import Suggesting

if TYPE_CHECKING:
    from sqlmodel import Session

_AGAIN = 2000  # ms between two looks whether another program is through with it
_IN_A_ROW = 5  # articles the engine may fail on before it is taken to fail on all
_NAMED = 3  # of those it failed on


class Wish(Enum):
    """What was asked for: suggestions for the whole library or not, or not now."""

    NONE = ""
    RUNNING = "running"
    PAUSED = "paused"


class Backlog(QObject):
    """Keeps the engine at work while the analyst waits for nothing."""

    wish_changed = Signal(object)  # Wish
    state_changed = Signal(str)  # how far it is; nothing while it was not asked for
    told = Signal(str)  # that all is there
    failed = Signal(str)  # what the analyst must know

    def __init__(
        self,
        session: ArticleSession,
        suggesting: Suggesting,
        pane: LibraryPane,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._suggesting = session, suggesting
        self._pane, self._settings = pane, settings
        self._store: Store | None = None
        self._sole: Sole | None = None
        self._pace = Pace()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._go_on)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN)
        self._again.timeout.connect(self._go_on)
        self._forget()
        suggesting.model_changed.connect(self._look_anew)
        suggesting.issues.changed.connect(self._look_anew)
        suggesting.through.connect(self._on_through)
        suggesting.engine.failed.connect(lambda *_: self._soon.start())
        session.article_changed.connect(self._on_article)
        for change in (pane.model.modelReset, pane.model.rowsInserted, pane.model.rowsRemoved):
            change.connect(self._on_list)

    def _forget(self) -> None:
        self.wish = Wish.NONE
        self._failed: set[int] = set()  # numbers of articles
        self._in_a_row = 0
        self._left: dict[int, None] | None = None  # numbers, the newest first; None: not known
        self._total = 0
        self._listed = 0  # articles there were when we looked
        self._order: Iterator[int] = iter(())
        self._seen: UUID | None = None  # the next one in the list, when it was looked at
        self._asked: tuple[int, UUID] | None = None  # with the engine
        self._reading = False
        self._elsewhere = False  # another program does it
        self._said = ""

    # What is asked for

    def use(self, store: Store) -> None:
        """Work for an open project, from where it was left."""
        self._store = store
        self._sole = Sole(store.path, "suggesting")
        wish, *failed = self._settings.backlog(store.path).split() or [""]
        self._failed = {int(number) for number in failed if number.isdecimal()}
        self._wish(next((one for one in Wish if one.value == wish), Wish.NONE))

    def stop(self) -> None:
        """Rest; the wish stays for when the project is opened again."""
        self._soon.stop()
        self._again.stop()
        self._let_go()
        self._store = self._sole = None
        self._forget()
        self.wish_changed.emit(self.wish)
        self.state_changed.emit("")

    def turn(self) -> None:
        """Begin on the whole library, pause that, or go on with it."""
        if self.wish is Wish.RUNNING:
            self._wish(Wish.PAUSED)
            return
        if self.wish is Wish.NONE:
            self._failed.clear()  # whoever begins anew has them tried anew
        self._wish(Wish.RUNNING)

    def _wish(self, wish: Wish) -> None:
        self.wish = wish
        if wish is Wish.RUNNING:
            self._pace.begin()
            self._in_a_row = 0
        else:
            self._leave()
            self._let_go()
            self._elsewhere = False
        self._keep()
        self.wish_changed.emit(wish)
        self._say()
        self._soon.start()

    def _keep(self) -> None:
        if self._store:
            failed = sorted(self._failed) if self.wish is not Wish.NONE else ()
            words = (self.wish.value, *map(str, failed))
            self._settings.set_backlog(self._store.path, " ".join(words))

    def _let_go(self) -> None:
        if self._sole:
            self._sole.leave()

    # One after the other

    def _go_on(self) -> None:
        """Ask for one more article, unless the engine has enough to do."""
        self._say()
        maker = self._suggesting.maker
        if self._store is None or maker is None or self._reading:
            return
        if self.wish is not Wish.NONE and self._left is None and not self._elsewhere:
            self._look(self._store, maker)
        elif self._asked is None and not self._suggesting.busy:
            number = self._next_in_list()
            if number is None and self.wish is Wish.RUNNING and self._alone():
                number = self._next_at_all()
                if number is None:
                    self._end()
            if number is not None:
                self._read(self._store, number, maker)

    def _next_in_list(self) -> int | None:
        """Return the article behind the open one, once, so that stepping on finds it ready."""
        article = self._pane.neighbour(1) if self._session.state else None
        if article is None or article == self._seen:
            return None
        self._seen = article
        row = self._pane.model.get(article)
        return row.number if row and row.number not in self._failed else None

    def _next_at_all(self) -> int | None:
        left = self._left or {}
        return next((one for one in self._order if one in left and one not in self._failed), None)

    def _alone(self) -> bool:
        """Tell whether no other program is at it; if one is, look again in a while."""
        try:
            alone = self._sole is not None and self._sole.take()
        except OSError:  # nothing can be locked there, so nobody else is seen
            alone = True
        if not alone:
            self._elsewhere = True
            self._left = None
            self._again.start()
        elif self._elsewhere:
            self._elsewhere = False
            self._soon.start()  # what is left now has to be looked up
        self._say()
        return alone and self._left is not None

    def _look(self, store: Store, maker: Model) -> None:
        """Find out what waits."""

        def run(session: Session) -> tuple[dict[int, None], int]:
            from db.backlog import backlog

            numbers, total = backlog(session, maker)
            return dict.fromkeys(numbers), total

        def then(found: tuple[dict[int, None], int]) -> None:
            self._reading = False
            self._left, self._total = found
            self._listed = self._pane.model.total
            self._begin_order()
            self._soon.start()

        self._reading = True
        store.ask(run, then)

    def _begin_order(self) -> None:
        """Take first what the list shows, as it shows it, then all the others."""
        self._order = chain(self._pane.model.shown(), list(self._left or ()))

    def _read(self, store: Store, number: int, maker: Model) -> None:
        """Read an article, and ask about it if it waits still."""

        def run(session: Session) -> Article | None:
            from db.backlog import waiting

            return waiting(session, number, maker)

        self._reading = True
        store.ask(run, partial(self._ask, number))

    def _ask(self, number: int, article: Article | None) -> None:
        self._reading = False
        if article is None:
            self._forget_one(number)
        elif self.wish is Wish.RUNNING or article.id == self._seen:
            self._asked = number, article.id
            self._suggesting.prepare(article)
        self._soon.start()

    def _leave(self) -> None:
        """Take back what the engine has of us, to be asked about again."""
        if self._asked:
            number, article = self._asked
            self._asked = None
            self._seen = None
            self._suggesting.leave(article)
            self._order = chain((number,), self._order)

    def _forget_one(self, number: int) -> None:
        if self._left is not None:
            self._left.pop(number, None)

    def _end(self) -> None:
        if self._failed:
            words = self.tr("Suggestions for the whole library are there. The engine failed on {}.")
            self.failed.emit(words.format(self._failures()))
        else:
            self.told.emit(self.tr("Suggestions for the whole library are there."))
        self._wish(Wish.NONE)

    def _failures(self) -> str:
        """Name the articles that the engine failed on, the first few."""
        rows = (self._pane.model.numbered(number) for number in sorted(self._failed))
        titles = [f"‘{row.title or row.number}’" for row in rows if row]
        if len(titles) <= _NAMED:
            return ", ".join(titles)
        more = self.tr("{} and {} more")
        return more.format(", ".join(titles[:_NAMED]), QLocale().toString(len(titles) - _NAMED))

    # What is heard

    def _on_through(self, article: UUID, came: bool) -> None:
        row = self._pane.model.get(article)
        ours = self._asked is not None and self._asked[1] == article
        if ours:
            self._asked = None
        if row and came:
            self._forget_one(row.number)
        if ours and came:
            self._in_a_row = 0
            self._pace.tick()
        elif ours and row:
            self._fail(row.number)
        self._soon.start()

    def _fail(self, number: int) -> None:
        self._failed.add(number)
        self._keep()
        self._in_a_row += 1
        if self.wish is Wish.RUNNING and self._in_a_row == _IN_A_ROW:
            words = self.tr("The engine failed on {} articles in a row: the library is paused.")
            self.failed.emit(words.format(_IN_A_ROW))
            self._wish(Wish.PAUSED)

    def _on_article(self) -> None:
        """Another article is open: it comes first, and the one behind it second."""
        state = self._session.state
        self._seen = None
        if self._asked and (state is None or state.article.id != self._asked[1]):
            self._leave()
        self._soon.start()

    def _on_list(self) -> None:
        if self._pane.model.total != self._listed:
            self._left = None
        elif self._left is not None:
            self._begin_order()
        self._soon.start()

    def _look_anew(self, _: object) -> None:
        """Somebody else suggests here now, or looks for something else."""
        self._left = self._seen = None
        self._soon.start()

    def pause_on_failure(self, _: str, lost: bool) -> None:
        """The file could not be read or written: it is told of once, not for each article."""
        if not lost and self.wish is Wish.RUNNING:
            self._wish(Wish.PAUSED)

    # What is said

    def _say(self) -> None:
        if (state := self._state()) != self._said:
            self._said = state
            self.state_changed.emit(state)

    def _state(self) -> str:
        if self.wish is Wish.NONE or self._store is None or self._suggesting.maker is None:
            return ""
        if self._elsewhere:
            return self.tr("Another program suggests on the library")
        if self._left is None:
            return self.tr("Library…")
        number = QLocale().toString
        left = len(self._left) - sum(one in self._left for one in self._failed)
        words = self.tr("{} of {}").format(number(max(self._total - left, 0)), number(self._total))
        if self.wish is Wish.PAUSED:
            return self.tr("Library paused at {}").format(words)
        said = [self.tr("Library: {}").format(words)]
        if self._failed:
            said.append(self.tr("{} failed").format(number(len(self._failed))))
        if (seconds := self._pace.left(left)) is not None:
            said.append(self._clock(seconds))
        return " · ".join(said)

    def _clock(self, seconds: float) -> str:
        minutes = round(seconds / 60)
        if minutes < 1:
            return self.tr("under a minute left")
        if minutes < 100:
            return self.tr("{} min left").format(minutes)
        return self.tr("{} h left").format(round(minutes / 60))
