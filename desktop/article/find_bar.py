"""The bar over the article that finds words in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy

from db.values import Span
from desktop.article.canvas import ArticleCanvas
from desktop.article.finding import NOTHING, Findable, Hits
from desktop.article.session import ArticleSession

_HEIGHT = 46
_ROOMY = 440  # pixels of the page
_LONGEST = 200  # code points of a selection that is looked for
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class FindBar(QFrame):
    """Finds words in the article of a session, shown on a canvas, on whose top it lies."""

    options_changed = Signal(bool, bool)
    """Whether capitals count, and whether only whole words are found."""

    def __init__(
        self,
        canvas: ArticleCanvas,
        session: ArticleSession,
        *,
        case: bool = False,
        whole: bool = False,
    ) -> None:
        super().__init__(canvas)
        self.setObjectName("find")
        self.setAccessibleName(self.tr("Find in the article"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._canvas, self._session = canvas, session
        self._text = Findable("")
        self._hits: Hits = NOTHING
        self._current: int | None = None
        self._from = 0  # where looking began
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in the article"))
        self.field.setAccessibleName(self.tr("Find in the article"))
        self.field.textChanged.connect(self._look)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.case = self._toggle("Aa", self.tr("Match capitals"), case)
        self.whole = self._toggle(self.tr("Word"), self.tr("Whole words only"), whole)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(6)
        self.field.setMinimumWidth(72)
        self.field.setMaximumWidth(320)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        row.addWidget(self._button("‹", self.tr("Previous (Shift F3)"), lambda: self.step(-1)))
        row.addWidget(self._button("›", self.tr("Next (F3)"), lambda: self.step(1)))
        row.addWidget(self.case)
        row.addWidget(self.whole)
        row.addStretch()
        row.addWidget(self._button("✕", self.tr("Close (Esc)"), self.leave))
        canvas.installEventFilter(self)
        session.article_changed.connect(self._look_again)
        self.hide()

    def _button(self, text: str, name: str, do: object) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("flat", "true")
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(do)
        return button

    def _toggle(self, text: str, name: str, on: bool) -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(True)
        button.setChecked(on)
        button.setProperty("chip", "true")
        button.setProperty("tight", "true")
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.toggled.connect(self._look)
        button.toggled.connect(
            lambda: self.options_changed.emit(self.case.isChecked(), self.whole.isChecked())
        )
        return button

    # --- coming and going

    def begin(self) -> None:
        """Come up, with what is selected to look for, and take the keys."""
        selection = self._session.selection
        if selection and self._session.state and selection.end - selection.start <= _LONGEST:
            words = selection.of(self._session.state.text)
            if "\n" not in words:
                with QSignalBlocker(self.field):
                    self.field.setText(words)
        self._begin_here()
        if self.isHidden():
            self._lie_on_top()
            self.show()
            self._canvas.set_headroom(_HEIGHT)
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look()

    def leave(self) -> None:
        """Go, and leave the hit selected, to be labelled at once."""
        self.hide()
        self._canvas.set_headroom(0)
        self._canvas.set_found(NOTHING)
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._current is not None:
            self._session.set_selection(self._hits[self._current])

    def _begin_here(self) -> None:
        """Look from the selection or caret on, if it is on screen, else from the top of it."""
        seen, caret = self._canvas.lines().extent, self._canvas.selected.start
        self._from = caret if seen.start <= caret <= seen.end else seen.start

    # --- looking

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) hit; with the bar closed, of what was found last."""
        self._know_text()
        if self.isHidden():
            self._hits = self._find()
        if not len(self._hits):
            self._tell()
            return
        here = self._canvas.selected
        if step > 0:
            at = self._hits.first_from(here.start + (here.start < here.end))
        else:
            at = self._hits.last_before(here.start)
        self._go(at)

    def _look_again(self) -> None:
        """Look in another article as soon as anybody wants to know."""
        self._current, self._hits = None, NOTHING
        self._canvas.set_found(NOTHING)
        if self.isVisible():
            self._from = 0
            self._show_hits()

    def _look(self) -> None:
        if self._show_hits():
            self._go(self._hits.first_from(self._from))

    def _show_hits(self) -> bool:
        self._know_text()
        self._hits, self._current = self._find(), None
        self._canvas.set_found(self._hits)
        self._tell()
        return len(self._hits) > 0

    def _know_text(self) -> None:
        text = self._session.state.text if self._session.state else ""
        if text is not self._text.text:
            self._text = Findable(text)

    def _find(self) -> Hits:
        options = {"case": self.case.isChecked(), "whole": self.whole.isChecked()}
        return self._text.find(self.field.text(), **options)

    def _go(self, number: int) -> None:
        self._current = number
        span = self._hits[number]
        self._session.set_selection(span, finished=False)
        self._canvas.once_set(span.end, lambda: self._reveal(span))
        self._tell()

    def _reveal(self, span: Span) -> None:
        self._canvas.select_span(span)
        self._canvas.reveal(span)

    def _tell(self) -> None:
        if not self.field.text():
            said = ""
        elif not len(self._hits):
            said = self.tr("Not found")
        elif self._current is None:
            said = str(len(self._hits))
        else:
            said = self.tr("{} of {}").format(self._current + 1, len(self._hits))
        self.count.setText(said)

    # --- Qt's own

    def _lie_on_top(self) -> None:
        width = self._canvas.width()
        self.setGeometry(0, 0, width, _HEIGHT)
        # Nothing moves while the count grows, but on a narrow page the words need its room.
        counted = self.count.fontMetrics().horizontalAdvance("999 of 999")
        self.count.setMinimumWidth(counted if width >= _ROOMY else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as wide as the page."""
        if event.type() == QEvent.Type.Resize and watched is self._canvas:
            self._lie_on_top()
        return False

    def event(self, event: QEvent) -> bool:
        """Keep plain keys from the article's actions: they are typed, or move about in here."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
            if not function and not event.modifiers() & _COMMANDS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from hit to hit with Enter, and away with Escape."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.step(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            event.accept()  # nothing typed here is the article's
