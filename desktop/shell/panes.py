"""Going from pane to pane by key (F6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

STOP = "stop"
"""A property of a widget within a pane that is gone to by itself, past what comes before it."""


def go_on(panes: Iterable[QWidget]) -> None:
    """Move the keys to the next of these panes that can be seen and takes them."""
    stops = [stop for pane in panes if pane.isVisible() for stop in _stops(pane)]
    focus = QApplication.focusWidget()
    inside = [at for at, stop in enumerate(stops) if focus is stop or _holds(stop, focus)]
    here = inside[-1] if inside else -1  # what lies in a pane comes after it
    for stop in (*stops[here + 1 :], *stops[: here + 1]):
        target = stop if stop.focusPolicy() & Qt.FocusPolicy.TabFocus else _first_in(stop)
        if target:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _stops(pane: QWidget) -> Iterator[QWidget]:
    yield pane
    yield from (w for w in pane.findChildren(QWidget) if w.property(STOP) and w.isVisible())


def _holds(pane: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and pane.isAncestorOf(widget)


def _first_in(pane: QWidget) -> QWidget | None:
    inside = pane.findChildren(QWidget)
    return next(
        (w for w in inside if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus), None
    )
