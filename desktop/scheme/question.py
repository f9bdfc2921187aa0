"""A question asked in the window itself: what becomes of what a change would touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from db.scheme_values import Label
from desktop.scheme.colour_field import tr

if TYPE_CHECKING:
    from db.labels import Usage

Answer = tuple[str, Callable[[object], object]]


class Question(QFrame):
    """Hidden until something is asked; an answer or Escape hides it again."""

    left = Signal()  # it was called off, or answered

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("question")
        self.words = QLabel(wordWrap=True)
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Which label?"))
        self.answers: list[QPushButton] = []
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(6)
        self._buttons.addWidget(self.choice)
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addLayout(self._buttons)
        self.hide()

    def ask(
        self, words: str, answers: Iterable[Answer], choices: Iterable[tuple[str, object]] = ()
    ) -> None:
        """Ask; the answer chosen gets what is chosen among ``choices``, None where there are none.

        The last button calls it off, and so does Escape.
        """
        self.put_off()
        self.words.setText(words)
        self.setAccessibleName(words)
        self.choice.clear()
        for text, value in choices:
            self.choice.addItem(text, value)
        self.choice.setVisible(self.choice.count() > 0)
        for text, do in (*answers, (tr("Cancel"), lambda _: None)):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, do=do: self._answer(do))
            self._buttons.addWidget(button)
            self.answers.append(button)
        self.show()
        first = self.choice if self.choice.count() else self.answers[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_off(self) -> None:
        """Ask no more."""
        self.hide()
        for button in self.answers:
            button.hide()
            button.deleteLater()
        self.answers = []

    def _answer(self, do: Callable[[object], object]) -> None:
        chosen = self.choice.currentData()
        self.put_off()
        do(chosen)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_off()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = next((b for b in self.answers if b.hasFocus()), self.answers[0])
            focused.click()
        else:
            super().keyPressEvent(event)


def stands_under(label: Label, usage: Usage) -> str:
    """Return how much stands under a label, as a sentence."""
    if not usage.annotations:
        return tr("Nothing was decided to be “{}”.").format(label.name)
    rejected = tr(" (and {:,} rejected)").format(usage.rejected) if usage.rejected else ""
    one, article = usage.annotations == 1, usage.articles == 1
    words = tr("“{}” stands on {:,} {}{} in {:,} {}.")
    return words.format(
        label.name,
        usage.annotations,
        tr("annotation") if one else tr("annotations"),
        rejected,
        usage.articles,
        tr("article") if article else tr("articles"),
    )
