"""The strip at the bottom: the keys that work now, and the truth in the corner."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

HEIGHT = 30
_APART = 14  # pixels between a key's word and the next key
_LEAST_UNDO, _UNDO_SHARE = 90, 0.15  # pixels, and of the width: for what undo would do
_PATIENCE = 150  # milliseconds; a save that takes longer is said to be under way


class Footer(QFrame):
    """Shows what can be done and what has been."""

    backlog_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("footer")
        self.setFixedHeight(HEIGHT)
        self._hints: list[tuple[str, str]] = []
        self._title = ""  # what undo would take back, in full
        self._pairs: list[tuple[QLabel, QLabel]] = []
        self._widths: list[int] = []  # of those that say something, in pixels
        self._seen: list[bool] = []  # which of them are shown
        self._keys = QWidget()
        self._row = QHBoxLayout(self._keys)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._engine, self._undo, self._saved, self._model = (QLabel() for _ in range(4))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 16, 0)
        layout.setSpacing(20)
        layout.addWidget(self._keys)
        layout.addStretch()
        self._backlog = QPushButton()
        self._backlog.setObjectName("backlog")
        self._backlog.setFlat(True)
        self._backlog.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys have an action for it
        self._backlog.clicked.connect(lambda: self.backlog_pressed.emit())
        self._backlog.hide()
        layout.addWidget(self._backlog)
        for label in (self._engine, self._undo, self._saved, self._model):
            label.setProperty("role", "muted")
            label.hide()
            layout.addWidget(label)
        self._saving = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._saving.timeout.connect(lambda: self._say(self._saved, self.tr("Saving…")))

    def show_keys(self, hints: Iterable[tuple[str, str]]) -> None:
        """Show keys with their short words, as many as there is room for."""
        hints = list(hints)
        if hints == self._hints:
            return
        self._hints = hints
        while len(self._pairs) < len(hints):  # made once: a key press must not wait for labels
            self._pairs.append(self._pair())
            self._seen.append(True)
        blank = [("", "")] * (len(self._pairs) - len(hints))
        for (cap, text), (key, word) in zip(self._pairs, [*hints, *blank], strict=True):
            cap.setText(key)
            text.setText(word)
        self._measure()

    def _pair(self) -> tuple[QLabel, QLabel]:
        cap, text = QLabel(), QLabel()
        cap.setProperty("role", "key")
        text.setProperty("role", "muted")
        text.setContentsMargins(0, 0, _APART, 0)
        self._row.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(text)
        return cap, text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()  # the font may be another

    def _measure(self) -> None:
        used = self._pairs[: len(self._hints)]
        gaps = 2 * self._row.spacing()
        self._widths = [sum(part.sizeHint().width() for part in pair) + gaps for pair in used]
        self._fit()

    def _fit(self) -> None:
        """Show as many keys as there is room for, the last one (all keys) before any other."""
        self._undo.setText(self._undo_in(max(_LEAST_UNDO, round(self.width() * _UNDO_SHARE))))
        truths = (self._backlog, self._engine, self._undo, self._saved, self._model)
        taken = sum(w.sizeHint().width() + 20 for w in truths if not w.isHidden())
        room = self.width() - 40 - taken
        seen = [False] * len(self._pairs)
        used = range(len(self._hints))
        for at in (*used[-1:], *used[:-1]):
            room -= self._widths[at]
            seen[at] = room >= 0
        # Each part shown would have every layout up to the window's arranged at once.
        self._row.setEnabled(False)
        for pair, now, before in zip(self._pairs, seen, self._seen, strict=True):
            if now != before:
                for part in pair:
                    part.setVisible(now)
        self._row.setEnabled(True)
        self._seen = seen

    def show_undo(self, title: str | None) -> None:
        """Show what undo would take back."""
        if (title or "") == self._title:
            return
        self._title = title or ""
        full = self.tr("Undo: {}").format(self._title) if title else ""
        self._undo.setToolTip(full)
        self._say(self._undo, full)

    def _undo_in(self, width: int) -> str:
        """Return what undo would do in so many pixels; the tooltip says all of it."""
        if not self._title:
            return ""
        self._undo.ensurePolished()  # its words are smaller than the window's
        elide = Qt.TextElideMode.ElideRight
        title = self._undo.fontMetrics().elidedText(self._title, elide, width)
        return self.tr("Undo: {}").format(title)

    def saving(self) -> None:
        """An act is on its way to the disk."""
        self._saving.start()

    def saved(self, at: str) -> None:
        """Everything done so far is on the disk since ``at`` (hours, minutes, seconds)."""
        self._saving.stop()
        self._say(self._saved, self.tr("Saved {}").format(at))

    def not_saved(self) -> None:
        """The last act did not reach the disk."""
        self._saving.stop()
        self._say(self._saved, self.tr("Not saved"))

    def read_only(self) -> None:
        """Nothing can be saved in this project."""
        self._saving.stop()
        self._say(self._saved, self.tr("Read only"))

    def forget(self) -> None:
        """Know nothing of what was saved: another project is open."""
        self._saving.stop()
        self._say(self._saved, "")

    def show_model(self, model: str) -> None:
        """Show which model suggests; everything happens on this machine."""
        self._say(self._model, self.tr("{} · offline").format(model))

    def show_engine(self, state: str) -> None:
        """Show what the suggestions are doing, nothing when they are at rest."""
        self._say(self._engine, state)

    def show_backlog(self, state: str) -> None:
        """Show how far the suggestions for the whole library are, nothing where nobody asked."""
        self._say(self._backlog, state)

    def name_backlog(self, what: str) -> None:
        """Say what a press on that does."""
        self._backlog.setToolTip(what)

    def _say(self, label: QLabel | QPushButton, text: str) -> None:
        if text != label.text() or label.isHidden() == bool(text):
            label.setText(text)
            if label is self._saved:  # what stands beside it moves at no act
                label.setMinimumWidth(label.sizeHint().width())  # which is never less than before
            label.setVisible(bool(text))
            self._fit()
