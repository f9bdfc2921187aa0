"""The article's details: what is known of it beside its text."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from db.values import Metadata


class MetadataDialog(QDialog):
    """Edits a :class:`db.values.Metadata`; ``meta`` is what was entered."""

    def __init__(self, meta: Metadata, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Article details"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        texts = {
            "title": self.tr("Title"),
            "publication": self.tr("Publication"),
            "section": self.tr("Section"),
            "author": self.tr("Author"),
            "published": self.tr("Published"),
            "url": self.tr("Address"),
            "language": self.tr("Language"),
        }
        self._fields = {name: QLineEdit(getattr(meta, name) or "") for name in texts}
        self._fields["published"].setPlaceholderText(self.tr("2026-08-23"))
        self._fields["language"].setPlaceholderText(self.tr("en"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        for name, field in self._fields.items():
            field.setObjectName(name)
            field.setMinimumWidth(400)
            field.setCursorPosition(0)  # a long title is read from its beginning
            form.addRow(texts[name], field)
        self._wrong = QLabel()
        self._wrong.setProperty("role", "warn")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Save).setProperty("primary", True)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(self._wrong)
        layout.addWidget(buttons)

    @property
    def meta(self) -> Metadata:
        """What the fields say now; an empty field is not known."""
        return Metadata(
            **{name: field.text().strip() or None for name, field in self._fields.items()}
        )

    def _save(self) -> None:
        published = self.meta.published
        try:
            if published:
                datetime.fromisoformat(published)
        except ValueError:
            self._wrong.setText(self.tr("Write the date as year-month-day, such as 2026-08-23."))
            self._fields["published"].setFocus()
            return
        self.accept()
