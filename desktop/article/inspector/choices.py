"""Buttons that give one of several values, in the value's colour, with the key that does it too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QGridLayout, QSizePolicy, QWidget

from db.values import Certainty, Position
from desktop import theme
from desktop.article.scheme import LabelSpec, Scheme
from desktop.article.wording import POSITION_MARKS, certainty_name, position_name, tr
from desktop.marked import Marked

_RADIUS = 6.0
_APART, _ROOM = 3, 262  # pixels: between two buttons, and for a row where the panel is narrowest


class Choice(Marked, QAbstractButton):
    """A value that can be chosen: its word, perhaps a mark above it, and its key beneath or beside.

    It is checked while it is the value in force; a click asks for it and decides nothing itself.
    """

    def __init__(
        self, word: str, token: str, key: str | None, mark: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setText(word)
        self.listen()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._token, self._key, self._mark = token, key, mark

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font(bold=True, smaller=1))
        width = metrics.horizontalAdvance(self.text()) + (10 if self._mark else 26)
        return QSize(width, 54 if self._mark else 24)

    def minimumSizeHint(self) -> QSize:
        """Return what the word needs, chosen and all."""
        word = QFontMetrics(self._font(bold=True, smaller=2)).horizontalAdvance(self.text())
        beside = 6 if self._mark else 15 + (8 if self._key else 0)
        return QSize(word + beside, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        line = colours.line(self._token)
        border = line if self.isChecked() else colours.rule
        painter.setPen(QPen(colours.focus, 2) if self.hasFocus() else QPen(border, 1))
        if self.isChecked():
            painter.setBrush(colours.fill(self._token))
        else:
            inviting = self.underMouse() and self.isEnabled()
            painter.setBrush(colours.key if inviting else colours.panel)
        inset = 0.5 if self.hasFocus() else 0.0
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
        if self._mark:
            self._paint_tall(painter, box)
        else:
            self._paint_flat(painter, box)
        painter.end()

    def _paint_tall(self, painter: QPainter, box: QRectF) -> None:
        colours = theme.current()
        chosen = self.isChecked()
        painter.setPen(colours.line(self._token) if chosen else self._ink())
        painter.setFont(self._font(bold=True))
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(box.left(), box.top() + 3, box.width(), 16), centre, self._mark)
        painter.setPen(self._ink())
        painter.setFont(self._font(bold=chosen, smaller=2))
        word = QRectF(box.left(), box.top() + 19, box.width(), 15)
        painter.drawText(word, centre, self.text())
        painter.setPen(colours.muted)
        painter.setFont(self._font(smaller=3))
        key = QRectF(box.left(), box.top() + 35, box.width(), 14)
        painter.drawText(key, centre, self._key or "")

    def _paint_flat(self, painter: QPainter, box: QRectF) -> None:
        colours = theme.current()
        inner = box.adjusted(7, 0, -6, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colours.muted)
        painter.setFont(self._font(smaller=3))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, self._key or "")
        painter.setPen(self._ink())
        painter.setFont(self._font(bold=self.isChecked(), smaller=2))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, self.text())

    def _ink(self) -> QColor:
        """Return the colour of the word: on its pale fill a label's own can hardly be read."""
        colours = theme.current()
        return colours.ink if self.isEnabled() or self.isChecked() else colours.muted

    def _font(self, *, bold: bool = False, smaller: int = 0) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(9, theme.INTERFACE_SIZE - smaller))
        font.setBold(bold)
        return font


