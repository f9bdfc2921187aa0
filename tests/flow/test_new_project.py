"""A new project begins with labels that are chosen for it."""

from __future__ import annotations

import pytest
from flow.keyboard import Keyboard
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from db import schemes

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_a_new_project_asks_which_labels_it_begins_with(standfirst, qtbot, tmp_path):
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    keys = Keyboard(standfirst)
    keys.press("Ctrl+N")
    (asking,) = standfirst.window.findChildren(QFileDialog)
    path = tmp_path / "Mine.standfirst"
    asking.selectFile(str(path))
    asking.filesSelected.emit([str(path)])
    asking.close()
    standfirst.window.activateWindow()  # as a window manager does
    qtbot.waitUntil(standfirst.window.field.hasFocus)
    assert list(schemes.names()) == ["actors", "news"]
    keys.press("1")
    qtbot.waitUntil(lambda: standfirst.project.ready)
    labels = [label.name for label in standfirst.session.scheme.entities]
    assert labels == ["PERSON", "ORG", "GPE", "NORP"]
    assert standfirst.project.path == path
    assert "EVENT" in standfirst.suggesting.scheme.names.unwanted
