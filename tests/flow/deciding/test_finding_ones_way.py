"""Where one was, where the keys are, and what the footer says they do."""

from __future__ import annotations

import pytest
from flow.keyboard import followed
from flow.toll import RADIO, look_at, said
from PySide6.QtWidgets import QApplication, QLabel

from db.values import Stance, Status
from desktop.shell.keys_page import KeysPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def footer(standfirst) -> dict[str, str]:
    """Return the keys that the footer names, with their words."""
    pairs = standfirst.window.footer._pairs
    return {cap.text(): word.text() for cap, word in pairs if cap.text()}


# --- back to the one before


def test_one_goes_back_to_what_was_accepted_too_soon(keys, desk):
    look_at(keys, "Harbour Act")
    hasty = desk.focus
    keys.press("Return")
    between = desk.focus
    keys.press("Return")
    keys.press("Backspace")
    assert desk.focus == between
    keys.press("Backspace")
    assert desk.focus == hasty
    keys.press("3")
    assert desk.focused.decision.status is Status.CORRECTED


def test_there_is_no_way_back_from_where_one_began(standfirst, keys, desk, qtbot):
    keys.press("Backspace")
    assert said(standfirst).startswith("Nothing else was looked at before.")
    look_at(keys, "Mara Lind")
    keys.press("Alt+Up")
    qtbot.waitUntil(lambda: desk.state.text == RADIO)
    keys.press("Backspace")
    assert said(standfirst).startswith("Nothing else was looked at before.")


# --- from pane to pane


def test_two_presses_lead_from_the_text_to_the_actors(standfirst, keys, desk):
    """Who joins two of them must not go through every button of the card before."""
    keys.press("F6")
    assert standfirst.inspector.isAncestorOf(QApplication.focusWidget())
    keys.press("F6")
    assert standfirst.inspector._lists.isAncestorOf(QApplication.focusWidget())
    assert QApplication.focusWidget() is standfirst.inspector.actors
    keys.press("F6")
    assert standfirst.library.isAncestorOf(QApplication.focusWidget())
    keys.press("F6", "F6")
    assert QApplication.focusWidget() is standfirst.canvas


@pytest.mark.parametrize("on", ["a name", "a stance"])
def test_tab_goes_down_the_card_as_the_eye_does(standfirst, keys, desk, on):
    stance = next(each for each in desk.state.visible if isinstance(each, Stance))
    desk.set_focus(stance.id)  # its buttons are made when they are first shown
    if on == "a name":
        look_at(keys, "Mara Lind")
    keys.press("F6", "Tab", "Tab")  # past the two arrows
    card, places = standfirst.inspector.card, []
    while (here := keys.here()) and card.isAncestorOf(here):
        place = here.mapTo(standfirst.window, here.rect().center())
        places.append((place.y() // 12, place.x()))
        keys.press("Tab")
    assert len(places) > 10
    assert places == sorted(places)


# --- what the footer says


def test_the_footer_calls_the_keys_of_a_quotation_by_what_they_fill(standfirst, keys):
    keys.press("Q")
    shown = footer(standfirst)
    assert (shown["H"], shown["T"]) == ("who said it", "said to")
    keys.press("O")
    shown = footer(standfirst)
    assert (shown["H"], shown["T"]) == ("holder", "target")


def test_the_footer_names_enter_only_where_it_accepts(standfirst, keys, desk):
    look_at(keys, "Mara Lind")
    assert footer(standfirst)["↵"] == "accept"
    keys.press("1", "2", "1")
    assert desk.focused.decision.decided
    assert "↵" not in footer(standfirst)
    assert footer(standfirst)["Tab"] == "next"


def test_the_footer_names_no_key_that_does_nothing_where_the_keys_are(standfirst, keys):
    look_at(keys, "Mara Lind")
    assert {"Tab", "↵", "X"} <= footer(standfirst).keys()
    keys.press("F6", "F6")  # the actors: Tab goes on to what lies below
    shown = footer(standfirst)
    assert shown["Esc"] == "back to the article"
    assert "X" in shown and not {"Tab", "↵"} & shown.keys()
    keys.press("Ctrl+K")  # what is typed here stays here
    shown = footer(standfirst)
    assert not {"Tab", "↵", "X", "1–9"} & shown.keys()
    keys.press("Escape")
    assert "Tab" in footer(standfirst)


def test_f1_shows_the_projects_own_keys_too(standfirst, keys, qtbot):
    keys.press("F1")
    page = standfirst.window.findChild(KeysPage)
    qtbot.waitUntil(page.isVisible)
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert texts[texts.index("THIS PROJECT’S LABELS") :][1:5] == ["1", "PERSON", "2", "ORG"]
    assert texts[texts.index("THIS PROJECT’S STANCES") :][1:3] == ["1", "For"]
    assert "Select" in texts and "Join as one actor" in texts
    keys.press("Escape")


def test_an_undo_that_goes_back_to_an_article_selects_that_one_alone(standfirst, keys, desk, qtbot):
    first = desk.state.article.id
    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: desk.state.article.id != first)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: desk.state.article.id == first)
    followed(standfirst)
    assert len(standfirst.library.list.selectionModel().selectedRows()) == 1
