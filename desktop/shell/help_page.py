"""The help, in the program and without a network: the pages of ``resources/help``, and licences."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QWidget,
)

import resources
from desktop.screens import open_with

_LIST = 300  # pixels
_ROW = 28  # pixels
_APART, _BEFORE_HEADING = 10, 22  # pixels
_LINE = 140  # per cent of its height
START = "start.md"
MODEL_CARD = "README.md"
LICENCES = "licences.txt"
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")  # drawn for the web, and Qt cannot


class HelpPage(QDialog):
    """Shows one page, with the list of all beside it; the window stays usable meanwhile."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Pages"))
        self._list.setProperty("framed", True)
        self._list.setFixedWidth(_LIST)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.browser = QTextBrowser(openLinks=False)
        self.browser.setAccessibleName(self.tr("Help page"))
        self.browser.document().setDocumentMargin(24)
        self.browser.anchorClicked.connect(self._follow)
        for page in _pages():
            item = QListWidgetItem(self._title(page))
            item.setData(Qt.ItemDataRole.UserRole, page)
            item.setSizeHint(QSize(0, _ROW))
            self._list.addItem(item)
        self._list.currentItemChanged.connect(
            lambda item: self._read(item.data(Qt.ItemDataRole.UserRole))
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self._list)
        layout.addWidget(self.browser, 1)
        open_with(self, 1000, 680)

    def show_page(self, name: str) -> None:
        """Show a page by its file's name, such as :data:`START`."""
        for row in range(self._list.count()):
            if self._list.item(row).data(Qt.ItemDataRole.UserRole).name == name:
                self._list.setCurrentRow(row)
        self.browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def _title(self, page: Path) -> str:
        if page.name == LICENCES:
            return self.tr("Licences")
        if page.name == MODEL_CARD:
            return self.tr("The model’s card")
        with page.open(encoding="utf-8") as lines:
            return next(lines).removeprefix("# ").replace("`", "").strip()

    def _read(self, page: Path) -> None:
        text = page.read_text("utf-8")
        if page.suffix == ".md":
            self.browser.setMarkdown(_PICTURE.sub("", text))
            _space_out(self.browser.document())
            self.browser.moveCursor(QTextCursor.MoveOperation.Start)
        else:
            self.browser.setPlainText(text)

    def _follow(self, url: QUrl) -> None:
        """Go to another page here, or to another place in this one; the web opens outside."""
        if not url.isRelative():
            QDesktopServices.openUrl(url)
        elif url.path():
            self.show_page(Path(url.path()).name)
        else:
            self.browser.scrollToAnchor(url.fragment())


def _space_out(document: QTextDocument) -> None:
    """Give paragraphs and lines the room that Markdown's own layout leaves out."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        form.setBottomMargin(_APART if not form.nonBreakableLines() else 0)
        form.setTopMargin(_BEFORE_HEADING if form.headingLevel() > 1 else form.topMargin())
        form.setLineHeight(_LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(form)
        block = block.next()


def _pages() -> list[Path]:
    """Return the pages in the order of the list: the first steps first, the licences last."""
    pages = sorted(resources.path("help").glob("*.md"), key=lambda page: page.name)
    pages.sort(key=lambda page: page.name != START)
    return [*pages, resources.path("model", MODEL_CARD), *licences()]


def licences() -> list[Path]:
    """Return the licences of all that is bundled; a checkout, which bundles nothing, has none."""
    try:
        return [resources.path(LICENCES)]
    except FileNotFoundError:
        return []
