"""What an import came to, line by line: to look through, to go to, to keep."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QLocale, QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.importing.report import Outcome
from desktop.importing.report_model import ReportModel

_SIZE = QSize(940, 560)
_FILTERS = (None, Outcome.REFUSED, Outcome.DOUBTFUL, Outcome.KNOWN, Outcome.PASSED)


class ReportDialog(QDialog):
    """Shows a report; ``chosen`` asks for an article of it, ``save_wanted`` for a file."""

    chosen = Signal(object)  # UUID
    save_wanted = Signal()

    def __init__(self, model: ReportModel, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What was imported"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE.boundedTo(parent.size()))
        self._model = model
        self._chips = QButtonGroup(self)
        self.field = QLineEdit(clearButtonEnabled=True)
        self.list = QTreeView(rootIsDecorated=False, uniformRowHeights=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addWidget(QLabel(words, wordWrap=True))
        if model.counts:
            layout.addLayout(self._filters())
            layout.addWidget(self._lines(), 1)
        else:
            layout.addStretch()
        layout.addLayout(self._buttons())

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for nth, outcome in enumerate(_FILTERS):
            chip = QPushButton(self._chip(outcome))
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setChecked(outcome is None)
            chip.setVisible(outcome is None or self._model.counts[outcome] > 0)
            self._chips.addButton(chip, nth)
            row.addWidget(chip)
        # Not on a click: assistive technology toggles them.
        self._chips.idToggled.connect(lambda _, on: on and self._choose())
        row.addStretch()
        self.field.setPlaceholderText(self.tr("Find in the report"))
        self.field.setAccessibleName(self.tr("Find in the report"))
        self.field.setFixedWidth(220)
        self.field.textChanged.connect(self._choose)
        row.addWidget(self.field)
        return row

    def _lines(self) -> QTreeView:
        self.list.setModel(self._model)
        self.list.setAccessibleName(self.tr("Report"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.list.setColumnWidth(0, 280)
        self.list.setColumnWidth(1, 110)
        self.list.activated.connect(self._go)
        self._choose()
        self.list.setFocus()
        return self.list

    def _buttons(self) -> QHBoxLayout:
        save = QPushButton(self.tr("Save report…"))
        save.setObjectName("save-report")
        save.setAutoDefault(False)
        save.clicked.connect(lambda: self.save_wanted.emit())
        close = QPushButton(self.tr("Close"))
        close.setProperty("primary", True)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(save)
        row.addStretch()
        row.addWidget(close)
        return row

    def _chip(self, outcome: Outcome | None) -> str:
        counts, number = self._model.counts, QLocale().toString
        if outcome is None:
            return self.tr("All {}").format(number(counts.total()))
        return f"{self._model.outcome_name(outcome)} {number(counts[outcome])}"

    def _choose(self) -> None:
        self._model.choose(_FILTERS[self._chips.checkedId()], self.field.text().strip())
        self.list.setCurrentIndex(self._model.index(0, 0))

    def _go(self, index: QModelIndex) -> None:
        line = self._model.line(index)
        if line and line.article:
            self.chosen.emit(UUID(line.article))
