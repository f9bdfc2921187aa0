"""Who else is at an open project: other programs at its file, and later starts that ask for it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.presence import Presence
from desktop.shell.single import Listener


class Company(QObject):
    """Is known to the others from now on, and knows of them."""

    called = Signal(object)  # list[Path], perhaps empty: come forward and take these in

    def __init__(self, project: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presence: Presence | None = None
        with suppress(OSError):  # nothing can be written there: the store says so better
            self._presence = Presence(project)
        self._listener = Listener(project, self)
        self._listener.called.connect(self.called)

    def others(self) -> bool:
        """Tell whether another program works on the project too."""
        return self._presence is not None and self._presence.others()

    def close(self) -> None:
        """Go."""
        if self._presence:
            self._presence.close()
        self._listener.close()
