"""Menus that have the keys to themselves.

Qt leaves the focus with what lies under an open menu, and takes a letter for the action it is the
shortcut of there.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar


class Menu(QMenu):
    """While it is open, no key means anything but what it means there."""

    def open_once(self, at: QPoint) -> None:
        """Open it at a place on the screen; it is deleted when it closes."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.popup(at)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


class MenuBar(QMenuBar):
    """A bar of such menus: an open one hands it the keys it has no use for."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and QApplication.activePopupWidget():
            event.accept()
            return True
        return super().event(event)
