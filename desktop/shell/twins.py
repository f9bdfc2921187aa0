"""Twins of what came into the open project, looked for beside the window."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from desktop.shell.store import Store
from desktop.starting import start

if TYPE_CHECKING:
    from sqlmodel import Session

_PAUSE = 3_000  # milliseconds: what is opened goes first
_LAST_WORDS = 3_000  # milliseconds it gets to end


class TwinSearch(QObject):
    """Starts ``standfirst twins`` where articles came; it may be ended anywhere and goes on."""

    found = Signal()
    """It is through: twins may have been found."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._process: QProcess | None = None
        self._failed = False
        self.pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self.pause.timeout.connect(self._ask)

    @property
    def busy(self) -> bool:
        """Whether it is looking."""
        return self._process is not None

    def soon(self) -> None:
        """Look when nothing else has happened for a while."""
        self.pause.start()

    def stop(self) -> None:
        """End with the project."""
        self.pause.stop()
        process, self._process = self._process, None
        if process:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(_LAST_WORDS)

    def _ask(self) -> None:
        def run(session: Session) -> bool:
            from db import twins

            return twins.unsought(session)

        def then(unsought: bool) -> None:
            if unsought and not self.busy and not self._failed:
                self._begin()

        self._store.ask(run, then)

    def _begin(self) -> None:
        process = self._process = QProcess(self)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        start(process, "twins", "--beside", str(os.getpid()), str(self._store.path))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # the one error no `finished` follows
            self._on_finished(1)

    def _on_finished(self, code: int) -> None:
        self._failed = code != 0  # not again before the project is opened anew
        self._store.take_in(self._through)

    def _through(self) -> None:
        if self._process:
            self._process.deleteLater()
        self._process = None
        self.found.emit()
