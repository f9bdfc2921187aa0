"""What was in focus before, to go back to: the way on passes over what is decided."""

from __future__ import annotations

from collections import deque
from uuid import UUID

from desktop.article.desk import Desk
from desktop.article.wording import tr

_KEPT = 200  # steps


class Trail:
    """Remembers where the analyst came from in the article that is open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._here: UUID | None = None
        self._behind: deque[UUID] = deque(maxlen=_KEPT)
        self._going_back = False
        desk.focus_changed.connect(self._follow)
        desk.article_changed.connect(self._forget)

    def back(self) -> None:
        """Go to what was in focus before and is still there, decided or not."""
        desk = self._desk
        while self._behind and desk.state:
            before = self._behind.pop()
            if before != desk.focus and desk.state.get(before):
                self._going_back = True
                desk.set_focus(before)
                self._going_back = False
                return
        desk.told.emit(tr("Nothing else was looked at before."))

    def _follow(self, now: UUID | None) -> None:
        if self._here is not None and not self._going_back:
            self._behind.append(self._here)
        self._here = now

    def _forget(self) -> None:
        self._behind.clear()
        self._here = self._desk.focus
