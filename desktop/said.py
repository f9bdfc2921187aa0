"""A line in a window that says how things stand, or what is wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel


class Said(QLabel):
    """Says it quietly, or in the colour of a warning where something is ``wrong``."""

    def __init__(self) -> None:
        super().__init__(wordWrap=True)
        self.setObjectName("said")
        self.wrong = False

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say something else."""
        self.wrong = wrong
        self.setText(words)
        self.setProperty("role", "warn" if wrong else "muted")
        self.style().polish(self)