def _lay(row: QWidget, buttons: Sequence[Choice]) -> None:
    """Lay buttons in one row, or in as many as they need in a language with longer words."""
    grid = row.layout()
    if not isinstance(grid, QGridLayout):
        grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(_APART)
    widths = [button.minimumSizeHint().width() + _APART for button in buttons]
    rows = 1
    while rows < len(buttons) and max(widths) * -(-len(buttons) // rows) > _ROOM < sum(widths):
        rows += 1
    columns = -(-len(buttons) // rows)
    for at, button in enumerate(buttons):
        grid.addWidget(button, *divmod(at, columns))
        grid.setColumnStretch(at % columns, 1)


def stack_if_wide(row: QBoxLayout, buttons: Sequence[QAbstractButton], room: int) -> None:
    """Put what lies in a row below one another where it has not ``room`` pixels.

    That is so in a language with longer words.
    """
    for button in buttons:
        button.ensurePolished()
    if sum(button.sizeHint().width() + 2 * _APART for button in buttons) > room:
        row.setDirection(QBoxLayout.Direction.TopToBottom)


class Positions(QWidget):
    """For, against, neutral, mixed, unclear: one row, with their keys."""

    chosen = Signal(Position)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scheme: Scheme | None = None
        self._buttons: dict[Position, Choice] = {}
        self.set_scheme(Scheme())

    def set_scheme(self, scheme: Scheme) -> bool:
        """Offer the stances as a scheme has them, where they are not so already; True if new."""
        if scheme is self._scheme:
            return False
        self._scheme = scheme
        for button in self._buttons.values():
            button.hide()  # at once: it would be clicked or painted until it is gone
            button.deleteLater()
        self._buttons = {}
        keys = {position: key for key, position in scheme.position_keys.items()}
        for position in scheme.positions:
            name, key = position_name(position), keys.get(position, "").upper()
            token = scheme.stance(position).token
            button = Choice(name, token, key, POSITION_MARKS[position])
            button.setToolTip(f"{name} ({key})" if key else name)
            button.clicked.connect(lambda _checked, p=position: self.chosen.emit(p))
            self._buttons[position] = button
        _lay(self, list(self._buttons.values()))
        return True

    def show_position(self, position: Position | None) -> None:
        """Mark the side in force, if there is one."""
        for each, button in self._buttons.items():
            button.mark(each is position)

    def button(self, position: Position) -> Choice:
        """Return the button of a side."""
        return self._buttons[position]


class Certainties(QWidget):
    """How certain the analyst is of a stance; a second click takes it back."""

    chosen = Signal(Certainty)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = {
            Certainty.CERTAIN: tr("Certain"),
            Certainty.SOMEWHAT: tr("Uncertain"),
            Certainty.VERY_UNCERTAIN: tr("Very uncertain"),
        }
        self._buttons = {each: Choice(word, "number", None) for each, word in words.items()}
        for certainty, button in self._buttons.items():
            button.setToolTip(f"{certainty_name(certainty)} (Y)")
            button.setAccessibleName(certainty_name(certainty))
            button.clicked.connect(lambda _checked, c=certainty: self.chosen.emit(c))
        _lay(self, list(self._buttons.values()))

    def show_certainty(self, certainty: Certainty | None) -> None:
        """Mark how certain the analyst is, if that is said."""
        for each, button in self._buttons.items():
            button.mark(each is certainty)

    def button(self, certainty: Certainty) -> Choice:
        """Return the button of a certainty."""
        return self._buttons[certainty]


class Labels(QWidget):
    """The scheme's labels, in three columns."""

    chosen = Signal(str)
    _COLUMNS = 3

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(3)
        self._labels: tuple[LabelSpec, ...] = ()
        self._buttons: dict[str, Choice] = {}

    def set_labels(self, labels: tuple[LabelSpec, ...]) -> bool:
        """Offer these labels, where they are not offered already; True if buttons are new."""
        if labels == self._labels:
            return False
        for button in self._buttons.values():
            button.deleteLater()
        self._labels, self._buttons = labels, {}
        for at, label in enumerate(labels):
            button = Choice(label.name, label.token, (label.shortcut or "").upper() or None)
            key = f" ({label.shortcut.upper()})" if label.shortcut else ""
            button.setToolTip(f"{label.name}{key}: {label.guideline}")
            button.clicked.connect(lambda _checked, name=label.name: self.chosen.emit(name))
            self._buttons[label.name] = button
            self._grid.addWidget(button, *divmod(at, self._COLUMNS))
        return True

    def show_label(self, name: str) -> None:
        """Mark the label in force."""
        for each, button in self._buttons.items():
            button.mark(each == name)

    def button(self, name: str) -> Choice:
        """Return the button of a label."""
        return self._buttons[name]
