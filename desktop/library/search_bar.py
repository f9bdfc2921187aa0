"""What is looked for in the library: a field, and beside it filters, order and saved searches."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from db.search_values import Search
from desktop.menu import Menu

_BESIDE = 22  # pixels left of the words, and between them and the key
_PAUSE = 180  # ms without a key before it is looked for


class SearchBar(QWidget):
    """Holds a :class:`db.search_values.Search`; ``wanted`` asks for it to be carried out."""

    wanted = Signal(object)
    changed = Signal(object)
    """What was chosen: a set of (facet, value)."""
    left = Signal()  # on to what was found
    facets_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._search = Search()
        self.field = _Field()
        self.field.setObjectName("search")
        self.field.setPlaceholderText(self.tr("Search the library"))
        self.field.setAccessibleName(self.tr("Search the library"))
        self.field.textEdited.connect(self._on_edited)
        self.field.left.connect(self._on_left)
        self.filters = self._button("filters", self.tr("Filters"))
        self.filters.setCheckable(True)
        self.filters.toggled.connect(self.facets_wanted)
        self.sort = self._button("sort", "")
        self.saved = self._button("saved", self.tr("Saved"))
        for button in (self.sort, self.saved):
            button.setMenu(Menu(button))
        self._said = QLabel(wordWrap=True)
        self._said.setObjectName("search-said")
        self._said.setProperty("role", "warn")
        self._said.hide()
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._look)
        row = QHBoxLayout()
        row.setSpacing(2)
        for button in (self.filters, self.sort):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.saved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 0)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self._said)
        layout.addLayout(row)
        self._show()

    @property
    def search(self) -> Search:
        """What is looked for."""
        return self._search

    def look_for(self, search: Search) -> None:
        """Look for something else, at once."""
        self._search = search
        self.field.setText(search.text)
        self._show()
        self.changed.emit(set(search.chosen))
        self._look()

    def begin(self) -> None:
        """Take the keys; what is there is written over."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def choose(self, facet: str, value: str, on: bool) -> None:
        """Add a value of a facet to what is looked for, or take it away."""
        rest = tuple(pair for pair in self._search.chosen if pair != (facet, value))
        chosen = (*rest, (facet, value)) if on else rest
        self.look_for(replace(self._search, chosen=chosen))

    def say(self, words: str) -> None:
        """Say what is wrong with the query; nothing, if nothing is."""
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setProperty("flat", True)
        return button

    def _on_edited(self, text: str) -> None:
        self._search = replace(self._search, text=text)
        self._soon.start()

    def _on_left(self) -> None:
        if self._soon.isActive():
            self._look()
        self.left.emit()

    def _look(self) -> None:
        from db.query import QueryError, parse

        self._soon.stop()
        try:
            parse(self._search.text)
        except QueryError as error:
            self.say(str(error))
            return
        self.say("")
        self.wanted.emit(self._search)

    def _show(self) -> None:
        count = len(self._search.chosen)
        name = self.tr("Filters")
        self.filters.setText(f"{name} {count}" if count else name)
        orders = {
            "newest": self.tr("Newest"),
            "oldest": self.tr("Oldest"),
            "title": self.tr("Title"),
            "publication": self.tr("Publication"),
            "uncertain": self.tr("Uncertain"),
            "relevance": self.tr("Relevant"),
            "random": self.tr("Random {}").format(self._search.seed),
        }
        self.sort.setText(orders[self._search.sort])


class _Field(QLineEdit):
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cap = QLabel(self)
        self._cap.setProperty("role", "key")
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._on_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_text(self) -> None:
        self.setClearButtonEnabled(True)  # here, as the first paint need not wait for its icon
        self._place()

    def show_key(self, key: str) -> None:
        """Show which key leads here."""
        self._cap.setText(key)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Put the key at the end, where it does not lie on the words."""
        size = self._cap.sizeHint()
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        room = self.width() - size.width() - 8 - _BESIDE >= words
        self._cap.setVisible(room and not self.text())
        self._cap.resize(size)
        self._cap.move(self.width() - size.width() - 8, (self.height() - size.height()) // 2)
