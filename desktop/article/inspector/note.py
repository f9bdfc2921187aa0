"""The note on what is in focus."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from db.values import Annotation
from desktop.article.session import ArticleSession
from desktop.article.wording import tr


class NoteField(QLineEdit):
    """Saves the note when the analyst leaves the field or presses Return; Escape takes it back."""

    left = Signal()

    def __init__(self, session: ArticleSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._on: UUID | None = None
        self._saved = ""
        self.setAccessibleName(tr("Note"))
        self.let_write(True)
        self.editingFinished.connect(self._save)

    def show_note(self, annotation: Annotation) -> None:
        """Show an annotation's note; what is being written on the same one stays."""
        note = annotation.decision.note or ""
        if annotation.id != self._on or note != self._saved:
            self._on, self._saved = annotation.id, note
            self.setText(note)
            self.setCursorPosition(0)

    def let_write(self, open_: bool) -> None:
        """Ask for a note, or only show the one that is there."""
        self.setReadOnly(not open_)
        self.setPlaceholderText(tr("Note  N") if open_ else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._saved)
            self.left.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.left.emit()

    def _save(self) -> None:
        written = self.text().strip()
        if written != self._saved and self._on == self._session.focus:
            self._saved = written
            self._session.set_note(written)
