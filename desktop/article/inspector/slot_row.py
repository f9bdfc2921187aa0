"""One slot of a frame: what fills it, its key, and, at a press, what else could."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop import theme
from desktop.article.commands import Slot

_CAPTION, _KEY, _PAD = 72, 26, 5  # pixels: width of caption and key, space above and below


class SlotRow(QAbstractButton):
    """A row such as "Holder  Mara Lindqvist  H", as high as its words need."""

    def __init__(self, slot: Slot, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slot = slot
        self._key = key
        self._value = ""
        self._waiting = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    @property
    def value(self) -> str:
        """What fills the slot, in words."""
        return self._value

    def show_value(self, caption: str, value: str, *, waiting: bool) -> None:
        """Show what fills the slot, or that it waits for a click or selection in the text."""
        if (caption, value, waiting) == (self.text(), self._value, self._waiting):
            return
        self.setText(caption)
        self._value, self._waiting = value, waiting
        state = self.tr("waits for a selection in the text") if waiting else value
        self.setAccessibleName(f"{caption}: {state}")
        self._tell()
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(0, 0, -1, -1)
        if self.hasFocus() or self._waiting or self._inviting():
            painter.setBrush(colours.fill("focus") if self._waiting else colours.key)
            pen = QPen(colours.focus, 2) if self.hasFocus() else QPen(Qt.PenStyle.NoPen)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(1, 1, 0, 0), 5, 5)
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._font(bold=False))
        painter.setPen(colours.muted)
        painter.drawText(QRect(2, _PAD, self._beside() - 2, self.height()), top, self.text())
        painter.setPen(colours.ink)
        painter.setFont(self._font(bold=self.slot in (Slot.HOLDER, Slot.TARGET)))
        words = self._words(self.width())
        wrap = Qt.TextFlag.TextWordWrap
        painter.drawText(words, int(top) | int(wrap), self._shown())
        if self.isEnabled():
            self._paint_key(painter)
        painter.end()

    def _paint_key(self, painter: QPainter) -> None:
        colours = theme.current()
        font = self._font(bold=True)
        font.setPixelSize(theme.INTERFACE_SIZE - 3)
        painter.setFont(font)
        key = QRect(self.width() - 23, _PAD - 1, 18, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.panel if self._inviting() or self.hasFocus() else colours.key)
        painter.drawRoundedRect(key, 4, 4)
        painter.setPen(colours.muted)
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, self._key)

    def _inviting(self) -> bool:
        return self.underMouse() and self.isEnabled()

    def _tell(self) -> None:
        """Say all of the value where the pointer rests, and how to change it where that can be."""
        how = f"\n{self.tr('Change')} ({self._key})" if self.isEnabled() else ""
        self.setToolTip(f"{self._value}{how}")

    def _shown(self) -> str:
        return self.tr("click or select in the text …") if self._waiting else self._value

    def _words(self, width: int) -> QRect:
        font = self._font(bold=self.slot in (Slot.HOLDER, Slot.TARGET))
        beside = self._beside()
        space = QRect(beside, _PAD, max(60, width - beside - _KEY), 400)
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        wrapped = int(flags) | int(Qt.TextFlag.TextWordWrap)
        found = QFontMetrics(font).boundingRect(space, wrapped, self._shown() or " ")
        return QRect(space.left(), _PAD, space.width(), found.height())

    def _beside(self) -> int:
        """Return the width of the captions: all alike, unless a language has a longer word."""
        return max(
            _CAPTION, QFontMetrics(self._font(bold=False)).horizontalAdvance(self.text()) + 8
        )

    def _fit(self) -> None:
        # Fixed: one that goes with the width would be asked for whenever the panel is arranged.
        self.setFixedHeight(self._words(self.width()).height() + 2 * _PAD)

    def _font(self, *, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.INTERFACE_SIZE)
        font.setBold(bold)
        return font
