"""A project that can only be read: what would change it can be seen, and is off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from desktop.article.inspector.choices import Choice
from tests.article.on_page import a_turn

# Without a screen there is no window to raise.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def shut(session, inspector):
    session.coder = None
    session.set_shut(True)
    a_turn()
    return inspector


def on(part) -> list[str]:
    """Return the names of the buttons in view that can be pressed."""
    buttons = part.findChildren(QAbstractButton)
    return [each.text() for each in buttons if each.isVisible() and each.isEnabled()]


def test_nothing_on_the_card_of_a_name_can_be_pressed(session, shut):
    assert on(shut.card) == []
    assert shut.card.title.text() == "Norland"
    assert shut.next.isEnabled()  # one can go through what there is


def test_nothing_on_the_card_of_a_stance_can_be_pressed_but_all_of_it_is_told(session, shut, news):
    session.set_focus(news.stance.id)
    a_turn()
    assert on(shut.card) == []
    holder = next(iter(shut.card.rows.values()))
    assert holder.toolTip() == holder.value  # and not how to change it


def test_a_note_can_be_read_and_copied_but_not_written(session, inspector, qtbot):
    session.set_note("see page 3")
    session.set_shut(True)
    a_turn()
    note = inspector.card.note
    qtbot.keyClicks(note, "x")
    assert note.text() == "see page 3"


def test_an_actor_cannot_be_renamed(shut):
    index = shut.actors.model().index(0, 0)
    assert not index.flags() & (Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled)


def test_in_a_project_that_can_be_changed_all_of_it_is_on_again(session, shut, coder):
    session.coder = coder
    session.set_shut(False)
    a_turn()
    assert {"PERSON", "Accept  ↵", "Reject  X", "Edit  E"} <= set(on(shut.card))
    assert all(choice.isEnabled() for choice in shut.card.findChildren(Choice))
