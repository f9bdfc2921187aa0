"""The article as a whole, summed up anew from its frames whenever the analyst changes them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.values import Entity, Stance, Statement
from desktop.article.session import ArticleSession
from desktop.suggest.reconcile import reconcile
from desktop.suggest.stances.overall import overall


class Summing(QObject):
    """Keeps the open article's overall suggestions in line with its frames, decided or not.

    What is decided on the article as a whole, or bears a note, stays as it is.
    """

    summed = Signal(object, object)
    """``db.values.Article`` and ``list[Stance]``: all it is to have now, where that is news."""

    def __init__(
        self, session: ArticleSession, waits: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        """Take whose article it is, and how to ask whether suggestions are still to come for it.

        Whoever knows that they have all come calls :meth:`start`.
        """
        super().__init__(parent)
        self._session = session
        self._waits = waits
        session.article_changed.connect(self.start)
        session.annotations_changed.connect(self._on_changed)
        self.start()  # an article may be open

    def start(self) -> None:
        """Sum up when what is under way is done."""
        self._session.spare.soon(self._sum, self)

    def _on_changed(self, touched: set[UUID]) -> None:
        """Sum up where a stance changed, or went: names and statements are no part of the sum."""
        state = self._session.state
        if state and not all(isinstance(state.get(one), Entity | Statement) for one in touched):
            self.start()

    def _sum(self) -> None:
        session, state = self._session, self._session.state
        if state is None or self._waits():
            return
        frames = state.stances
        shown = {one.id: one for one in frames if one.overall and state.row(one.id) is None}
        decided = [one for one in state.decisions if isinstance(one, Stance)]
        found = reconcile(overall(state.article.id, frames), decided)
        wanted = {one.id: one for one in found if isinstance(one, Stance)}
        if shown.keys() == wanted.keys():
            return
        new = [one for identifier, one in wanted.items() if identifier not in shown]
        session.take_suggestions(new)
        gone = shown.keys() - wanted.keys()
        if session.focus is not None and session.focus in gone:
            issue = shown[session.focus].target.issue
            after = next((one.id for one in new if one.target.issue == issue), session.focus)
            session.set_focus(after)  # it says something else now, and is still looked at
        session.drop_suggestions(gone)
        self.summed.emit(state.article, list(wanted.values()))
