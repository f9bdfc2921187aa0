"""How the lists of the history and of the bin look and take keys."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from db.history_list import Done
from desktop import theme
from desktop.history.bin_model import Row

_ROW, _HEADING = 46, 30
_MARGIN = 16
Index = QModelIndex | QPersistentModelIndex


class RowList(QListView):
    """A list whose plain letters go to the filter: they are no keys of the article here."""

    left = Signal()
    typed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(RowPainter(self))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~(
                Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
            )
            own = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if not plain and (event.text().strip() or event.key() in own):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        bare = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.activated.emit(self.currentIndex())
        elif bare and text.strip() and text.isprintable():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)


class RowPainter(QStyledItemDelegate):
    """Paints two lines: what it is, struck through where it stands no more; when and by whom."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(Qt.ItemDataRole.UserRole)
        heading = isinstance(row, Row) and row.item is None
        return QSize(0, _HEADING if heading else _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        colours = theme.current()
        box: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        font = QFont(option.font)  # type: ignore[attr-defined]
        painter.save()
        if isinstance(row, Row) and row.item is None:
            font.setPixelSize(11)
            font.setWeight(QFont.Weight.DemiBold)
            place = box.adjusted(_MARGIN, 8, -_MARGIN, -4)
            _line(painter, font, colours.muted, place, row.title.upper())
            painter.restore()
            return
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colours.fill("focus"))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(box.x(), box.y(), 3, box.height(), colours.focus)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colours.card)
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, colours.rule)
        title = index.data(Qt.ItemDataRole.DisplayRole)
        under = index.data(Qt.ItemDataRole.UserRole + 1)
        gone = row.undone if isinstance(row, Done) else True
        font.setStrikeOut(gone)
        ink = colours.muted if gone else colours.ink
        _line(painter, font, ink, box.adjusted(_MARGIN, 6, -_MARGIN, -22), title)
        font.setStrikeOut(False)
        font.setPixelSize(font.pixelSize() - 1)
        _line(painter, font, colours.muted, box.adjusted(_MARGIN, 24, -_MARGIN, -5), under)
        painter.restore()


def _line(painter: QPainter, font: QFont, colour: QColor, box: QRect, text: str) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, where, fitting)
