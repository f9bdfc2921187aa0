"""The list of labels: each in its colour, with its key, and a sign where its colour falls short."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from db.scheme_values import Label
from desktop import theme
from desktop.colours import Quartet, judge
from desktop.scheme.colour_field import told, tr

_WIDTH, _ICON = 204, 16  # pixels


class LabelList(QListWidget):
    """Shows labels in order; it changes none."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("labels")
        self.setAccessibleName(tr("Labels"))
        self.setProperty("framed", True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(_WIDTH)
        self.setIconSize(QSize(_ICON, _ICON))

    def show_labels(self, labels: list[Label], names: Mapping[UUID, str]) -> None:
        """Show these labels by these names; none is chosen."""
        self.clear()
        quartets = {label.id: theme.quartet(label.colour) for label in labels}
        for label in labels:
            name, key = names[label.id], (label.shortcut or "").upper()
            others = {names[each]: four for each, four in quartets.items() if each != label.id}
            self.addItem(_item(label, name, key, quartets[label.id], others))

    def choose(self, row: int) -> None:
        """Mark a row as the one in the fields, without saying so."""
        self.blockSignals(True)
        self.setCurrentRow(row)
        self.blockSignals(False)


def _item(
    label: Label, name: str, key: str, four: Quartet, others: Mapping[str, Quartet]
) -> QListWidgetItem:
    verdict = judge(four, others, *theme.papers())
    sign = "" if verdict.good else "  ≈" if verdict.readable else "  △"
    text = f"{name}   {key}" if key else name
    item = QListWidgetItem(_icon(label.colour), text + sign)
    words = told(verdict)
    item.setToolTip(words)
    spoken = [name, tr("key {}").format(key) if key else "", "" if verdict.good else words]
    if not label.offered:
        item.setForeground(theme.current().muted)
        spoken.append(tr("not offered"))
    item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in spoken if part))
    return item


def _icon(token: str) -> QIcon:
    colours, pixmap = theme.current(), QPixmap(2 * _ICON, 2 * _ICON)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.line(token), 2))
    painter.setBrush(colours.fill(token))
    painter.drawRoundedRect(QRectF(1.5, 1.5, _ICON - 3, _ICON - 3), 4, 4)
    painter.end()
    return QIcon(pixmap)
