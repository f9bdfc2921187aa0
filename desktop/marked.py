"""Buttons that show whether something is so, and leave it to whoever knows to say it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QPushButton


class Marked:
    """Makes a button of Qt's, its second base, checked by :meth:`mark` alone.

    A click asks and checks nothing. Assistive technology does not click what can be checked, it
    toggles it: that asks too.
    """

    _marking = False

    def listen(self: QAbstractButton) -> None:  # pyright: ignore[reportGeneralTypeIssues]
        """Begin; to be called when the button is made."""
        self.setCheckable(True)
        self.toggled.connect(self._on_toggled)  # pyright: ignore[reportAttributeAccessIssue]

    def mark(self: QAbstractButton, so: bool) -> None:  # pyright: ignore[reportGeneralTypeIssues]
        """Show whether it is so."""
        self._marking = True  # pyright: ignore[reportAttributeAccessIssue]
        self.setChecked(so)
        self._marking = False  # pyright: ignore[reportAttributeAccessIssue]

    def nextCheckState(self) -> None:
        """Leave the mark to whoever knows."""

    def _on_toggled(self: QAbstractButton, checked: bool) -> None:  # pyright: ignore[reportGeneralTypeIssues]
        if not self._marking:  # pyright: ignore[reportAttributeAccessIssue]
            self.mark(not checked)  # pyright: ignore[reportAttributeAccessIssue]
            self.click()


class MarkedButton(Marked, QPushButton):
    """A push button that is marked."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.listen()
