"""The field in the header: finds an article or a command, and asks for one of several things."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
)

CHOICE = Qt.ItemDataRole.UserRole
"""The role under which the list has a :class:`Choice`."""
_MOST = 60  # results shown
ROW = 32  # pixels
_TALL = 11  # rows before it scrolls


@dataclass(frozen=True)
class Choice:
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
        self._model = _Choices()
        self._popup: QFrame | None = None
        self._list: QListView | None = None
        self._nothing = QLabel(self.tr("Nothing found."), alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("role", "muted")
        self._rest = self.tr("Search articles or run a command")
        self.setPlaceholderText(self._rest)
        self.setAccessibleName(self._rest)
        self._cap = QLabel(key, self)
        self._cap.setProperty("role", "key")
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextMargins(0, 0, 52, 0)
        self.textEdited.connect(self._filter)

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
            if self._list:
                QApplication.sendEvent(self._list, event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._list and self._list.currentIndex().isValid():
                self._choose(self._list.currentIndex())
        elif self._question and not self.text() and self._by_key(event.text()):
            pass
        else:
            super().keyPressEvent(event)

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

    def _open(self) -> None:
        if self._popup is None:
            self._build()
        self._filter()

    def _close(self) -> None:
        self._question = self._written = None
        self.setPlaceholderText(self._rest)
        self.clear()
        if self._popup:
            self._popup.hide()

    def _filter(self) -> None:
        words = self.text().casefold().split()
        choices = self._source(words) if self._question is None else self._question
        found = list(islice((c for c in choices if c.matches(words)), _MOST))
        if words:
            found.sort(key=lambda choice: not choice.text.casefold().startswith(words[0]))
        if self._written and (choice := self._written(self.text())):
            found.append(choice)
        self._model.set_choices(found)
        if self._popup and self._list:
            self._list.setCurrentIndex(self._model.index(0))
            self._place(len(found))

    def _build(self) -> None:
        from desktop.shell.choice_painter import ChoicePainter

        window = self.window()
        self._popup = QFrame(window)
        self._popup.setObjectName("popup")
        self._list = QListView()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setModel(self._model)
        self._list.setItemDelegate(ChoicePainter(self._list))
        self._list.clicked.connect(self._choose)
        self._list.setAccessibleName(self.tr("Articles and commands"))
        layout = QVBoxLayout(self._popup)
        layout.setContentsMargins(5, 5, 5, 5)
        layout.addWidget(self._list)
        layout.addWidget(self._nothing)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._popup and self._popup.isVisible():
            self._place(self._model.rowCount())
        return False

    def _place(self, rows: int) -> None:
        popup, window = self._popup, self.window()
        if popup is None:
            return
        width = max(self.width(), min(560, window.width() - 32))
        corner = self.mapTo(window, QPoint(0, self.height() + 6))
        left = min(corner.x(), window.width() - width - 16)
        height = min(max(rows, 1), _TALL) * ROW + 12
        popup.setGeometry(QRect(QPoint(left, corner.y()), QSize(width, height)))
        popup.show()
        if self._list:
            self._list.setVisible(rows > 0)
            self._nothing.setVisible(rows == 0)
        popup.raise_()

    def _choose(self, index: QModelIndex) -> None:
        self._run(self._model.at(index.row()))

    def _run(self, choice: Choice) -> None:
        self.left.emit()
        self._close()
        choice.run()


class _Choices(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._choices: list[Choice] = []

    def set_choices(self, choices: list[Choice]) -> None:
        self.beginResetModel()
        self._choices = choices
        self.endResetModel()

    def at(self, row: int) -> Choice:
        return self._choices[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._choices)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.text
        return choice if role == CHOICE else None
