"""What is to be imported, and how: files and folders, columns of tables, labels nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.importing.columns_page import ColumnsPage
from desktop.importing.previews import Previews, Table
from desktop.importing.sources import may_have_labels
from desktop.library.readers.mapping import Mapping as Columns
from desktop.library.readers.mapping import Role
from desktop.library.readers.reading import TABLES
from desktop.screens import room_for
from desktop.scrolled import Scrolled

_LIST, _WIDE = 110, 700  # pixels


class ImportDialog(QDialog):
    """Asks; ``paths``, ``labels`` and ``columns`` say what was chosen once it is accepted."""

    def __init__(
        self, paths: Iterable[Path], remembered: Mapping[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._remembered = remembered
        self._tables: dict[Path, Table] = {}
        self._chosen: dict[Path, Columns] = {}
        self._previews = Previews(self)
        self._previews.seen.connect(self._take_table)
        self.finished.connect(self._previews.stop)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Files and folders"))
        self.list.setProperty("framed", True)
        self.list.setFixedHeight(_LIST)
        self.list.currentItemChanged.connect(self._show_current)
        self._page = ColumnsPage()
        self._page.changed.connect(self._change)
        self._scrolled = Scrolled(self._page)
        self._scrolled.hide()
        self._form = QFormLayout()
        self._labels = QComboBox()
        self._labels.setObjectName("labels")
        self._labels.addItem(self.tr("Add them to the scheme"), "add")
        self._labels.addItem(self.tr("Leave those names out"), "skip")
        self._start = QPushButton(self.tr("Import"))
        self._start.setObjectName("import-start")
        self._start.setProperty("primary", True)
        self._start.setDefault(True)
        self._start.clicked.connect(self.accept)
        self._lay_out()
        self.add(paths)
        self._change()

    def _lay_out(self) -> None:
        about = QLabel(
            self.tr(
                "Texts, web pages, Word, PDF and mail files, tables, feeds, exports of LexisNexis "
                "and Factiva, and corpora as JSON. Folders are read with all that is in them."
            ),
            wordWrap=True,
        )
        about.setProperty("role", "muted")
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for name, words, do in (
            ("add-files", self.tr("Add &files…"), self._ask_files),
            ("add-folder", self.tr("Add f&older…"), self._ask_folder),
            ("take-out", self.tr("&Remove"), self._take_out),
        ):
            button = QPushButton(words)
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(do)
            buttons.addWidget(button)
        buttons.addStretch()
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.list, 1, Qt.AlignmentFlag.AlignTop)
        top.addLayout(buttons)
        self._form.setHorizontalSpacing(16)
        caption = QLabel(self.tr("&Labels the scheme lacks"))
        caption.setBuddy(self._labels)
        self._form.addRow(caption, self._labels)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.addStretch()
        bottom.addWidget(cancel)
        bottom.addWidget(self._start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addWidget(about)
        layout.addLayout(top)
        layout.addWidget(self._scrolled, 1)
        layout.addLayout(self._form)
        layout.addLayout(bottom)
        self.setMinimumWidth(min(_WIDE, room_for(self).width()))

    @property
    def paths(self) -> list[Path]:
        """Files and folders, as they were named."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(Qt.ItemDataRole.UserRole) for item in items]

    @property
    def labels(self) -> str:
        """What becomes of names under labels the scheme lacks: "add" or "skip"."""
        return self._labels.currentData()

    @property
    def columns(self) -> dict[str, str]:
        """Mappings of the tables that are named, as they are to be remembered."""
        return {self._tables[path].key: one.to_json() for path, one in self._chosen.items()}

    def add(self, paths: Iterable[Path]) -> None:
        """Name more."""
        there = set(self.paths)
        for path in paths:
            if path in there:
                continue
            there.add(path)
            item = QListWidgetItem(f"{path.name or path}   {path.parent}")
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(str(path))
            self.list.addItem(item)
            if path.suffix.lower() in TABLES and path.is_file():
                self._previews.ask(path)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._change()

    def _take_table(self, table: Table) -> None:
        if table.path not in self.paths:
            return
        known = self._remembered.get(table.key)
        self._tables[table.path] = table
        self._chosen[table.path] = Columns.from_json(known) if known else table.mapping
        for row, path in enumerate(self.paths):
            if path == table.path and not self._scrolled.isVisible():
                self.list.setCurrentRow(row)
        self._show_current()
        self._change()

    def _show_current(self, *_: object) -> None:
        item = self.list.currentItem()
        path = item.data(Qt.ItemDataRole.UserRole) if item else None
        table = self._tables.get(path) if path else None
        self._scrolled.setVisible(table is not None)
        if table:
            self.adjustSize()
            self._stay_on_screen()
        if table and self._page.table is not table:
            self._page.show_table(table, self._chosen[table.path])

    def _stay_on_screen(self) -> None:
        room, frame = self.screen().availableGeometry(), self.frameGeometry()
        if frame.height() > room.height():
            self.resize(self.width(), self.height() - frame.height() + room.height())
            frame = self.frameGeometry()
        if frame.bottom() > room.bottom():
            self.move(self.x(), max(room.top(), room.bottom() - frame.height()))

    def _change(self) -> None:
        table, mapping = self._page.table, self._page.mapping
        if table and mapping and table.path in self._chosen:
            self._chosen[table.path] = mapping
        lacking = [path for path, one in self._chosen.items() if Role.TEXT not in one.roles]
        self._start.setEnabled(self.list.count() > 0 and not lacking)
        asked = any(may_have_labels(path) for path in self.paths)
        if asked != self._form.isRowVisible(self._labels):
            self._form.setRowVisible(self._labels, asked)
            self.adjustSize()
        for button in self.findChildren(QPushButton, "take-out"):
            button.setEnabled(self.list.count() > 0)

    def _ask_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        self._ask(dialog)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Add a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._ask(dialog)

    def _ask(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.add(Path(name) for name in names))
        dialog.open()

    def _take_out(self) -> None:
        if (row := self.list.currentRow()) >= 0:
            path = self.paths[row]
            self._chosen.pop(path, None)
            self._tables.pop(path, None)
            self.list.takeItem(row)
            self._show_current()
            self._change()
