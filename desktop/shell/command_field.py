"""The field in the header: finds an article or a command, and asks for one of several things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit

if TYPE_CHECKING:
    from desktop.shell.choice_popup import ChoicePopup

_MOST = 60  # results shown


class Choice(NamedTuple):
    """One line of the list; ``key`` is the key that does the same, ``run`` does it."""

    text: str
    detail: str
    key: str
    run: Callable[[], object]

    def matches(self, words: Sequence[str]) -> bool:
        """Tell whether every word occurs in it."""
        where = f"{self.text} {self.detail}".casefold()
        return all(word in where for word in words)


class CommandField(QLineEdit):
    """Offers what ``source`` gives while it has the focus; a question may replace the source.

    The source is told the words that are typed, so that it need not give all it has.
    """

    left = Signal()  # chosen or given up: back to the article

    def __init__(self, source: Callable[[Sequence[str]], Iterable[Choice]], key: str) -> None:
        super().__init__()
        self.setObjectName("command-field")
        self.setMinimumWidth(180)
        self.setMaximumWidth(320)
        self._source = source
        self._question: list[Choice] | None = None
        self._written: Callable[[str], Choice | None] | None = None
        self._popup: ChoicePopup | None = None
        self._rest = self.tr("Search articles or run a command")
        self.setPlaceholderText(self._rest)
        self.setAccessibleName(self._rest)
        self._cap = QLabel(key, self)
        self._cap.setProperty("role", "key")
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextMargins(0, 0, 52, 0)
        self.textEdited.connect(self._open)

    def ask(
        self,
        question: str,
        choices: Iterable[Choice],
        written: Callable[[str], Choice | None] | None = None,
    ) -> None:
        """Ask for one of ``choices``; their own keys choose at once while nothing is typed.

        ``written`` makes one more, the last, of what is typed.
        """
        self._question = list(choices)
        self._written = written
        self.setPlaceholderText(question)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._open()

    def begin(self) -> None:
        """Take the keys and offer everything."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._open()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._open()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            if self._popup:
                self._popup.go(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._popup and (choice := self._popup.current()):
                self._run(choice)
        elif self._question and not self.text() and self._by_key(event.text()):
            pass
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """While it asks something, Tab goes through the answers, as Down does; Esc leaves."""
        if self._question is None or self._popup is None:
            return super().focusNextPrevChild(following)
        self._popup.step(1 if following else -1)
        return True

    def resizeEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().resizeEvent(event)  # type: ignore[arg-type]
        size = self._cap.sizeHint()
        self._cap.resize(size)
        self._cap.move(self.width() - size.width() - 8, (self.height() - size.height()) // 2)

    def _by_key(self, text: str) -> bool:
        chosen = next((c for c in self._question or () if text and c.key == text), None)
        if chosen:
            self._run(chosen)
        return chosen is not None

    def _close(self) -> None:
        self._question = self._written = None
        self.setPlaceholderText(self._rest)
        self.clear()
        if self._popup:
            self._popup.hide()

    def _open(self) -> None:
        words = self.text().casefold().split()
        choices = self._source(words) if self._question is None else self._question
        found = list(islice((c for c in choices if c.matches(words)), _MOST))
        if words:
            found.sort(key=lambda choice: not choice.text.casefold().startswith(words[0]))
        if self._written and (choice := self._written(self.text())):
            found.append(choice)
        if self._popup is None:
            self._popup = self._built()
        self._popup.show_choices(found)
        self._popup.lie_under(self)

    def _built(self) -> ChoicePopup:
        from desktop.shell.choice_popup import ChoicePopup

        window = self.window()
        popup = ChoicePopup(window)
        popup.chosen.connect(self._run)
        window.installEventFilter(self)
        return popup

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._popup and self._popup.isVisible():
            self._popup.lie_under(self)
        return False

    def _run(self, choice: Choice) -> None:
        self.left.emit()
        self._close()
        choice.run()
