"""One window a project: a second start hands its files to the running window and goes.

Who may show a project is settled by :mod:`desktop.shell.claim`.
"""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.shell.claim import name_of

_PATIENCE = 1_000  # milliseconds; a window that does not answer is not there


def hand_over(project: Path, files: list[Path]) -> bool:
    """Ask the window that has ``project`` open to come forward and take ``files`` in.

    Returns False if there is no such window.
    """
    socket = QLocalSocket()
    socket.connectToServer(name_of(project))
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(json.dumps([str(file) for file in files]).encode() + b"\n")
    heard = socket.waitForBytesWritten(_PATIENCE) and socket.waitForReadyRead(_PATIENCE)
    socket.disconnectFromServer()
    return heard


class Listener(QObject):
    """Hears later starts of the same project."""

    called = Signal(object)  # list[Path], perhaps empty: come forward and take these in

    def __init__(self, project: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = name_of(project)
        QLocalServer.removeServer(name)  # left by a window that was killed
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._server.listen(name)

    def close(self) -> None:
        """Hear no more."""
        self._server.close()

    def _greet(self) -> None:
        while socket := self._server.nextPendingConnection():
            socket.setParent(self)
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            names = json.loads(bytes(socket.readLine().data()))
            socket.write(b"\n")
            socket.flush()
            self.called.emit([Path(name) for name in names])
