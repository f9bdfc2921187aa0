"""Garbage is looked for while the hands rest: to look through a long article takes 40 ms."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from desktop.article.session import ArticleSession

_SWITCH = 0.0005  # s
_YOUNG, _GROWN, _OLD = 700, 10, 10_000
_REST = 2_000  # ms


def begin() -> None:
    """Let neither the store's thread nor the collector hold up the window.

    By default a thread keeps the interpreter for five milliseconds, and the collector looks at all
    there is whenever a quarter more came. What a program fills without a rest (an import over
    night) is still collected, rarely.
    """
    sys.setswitchinterval(_SWITCH)
    gc.set_threshold(_YOUNG, _GROWN, _OLD)


class Tidying(QObject):
    """Collects all garbage once nothing was looked at or changed for two seconds.

    What lives then is not looked at again till ``all_again``: the next look is short.
    """

    def __init__(self, session: ArticleSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._whole = False
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._tidy)
        for change in (
            session.article_changed,
            session.annotations_changed,
            session.focus_changed,
            session.selection_changed,
        ):
            change.connect(lambda *_: self._rest.start())

    def all_again(self) -> None:
        """Look at the next rest at what lived at the last one, too: much of it is gone."""
        self._whole = True

    def _tidy(self) -> None:
        if self._whole:
            gc.unfreeze()
            self._whole = False
        gc.collect()
        gc.freeze()
