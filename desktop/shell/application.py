"""The application, as far as it is asked for files from outside the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.shell import file_kinds


class Application(QApplication):
    """On macOS a double click on a project is an event, which may come at any time."""

    asked = Signal(object)  #: a ``Path`` to be opened

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self.asked.emit(Path(event.file()))
            return True
        return super().event(event)


def make_application(arguments: list[str]) -> Application:
    """Return the one application there is, named and dressed."""
    file_kinds.make_known()
    # By name: whoever touches QStyle itself waits for all its enumerations.
    app = Application([*(arguments or ["standfirst"]), "-style", "fusion"])
    app.setApplicationName("standfirst")
    app.setApplicationDisplayName("Standfirst")
    app.setDesktopFileName("standfirst")
    theme.install(app)
    return app
