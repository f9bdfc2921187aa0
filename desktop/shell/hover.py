"""What is known of an actor, where the pointer rests on its name in the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from desktop.article.canvas import ArticleCanvas
from desktop.article.inspector.ledger import actor_words
from desktop.article.session import ArticleSession


class HoverCard(QObject):
    """Shows the name, the affiliation and the positions of the actor under the pointer."""

    def __init__(self, canvas: ArticleCanvas, session: ArticleSession) -> None:
        super().__init__(canvas)
        self._canvas, self._session = canvas, session
        canvas.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        state = self._session.state
        offset = self._canvas.offset_at(event.pos())
        names = state.entities_at(offset) if state else []
        actors = (self._session.people.of(name.id) for name in names)
        actor = next((each for each in actors if each is not None), None)
        if actor is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), actor_words(self._session, actor), self._canvas)
        return True
