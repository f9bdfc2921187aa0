"""The colours a label can have, by key and for those who see none of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop import theme
from desktop.scheme.colour_field import ColourField

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def field(qtbot):
    field = ColourField()
    qtbot.addWidget(field)
    field.show_colour("org", "Harbour Board", {"PERSON": theme.quartet("person")})
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    return field


def chosen(field: ColourField) -> list[str]:
    return [token for token, swatch in field.swatches.items() if swatch.isChecked()]


def test_arrows_go_from_colour_to_colour_and_space_takes_one(field, qtbot):
    field.swatches["org"].setFocus()
    qtbot.waitUntil(field.swatches["org"].hasFocus)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert field.token == "place"
    assert chosen(field) == ["place"]


def test_assistive_technology_toggles_a_colour_and_it_is_taken(field, qtbot):
    with qtbot.waitSignal(field.changed):
        field.swatches["law"].toggle()
    assert field.token == "law"
    assert chosen(field) == ["law"]
    field.swatches["law"].toggle()  # it is in force already, and stays so
    assert chosen(field) == ["law"]
