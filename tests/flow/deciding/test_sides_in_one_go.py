"""A stance with one chord: what it is about is selected, the rest is read off the text around."""

from __future__ import annotations

import pytest
from flow.mouse import Mouse
from flow.toll import TOLL, found, look_at, said, saved

from db.values import Position, RefKind, Span, Stance, Status

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def made(desk) -> Stance:
    assert isinstance(desk.focused, Stance)
    return desk.focused


def test_the_words_that_are_selected_are_the_target_and_their_sentence_the_evidence(
    standfirst, keys, desk, qtbot
):
    keys.select(found(TOLL, "ferries", 1))
    keys.press("Alt+2")
    stance = made(desk)
    assert stance.position is Position.AGAINST
    assert stance.target.span == found(TOLL, "ferries", 1)
    assert [piece.of(TOLL) for piece in stance.evidence] == ["The ferries run late."]
    assert stance.holder.kind is RefKind.WRITER  # nobody is named in the paragraph
    assert stance.decision.status is Status.ADDED
    assert desk.selection is None

    saved(standfirst, qtbot)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: desk.state.get(stance.id) is None)


def test_in_a_quotation_it_is_the_speakers_and_what_is_said_is_the_evidence(keys, desk):
    keys.select(found(TOLL, "Varn"))
    keys.press("Alt+1")
    stance = made(desk)
    assert stance.holder.span == found(TOLL, "Lind", 1)
    assert stance.target.entity == desk.state.entity_on(found(TOLL, "Varn")).id
    assert stance.evidence == (found(TOLL, "It was never fair to Varn,"),)
    assert desk.state.get(stance.statement).decision.status is Status.ACCEPTED


def test_elsewhere_a_person_named_before_holds_it_rather_than_a_place_that_is_nearer(keys, desk):
    look_at(keys, "Harbour Act")  # a name in focus does as well as a selection
    keys.press("Alt+1")
    stance = made(desk)
    assert stance.target.entity == desk.state.entity_on(found(TOLL, "Harbour Act")).id
    assert stance.holder.span == found(TOLL, "Mara Lind")
    keys.select(found(TOLL, "bridge toll"))
    keys.press("Alt+3")
    assert made(desk).holder.span == found(TOLL, "Norland")


def test_what_is_suggested_already_is_decided_on_and_not_made_twice(keys, desk):
    before = [each.id for each in desk.state.stances]
    keys.select(found(TOLL, "bridge toll", 1))
    keys.press("Alt+4")
    assert [each.id for each in desk.state.stances] == before
    assert made(desk).position is Position.MIXED
    assert made(desk).decision.status is Status.CORRECTED


def test_where_nothing_is_pointed_at_the_keys_do_nothing(standfirst, keys, desk):
    keys.go_to(found(TOLL, "ferries").start)
    desk.set_focus(None)
    before = desk.state.stances
    keys.press("Alt+1")
    assert desk.state.stances == before
    assert not standfirst.window.actions_table["side-1"].isEnabled()


def test_the_menu_and_the_footer_say_what_they_do(standfirst, keys, desk):
    keys.select(found(TOLL, "ferries"))
    assert dict(standfirst.window.footer._hints)["Alt 1–5"] == "stance on it"
    assert standfirst.window.actions_table["side-2"].text() == "Stance on this: Against"


def test_the_other_button_offers_it(standfirst, desk, qtbot):
    mouse, ferries = Mouse(standfirst), found(TOLL, "ferries", 1)
    mouse.select(ferries)
    mouse.context(Span(ferries.start + 2, ferries.start + 4), "Stance on this: For")
    assert made(desk).target.span == ferries
    assert made(desk).position is Position.FAVOR
    assert not said(standfirst)
