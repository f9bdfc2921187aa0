"""Whether the suggestions on the desk still go with what was decided since they were made.

A name decided twice may stand in a long article a hundred times. It is looked for a paragraph at a
time, after what the analyst did is on the screen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.values import Entity, Layer
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState

if TYPE_CHECKING:
    from db.forms import Learnt
    from desktop.suggest.names.precedents import Precedents


class Doubting(QObject):
    """Looks at the article on the desk, and tells once if anything on it is outdated."""

    outdated = Signal()

    def __init__(self, session: ArticleSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._precedents: Precedents | None = None
        self._looks: deque[Iterator[bool]] = deque()
        session.article_changed.connect(self.stop)

    def stop(self) -> None:
        """Look no further."""
        self._session.spare.end(self._look)
        self._looks.clear()

    def look(self, precedents: Precedents, forms: dict[str, Learnt] | None = None) -> None:
        """Look for these forms, whose case has changed; without any, at the whole article."""
        state = self._session.state
        if state is None:
            return
        self._looks.append(_doubts(state, precedents, forms))
        self._session.spare.begin(self._look, self)

    def _look(self) -> bool:
        found = next(self._looks[0], None)
        if found:
            self.stop()
            self.outdated.emit()
        elif found is None:
            self._looks.popleft()
        return bool(self._looks)


def _doubts(
    state: ArticleState, precedents: Precedents, forms: dict[str, Learnt] | None
) -> Iterator[bool]:
    """Yield, paragraph by paragraph, whether what is shown there is outdated.

    Where a form is known no longer, only the engine can say what stands there.
    """
    text = state.article.text
    yield any(not known and form in text for form, known in (forms or {}).items())
    stretches = precedents.stretches(state.article, forms)
    rejected = [one for one in state.decisions if isinstance(one, Entity)]
    for stretch in stretches:
        shown = state.between(stretch.start, stretch.end, Layer.ENTITY)
        yield precedents.contradicted(state.article, shown, rejected, [stretch])
