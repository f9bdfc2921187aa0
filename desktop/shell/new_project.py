"""File ▸ New project: what it is called, where it lies, and which labels it begins with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from db.project_file import SUFFIX
from db.scheme_values import DEFAULT

_WIDE, _INDENT = 560, 19  # pixels


class NewProjectDialog(QDialog):
    """Asks all of it at once; nothing is made before it is answered."""

    chosen = Signal(object, str)
    """A ``Path`` where nothing lies yet, and the name of a bundled scheme."""

    def __init__(self, schemes: Mapping[str, str], parent: QWidget) -> None:
        """Offer ``schemes``: names, and what each is for as “Title: words”."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("New project"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit(self.tr("My project"))
        self.name.setObjectName("project-name")
        self.folder = QLineEdit(_documents())
        self.folder.setObjectName("project-folder")
        self._problem = QLabel(wordWrap=True)
        self._problem.setProperty("role", "warn")
        self._schemes: dict[str, QRadioButton] = {}
        self._lay_out(schemes)
        for field in (self.name, self.folder):
            field.textEdited.connect(self._problem.clear)
        self.name.selectAll()
        self.setMinimumWidth(_WIDE)

    def _lay_out(self, schemes: Mapping[str, str]) -> None:
        choose = QPushButton(self.tr("C&hoose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._ask_folder)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(choose)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow(self.tr("&Name"), self.name)
        caption = QLabel(self.tr("&Folder"))
        caption.setBuddy(self.folder)
        form.addRow(caption, where)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        heading = QLabel(self.tr("Labels it begins with. All of them can be changed later."))
        heading.setProperty("role", "muted")
        layout.addSpacing(4)
        layout.addWidget(heading)
        for name, about in schemes.items():
            layout.addLayout(self._choice(name, about))
        layout.addWidget(self._problem)
        layout.addStretch()
        layout.addLayout(self._buttons())

    def _choice(self, name: str, about: str) -> QVBoxLayout:
        title, _, words = about.partition(": ")
        button = self._schemes[name] = QRadioButton(title)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setObjectName(f"scheme-{name}")
        button.setAccessibleDescription(words)
        button.setChecked(name == DEFAULT)
        said = _Words(words[:1].upper() + words[1:], button)
        rows = QVBoxLayout()
        rows.setSpacing(1)
        rows.addWidget(button)
        rows.addWidget(said)
        return rows

    def _buttons(self) -> QHBoxLayout:
        cancel, create = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Create"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        create.setObjectName("project-create")
        create.setProperty("primary", True)
        create.setDefault(True)
        create.clicked.connect(self._create)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(create)
        return row

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Where the project is to lie"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.fileSelected.connect(self._problem.clear)
        dialog.open()

    def _create(self) -> None:
        name = self.name.text().strip().removesuffix(SUFFIX)
        folder = Path(self.folder.text().strip()).expanduser()
        path = folder / f"{name}{SUFFIX}"
        if problem := self._against(name, folder, path):
            self._problem.setText(problem)
            return
        scheme = next(name for name, button in self._schemes.items() if button.isChecked())
        self.accept()
        self.chosen.emit(path, scheme)

    def _against(self, name: str, folder: Path, path: Path) -> str | None:
        """Return what is to be changed before the project can be made there."""
        if not name:
            return self.tr("Give the project a name.")
        if set(name) & {"/", "\\"} or name.startswith("."):
            return self.tr("A name has no slash in it, and does not begin with a dot.")
        if not folder.is_absolute() or not folder.is_dir():
            return self.tr("There is no folder “{}”. Choose another one.").format(folder)
        if path.exists():
            return self.tr("There is a “{}” in that folder already. Choose another name.").format(
                path.name
            )
        if not os.access(folder, os.W_OK):
            return self.tr("Nothing can be written into “{}”. Choose another folder.").format(
                folder
            )
        return None


class _Words(QLabel):
    """What a choice means; a click on them chooses it, as one on its name does."""

    def __init__(self, words: str, button: QRadioButton) -> None:
        super().__init__(words, wordWrap=True)
        self.setProperty("role", "muted")
        self.setContentsMargins(_INDENT, 0, 0, 0)
        self._button = button

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._button.click()
        event.accept()


def _documents() -> str:
    """Return where an analyst keeps documents: the home folder, where there is no other."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(place))
    return str(folder if folder.is_dir() else Path.home())
