"""Every word on the screen, and every widget that can have the keys."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QStyle,
    QStyleOptionButton,
    QWidget,
)


def shown(root: QWidget) -> Iterator[QWidget]:
    """Yield a widget and all that is visible in it."""
    yield root
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root):
            yield widget


def words_of(widget: QWidget) -> Iterator[str]:
    """Yield what a widget says, on the screen, in its tooltip and to a screen reader."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QMenuBar | QMenu):
        for action in widget.actions():
            yield action.text().split("\t")[0]
            if (menu := action.menu()) is not None:
                yield from words_of(menu)  # pyright: ignore[reportArgumentType]
    if isinstance(widget, QHeaderView) and (model := widget.model()) is not None:
        heads = (model.headerData(at, widget.orientation()) for at in range(widget.count()))
        yield from (head for head in heads if isinstance(head, str))
    if widget.isWindow():
        yield widget.windowTitle()
    yield widget.toolTip()
    yield widget.accessibleName()


def clipped(widget: QWidget) -> str | None:
    """Return what a label or button says if it has no room for it."""
    if isinstance(widget, QLabel):
        box, text = widget.contentsRect(), widget.text()
        if not text or widget.pixmap().isNull() is False:
            return None
        if widget.wordWrap():
            return text if widget.heightForWidth(widget.width()) > widget.height() + 1 else None
        metrics = QFontMetrics(widget.font())
        said = text.replace("&", "") if widget.buddy() else text
        wide = max(metrics.horizontalAdvance(line) for line in said.split("\n"))
        return text if wide > box.width() + 1 else None
    if isinstance(widget, QAbstractButton) and widget.text():
        text = widget.text().replace("&", "")
        needed = QFontMetrics(widget.font()).horizontalAdvance(text)
        if type(widget).__module__.startswith("desktop."):
            return text if widget.minimumSizeHint().width() > widget.width() else None
        option = QStyleOptionButton()
        option.initFrom(widget)
        room = widget.style().subElementRect(
            QStyle.SubElement.SE_PushButtonContents, option, widget
        )
        return text if needed > room.width() + 1 else None
    return None


def windows() -> list[QWidget]:
    """Return the windows on the screen."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible()]
