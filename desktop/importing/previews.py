"""The first rows of tables, read in the process that reads: a table may be hostile, too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from desktop.library.readers.mapping import Mapping
from desktop.starting import start
from desktop.suggest.protocol import ProtocolError, Unframer, frame

_PATIENCE = 20_000  # milliseconds


@dataclass(frozen=True)
class Table:
    """The first rows of a table, as text; what is guessed of it, and where that is remembered."""

    path: Path
    key: str
    mapping: Mapping
    rows: list[list[str]]


class Previews(QObject):
    """Reads one table after another; those that cannot be read are left to the import to tell."""

    seen = Signal(object)  #: a :class:`Table`
    unseen = Signal(object)  #: the path of one that has no preview

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: list[Path] = []
        self._unframer = Unframer()
        self._process = QProcess(self)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._receive)
        self._process.finished.connect(self._on_finished)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self._process.kill)

    def ask(self, path: Path) -> None:
        """Ask for the first rows of a table."""
        self._wanted.append(path)
        if len(self._wanted) == 1:
            self._send()

    def stop(self) -> None:
        """End the process; nothing more is heard."""
        self.blockSignals(True)
        self._wanted.clear()
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(2_000)

    def _send(self) -> None:
        if self._process.state() == QProcess.ProcessState.NotRunning:
            self._unframer = Unframer()
            start(self._process, "--reading")
        self._process.write(frame({"type": "preview", "path": str(self._wanted[0])}))
        self._patience.start()

    def _receive(self) -> None:
        self._unframer.feed(bytes(self._process.readAllStandardOutput().data()))
        try:
            message = self._unframer.next()
        except ProtocolError:
            self._process.kill()
            return
        if message is None or not self._wanted:  # stopped, and heard once more as it ends
            return
        path = self._wanted[0]
        if message["failed"] is None:
            mapping = Mapping.from_json(message["mapping"])
            self.seen.emit(Table(path, message["key"], mapping, message["rows"]))
        else:
            self.unseen.emit(path)
        self._go_on()

    def _on_finished(self) -> None:
        """It died of a table, or was too slow: that one is left, the next has its turn."""
        if self._wanted:
            self.unseen.emit(self._wanted[0])
            self._go_on()

    def _go_on(self) -> None:
        self._patience.stop()
        if self._wanted:
            del self._wanted[0]
        if self._wanted:
            self._send()
