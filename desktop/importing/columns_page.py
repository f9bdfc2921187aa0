"""Which column of a table is what: the first rows, with a choice over each column."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.importing.previews import Table
from desktop.library.readers.mapping import Mapping, Role

_WIDTH = 150  # pixels of a column
_ROW, _ROWS = 26, 4


class ColumnsPage(QWidget):
    """Shows one table; ``changed`` when another column is another thing."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table: Table | None = None
        self._mapping: Mapping | None = None
        self._choices: list[QComboBox] = []
        self._about = QLabel(wordWrap=True)
        self._about.setProperty("role", "muted")
        self._grid = QTableWidget()
        self._grid.setAccessibleName(self.tr("The table’s first rows"))
        self._grid.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._grid.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._grid.verticalHeader().hide()
        self._grid.setTabKeyNavigation(False)
        self._grid.setWordWrap(False)
        self._grid.verticalHeader().setDefaultSectionSize(_ROW)
        self._grid.setFixedHeight((_ROWS + 4) * _ROW)  # the choices, the names, and what scrolls
        self._names = QCheckBox(self.tr("The first row &names the columns"))
        self._names.toggled.connect(self._change)
        self._headline = QCheckBox(self.tr("The title becomes the text’s first &line"))
        self._headline.toggled.connect(self._change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for widget in (self._about, self._grid, self._names, self._headline):
            layout.addWidget(widget)

    @property
    def mapping(self) -> Mapping | None:
        """What is chosen."""
        return self._mapping

    def show_table(self, table: Table, mapping: Mapping) -> None:
        """Show a table as it would be read."""
        self.table, self._mapping = table, None
        width = max(map(len, table.rows))
        rows = table.rows[: _ROWS + 1]
        self._grid.clear()
        self._grid.setColumnCount(width)
        self._grid.setRowCount(len(rows) + 1)
        self._grid.horizontalHeader().hide()
        self._grid.horizontalHeader().setDefaultSectionSize(_WIDTH)
        self._grid.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._choices = []
        for column in range(width):
            role = mapping.roles[column] if column < len(mapping.roles) else None
            choice = self._choice(table.rows[0], column, role)
            self._grid.setCellWidget(0, column, choice)
            self._grid.setRowHeight(0, choice.sizeHint().height() + 2)
            self._choices.append(choice)
            for at, row in enumerate(rows, start=1):
                words = row[column] if column < len(row) else ""
                item = QTableWidgetItem(" ".join(words.split()))
                item.setToolTip(words)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self._grid.setItem(at, column, item)
        self._names.setChecked(not mapping.first_row)
        self._headline.setChecked(mapping.headline)
        self._mapping = mapping
        self._change()

    def _choice(self, header: list[str], column: int, role: Role | None) -> QComboBox:
        choice = QComboBox()
        choice.setObjectName(f"column-{column + 1}")
        name = header[column] if column < len(header) else str(column + 1)
        choice.setAccessibleName(self.tr("What column {} holds").format(name))
        choice.addItem("–", None)
        for each in Role:
            choice.addItem(self._role_name(each), each)
        choice.setCurrentIndex(choice.findData(role) if role else 0)
        choice.currentIndexChanged.connect(self._change)
        return choice

    def _change(self) -> None:
        if self._mapping is None or self.table is None:
            return
        roles = tuple(choice.currentData() for choice in self._choices)
        self._mapping = replace(
            self._mapping,
            roles=tuple(Role(role) if role else None for role in roles),
            first_row=not self._names.isChecked(),
            headline=self._headline.isChecked(),
        )
        if Role.TEXT in self._mapping.roles:
            words = self.tr("{}: each row becomes an article.").format(self.table.path.name)
        else:
            words = self.tr("{}: say which column holds the text.").format(self.table.path.name)
        self._about.setText(words)
        self._mark_names()
        self.changed.emit()

    def _mark_names(self) -> None:
        """Show whether the first row names the columns, or is the first article."""
        for column in range(self._grid.columnCount()):
            if item := self._grid.item(1, column):
                font = item.font()
                font.setBold(self._names.isChecked())
                item.setFont(font)

    def _role_name(self, role: Role) -> str:
        names = {
            "text": self.tr("Text"),
            "title": self.tr("Title"),
            "published": self.tr("Published"),
            "publication": self.tr("Publication"),
            "author": self.tr("Author"),
            "url": self.tr("Address"),
            "language": self.tr("Language"),
            "section": self.tr("Section"),
        }
        return names[role.value]
