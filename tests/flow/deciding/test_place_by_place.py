"""Few keys for each place, in the real window: reasons, overlaps, quotations, selecting."""

from __future__ import annotations

import pytest
from flow.toll import TOLL, found, look_at, names_of, said, saved
from PySide6.QtWidgets import QApplication

from db.values import Entity, Position, Span, Stance, Statement, Status
from desktop.article.stretches import NOTHING

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


# --- a reason afterwards


def test_tab_goes_through_the_reasons_and_not_out_of_them(standfirst, keys, desk):
    look_at(keys, "Harbour Act")
    refused = desk.focus
    keys.press("Shift+X", "Tab", "Tab", "Shift+Tab", "Return")
    assert desk.state.row(refused).decision.reason == "type"
    assert standfirst.canvas.hasFocus()


def test_a_reason_can_be_given_to_what_was_just_rejected(standfirst, keys, desk):
    look_at(keys, "Harbour Act")
    refused = desk.focus
    keys.press("X")
    following = desk.focus
    assert isinstance(desk.focused, Entity)
    keys.press("Shift+X", "4")  # behind the three of what is in focus now
    assert desk.state.row(refused).decision.reason == "boundary"
    assert desk.focus == following
    assert not desk.focused.decision.decided
    keys.press("Shift+X", "3")
    assert desk.state.row(following).decision.reason == "not an entity"
    assert desk.state.row(refused).decision.reason == "boundary"


def test_a_reason_is_taken_back_alone(standfirst, keys, desk, qtbot):
    look_at(keys, "Harbour Act")
    refused = desk.focus
    keys.press("X", "Shift+X", "5")
    saved(standfirst, qtbot)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: desk.state.row(refused).decision.reason is None)
    assert desk.state.row(refused).decision.status is Status.REJECTED


# --- overlaps


def test_o_goes_through_what_lies_over_a_place(standfirst, keys, desk):
    keys.go_to(found(TOLL, "Norland", 1).start + 2)
    seen: list[str] = []
    for _ in range(4):
        keys.press("O")
        seen.append(type(desk.focused).__name__)
    assert seen == ["Entity", "Statement", "Stance", "Entity"]


def test_where_nothing_else_lies_o_says_so(standfirst, keys, desk):
    look_at(keys, "Norland")
    keys.press("O")
    assert said(standfirst).startswith("Nothing else lies here")


# --- from quotation to quotation


def test_a_quotation_with_a_side_costs_two_keys(standfirst, keys, desk, qtbot):
    keys.press("Q")
    assert isinstance(desk.focused, Statement)
    assert "bridge toll" in standfirst.inspector.card.side.text()
    keys.press("2")
    (stance,) = desk.state.stances_on(desk.focus)
    assert (stance.position, stance.decision.status) == (Position.AGAINST, Status.ACCEPTED)
    assert desk.focused.decision.status is Status.ACCEPTED
    keys.press("1")
    (stance,) = desk.state.stances_on(desk.focus)
    assert (stance.position, stance.decision.status) == (Position.FAVOR, Status.CORRECTED)

    keys.press("Q")  # the second has no suggested stance: the digit makes one
    text = standfirst.inspector.card.side.text()
    assert "Lind → Varn" in text
    saved(standfirst, qtbot)
    keys.press("1")
    (made,) = desk.state.stances_on(desk.focus)
    assert made.decision.status is Status.ADDED
    assert made.holder.span == found(TOLL, "Lind", 1)
    assert made.target.span == found(TOLL, "Varn")
    assert made.cue == (found(TOLL, "added"),)
    assert desk.focused.decision.status is Status.ACCEPTED

    saved(standfirst, qtbot)
    keys.press("Ctrl+Z")  # one act
    qtbot.waitUntil(lambda: desk.state.get(made.id) is None)
    quote = next(e for e in desk.state.visible if isinstance(e, Statement) and e.cue == made.cue)
    assert not quote.decision.decided


def test_enter_accepts_a_quotation_with_its_stance_and_goes_to_the_next(standfirst, keys, desk):
    keys.press("Q")
    first = desk.focus
    keys.press("Return")
    (stance,) = desk.state.stances_on(first)
    assert stance.decision.status is Status.ACCEPTED
    assert desk.state.get(first).decision.status is Status.ACCEPTED
    second = desk.focus
    assert isinstance(desk.focused, Statement)
    assert second != first
    keys.press("Return")
    assert desk.state.stances_on(second) == []
    assert desk.focus == first
    keys.press("Shift+Q")
    assert desk.focus == second


