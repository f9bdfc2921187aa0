"""The application, as far as it is asked for files from outside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """On macOS a double click on a project is an event, which may come at any time."""

    asked = Signal(object)  #: a ``Path`` to be opened

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self.asked.emit(Path(event.file()))
            return True
        return super().event(event)
