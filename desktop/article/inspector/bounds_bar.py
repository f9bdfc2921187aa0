"""Buttons that move the two edges of what is in focus, by a word or a character."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from desktop.article.bounds import Edge, Unit
from desktop.article.wording import tr

_MOVES = (
    ("«", Unit.WORD, -1),
    ("‹", Unit.CHARACTER, -1),
    ("›", Unit.CHARACTER, 1),
    ("»", Unit.WORD, 1),
)
_KEYS = {Edge.START: "[ ]", Edge.END: "{ }"}


class BoundsBar(QWidget):
    """Start and end, each with « ‹ › »; a button repeats while it is held."""

    def __init__(
        self, move: Callable[[Edge, Unit, int], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        self._buttons: dict[tuple[Edge, Unit, int], QPushButton] = {}
        for line, edge in enumerate(Edge):
            caption = QLabel(tr("Start") if edge is Edge.START else tr("End"))
            caption.setProperty("role", "muted")
            grid.addWidget(caption, line, 0)
            for column, (sign, unit, step) in enumerate(_MOVES, start=1):
                button = QPushButton(sign)
                button.setAutoRepeat(True)
                button.setAccessibleName(_name(edge, unit, step))
                button.setToolTip(_name(edge, unit, step))
                button.setStyleSheet("padding: 1px 0")
                button.clicked.connect(lambda _=False, e=edge, u=unit, s=step: move(e, u, s))
                self._buttons[edge, unit, step] = button
                grid.addWidget(button, line, column)
            key = QLabel(_KEYS[edge])
            key.setProperty("role", "key")
            key.setToolTip(tr("With Ctrl by a word"))
            grid.addWidget(key, line, len(_MOVES) + 1, Qt.AlignmentFlag.AlignRight)
        self.setFocusProxy(self.button(Edge.START, Unit.CHARACTER, -1))

    def button(self, edge: Edge, unit: Unit, step: int) -> QPushButton:
        """Return the button that moves an edge by one unit in a direction."""
        return self._buttons[edge, unit, step]


def _name(edge: Edge, unit: Unit, step: int) -> str:
    words = {
        (Edge.START, -1): tr("Start one {} earlier"),
        (Edge.START, 1): tr("Start one {} later"),
        (Edge.END, -1): tr("End one {} earlier"),
        (Edge.END, 1): tr("End one {} later"),
    }
    return words[edge, step].format(tr("word") if unit is Unit.WORD else tr("character"))
