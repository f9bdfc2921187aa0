"""The strip on top: project, menus, how far it is, the command field, and Export."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
)

from desktop.menu import Menu, MenuBar
from desktop.shell.command_field import CommandField
from desktop.shell.menus import MENUS, tr

HEIGHT = 48
_TIGHT = 1180  # pixels; below this the bar goes and the words stay
_NARROW = 800  # pixels; below this the words go too


class Header(QFrame):
    """Shows where the analyst is in the project."""

    def __init__(self, field: CommandField) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setFixedHeight(HEIGHT)
        self.menus = MenuBar()
        self.menus.setAccessibleName(self.tr("Menus"))
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for menu in MENUS:
            self.menus.addMenu(Menu(tr(menu.text).replace("&", ""), self.menus))
        name = QLabel("Standfirst")
        name.setProperty("role", "title")
        self._project = QLabel()
        self._project.setProperty("role", "muted")
        self._project.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setObjectName("progress")
        self._bar.setAccessibleName(self.tr("Articles reviewed"))
        self._bar.setFixedSize(150, 6)
        self._counting = False
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        self.twins = QPushButton()
        self.twins.setObjectName("twins-button")
        self.twins.setProperty("chip", True)
        self.twins.setProperty("tight", True)
        self.twins.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.twins.hide()
        self.export = QPushButton(self.tr("Export…"))
        self.export.setObjectName("export-button")
        self.export.setEnabled(False)  # before there is anything to export

        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(14)
        layout.addWidget(name)
        layout.addWidget(self.menus)
        layout.addWidget(self._project)
        layout.addWidget(self._bar)
        layout.addWidget(self._count)
        layout.addWidget(self.twins)
        layout.addStretch(1)
        layout.addWidget(field, 1000)
        layout.addWidget(self.export)

    def show_project(self, name: str) -> None:
        """Show the project's name."""
        self._project.setText(name)

    def show_progress(self, done: int, total: int) -> None:
        """Show how many of the articles are reviewed; nothing where there is none."""
        number = QLocale().toString
        self._counting = total > 0
        self._bar.setMaximum(max(total, 1))
        self._bar.setValue(done)
        words = self.tr("{} of {} reviewed").format(number(done), number(total))
        self._count.setText(words if self._counting else "")
        self._fit(self.width())

    def show_twins(self, words: str) -> None:
        """Show how many twins the open article has; nothing where it has none."""
        self.twins.setText(words)
        self.twins.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        self._bar.setVisible(self._counting and width >= _TIGHT)
        self._project.setVisible(width >= _TIGHT - 160)
        self._count.setVisible(self._counting and width >= _NARROW)
