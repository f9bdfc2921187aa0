"""A person with a mouse: every press goes to the window, which finds out what lies there."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget

from db.values import Annotation, Span
from desktop.app import Standfirst
from desktop.article.places import main_span
from tests.flow.keyboard import followed

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
_AIR, _PATIENCE = 100, 100  # code points, turns of the wheel
NONE = Qt.KeyboardModifier.NoModifier


class Mouse:
    """``clicks`` counts presses; a drag is one."""

    def __init__(self, app: Standfirst) -> None:
        self.app = app
        self.clicks = 0

    def click(
        self, widget: QWidget, at: QPoint | None = None, button: Qt.MouseButton = LEFT
    ) -> None:
        """Click a widget in its middle, or at a place of it."""
        window = widget.window()

        def place() -> QPoint:
            return widget.mapTo(window, at or widget.rect().center())

        for _ in range(_PATIENCE):  # it may still be finding its place
            if window.childAt(place()) in (widget, None):
                break
            QApplication.processEvents()
        assert (window.childAt(place()) or window) is widget, "something lies over it"
        QTest.mouseMove(window.windowHandle(), place())
        QTest.mouseClick(window.windowHandle(), button, NONE, place())
        followed(self.app)
        self.clicks += 1

    # --- in the text

    @property
    def text(self) -> str:
        """The article's text."""
        assert self.app.session.state is not None
        return self.app.session.state.text

    def point(self, span: Span) -> QPoint:
        """Return the middle of a stretch's first piece, in the canvas's viewport."""
        return self.app.canvas.lines().pieces(span)[0].letters().center().toPoint()

    def look_at(self, annotation: Annotation) -> None:
        """Click an annotation in the text."""
        self.scroll_to(main_span(annotation))
        self.click(self.app.canvas.viewport(), self.point(main_span(annotation)))

    def select(self, span: Span) -> None:
        """Drag over a stretch of the text."""
        self.scroll_to(span)
        start, end = self._edges(span)
        self.drag(start + QPoint(2, 0), end)  # at its very edge, what is in focus is taken hold of
        assert self.app.session.selection == span

    def drag_edge(self, annotation: Annotation, span: Span) -> None:
        """Drag the edge of what is in focus that is not yet where a span has it."""
        old = self._edges(main_span(annotation))
        new = self._edges(span)
        edge = 0 if old[0] != new[0] else 1
        self.drag(old[edge], new[edge])

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Press at one place of the text, move, and let go at another."""
        viewport = self.app.canvas.viewport()
        window = viewport.window()
        places = [viewport.mapTo(window, start + (end - start) * step / 4) for step in range(5)]
        handle = window.windowHandle()
        QTest.mouseMove(handle, places[0])
        QTest.mousePress(handle, LEFT, NONE, places[0])
        for place in places[1:]:
            QTest.mouseMove(handle, place)
            QApplication.processEvents()
        QTest.mouseRelease(handle, LEFT, NONE, places[-1])
        followed(self.app)
        self.clicks += 1

    def scroll_to(self, span: Span) -> None:
        """Turn the wheel until a stretch is on screen."""
        canvas = self.app.canvas
        viewport, handle = canvas.viewport(), canvas.window().windowHandle()
        place = QPointF(viewport.mapTo(canvas.window(), viewport.rect().center()))
        for _ in range(_PATIENCE):
            seen = canvas.lines().extent
            if seen.covers(Span(max(span.start - _AIR, 0), min(span.end + _AIR, len(self.text)))):
                return
            down = span.end + _AIR > seen.end
            QTest.wheelEvent(handle, place, QPoint(0, -120 if down else 120))
            QApplication.processEvents()

    def _edges(self, span: Span) -> tuple[QPoint, QPoint]:
        pieces = self.app.canvas.lines().pieces(span)
        first, last = pieces[0].letters(), pieces[-1].letters()
        return (
            QPointF(first.left(), first.center().y()).toPoint(),
            QPointF(last.right(), last.center().y()).toPoint(),
        )

    # --- in menus

    def choose(self, *words: str) -> None:
        """Click a line of the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        for word in words:
            action = next(a for a in menu.actions() if plain(a.text()) == word)
            self.click(menu, menu.actionGeometry(action).center())

    def menu(self, name: str, line: str) -> None:
        """Open a menu of the menu bar and click a line of it."""
        bar = self.app.window.findChild(QMenuBar)
        assert bar is not None
        action = next(a for a in bar.actions() if plain(a.text()) == name)
        self.click(bar, bar.actionGeometry(action).center())
        self.choose(line)

    def context(self, span: Span, line: str) -> None:
        """Click a stretch of the text with the other button, and then a line of what opens."""
        self.scroll_to(span)
        self.click(self.app.canvas.viewport(), self.point(span), RIGHT)
        self.choose(line)


def plain(text: str) -> str:
    """Return a menu's line as it reads: without mnemonic, digit, key and dots."""
    return re.sub(r"^&\d ", "", text).replace("&", "").split("\t")[0].rstrip("… ")
