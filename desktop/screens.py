"""How large a window can be: at 200 % a laptop's screen has 720 by 450 pixels."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME = QSize(8, 44)  # pixels; title bar and edges, which are known only when it is on screen


def room_for(window: QWidget) -> QSize:
    """Return how large a window can be without its frame, on the screen that it is on."""
    return window.screen().availableSize() - FRAME


def open_with(window: QWidget, width: int, height: int) -> None:
    """Let a window have so many pixels when it opens, or as many as its screen has."""
    window.resize(QSize(width, height).boundedTo(room_for(window)))
