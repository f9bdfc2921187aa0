"""The panes beside the article: which are folded away, by the analyst or for want of room."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget


class SidePanes:
    """The library and the inspector. Where there is no room for both, one of them waits.

    At 200 % a laptop's screen is 720 pixels wide, and so is half of a screen at 100 %.
    """

    def __init__(self, article: QWidget, library: QWidget, inspector: QWidget) -> None:
        self._article = article
        self._panes = (library, inspector)
        self._wanted = list(self._panes)  # the one that was asked for last comes last

    @property
    def least(self) -> int:
        """How many pixels the article and either pane need."""
        return max(self._width([pane]) for pane in self._panes)

    @property
    def folded(self) -> bytes:
        """Which of them the analyst has folded away, to be given to :meth:`fold_as`."""
        return bytes(pane not in self._wanted for pane in self._panes)

    def fold_as(self, folded: bytes) -> None:
        """Fold those that :attr:`folded` named once; nothing remembered folds nothing."""
        if len(folded) == len(self._panes):
            both = zip(self._panes, folded, strict=True)
            self._wanted = [pane for pane, away in both if not away]

    def replace(self, before: QWidget, pane: QWidget) -> None:
        """Have ``pane`` in another one's place, folded away or not as that was."""
        self._panes = tuple(pane if each is before else each for each in self._panes)
        self._wanted = [pane if each is before else each for each in self._wanted]

    def fold(self, pane: QWidget) -> None:
        """Fold one away; one that waits for room goes on waiting: it is the text that is wanted."""
        self._wanted.remove(pane)
        pane.hide()

    def unfold(self, pane: QWidget, room: int) -> None:
        """Show one, before any other."""
        if pane in self._wanted:
            self._wanted.remove(pane)
        self._wanted.append(pane)
        self.fit(room)

    def fit(self, room: int) -> None:
        """Show those that are wanted and fit into so many pixels beside the article."""
        shown = list[QWidget]()
        for pane in reversed(self._wanted):
            if self._width([*shown, pane]) <= room:
                shown.append(pane)
        for pane in self._panes:
            pane.setVisible(pane in shown)

    def _width(self, panes: Iterable[QWidget]) -> int:
        return self._article.minimumWidth() + sum(pane.minimumWidth() + 1 for pane in panes)
