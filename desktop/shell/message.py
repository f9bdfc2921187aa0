"""What the window tells the analyst without getting in the way: a strip, and a toast."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

_TOAST = 8_000  # milliseconds
_GAP = 20


class MessageBar(QFrame):
    """A strip under the header: stays until it is closed or another message comes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("message")
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._offer = QPushButton()
        self._offer.setObjectName("message-offer")
        self._offer.clicked.connect(self._act)
        self._do: Callable[[], object] | None = None
        self._close = QPushButton(self.tr("Close"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._offer)
        layout.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """The message on screen, or nothing."""
        return self._text.text() if self.isVisible() else ""

    def say(self, text: str, offer: str = "", do: Callable[[], object] | None = None) -> None:
        """Show a message; ``offer`` names what a button beside it does."""
        self._text.setText(text)
        self._offer.setText(offer)
        self._offer.setVisible(bool(offer))
        self._do = do
        self.show()

    def _act(self) -> None:
        self.hide()
        if self._do:
            self._do()


class NameBar(QFrame):
    """Asks once for the name decisions are signed with."""

    named = Signal(str)

    def __init__(self, proposed: str) -> None:
        super().__init__()
        self.setObjectName("name-bar")
        question = QLabel(self.tr("Your name, to sign your decisions with:"))
        self.field = QLineEdit(proposed)
        self.field.setObjectName("coder-name")
        self.field.setFixedWidth(220)
        self.field.selectAll()
        question.setBuddy(self.field)
        start = QPushButton(self.tr("Start"))
        start.setProperty("primary", True)
        start.clicked.connect(self._done)
        self.field.returnPressed.connect(self._done)
        later = QLabel(
            self.tr("It stays in the project file. It is asked only this once."), wordWrap=True
        )
        later.setProperty("role", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(10)
        for widget in (question, self.field, start):
            layout.addWidget(widget)
        layout.addWidget(later, 1)

    def _done(self) -> None:
        if name := " ".join(self.field.text().split()):
            self.hide()
            self.named.emit(name)


class Toast(QFrame):
    """A short word over the article, with one thing to do about it; goes by itself.

    It takes no click but on what it offers: any other goes to what lies beneath it.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("toast")
        self._over = over
        self._text = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._button = QPushButton()
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self._act)
        self._do: Callable[[], object] | None = None
        self._why = False  # whether it says why nothing happened
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 8, 8)
        layout.addWidget(self._text)
        layout.addWidget(self._button)
        self._timer = QTimer(self, singleShot=True, interval=_TOAST)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, offer: str = "", do: Callable[[], object] | None = None) -> None:
        """Show ``text``; ``offer`` names what the button does."""
        self._text.setText(text)
        self._button.setText(offer)
        self._button.setVisible(bool(offer))
        self._do = do
        self._why = False
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def say_why(self, text: str) -> None:
        """Show why nothing happened, until something does."""
        self.say(text)
        self._why = True

    def withdraw(self) -> None:
        """Take back what is offered, and why nothing happened: something else was done since."""
        if self._do or self._why:
            self.hide()

    # Qt's own

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._let_through(_again(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._let_through(_again(event))

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = QPointF(self.window().mapFromGlobal(event.globalPosition()))
        self._let_through(
            QWheelEvent(
                place, event.globalPosition(), event.pixelDelta(),
                event.angleDelta(), event.buttons(), event.modifiers(), event.phase(),
                event.inverted(),
            )
        )  # fmt: skip

    # Within

    def _let_through(self, event: QMouseEvent | QWheelEvent) -> None:
        """Have the window look again for what was hit, the toast left out."""
        through = Qt.WidgetAttribute.WA_TransparentForMouseEvents
        self.setAttribute(through, True)
        QCoreApplication.sendEvent(self.window().windowHandle(), event)
        self.setAttribute(through, False)

    def _act(self) -> None:
        self.hide()
        if self._do:
            self._do()

    def _place(self) -> None:
        over, layout = self._over, self.layout()
        most = over.width() - 2 * _GAP
        self._text.setWordWrap(False)
        if layout and self.sizeHint().width() > most:  # what is offered has to be in sight
            self._text.setWordWrap(True)
            self.resize(most, layout.heightForWidth(most))
        else:
            self.adjustSize()
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - _GAP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False


def _again(event: QMouseEvent) -> QMouseEvent:
    """Return a press as the window got it."""
    return QMouseEvent(
        event.type(), event.scenePosition(), event.globalPosition(),
        event.button(), event.buttons(), event.modifiers(),
    )  # fmt: skip
