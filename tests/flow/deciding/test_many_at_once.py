"""Many decisions with one key, in the real window: the same mention everywhere, and accept all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flow.toll import (
    TOLL,
    covered,
    found,
    look_at,
    names_of,
    rows,
    said,
    saved,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from db.values import ArticleStatus, Entity, Origin, Stance, Status
from desktop.article import commands
from desktop.article.bulk_bar import AcceptBar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


# --- the same mention everywhere


def test_m_accepts_a_name_and_all_its_equals_and_one_undo_takes_it_back(
    standfirst, keys, desk, qtbot
):
    look_at(keys, "Norland")
    before = names_of(desk, "Norland")
    keys.press("M")
    assert names_of(desk, "Norland") == [
        ("GPE", Status.ACCEPTED, Origin.MODEL),
        ("GPE", Status.ACCEPTED, Origin.MODEL),
        ("GPE", Status.CORRECTED, Origin.MODEL),
        ("GPE", Status.ADDED, Origin.PROPAGATED),  # where nothing was suggested
    ]
    assert "4 labelled GPE here" in said(standfirst)
    assert covered(desk.focused) == "Mara Lind"  # accepted: the way goes on
    saved(standfirst, qtbot)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: names_of(desk, "Norland") == before)


def test_what_was_corrected_is_corrected_everywhere_but_where_it_was_decided(
    standfirst, keys, desk
):
    look_at(keys, "Norland", 1)
    keys.press("Return")
    look_at(keys, "Norland")
    keys.press("2", "M")
    assert [label for label, *_ in names_of(desk, "Norland")] == ["ORG", "GPE", "ORG", "ORG"]
    assert "1 decided otherwise is left alone" in said(standfirst)


def test_after_a_rejection_the_equals_can_be_rejected_by_one_key(standfirst, keys, desk, qtbot):
    look_at(keys, "Norland")
    keys.press("X")
    assert "1 more “Norland” is open here" in said(standfirst)
    keys.press("M")
    # Only what bore the label that was refused, and nothing is added.
    assert names_of(desk, "Norland") == [("ORG", Status.SUGGESTED, Origin.MODEL)]
    assert covered(desk.focused) == "Mara Lind"
    keys.press("M")  # none is left: the key is about what is in focus again
    assert names_of(desk, "Mara Lind") == [("PERSON", Status.ACCEPTED, Origin.MODEL)]


def test_the_offer_to_reject_the_equals_is_taken_by_mouse(standfirst, keys, desk):
    look_at(keys, "Norland")
    keys.press("X")
    (button,) = standfirst.window.toast.findChildren(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(names_of(desk, "Norland")) == 1


def test_a_name_alone_needs_no_toast(standfirst, keys):
    look_at(keys, "Harbour Act")
    keys.press("X")
    assert said(standfirst) == ""


def test_shift_m_goes_through_all_articles_as_one_act(standfirst, keys, desk, qtbot):
    look_at(keys, "Norland")
    start = rows(standfirst)
    keys.press("Shift+M")
    qtbot.waitUntil(lambda: "in 3 articles" in said(standfirst))
    # Here four, on the radio two (not “Norland Radio”), and of the vote the one not refused.
    assert "“Norland”: 7 labelled GPE in 3 articles" in said(standfirst)
    assert "1 decided otherwise is left alone" in said(standfirst)
    saved(standfirst, qtbot)
    qtbot.waitUntil(lambda: rows(standfirst)["Varn waits"] == (2, 0))
    qtbot.waitUntil(lambda: rows(standfirst)["Norland votes"] == (2, 0))
    assert {row.status for row in standfirst.articles.rows if row.title == "Varn waits"} == {
        ArticleStatus.TODO
    }

    # In another article meanwhile: one undo takes all of it back, there too.
    keys.press("Alt+Up")
    qtbot.waitUntil(lambda: desk.state.text != TOLL)
    other, suggestions = desk.state.article.meta.title, len(desk.state.visible) - 1
    assert any(each.decision.decided for each in desk.state.visible)
    undo = standfirst.window.actions_table["undo"]
    qtbot.waitUntil(lambda: undo.text() == "&Undo label every ‘Norland’ GPE everywhere")
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: not any(each.decision.decided for each in desk.state.visible))
    qtbot.waitUntil(lambda: rows(standfirst) == start)
    assert desk.state.article.meta.title == other
    # What was suggested there is open again, though it was decided when the article was opened.
    assert (desk.state.left(), len(desk.state.visible)) == (suggestions, suggestions)


def test_what_shift_m_decides_elsewhere_has_the_projects_actor_there_as_well(
    standfirst, keys, desk, qtbot
):
    look_at(keys, "Norland")
    keys.press("Shift+M")
    qtbot.waitUntil(lambda: "in 3 articles" in said(standfirst))
    saved(standfirst, qtbot)
    (actor,) = {each.actor for each in entities(desk, "Norland")}
    assert standfirst.actors.book.name(actor) == "Norland"
    for _ in range(2):
        before = desk.state.text
        keys.press("Alt+Up")
        qtbot.waitUntil(lambda before=before: desk.state and desk.state.text != before)
        assert {each.actor for each in entities(desk, "Norland")} == {actor}


def entities(desk, words: str) -> list[Entity]:
    text = desk.state.text
    names = [each for each in desk.state.visible if isinstance(each, Entity)]
    return [each for each in names if each.decision.decided and each.span.of(text) == words]


# --- accept all


def test_accept_all_shows_what_it_will_do_and_does_it_as_one_act(standfirst, keys, desk, qtbot):
    keys.press("Ctrl+Shift+A")
    bar = standfirst.window.findChild(AcceptBar)
    assert bar.hasFocus()
    assert bar.text.startswith("Accept 8 of 8 suggestions score ≥ 0%. ")
    assert "GPE 3" in bar.text
    assert "Against 1" in bar.text
    keys.press(*["Up"] * 17)
    assert bar.text.startswith("Accept 4 of 8 suggestions score ≥ 85%.")
    marked = standfirst.canvas._marked
    assert {desk.state.get(each).decision.score for each in marked} == {0.97, 0.95, 0.85}
    keys.press("+", "-", "Return")
    assert not bar.isVisible()
    assert standfirst.canvas.hasFocus()
    assert not standfirst.canvas._marked
    assert "4 suggestions accepted" in said(standfirst)
    assert desk.state.left() == 4
    stance = next(each for each in desk.state.visible if isinstance(each, Stance))
    assert desk.state.get(stance.statement).decision.status is Status.ACCEPTED

    saved(standfirst, qtbot)
    (undo,) = standfirst.window.toast.findChildren(QPushButton)
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.state.left() == 8)


def test_the_bar_changes_its_scope_by_one_key_and_follows_the_caret(standfirst, keys, desk):
    keys.press("Ctrl+Shift+A", "Ctrl+Shift+A")
    bar = standfirst.window.findChild(AcceptBar)
    assert bar.text.startswith("Accept 1 of 1 suggestions")  # the headline's
    desk.set_focus(desk.state.entity_on(found(TOLL, "Harbour Act")).id)
    QApplication.processEvents()
    assert bar.text.startswith("Accept 4 of 4 suggestions")
    keys.press("Right")
    assert bar.text.startswith("Accept 8 of 8 suggestions")
    keys.press("Left", "Escape")
    assert not bar.isVisible()
    assert standfirst.canvas.hasFocus()
    assert desk.state.left() == 8


def test_the_bar_is_worked_by_mouse(standfirst, keys, desk):
    standfirst.window.actions_table["accept-all"].trigger()
    bar = standfirst.window.findChild(AcceptBar)

    def click(words: str) -> None:
        (button,) = (b for b in bar.findChildren(QPushButton) if b.text().startswith(words))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    for words in ("in this paragraph", "+", "−"):
        click(words)
    click("Accept 1")
    assert desk.state.left() == 7


def test_shift_return_accepts_the_paragraph_and_goes_on(standfirst, keys, desk, qtbot):
    look_at(keys, "Mara Lind")
    keys.press("Shift+Return")
    assert "4 suggestions accepted" in said(standfirst)
    assert covered(desk.focused) == "Varn"
    assert names_of(desk, "Harbour Act") == [("LAW", Status.ACCEPTED, Origin.MODEL)]
    saved(standfirst, qtbot)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: desk.state.left() == 8)


def test_what_is_done_while_much_is_under_way_comes_after_it(
    standfirst, keys, desk, qtbot, monkeypatch
):
    """Slow steps are told from a fast machine's by a turn that does one at a time."""
    monkeypatch.setattr("desktop.article.many._TURN", 0)
    monkeypatch.setattr("desktop.article.many._ATOM", 1)
    monkeypatch.setattr("desktop.article.session.MUCH", 2)
    acts: list[str] = []
    desk.acted.connect(lambda act: acts.append(act.name))
    look_at(keys, "Mara Lind")
    state = desk.state
    steps: list[Callable[..., object]] = [
        lambda s, coder, at, one=one: commands.accept(s, one, coder, at) for one in state.stops()
    ]
    desk.many.do("accept_all", "accept much", steps)
    assert desk.many.busy
    harbour = state.entity_on(found(TOLL, "Harbour Act"))
    desk.set_focus(harbour.id)
    assert desk.reject()
    assert acts == ["accept_all", "reject"]
    saved(standfirst, qtbot)
    qtbot.waitUntil(lambda: standfirst.project.undo_title == "reject ‘Harbour Act’")

    # So is undo: the second waits for the first, however long that is shown step by step.
    keys.press("Ctrl+Z", "Ctrl+Z")
    qtbot.waitUntil(lambda: desk.state.left() == 8 and not desk.many.busy)
    assert desk.state.decided() == 0
