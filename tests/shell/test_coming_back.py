"""After a restart the analyst goes on where the work was left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop import app
from desktop.article.places import main_span
from desktop.shell.settings import Settings


def test_what_was_in_focus_is_in_focus_again_and_on_screen(standfirst, qtbot, project):
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    session, canvas = standfirst.session, standfirst.canvas
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    canvas.setFocus()
    qtbot.waitUntil(standfirst.window.actions_table["next"].isEnabled)
    for _ in range(40):
        qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    left = session.focus
    assert canvas.verticalScrollBar().value() > 0
    qtbot.waitUntil(lambda: standfirst.project.store.idle)
    standfirst.window.close()

    again = app.start(project, [], Settings())
    assert again is not None
    qtbot.waitUntil(lambda: again.project is not None and again.project.ready)
    assert again.session.focus == left
    focused = again.session.focused
    assert focused is not None
    assert main_span(focused).overlaps(again.canvas.lines().extent)
    again.window.close()
