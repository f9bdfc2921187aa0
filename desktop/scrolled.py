"""What scrolls where a screen has too little room for it, and only there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """As wide as what is in it, as high as there is room; what has the keys is in view."""

    def __init__(self, content: QWidget) -> None:
        super().__init__(widgetResizable=True)
        self._content = content
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        # Not by Tab alone, which Qt follows by itself: by a mnemonic, and by what is wrong.
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, 24)

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(
            self._content.minimumSizeHint().width() + bar, super().minimumSizeHint().height()
        )
