"""The library pane: three chips, and the articles of the chosen shelf."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import (
    QEvent,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from db.values import ArticleRow, ArticleStatus
from desktop import theme
from desktop.library.list_model import ArticleList, Shelf

WIDTH = 272
_ROW = 62
_MARGIN = 14
_BAR = QSize(44, 4)


class LibraryPane(QWidget):
    """Shows the articles; ``chosen`` asks for one to be opened."""

    chosen = Signal(object)  # UUID
    left = Signal()  # the analyst is through with the list: back to the article
    removed = Signal(object)  # UUID: this one is to go into the bin

    def __init__(self, model: ArticleList) -> None:
        super().__init__()
        self.setObjectName("library")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = model
        self._current: UUID | None = None
        self._chips = QButtonGroup(self)
        chips = QHBoxLayout()
        chips.setContentsMargins(12, 10, 12, 10)
        chips.setSpacing(8)
        for number, shelf in enumerate(Shelf):
            chip = QPushButton(self._shelf_name(shelf))
            chip.setObjectName(f"shelf-{shelf.name.lower()}")
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setChecked(shelf is model.shelf)
            self._chips.addButton(chip, number)
            chips.addWidget(chip)
        chips.addStretch()
        # Not on a click: assistive technology toggles them.
        self._chips.idToggled.connect(lambda at, on: on and self.show_shelf(list(Shelf)[at]))

        self.list = _List()
        self.list.setModel(model)
        self.list.setItemDelegate(_RowPainter(self.list))
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.list.left.connect(self.left)
        self.list.unwanted.connect(lambda index: self.removed.emit(index.data(ArticleList.ROW).id))
        above = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        self._nothing = QLabel(alignment=above, wordWrap=True)
        self._nothing.setProperty("role", "muted")
        self._nothing.setContentsMargins(24, 48, 24, 24)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(chips)
        layout.addWidget(self._nothing)
        layout.addWidget(self.list, 1)
        for change in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            change.connect(self._recount)
            # The list itself would mark the neighbour of what left it, which is not what is open.
            change.connect(lambda *_: self.mark(self._current))
        self._recount()

    def mark(self, article: UUID | None) -> None:
        """Show which article is open."""
        self._current = article
        index = self.model.index_of(article) if article else QModelIndex()
        self.list.setCurrentIndex(index)
        if not index.isValid():
            self.list.clearSelection()

    def show_shelf(self, shelf: Shelf) -> None:
        """Choose a chip."""
        self._chips.button(list(Shelf).index(shelf)).setChecked(True)
        if shelf is not self.model.shelf:
            self.model.set_shelf(shelf)

    def neighbour(self, step: int) -> UUID | None:
        """Return the article ``step`` rows from the open one, or None beyond the ends."""
        here = self.model.index_of(self._current) if self._current else QModelIndex()
        row = here.row() + step if here.isValid() else 0
        index = self.model.index(row) if 0 <= row < self.model.rowCount() else QModelIndex()
        return self.model.data(index, ArticleList.ROW).id if index.isValid() else None  # type: ignore[union-attr]

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(ArticleList.ROW)
        self.chosen.emit(row.id)

    def _recount(self) -> None:
        for shelf, chip in zip(Shelf, self._chips.buttons(), strict=True):
            count = QLocale().toString(self.model.count(shelf))
            name = self._shelf_name(shelf)
            chip.setText(f"{name} {count}" if shelf is self.model.shelf else name)
            chip.setToolTip(f"{name}: {count}")
        empty = not self.model.rowCount()
        self._nothing.setVisible(empty)
        self.list.setVisible(not empty)
        if not self.model.rows:
            self._nothing.setText(self.tr("No articles yet."))
        elif self.model.shelf is Shelf.TODO:
            self._nothing.setText(self.tr("Every article is reviewed."))
        else:
            self._nothing.setText(self.tr("Nothing on this shelf."))

    def _shelf_name(self, shelf: Shelf) -> str:
        names = {
            Shelf.TODO: self.tr("To do"),
            Shelf.UNSURE: self.tr("Unsure"),
            Shelf.DONE: self.tr("Done"),
        }
        return names[shelf]


class _List(QListView):
    left = Signal()
    unwanted = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setUniformItemSizes(True)
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


class _RowPainter(QStyledItemDelegate):
    """Paints a row: title, publication and date, and how far it is."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(WIDTH, _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: ArticleRow = index.data(ArticleList.ROW)
        colours = theme.current()
        box = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colours.fill("focus"))
            painter.fillRect(box.x(), box.y(), 3, box.height(), colours.focus)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colours.card)
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, colours.rule)

        font = QFont(option.font)  # type: ignore[attr-defined]
        font.setWeight(QFont.Weight.Medium)
        self._line(
            painter, font, colours.ink, box.adjusted(_MARGIN, 11, -_MARGIN, -30), row.title or ""
        )
        font.setWeight(QFont.Weight.Normal)
        font.setPixelSize(font.pixelSize() - 1)
        about = " · ".join(part for part in (row.publication, short_date(row.published)) if part)
        right = _MARGIN + _BAR.width() + 10
        self._line(painter, font, colours.muted, box.adjusted(_MARGIN, 32, -right, -9), about)

        x, y = box.right() - _MARGIN - _BAR.width() + 1, box.y() + 40
        done = 1.0 if row.status == ArticleStatus.DONE else _share(row)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.key)
        painter.drawRoundedRect(QRectF(x, y, _BAR.width(), _BAR.height()), 2, 2)
        if done:
            painter.setBrush(colours.line("place"))
            length = max(_BAR.height(), _BAR.width() * done)
            painter.drawRoundedRect(QRectF(x, y, length, _BAR.height()), 2, 2)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, 2))
            painter.drawRoundedRect(QRectF(box).adjusted(4, 2, -2, -3), 4, 4)
        painter.restore()

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
