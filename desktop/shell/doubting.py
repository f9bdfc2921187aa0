"""Whether the suggestions on the desk still go with what was decided since they were made.

A name decided twice may stand in a long article a hundred times. It is looked for a few paragraphs
at a turn, after what the analyst did is on the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from db.values import Annotation, Entity, Layer, Span
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState

if TYPE_CHECKING:
    from db.forms import Learnt
    from desktop.suggest.names.precedents import Precedents

_AT_ONCE = 4  # paragraphs
_BREATH = 5  # ms between two looks


class Doubting(QObject):
    """Looks at the article on the desk, and tells once if anything on it is outdated."""

    outdated = Signal()

    def __init__(self, session: ArticleSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._precedents: Precedents | None = None
        self._rest: Iterator[bool] = iter(())
        self._turns = QTimer(self, interval=_BREATH)
        self._turns.timeout.connect(self._look)
        session.article_changed.connect(self.stop)

    def stop(self) -> None:
        """Look no further."""
        self._turns.stop()
        self._rest = iter(())

    def look(self, precedents: Precedents, forms: dict[str, Learnt] | None = None) -> None:
        """Look for these forms, whose case has changed; without any, at the whole article."""
        state = self._session.state
        if state is None:
            return
        waiting = self._rest if self._turns.isActive() else iter(())
        self._rest = _either(waiting, _doubts(state, precedents, forms))
        self._turns.start()

    def _look(self) -> None:
        found = next(self._rest, None)
        if found:
            self.stop()
            self.outdated.emit()
        elif found is None:
            self.stop()


def _either(first: Iterator[bool], then: Iterator[bool]) -> Iterator[bool]:
    yield from first
    yield from then


def _doubts(
    state: ArticleState, precedents: Precedents, forms: dict[str, Learnt] | None
) -> Iterator[bool]:
    """Yield, a few paragraphs at a time, whether what is shown there is outdated.

    Where a form is known no longer, only the engine can say what stands there.
    """
    text = state.article.text
    yield any(not known and form in text for form, known in (forms or {}).items())
    stretches = precedents.stretches(state.article, forms)
    rejected = [one for one in state.decisions if isinstance(one, Entity)]
    for first in range(0, len(stretches), _AT_ONCE):
        some = stretches[first : first + _AT_ONCE]
        yield precedents.contradicted(
            state.article,
            _in(some, lambda span: state.between(span.start, span.end, Layer.ENTITY)),
            rejected,
            some,
        )


def _in(stretches: Iterable[Span], there: Callable[[Span], list[Annotation]]) -> list[Annotation]:
    return [one for stretch in stretches for one in there(stretch)]
