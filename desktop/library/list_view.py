"""The list in the library pane: how a row looks, and what its keys do."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import (
    QEvent,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QCursor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from db.values import ArticleRow, ArticleStatus
from desktop import theme, viewports
from desktop.library.list_model import ArticleList, twins_name

ROW = 62
_MARGIN = 14
_BAR = QSize(44, 4)


class ArticleTable(QTableView):
    """A table of one column: of Qt's views it alone lays out a hundred thousand rows at once."""

    left = Signal()
    unwanted = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        viewports.give_own(self)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Articles"))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _is_delete(event):
            event.accept()  # here it is the article that is meant, not what is in focus in it
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif _is_delete(event) and self.currentIndex().isValid():
            self.unwanted.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def is_under_mouse(self, box: QRect) -> bool:
        """Tell whether the mouse is over a row."""
        viewport = self.viewport()
        return viewport.underMouse() and box.contains(viewport.mapFromGlobal(QCursor.pos()))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self.model().rowCount() - 1,
        }
        if action in ends:  # Qt's own go to the ends of the row
            return self.model().index(ends[action], 0)
        return super().moveCursor(action, modifiers)


class RowPainter(QStyledItemDelegate):
    """Paints a row: title, publication and date, and how far it is.

    What state it is in, it asks the table: an option's ``state`` has the first rows wait for all
    the enumerations of ``QStyle``.
    """

    def __init__(self, table: ArticleTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: ArticleRow = index.data(ArticleList.ROW)
        colours = theme.current()
        box = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._table.selectionModel().isSelected(index):
            painter.fillRect(box, colours.fill("focus"))
            painter.fillRect(box.x(), box.y(), 3, box.height(), colours.focus)
        elif self._table.is_under_mouse(box):
            painter.fillRect(box, colours.card)
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, colours.rule)

        font = QFont(option.font)  # type: ignore[attr-defined]
        font.setWeight(QFont.Weight.Medium)
        self._line(
            painter, font, colours.ink, box.adjusted(_MARGIN, 11, -_MARGIN, -30), row.title or ""
        )
        font.setWeight(QFont.Weight.Normal)
        font.setPixelSize(font.pixelSize() - 1)
        self._about(
            painter, font, box.adjusted(_MARGIN, 32, -_MARGIN - _BAR.width() - 10, -9), index
        )

        x, y = box.right() - _MARGIN - _BAR.width() + 1, box.y() + 40
        done = 1.0 if row.status == ArticleStatus.DONE else _share(row)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.key)
        painter.drawRoundedRect(QRectF(x, y, _BAR.width(), _BAR.height()), 2, 2)
        if done:
            painter.setBrush(colours.line("place"))
            length = max(_BAR.height(), _BAR.width() * done)
            painter.drawRoundedRect(QRectF(x, y, length, _BAR.height()), 2, 2)
        if self._table.hasFocus() and self._table.currentIndex() == index:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, 2))
            painter.drawRoundedRect(QRectF(box).adjusted(4, 2, -2, -3), 4, 4)
        painter.restore()

    def _about(
        self, painter: QPainter, font: QFont, box: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Say where and when it was published, and its twins; if there is no room, where is cut."""
        row: ArticleRow = index.data(ArticleList.ROW)
        behind = [short_date(row.published), twins_name(index.data(ArticleList.TWINS))]
        painter.setFont(font)
        metrics = painter.fontMetrics()
        rest = "".join(f" · {part}" for part in behind if part)
        room = box.width() - metrics.horizontalAdvance(rest)
        where = metrics.elidedText(row.publication or "", Qt.TextElideMode.ElideRight, room)
        about = f"{where}{rest}" if where else rest.removeprefix(" · ")
        self._line(painter, font, theme.current().muted, box, about)

    @staticmethod
    def _line(painter: QPainter, font: QFont, colour: object, box: object, text: str) -> None:
        painter.setFont(font)
        painter.setPen(colour)  # type: ignore[arg-type]
        metrics = painter.fontMetrics()
        fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())  # type: ignore[attr-defined]
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)  # type: ignore[arg-type]

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        return False  # nothing is edited here: the list keeps its Tab and Return


def _is_delete(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete


def _share(row: ArticleRow) -> float:
    known = row.decided + row.pending
    return row.decided / known if known else 0.0


def short_date(published: str | None) -> str:
    """Return an ISO 8601 date as "23 Aug", with the year when it is another one."""
    if not published:
        return ""
    try:
        day = datetime.fromisoformat(published)
    except ValueError:
        return published
    pattern = "d MMM" if day.year == datetime.now().year else "d MMM yyyy"
    return QLocale().toString(day.date(), pattern)  # type: ignore[arg-type]
