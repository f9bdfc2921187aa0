"""The shape of a window to write in: a list, and beside it the fields of the one chosen there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.said import Said
from desktop.scrolled import Scrolled


class ListAndFields(QDialog):
    """Shows what a project has of a kind and asks for changes of it; it changes none itself.

    What is written is asked for by Return in a line, by Save, and by going elsewhere or away. It
    stays in the fields until it is known to be so, or :meth:`say` tells why it cannot be.
    """

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.save = QPushButton(self.tr("&Save"))
        self._said = Said()
        self._asked: Any = None  # what was asked for and is not known to be so yet

    @property
    def said(self) -> str:
        """What the window says now; nothing if all is well."""
        return self._said.text()

    def say(self, words: str, *, wrong: bool = True) -> None:
        """Say why what was asked for is not so."""
        self._asked = None
        self._said.say(words, wrong=wrong)

    def leave(self) -> None:
        """Ask for what is in the fields, if it can be, and close: the project is to be closed."""
        if not self._settle():
            self._show_again()
        self.close()

    # What each kind has of its own

    @property
    def _is_new(self) -> bool:
        """Whether what is in the fields is not in the project yet."""
        raise NotImplementedError

    def _unsaved(self) -> bool:
        """Tell whether something else is in the fields than in the project."""
        raise NotImplementedError

    def _settle(self) -> bool:
        """Ask for what is in the fields; False, and why, if there is something wrong with it."""
        raise NotImplementedError

    def _show_again(self) -> None:
        """Put back into the fields what is in the project."""
        raise NotImplementedError

    # Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._unsaved():
            self._show_again()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        if self._settle():  # however it is closed; where it cannot be yet, it says why
            super().reject()

    # What all have

    def _lay_out(self, left: QLayout, fields: QWidget, below: Sequence[QWidget] = ()) -> None:
        """Put the list and its buttons on the left, the fields and what is said of them beside."""
        close = QPushButton(self.tr("&Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        self.save.setProperty("primary", True)
        self.save.setDefault(True)
        self.save.clicked.connect(self._settle)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.save)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(Scrolled(fields), 1)
        for widget in (self._said, *below):
            right.addWidget(widget)
        right.addLayout(buttons)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(24, 20, 24, 16)
        sides.setSpacing(20)
        sides.addLayout(left)
        sides.addLayout(right, 1)

    def _follow(self) -> None:
        self.save.setText(self.tr("&Add") if self._is_new else self.tr("&Save"))
        self.save.setEnabled(self._unsaved())
