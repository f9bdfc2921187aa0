"""The project's settings: which pipeline suggests."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

_GROUP = "spacy_models"  # where spaCy's packages make their pipelines known


def installed_pipelines() -> list[str]:
    """Return the names of the spaCy pipelines installed beside us, without importing any."""
    return sorted({point.name for point in entry_points(group=_GROUP)})


class ProjectDialog(QDialog):
    """Chooses the pipeline: the bundled one, an installed one, or one in a folder."""

    def __init__(self, pipeline: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Project settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choice = QComboBox()
        self._choice.setObjectName("pipeline")
        self._choice.setMinimumWidth(320)
        self._choice.addItem(self.tr("Standfirst’s own (English)"), None)
        for name in installed_pipelines():
            self._choice.addItem(name, name)
        self._select(pipeline)
        folder = QPushButton(self.tr("Folder…"))
        folder.clicked.connect(self._ask_folder)
        row = QHBoxLayout()
        row.addWidget(self._choice, 1)
        row.addWidget(folder)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("Suggestions by"), row)
        self._hint = QLabel(
            self.tr(
                "Any spaCy pipeline, in any language, can suggest in this project. Decisions stay; "
                "what is undecided in an article is suggested anew when you open it."
            ),
            wordWrap=True,
        )
        self._hint.setProperty("role", "muted")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Save).setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(self._hint)
        layout.addWidget(buttons)

    @property
    def pipeline(self) -> str | None:
        """The chosen pipeline: a name, a folder's path, or None for the bundled one."""
        return self._choice.currentData()

    def _select(self, pipeline: str | None) -> None:
        at = self._choice.findData(pipeline)
        if at < 0:
            self._choice.addItem(pipeline or "", pipeline)
            at = self._choice.count() - 1
        self._choice.setCurrentIndex(at)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("A spaCy pipeline’s folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take_folder)
        dialog.open()

    def _take_folder(self, folder: str) -> None:
        if (Path(folder) / "config.cfg").exists():
            self._select(folder)
        else:
            self._hint.setText(
                self.tr("There is no spaCy pipeline in {}: it has no config.cfg.").format(folder)
            )
