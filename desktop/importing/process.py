"""The import as the window sees it: ``standfirst import`` in a process of its own.

A busy Python thread would make the window stutter, and one way to bring articles in is enough to
trust. The process ends when its standard input does: with the window, or when it is told to stop.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from desktop.importing.report import Line, Outcome
from desktop.starting import start

_TURN = 200  # lines heard in one turn of the event loop
_LAST_WORDS = 3_000  # milliseconds it gets to finish what it is writing


class ImportProcess(QObject):
    """One import; it says how far it is, what became of each, and at last what it came to."""

    progressed = Signal(object)  #: the fields of :class:`desktop.importing.run.Progress`
    told = Signal(object)  #: ``list[Line]``; what was just taken is in the report file alone
    ended = Signal(object)  #: ``{"tally": {outcome: number}, "stopped": bool, "first": id or ""}``
    failed = Signal(str)  #: why nothing more comes in; what came before it is in

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard: deque[str] = deque()
        self._rest, self._words, self._end = "", "", None
        self._process = QProcess(self)
        self._process.readyReadStandardError.connect(self._receive)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._hear)
        self._over = False

    def start(self, project: Path, paths: Sequence[Path], arguments: Sequence[str]) -> None:
        """Begin."""
        what = ("--", str(project), *map(str, paths))
        start(self._process, "import", "--progress", *arguments, *what)

    def stop(self) -> None:
        """Ask it to stop; ``ended`` follows, with what is in by then."""
        self._process.closeWriteChannel()

    def end(self) -> None:
        """End it, and wait until it has gone; nothing more is heard of it."""
        self.blockSignals(True)
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self.stop()
            if not self._process.waitForFinished(_LAST_WORDS):
                self._process.kill()
                self._process.waitForFinished(_LAST_WORDS)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # the one error no `finished` follows
            self.failed.emit(self._process.errorString())

    def _on_finished(self) -> None:
        self._receive()
        self._over = True
        self._turn.start()

    def _receive(self) -> None:
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        *whole, self._rest = (self._rest + said).split("\n")
        self._heard.extend(whole)
        self._turn.start()

    def _hear(self) -> None:
        """Take up some lines; many of them come at once, and the window has others to do."""
        lines: list[Line] = []
        progress = None
        for _ in range(min(_TURN, len(self._heard))):
            said = self._heard.popleft()
            if not said.startswith("{"):
                self._words = said.removeprefix("standfirst: ") or self._words
                continue
            for kind, what in json.loads(said).items():
                if kind == "line":
                    lines.append(Line(**what | {"outcome": Outcome(what["outcome"])}))
                elif kind == "progress":
                    progress = what
                else:
                    self._end = what
        if lines:
            self.told.emit(lines)
        if progress:
            self.progressed.emit(progress)
        if self._heard:
            return
        self._turn.stop()
        if self._over and self._end is not None:
            self.ended.emit(self._end)
        elif self._over:
            self.failed.emit(self._words or self.tr("The import ended without a word."))
