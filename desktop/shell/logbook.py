"""The window's log: what went wrong, in a file of the platform's place, kept small."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from desktop.shell.places import log_file

_SIZE, _OLD = 512 * 1024, 3
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def keep(tell: Callable[[str], object]) -> None:
    """Write a log from now on; an error nobody expected is logged and told with ``tell``."""
    file = log_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=_SIZE, backupCount=_OLD, encoding="utf-8")
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, handlers=[handler])

    def from_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        logging.getLogger("qt").log(_LEVELS[kind], text)

    def unexpected(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        logging.getLogger("standfirst").error("unexpected", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        tell(str(error) or kind.__name__)

    qInstallMessageHandler(from_qt)
    sys.excepthook = unexpected
