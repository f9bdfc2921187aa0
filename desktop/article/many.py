"""One act of many steps: what fits into a turn of the event loop at once, the rest in the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from db.acts import Act, Change
from desktop.article.desk import Desk
from desktop.article.state import ArticleState

if TYPE_CHECKING:
    from desktop.article.session import ArticleSession

Step = Callable[..., Act | None]
"""``step(state, coder=…, at=…)``: a command of :mod:`desktop.article.commands`, all else bound."""

MUCH = 100
"""Changes of an act that are too many for one turn."""
_TURN = 0.006  # seconds
_ATOM = 20  # steps between two looks at the clock: showing them costs more than doing them
_NOBODY = UUID(int=0)
_BREATH = 1  # milliseconds: so that keys and paint come in between


class Outcome(NamedTuple):
    """What came of many steps: how many changed something, and how many were left undone.

    Left is what would contradict a recorded stance: that wants a look of its own.
    """

    done: int
    contradicting: int = 0


@dataclass
class _Work:
    state: ArticleState
    steps: Iterator[Step]
    name: str
    title: str
    coder: UUID
    at: str
    then: Callable[[Outcome], object] = lambda _done: None
    stored: bool = False
    done: int = 0
    contradicting: int = 0
    changes: list[Change] = field(default_factory=list[Change])


class Many(QObject):
    """Does many commands to the article as one act, each upon what the last one left.

    The article on the desk changes step by step, in short turns; the act is told, and so stored,
    when it is whole. Whatever else is done meanwhile waits for that (see :meth:`finish`).
    """

    def __init__(self, session: ArticleSession) -> None:
        super().__init__(session)
        self._session = session
        self._work: _Work | None = None
        self._timer = QTimer(self, singleShot=True, interval=_BREATH)
        self._timer.timeout.connect(self._turn)
        session.article_changed.connect(self.finish)

    @property
    def busy(self) -> bool:
        """Whether an act is under way."""
        return self._work is not None

    def do(
        self,
        name: str,
        title: str,
        steps: Iterable[Step],
        then: Callable[[Outcome], object] = lambda _done: None,
    ) -> bool:
        """Begin; ``then`` gets what came of it. False if nobody may act."""
        self.finish()
        session = self._session
        if session.state is None or not (coder := session.signed()):
            return False
        at = session.clock()
        self._work = _Work(session.state, iter(steps), name, title, coder, at, then)
        self._turn()
        return True

    def now(self, name: str, title: str, steps: Iterable[Step]) -> tuple[Act, Outcome] | None:
        """Do all steps at once and return the act, for whoever stores it with more of its kind."""
        self.finish()
        session = self._session
        if session.state is None or not (coder := session.signed()):
            return None
        work = _Work(session.state, iter(steps), name, title, coder, session.clock())
        while self._some(work):
            pass
        act = Act(name, title, session.state.article.id, tuple(work.changes))
        return act, Outcome(work.done, work.contradicting)

    def follow(self, act: Act, then: Callable[[], object]) -> None:
        """Do what is stored already, such as an undo, in short turns too."""
        self.finish()
        session = self._session
        if session.state is None:
            return
        steps = (partial(_one_of, act, change) for change in act.changes)
        self._work = _Work(
            session.state,
            steps,
            act.name,
            act.title,
            _NOBODY,
            "",
            lambda _done: then(),
            stored=True,
        )
        self._turn()

    def finish(self) -> None:
        """Do at once what is left of an act, before anything else is done."""
        while self._work is not None:
            self._turn()

    def _turn(self) -> None:
        if (work := self._work) is None:
            return
        if self._some(work):
            self._timer.start()
            return
        self._timer.stop()
        self._work = None
        session = self._session
        if work.changes and not work.stored:
            act = Act(work.name, work.title, work.state.article.id, tuple(work.changes))
            if session.state is not work.state:  # it was read again meanwhile
                Desk.apply_act(session, act)
            session.acted.emit(act)
        work.then(Outcome(work.done, work.contradicting))

    def _some(self, work: _Work) -> bool:
        """Do some steps and show them; False when there are no more."""
        until, touched, more = perf_counter() + _TURN, set[UUID](), False
        for nth, step in enumerate(work.steps, start=1):
            act = step(work.state, coder=work.coder, at=work.at)
            if act is not None and not work.stored and self._session.state is work.state:
                act = self._known(act, work)
            if act is not None:
                work.done += 1
                work.changes += act.changes
                touched |= work.state.apply(act.changes)
            if nth % _ATOM == 0 and perf_counter() >= until:
                more = True
                break
        if self._session.state is work.state:
            self._session.show(touched, work.changes if not more else ())
        return more

    def _known(self, act: Act, work: _Work) -> Act | None:
        """Return a step's act with who is who; None where it contradicts what is recorded."""
        people = self._session.people
        act = people.resolved(act)
        if people.contradicts(act):
            work.contradicting += 1
            return None
        people.follow(act)
        return act


def _one_of(act: Act, change: Change, state: ArticleState, coder: UUID, at: str) -> Act:
    del state, coder, at
    return Act(act.name, act.title, act.article, (change,))