def test_x_rejects_a_quotation_and_goes_to_the_next(standfirst, keys, desk):
    keys.press("Q")
    first = desk.focus
    keys.press("X")
    assert desk.state.row(first).decision.status is Status.REJECTED
    assert isinstance(desk.focused, Statement)
    keys.press("Return")
    assert desk.focused.decision.status is Status.ACCEPTED  # the only one left is its own next


def test_who_came_to_a_quotation_otherwise_goes_on_as_ever(standfirst, keys, desk):
    keys.go_to(found(TOLL, "toll", 1).start + 1)
    keys.press("O")
    assert isinstance(desk.focused, Statement)
    keys.press("Return")
    assert not isinstance(desk.focused, Statement)


def test_the_footer_names_what_a_stance_made_by_hand_needs_first(standfirst, keys):
    keys.press("Z")
    keys.press("S")
    hints = standfirst.window.footer._hints
    assert [word for _, word in hints][1:5] == ["delete", "stance", "holder", "target"]


def test_the_footer_and_the_menu_say_what_digits_do_on_a_quotation(standfirst, keys):
    keys.press("Q")
    hints = dict(standfirst.window.footer._hints)
    assert hints["1–5"] == "stance"
    assert standfirst.window.actions_table["digit-2"].text() == "Against"


# --- nothing here


@pytest.mark.parametrize(
    ("key", "stretch", "rejected"),
    [
        ("C", "“It was never fair to Varn,” Mr Lind added. Norland pays, Varn does not.", 3),
        ("Shift+C", "“It was never fair to Varn,” Mr Lind added.", 2),
        ("Ctrl+Alt+C", TOLL, 8),
    ],
)
def test_what_is_empty_has_no_open_questions(standfirst, keys, desk, qtbot, key, stretch, rejected):
    look_at(keys, "Varn")
    varn = desk.focus
    keys.press(key)
    assert {
        (TOLL[each.start : each.end].strip(), each.layer) for each in desk.state.checked.values()
    } == {(stretch.strip(), "entities"), (stretch.strip(), "stances")}
    assert desk.state.row(varn).decision.reason == NOTHING
    assert f"{rejected} suggestions in it were rejected" in said(standfirst)
    assert desk.state.left() == 8 - rejected
    assert desk.selection is None

    saved(standfirst, qtbot)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: not desk.state.checked and desk.state.left() == 8)


def test_an_empty_paragraph_is_checked_once_and_kept_empty(standfirst, keys, desk):
    keys.go_to(found(TOLL, "late").start)
    keys.press("C")
    assert "Paragraph checked" in said(standfirst)
    keys.press("C")
    assert "looked at already" in said(standfirst)
    assert len(desk.state.checked) == 2
    look_at(keys, "Norland")
    keys.press("M")  # the fourth Norland stands where nothing is
    assert len(names_of(desk, "Norland")) == 3
    assert "1 decided otherwise is left alone" in said(standfirst)


# --- selecting by keyboard alone


def test_z_selects_the_sentence_and_again_the_paragraph(standfirst, keys, desk):
    keys.go_to(found(TOLL, "ferries", 1).start)
    keys.press("Z")
    assert desk.selection.of(TOLL) == "The ferries run late."
    assert standfirst.canvas.selected == desk.selection
    keys.press("Z")
    assert desk.selection == Span(found(TOLL, "Nothing was").start, found(TOLL, "late.").end)
    keys.press("Z", "Ctrl+C")
    assert QApplication.clipboard().text() == "Nothing was said in Norland about ferries."


def test_a_sentence_is_made_a_stance_with_three_keys(standfirst, keys, desk):
    look_at(keys, "Harbour Act")
    keys.press("Z", "S", "1")
    assert desk.focused.evidence[0].of(TOLL) == "Critics of the Harbour Act agree."
    assert desk.focused.position is Position.FAVOR


def test_bounds_move_by_the_sentence(standfirst, keys, desk):
    keys.press("Q", "O")
    assert isinstance(desk.focused, Stance)
    keys.press("Alt+}")
    said_now = desk.focused.evidence[0].of(TOLL)
    assert said_now == "The bridge toll hurts Norland.” Critics of the Harbour Act agree."
    keys.press("Alt+{")
    assert desk.focused.evidence[0].of(TOLL).startswith("The bridge toll hurts Norland.")
