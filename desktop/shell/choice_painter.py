"""How a line of the command field's list looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.shell.command_field import CHOICE, ROW

if TYPE_CHECKING:
    from desktop.shell.command_field import Choice


class ChoicePainter(QStyledItemDelegate):
    """Paints what can be chosen, what more is known of it, and its key."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        choice: Choice = index.data(CHOICE)
        colours = theme.current()
        box: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        state = option.state  # type: ignore[attr-defined]
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setBrush(colours.fill("focus"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 6, 6)
        inner = box.adjusted(12, 0, -12, 0)
        font = QFont(option.font)  # type: ignore[attr-defined]
        painter.setFont(font)
        middle = Qt.AlignmentFlag.AlignVCenter
        right = inner.right()
        if choice.key:
            small = QFont(font)
            small.setPixelSize(10)
            small.setWeight(QFont.Weight.DemiBold)
            painter.setFont(small)
            width = painter.fontMetrics().horizontalAdvance(choice.key) + 12
            cap = QRect(right - width, box.center().y() - 8, width, 17)
            painter.setBrush(colours.key)
            painter.drawRoundedRect(cap, 4, 4)
            painter.setPen(colours.muted)
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, choice.key)
            right = cap.left() - 12
            painter.setFont(font)
        metrics = painter.fontMetrics()
        place = QRect(inner.left(), box.top(), right - inner.left(), box.height())
        text = metrics.elidedText(choice.text, Qt.TextElideMode.ElideRight, place.width())
        painter.setPen(colours.ink)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | middle, text)
        place.setLeft(place.left() + metrics.horizontalAdvance(text) + 16)
        detail = metrics.elidedText(choice.detail, Qt.TextElideMode.ElideRight, place.width())
        painter.setPen(colours.muted)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | middle, detail)
        painter.restore()
