"""The window's log: what went wrong, in a file of the platform's place, kept small.

An error nobody expected is logged and told, and the window goes on: what was decided is on the
disk. What Python cannot catch leaves traces in a file of its own, and is told at the next start.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop.shell.places import crash_file, last_crash_file, log_file

_SIZE, _OLD = 512 * 1024, 3
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def keep(tell: Callable[[str], object], fallen: Callable[[], object] = lambda: None) -> None:
    """Write a log from now on; an error nobody expected is logged and told with ``tell``.

    ``fallen`` is called where nothing can be saved any more and the program is about to end.
    """
    file = log_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=_SIZE, backupCount=_OLD, encoding="utf-8")
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, handlers=[handler])

    def from_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        logging.getLogger("qt").log(_LEVELS[kind], text)
        if kind is QtMsgType.QtFatalMsg:  # when we return, Qt ends the process
            fallen()

    def unexpected(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        logging.getLogger("standfirst").error("unexpected", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        tell(str(error) or kind.__name__)

    qInstallMessageHandler(from_qt)
    sys.excepthook = unexpected


def crashed_before() -> bool:
    """Tell whether the program fell over the last time, and from now on leave traces if it does.

    The traces of that time are put aside, for a report.
    """
    file, last = crash_file(), last_crash_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    crashed = file.exists() and file.stat().st_size > 0
    if crashed:
        file.replace(last)
    # It stays open: a crash has no time to open it.
    faulthandler.enable(os.open(file, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600))
    return crashed
