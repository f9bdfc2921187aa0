"""While a menu is open, keys mean what they mean there, and nothing behind it is decided."""

from __future__ import annotations

import pytest
from flow.keyboard import followed
from flow.mouse import RIGHT, Mouse
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar

from db.values import Stance
from desktop.article.places import main_span

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def stance(desk) -> Stance:
    """The stance that is suggested, in focus."""
    found = next(each for each in desk.state.visible if isinstance(each, Stance))
    desk.set_focus(found.id)
    return found


def of_a_slot(app, keys, stance) -> None:
    keys.press("T")


def of_reasons(app, keys, stance) -> None:
    Mouse(app).click(app.inspector.card.why)


def of_the_text(app, keys, stance) -> None:
    mouse = Mouse(app)
    mouse.click(app.canvas.viewport(), mouse.point(main_span(stance)), RIGHT)


def of_the_bar(app, keys, stance) -> None:
    bar = app.window.findChild(QMenuBar)
    Mouse(app).click(bar, bar.actionGeometry(bar.actions()[2]).center())


@pytest.mark.parametrize("menu", [of_a_slot, of_reasons, of_the_text, of_the_bar])
def test_a_key_pressed_over_an_open_menu_does_nothing_behind_it(
    standfirst, keys, desk, stance, menu, qtbot
):
    followed(standfirst)
    menu(standfirst, keys, stance)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    before = desk.focus
    keys.press("X", "F4", "Z")
    assert desk.state.row(stance.id) is None  # nothing is decided
    assert desk.focus == before
    while popup := QApplication.activePopupWidget():
        popup.close()
    keys.press("X")
    assert desk.state.row(stance.id) is not None
