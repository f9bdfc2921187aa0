"""The list under the command field: what can be chosen there, and how a line of it looks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.shell.command_field import Choice

_CHOICE = Qt.ItemDataRole.UserRole
_ROW = 32  # pixels
_TALL = 11  # rows before it scrolls


class ChoicePopup(QFrame):
    """Lies over the window; the keys stay with the field."""

    chosen = Signal(object)  # Choice

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("popup")
        self._model = _Choices()
        self._list = QListView()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Painter(self._list))
        self._list.clicked.connect(lambda index: self.chosen.emit(self._model.at(index.row())))
        self._list.setAccessibleName(self.tr("Articles and commands"))
        self._nothing = QLabel(self.tr("Nothing found."), alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5, 5, 5, 5)
        layout.addWidget(self._list)
        layout.addWidget(self._nothing)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Offer others, the first of them at hand."""
        self._model.set_choices(choices)
        self._list.setCurrentIndex(self._model.index(0))

    def current(self) -> Choice | None:
        """Return what is at hand, if anything is."""
        index = self._list.currentIndex()
        return self._model.at(index.row()) if index.isValid() else None

    def go(self, event: QKeyEvent) -> None:
        """Go up or down by a key."""
        QApplication.sendEvent(self._list, event)

    def step(self, by: int) -> None:
        """Go on by so many, from the last to the first."""
        if rows := self._model.rowCount():
            row = (self._list.currentIndex().row() + by) % rows
            self._list.setCurrentIndex(self._model.index(row))

    def lie_under(self, field: QWidget) -> None:
        """Show it under the field, as high as what is offered."""
        rows, window = self._model.rowCount(), field.window()
        width = max(field.width(), min(560, window.width() - 32))
        corner = field.mapTo(window, QPoint(0, field.height() + 6))
        left = min(corner.x(), window.width() - width - 16)
        height = min(max(rows, 1), _TALL) * _ROW + 12
        self.setGeometry(QRect(QPoint(left, corner.y()), QSize(width, height)))
        self.show()
        self._list.setVisible(rows > 0)
        self._nothing.setVisible(rows == 0)
        self.raise_()


class _Choices(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._choices: Sequence[Choice] = ()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = choices
        self.endResetModel()

    def at(self, row: int) -> Choice:
        return self._choices[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._choices)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.text
        return choice if role == _CHOICE else None


class _Painter(QStyledItemDelegate):
    """Paints what can be chosen, what more is known of it, and its key."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        choice: Choice = index.data(_CHOICE)
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
