"""What this program is, and of which version."""

from __future__ import annotations

from importlib.metadata import version

from PySide6.QtCore import Qt, Signal, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from db.values import Model
from desktop.shell.help_page import LICENCES, MODEL_CARD, licences
from desktop.shell.places import log_file


class AboutDialog(QDialog):
    """Names the versions a report of a fault should name, and where the licences are."""

    page_wanted = Signal(str)  # of the help

    def __init__(self, model: Model | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Standfirst"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = QLabel(f"Standfirst {version('standfirst')}")
        name.setProperty("role", "title")
        lines = [
            self.tr("News articles into a corpus: who said what about whom, and which side."),
            self.tr("Everything happens on this machine; nothing is sent anywhere."),
            "",
            self.tr("Model: {}").format(f"{model.name} {model.version}" if model else "–"),
            f"Qt {qVersion()}",
            self.tr("Log: {}").format(log_file()),
        ]
        text = QLabel("\n".join(lines), wordWrap=True)
        text.setProperty("role", "muted")
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        close.setFocus(Qt.FocusReason.OtherFocusReason)
        offered = [(self.tr("The model’s card"), MODEL_CARD)]
        if licences():
            offered.append((self.tr("Licences"), LICENCES))
        for words, page in offered:
            button = buttons.addButton(words, QDialogButtonBox.ButtonRole.HelpRole)
            button.clicked.connect(lambda _=False, page=page: self._show(page))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        for widget in (name, text, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(440)

    def _show(self, page: str) -> None:
        self.accept()
        self.page_wanted.emit(page)
