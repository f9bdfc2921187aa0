"""The strip below the article that says how far an import is, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop.importing.report import Outcome

_STEPS = 1_000


class ImportBar(QFrame):
    """Watches one import at a time; it takes no keys from the article until it is gone to."""

    stopped = Signal()  # the analyst wants no more of it
    report_wanted = Signal()
    undo_wanted = Signal()
    going_on = Signal()  # what was cut short is to go on
    given_up = Signal()  # or not
    left = Signal()  # back to the article

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("import-bar")
        self.setAccessibleName(self.tr("Import"))
        self._name = ""
        self._words = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._words.setObjectName("import-words")
        self._rate = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._rate.setProperty("role", "muted")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedHeight(6)
        self._bar.setMinimumWidth(160)
        self._bar.setAccessibleName(self.tr("Part of the files that is read"))
        self._stop = self._button("import-stop", self.tr("Cancel"), self.stopped.emit)
        self._report = self._button("import-report", self.tr("Report…"), self.report_wanted.emit)
        self._go_on = self._button("import-go-on", self.tr("Go on"), self._take_up)
        self._leave = self._button("import-leave", self.tr("Leave it"), self._give_up)
        self._undo = self._button("import-undo", self.tr("Undo"), self._take_back)
        self._close = self._button("import-close", self.tr("Close"), self._put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 16, 7)
        row.setSpacing(12)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(self._rate)
        row.addStretch()
        self._buttons = (
            self._go_on,
            self._leave,
            self._stop,
            self._report,
            self._undo,
            self._close,
        )
        for button in self._buttons:
            row.addWidget(button)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def begin(self, name: str) -> None:
        """Say that an import has begun."""
        self._name = name
        self._words.setText(self.tr("Importing {}: looking for files…").format(name))
        self._rate.clear()
        self._bar.setRange(0, 0)
        self._show(self._bar, self._rate, self._stop)

    def offer(self, name: str, articles: int) -> None:
        """Say that an import was cut short, and offer to go on with it."""
        words = self.tr("The import of {} stopped after {} articles.")
        self._words.setText(words.format(name, QLocale().toString(articles)))
        self._show(self._go_on, self._leave)

    def go_on(self, progress: Mapping[str, Any]) -> None:
        """Say how far it is."""
        number = QLocale().toString
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(_STEPS * progress["done"] / max(1, progress["size"])))
        words = self.tr("Importing {}: {} articles").format(
            self._name, number(progress["articles"])
        )
        if progress["files"] > 1:
            words += self.tr(" from {} of {} files").format(
                number(progress["files_done"]), number(progress["files"])
            )
        self._words.setText(words)
        said = [self.tr("{} a second").format(number(round(progress["rate"])))]
        if progress["left"] is not None:
            said.append(self.tr("{} left").format(self._clock(progress["left"])))
        self._rate.setText(" · ".join(said))

    def stopping(self) -> None:
        """Say that it was heard."""
        self._stop.setEnabled(False)
        self._words.setText(self.tr("Importing {}: stopping…").format(self._name))

    def end(self, tally: Mapping[str, int], *, stopped: bool) -> None:
        """Say what it came to."""
        self._words.setText(self._outcome(tally, stopped=stopped))
        undo = [self._undo] if tally[Outcome.TAKEN] else []
        self._show(self._report, *undo, self._close)

    def fail(self, why: str) -> None:
        """Say why nothing more comes in."""
        self._words.setText(why)
        self._show(self._report, self._close)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._close.isVisible():
            self._put_away()
        else:
            self.left.emit()

    def _show(self, *wanted: QWidget) -> None:
        for widget in (self._bar, self._rate, *self._buttons):
            widget.setVisible(widget in wanted)
        self._stop.setEnabled(True)
        self.show()

    def _outcome(self, tally: Mapping[str, int], *, stopped: bool) -> str:
        number = QLocale().toString
        taken = tally[Outcome.TAKEN]
        one, more = self.tr("1 article came in"), self.tr("{} articles came in")
        words = one if taken == 1 else more.format(number(taken))
        others = [
            (Outcome.KNOWN, self.tr("{} here already")),
            (Outcome.REFUSED, self.tr("{} not taken")),
            (Outcome.DOUBTFUL, self.tr("{} to look at")),
        ]
        said = [text.format(number(tally[key])) for key, text in others if tally[key]]
        if stopped:
            words = self.tr("Stopped: {}").format(words[0].lower() + words[1:])
        return " · ".join([words, *said])

    def _clock(self, seconds: float) -> str:
        minutes, rest = divmod(round(seconds), 60)
        return self.tr("{} min").format(minutes + 1) if minutes else self.tr("{} s").format(rest)

    def _button(self, name: str, words: str, do: Any) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: do())
        return button

    def _take_up(self) -> None:
        self._put_away()
        self.going_on.emit()

    def _give_up(self) -> None:
        self._put_away()
        self.given_up.emit()

    def _take_back(self) -> None:
        self._put_away()
        self.undo_wanted.emit()

    def _put_away(self) -> None:
        self.hide()
        self.left.emit()
