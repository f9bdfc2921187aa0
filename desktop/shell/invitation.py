"""What stands in the article's place where there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


class Invitation(QLabel):
    """Says how an article comes in; nothing, before it is known whether there is one."""

    def __init__(self) -> None:
        super().__init__(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "invitation")

    def ask_for(self, *, project: bool) -> None:
        """Ask for a project, or for an article to put into the one that is open."""
        self.setText(
            self.tr("No project is open\n\nOpen one (Ctrl O), or begin a new one (Ctrl N)")
            if project
            else self.tr(
                "Drop articles or folders here\n\n"
                "or import them (Ctrl Shift E), open a text (Ctrl O), or paste one (Ctrl V)"
            )
        )
