"""The library pane: what is looked for, four shelves, and the articles of the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QLocale, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.library.list_model import ArticleList
from desktop.library.list_view import ArticleTable, RowPainter
from desktop.library.search_bar import SearchBar
from desktop.library.shelf import Shelf

if TYPE_CHECKING:
    from desktop.library.facets import FacetsPanel

WIDTH = 272  # pixels, at first
_LONG = 10_000  # articles; from here on the chip counts thousands, its tooltip still each
_FACETS_SHARE = 0.5  # of the pane's height, at most


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
        self.bar = SearchBar()
        self.bar.left.connect(self.go_to_list)
        self._facets: FacetsPanel | None = None
        self.bar.facets_wanted.connect(self.show_facets)
        self._chips = QButtonGroup(self)
        self._row = chips = QHBoxLayout()
        chips.setContentsMargins(12, 8, 8, 10)
        chips.setSpacing(4)
        for number, shelf in enumerate(Shelf):
            chip = QPushButton(self._shelf_name(shelf))
            chip.setObjectName(f"shelf-{shelf.name.lower()}")
            chip.setProperty("chip", True)
            chip.setProperty("tight", True)
            chip.setCheckable(True)
            chip.setChecked(shelf is model.shelf)
            self._chips.addButton(chip, number)
            chips.addWidget(chip)
        chips.addStretch()
        # Not on a click: assistive technology toggles them.
        self._chips.idToggled.connect(lambda at, on: on and self.show_shelf(list(Shelf)[at]))

        self.list = ArticleTable()
        self.list.setModel(model)
        self.list.setItemDelegate(RowPainter(self.list))
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.list.left.connect(self.left)
        self.list.unwanted.connect(lambda index: self.removed.emit(index.data(ArticleList.ROW).id))
        above = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        self._nothing = QLabel(alignment=above, wordWrap=True)
        self._nothing.setProperty("role", "muted")
        self._nothing.setContentsMargins(24, 48, 24, 24)

        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addLayout(chips)
        layout.addWidget(self._nothing)
        layout.addWidget(self.list, 1)
        layout.addStretch()
        for change in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            change.connect(self._recount)
            # The list itself would mark the neighbour of what left it, which is not what is open.
            change.connect(lambda *_: self.mark(self._current))
        model.dataChanged.connect(self._recount)
        self._recount()

    def mark(self, article: UUID | None) -> None:
        """Show which article is open."""
        self._current = article
        index = self.model.index_of(article) if article else QModelIndex()
        if index.isValid() and index == self.list.currentIndex():
            return
        # The list itself would add to what is selected while Ctrl is held, as it is for an undo.
        flag = QItemSelectionModel.SelectionFlag
        rows = self.list.selectionModel()
        rows.setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def show_shelf(self, shelf: Shelf) -> None:
        """Choose a chip."""
        self._chips.button(list(Shelf).index(shelf)).setChecked(True)
        if shelf is not self.model.shelf:
            self.model.set_shelf(shelf)

    @property
    def facets(self) -> FacetsPanel:
        """The facets above the list; the first paint, which does not show them, has none."""
        if self._facets is None:
            from desktop.library.facets import FacetsPanel

            self._facets = facets = FacetsPanel()
            facets.hide()
            facets.chosen.connect(self.bar.choose)
            self.bar.changed.connect(facets.show_chosen)
            self._rows.insertWidget(1, facets)
            self._limit_facets()
        return self._facets

    def show_facets(self, shown: bool) -> None:
        """Show or hide the facets above the list."""
        self.facets.setVisible(shown)
        self.bar.filters.setChecked(shown)
        if shown:
            self.facets.ask()

    def go_to_list(self) -> None:
        """Give the list the keys, or the article if nothing is in it."""
        if not self.model.rowCount():
            self.left.emit()
            return
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def selected(self) -> list[int]:
        """Return the numbers of the articles that are selected where there are several, else all.

        That is all that are shown.
        """
        rows = self.list.selectionModel().selectedRows()
        if len(rows) < 2:
            return self.model.shown()
        return [index.data(ArticleList.ROW).number for index in sorted(rows)]

    def neighbour(self, step: int) -> UUID | None:
        """Return the article ``step`` rows from the open one, or None beyond the ends."""
        here = self.model.index_of(self._current) if self._current else QModelIndex()
        row = here.row() + step if here.isValid() else 0
        index = self.model.index(row) if 0 <= row < self.model.rowCount() else QModelIndex()
        return self.model.data(index, ArticleList.ROW).id if index.isValid() else None  # type: ignore[union-attr]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit_facets()
        self._label_chips()

    def _limit_facets(self) -> None:
        if self._facets:
            self._facets.most_height = round(self.height() * _FACETS_SHARE)

    def _choose(self, index: QModelIndex) -> None:
        gathering = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        if not QGuiApplication.keyboardModifiers() & gathering:  # else several are selected
            self.chosen.emit(index.data(ArticleList.ROW).id)

    def _label_chips(self) -> None:
        """Say how many are on the chosen shelf, where there is room for that."""
        room = self.width() if self.isVisible() else WIDTH  # before it is laid out, as at first
        known = self.model.whole or self.model.searched
        for shelf, chip in zip(Shelf, self._chips.buttons(), strict=True):
            number = self.model.count(shelf)
            count, name = QLocale().toString(number), self._shelf_name(shelf)
            short = count if number < _LONG else f"{number // 1000}k"
            chip.setText(f"{name} {short}" if known and shelf is self.model.shelf else name)
            if self._row.sizeHint().width() > room:
                chip.setText(name)
            chip.setToolTip(f"{name}: {count}" if known else name)

    def _recount(self) -> None:
        self._label_chips()
        empty = not self.model.rowCount()
        self._nothing.setVisible(empty)
        self.list.setVisible(not empty)
        if not self.model.total:
            self._nothing.setText(self.tr("No articles yet."))
        elif self.model.searched and not self.model.count(Shelf.ALL):
            self._nothing.setText(self.tr("Nothing found."))
        elif self.model.searched:
            self._nothing.setText(self.tr("Nothing found on this shelf."))
        elif self.model.shelf is Shelf.TODO:
            self._nothing.setText(self.tr("Every article is reviewed."))
        else:
            self._nothing.setText(self.tr("Nothing on this shelf."))

    def _shelf_name(self, shelf: Shelf) -> str:
        names = {
            Shelf.TODO: self.tr("To do"),
            Shelf.UNSURE: self.tr("Unsure"),
            Shelf.DONE: self.tr("Done"),
            Shelf.ALL: self.tr("All"),
        }
        return names[shelf]
