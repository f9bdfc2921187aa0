"""The note on what is in focus: written beside the text, kept with what it was written on."""

import pytest
from PySide6.QtCore import Qt

from tests.article.on_page import a_turn


@pytest.fixture(autouse=True)
def _on_the_desk(session, news):
    session.load(news.article, news.suggestions)


@pytest.fixture
def card(inspector):
    return inspector.card


def test_a_note_is_saved_with_return_and_taken_back_with_escape(session, inspector, card, qtbot):
    inspector.edit_note()
    qtbot.waitUntil(card.note.hasFocus)
    qtbot.keyClicks(card.note, "Which Norland?")
    with qtbot.waitSignal(inspector.left):
        qtbot.keyClick(card.note, Qt.Key.Key_Return)
    assert session.focused.decision.note == "Which Norland?"
    qtbot.keyClicks(card.note, " No.")
    with qtbot.waitSignal(inspector.left):
        qtbot.keyClick(card.note, Qt.Key.Key_Escape)
    assert session.focused.decision.note == "Which Norland?"
    a_turn()
    assert card.note.text() == "Which Norland?"


def test_a_note_stays_with_what_it_was_written_on(session, inspector, card, qtbot):
    inspector.edit_note()
    qtbot.waitUntil(card.note.hasFocus)
    qtbot.keyClicks(card.note, "half a no")
    session.step(1)
    card.accept.setFocus()
    assert session.focused.decision.note is None
    a_turn()
    assert card.note.text() == ""
