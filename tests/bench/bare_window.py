"""The least a window with a text in it can be: what ours is measured beside."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QTextEdit

from desktop.shell import trace


class Page(QTextEdit):
    """Says when it has been painted."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: trace.mark("first_paint"))


app = QApplication([])
page = Page(readOnly=True)
page.setPlainText(Path(sys.argv[1]).read_text("utf-8"))
page.resize(1280, 800)
page.show()
app.exec()
