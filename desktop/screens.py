"""How large a window can be: at 200 % a laptop's screen has 720 by 450 pixels."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME = QSize(8, 44)  # pixels; title bar and edges, which are known only when it is on screen
_SMALL = 800  # pixels; on a wider screen a window may be moved beyond its edge
_ANY = 16_384


def room_on(screen_of: QWidget) -> int:
    """Return how many pixels wide a window must be at most on the screen that a widget is on."""
    width = screen_of.screen().availableSize().width()
    return width - FRAME.width() if width < _SMALL else _ANY


def room_for(window: QWidget) -> QSize:
    """Return how large a window can be without its frame, on the screen that it is on."""
    return window.screen().availableSize() - FRAME


def open_with(window: QWidget, width: int, height: int) -> None:
    """Let a window have so many pixels when it opens, or as many as its screen has."""
    window.resize(QSize(width, height).boundedTo(room_for(window)))
