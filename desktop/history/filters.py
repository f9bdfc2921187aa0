"""Which acts are listed: by words typed, by coder and by kind."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.history_list import Wanted
from desktop.history.wording import kinds, tr

_TYPING = 150  # milliseconds without a key, after which is looked for what was typed


class Filters(QWidget):
    """Tells what is wanted; says so when that changes."""

    changed = Signal()
    found = Signal()
    """Return was pressed: on to the list."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLineEdit(clearButtonEnabled=True)
        self.words.setPlaceholderText(tr("Find in the history"))
        self.words.setAccessibleName(tr("Find in the history"))
        self.coders, self.kinds = QComboBox(), QComboBox()
        self.coders.setAccessibleName(tr("By whom"))
        self.coders.addItem(tr("Everyone"), None)
        self.kinds.setAccessibleName(tr("What kind"))
        self.kinds.addItem(tr("All kinds"), None)
        for key, (name, _) in kinds().items():
            self.kinds.addItem(name, key)
        self.kinds.addItem(tr("Other"), "other")
        boxes = QHBoxLayout()
        boxes.setSpacing(8)
        for box in (self.coders, self.kinds):  # as narrow as the pane needs them
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            boxes.addWidget(box, 1)
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words)
        layout.addLayout(boxes)
        self._soon = QTimer(self, singleShot=True, interval=_TYPING)
        self._soon.timeout.connect(self.changed)
        self.words.textChanged.connect(lambda _: self._soon.start())
        self.words.returnPressed.connect(self._find)

    @property
    def active(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words.text() or self.coders.currentData() or self.kinds.currentData())

    def wanted(self, article: UUID | None) -> Wanted:
        """Return which acts are to be listed, of one article or of all."""
        kind, known = self.kinds.currentData(), kinds()
        beside = kind == "other"
        if beside:
            names = frozenset[str]().union(*(acts for _, acts in known.values()))
        else:
            names = known[kind][1] if kind else frozenset[str]()
        words = tuple(self.words.text().split())
        return Wanted(article, words, self.coders.currentData(), names, beside)

    def show_coders(self, coders: Mapping[UUID, str]) -> None:
        """Offer the coders of the project."""
        known = [self.coders.itemData(at) for at in range(1, self.coders.count())]
        if known == list(coders):
            return
        chosen = self.coders.currentData()
        self.coders.blockSignals(True)
        self.coders.clear()
        self.coders.addItem(tr("Everyone"), None)
        for identifier, name in coders.items():
            self.coders.addItem(name, identifier)
        self.coders.setCurrentIndex(max(self.coders.findData(chosen), 0))
        self.coders.blockSignals(False)

    def type(self, text: str) -> None:
        """Take up what was typed elsewhere, and the keys with it."""
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.setText(self.words.text() + text)

    def forget(self) -> None:
        """Leave nothing out."""
        self.words.clear()
        self.kinds.setCurrentIndex(0)
        self.show_coders({})
        self._soon.stop()

    def _find(self) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self.changed.emit()
        self.found.emit()
