"""How an article comes in: opened, dropped or pasted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData

if TYPE_CHECKING:
    from desktop.library.readers.incoming import Incoming

PROJECT_SUFFIX = ".standfirst"


def files_in(data: QMimeData) -> list[Path]:
    """Return the local files that are dropped or pasted."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def text_in(data: QMimeData) -> Incoming | None:
    """Return pasted text as an article, None if there is none."""
    from desktop.library.readers.incoming import ReadError
    from desktop.library.readers.text import incoming

    if not data.hasText():
        return None
    name = QCoreApplication.translate("Intake", "The clipboard")
    try:
        return incoming(data.text(), name)
    except ReadError:
        return None
