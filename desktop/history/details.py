"""The card under the history's list: what an act changed, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.history_list import Done, Turn
from desktop.history.bin_model import Row
from desktop.history.list_model import about
from desktop.history.wording import Told, tr, turn_words

_MOST = 10  # acts named before they are undone
_TALL, _LOW = 240, 40  # pixels


class Details(QFrame):
    """Shows one thing at a time, with its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("details")
        self._do: dict[str, Callable[[], object]] = {}
        self.act: Done | None = None
        """The act it tells of, if it does of one."""
        self._heading = _label("title")
        self._about = _label("muted")
        self._words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._words.setObjectName("changes")
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.said = _label("warn")
        self.said.setObjectName("said")
        self.said.hide()
        inside = QWidget()
        inside.setObjectName("inspector")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for part in (self._heading, self._about, self._words):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = _Scroll(inside)
        self._buttons = QGridLayout()
        self._buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.setSpacing(6)
        layout.addWidget(self._scroll)
        layout.addWidget(self.said)
        layout.addLayout(self._buttons)
        self.hide()

    @property
    def text(self) -> str:
        """All that the card says."""
        parts = (self._heading, self._about, self._words, self.said)
        return "\n".join(part.text() for part in parts if part.text())

    @property
    def buttons(self) -> list[QPushButton]:
        """What can be pressed now."""
        return self.findChildren(QPushButton)

    def show_act(self, act: Done, told: Sequence[Told], turns: Sequence[Turn]) -> None:
        """Show what an act changed."""
        lines = [turn_words(turn) for turn in turns]
        for one in told:
            lines.append(one.subject)
            lines += [_change(*field) for field in one.fields]
        self._show(act.title, about(act), lines)
        self.act = act

    def show_preview(self, acts: Sequence[Done]) -> None:
        """Show what undoing several acts would take back."""
        lines = [f"− {act.title}" for act in acts[:_MOST]]
        if len(acts) > _MOST:
            lines.append(tr("and {} more").format(len(acts) - _MOST))
        heading = tr("This undoes 1 act") if len(acts) == 1 else tr("This undoes {} acts")
        under = tr("Newest first; each can be done again.")
        self._show(heading.format(len(acts)), under, lines)

    def show_row(self, row: Row) -> None:
        """Show what is in the bin."""
        self._show(row.title, row.about, [])

    def offer(self, *offers: tuple[str, str, bool, Callable[[], object]]) -> None:
        """Offer buttons: object name, words, whether it can be pressed, what it does.

        Those that are there already stay, and so do the keys.
        """
        self._do = {name: do for name, _, _, do in offers}
        if [(each.objectName(), each.text()) for each in self.buttons] == [o[:2] for o in offers]:
            for button, offer in zip(self.buttons, offers, strict=True):
                button.setEnabled(offer[2])
            return
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        for at, (name, words, can, _) in enumerate(offers):
            button = QPushButton(words)
            button.setObjectName(name)
            button.setEnabled(can)
            button.clicked.connect(lambda _=False, name=name: self._do[name]())
            button.setProperty("tight", True)
            odd = len(offers) % 2  # then the first has a line to itself
            row, column = divmod(at + odd, 2)
            if odd and at == 0:
                self._buttons.addWidget(button, 0, 0, 1, 2)
            else:
                self._buttons.addWidget(button, row, column)

    def say(self, words: str) -> None:
        """Say why something was not done."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _show(self, heading: str, under: str, lines: Sequence[str]) -> None:
        self.act = None
        self._heading.setText(heading)
        self._about.setText(under)
        self._words.setText("\n".join(lines))
        self._words.setVisible(bool(lines))
        self._scroll.fit(max(self.width() - 32, 200))
        self.say("")
        self.show()


class _Scroll(QScrollArea):
    """As high as its words need, or less where the window is low: the buttons below it stay."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self._inside, self._height = inside, _LOW
        self.setWidget(inside)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(_LOW)

    def fit(self, width: int) -> None:
        """Ask for the height that the words need at a width."""
        self._height = min(self._inside.heightForWidth(width), _TALL)
        self.verticalScrollBar().setValue(0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height)


def _change(name: str, before: str, after: str) -> str:
    """Return a change as one line: what it was, an arrow, what it is."""
    what = f"{before} → {after}"
    return f"    {name}: {what}" if name else f"    {what}"


def _label(role: str) -> QLabel:
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
