"""The help in the window: every page, its links, and the way to the model's card."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QListWidget, QPushButton

import resources
from desktop.shell.about import AboutDialog
from desktop.shell.help_page import HelpPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(standfirst, qtbot):
    qtbot.keyClick(standfirst.window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    found = standfirst.window.findChild(HelpPage)
    qtbot.waitUntil(found.isVisible)
    return found


def titles(page: HelpPage) -> list[str]:
    listed = page.findChild(QListWidget)
    assert listed is not None
    return [listed.item(row).text() for row in range(listed.count())]


def test_the_first_page_is_the_first_steps_and_every_page_is_listed(page):
    assert page.browser.toPlainText().startswith("First steps")
    assert titles(page)[0] == "First steps"
    assert len(titles(page)) >= len(list(resources.path("help").glob("*.md"))) + 1
    page.reject()


def test_a_link_leads_to_its_page_and_the_list_goes_along(page):
    page.browser.anchorClicked.emit(QUrl("keyboard.md"))

    assert page.browser.toPlainText().startswith("Coding by keyboard")
    assert page.findChild(QListWidget).currentItem().text() == "Coding by keyboard"
    page.reject()


def test_the_window_stays_usable_and_help_is_there_once(page, standfirst, qtbot):
    assert not page.isModal()
    standfirst.window.actions_table["help"].trigger()
    assert standfirst.window.findChildren(HelpPage) == [page]
    page.reject()


def test_about_leads_to_the_card_of_the_model(standfirst, qtbot):
    standfirst.window.actions_table["about"].trigger()
    about = standfirst.window.findChild(AboutDialog)
    qtbot.waitUntil(about.isVisible)
    next(b for b in about.findChildren(QPushButton) if "model" in b.text()).click()

    page = standfirst.window.findChild(HelpPage)
    qtbot.waitUntil(page.isVisible)
    assert (
        "CC BY-SA" in page.browser.toPlainText() or "standfirst_news" in page.browser.toPlainText()
    )
    page.reject()
