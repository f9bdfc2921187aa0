"""Reading the article in the real window: finding in it, folding it, and how it is shown."""

from __future__ import annotations

import pytest
from flow.keyboard import Keyboard
from flow.mouse import Mouse
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from db.values import Entity, Span, Zone, ZoneKind
from desktop.app import Standfirst
from desktop.article.find_bar import FindBar
from desktop.article.state import ArticleState
from desktop.shell.settings import Settings


@pytest.fixture
def keys(standfirst: Standfirst, qtbot: QtBot) -> Keyboard:
    qtbot.waitUntil(lambda: standfirst.session.state is not None)
    qtbot.waitUntil(lambda: standfirst.inspector is not None)
    qtbot.waitUntil(lambda: standfirst.project is not None and standfirst.project.ready)
    answers: list[object] = []
    assert standfirst.project is not None
    standfirst.project.store.ask(lambda _: None, answers.append)  # behind the article's reading
    qtbot.waitUntil(lambda: bool(answers))
    standfirst.window.go_to_article()
    return Keyboard(standfirst)


@pytest.fixture
def text(standfirst: Standfirst, keys: Keyboard) -> str:
    return state_of(standfirst).text


def state_of(standfirst: Standfirst) -> ArticleState:
    assert standfirst.session.state is not None
    return standfirst.session.state


def bar_of(standfirst: Standfirst) -> FindBar:
    bar = standfirst.canvas.findChild(FindBar)
    assert isinstance(bar, FindBar)
    return bar


def places(text: str, words: str) -> list[Span]:
    low, found, at = text.lower(), [], -1
    while (at := low.find(words.lower(), at + 1)) >= 0:
        found.append(Span(at, at + len(words)))
    return found


# --- finding


def test_a_word_is_found_selected_and_labelled_by_keys_alone(
    standfirst: Standfirst, keys: Keyboard, text: str
):
    session, wanted = standfirst.session, places(text, "minister")
    assert len(wanted) > 2
    keys.press("Ctrl+F")
    keys.type("minister")
    bar = bar_of(standfirst)
    assert session.selection == wanted[0]
    assert bar.count.text() == f"1 of {len(wanted)}"
    keys.press("Return", "F3")
    assert session.selection == wanted[2]
    keys.press("Shift+Return", "Shift+F3", "Shift+F3")
    assert session.selection == wanted[-1]
    assert bar.count.text() == f"{len(wanted)} of {len(wanted)}"
    keys.press("Return")
    keys.press("Escape")
    assert not bar.isVisible()
    assert standfirst.canvas.hasFocus()
    assert session.selection == wanted[0]
    keys.press("1")
    name = session.focused
    assert isinstance(name, Entity)
    label = session.scheme.on_key("1")
    assert label is not None
    assert (name.span, name.label) == (wanted[0], label.name)


def test_keys_typed_into_the_bar_are_not_the_articles(
    standfirst: Standfirst, keys: Keyboard, text: str
):
    focus, decided = standfirst.session.focus, len(state_of(standfirst).decisions)
    keys.press("Ctrl+F")
    keys.type("xb1")
    keys.press("Return", "Tab")
    assert bar_of(standfirst).field.text() == "xb1"
    assert bar_of(standfirst).count.text() == "Not found"
    assert bar_of(standfirst).isAncestorOf(keys.here())
    assert standfirst.session.focus == focus
    assert len(state_of(standfirst).decisions) == decided
    keys.press("X", "Escape")
    assert standfirst.canvas.hasFocus()
    assert standfirst.session.focus == focus


def test_what_is_selected_is_what_is_looked_for(standfirst: Standfirst, keys: Keyboard, text: str):
    word = places(text, "agreement")[0]
    keys.select(word)
    keys.press("Ctrl+F")
    assert bar_of(standfirst).field.text() == "agreement"
    assert standfirst.session.selection == word
    keys.press("Escape", "F3")
    assert standfirst.session.selection == places(text, "agreement")[1]
    keys.press("Shift+F3")
    assert standfirst.session.selection == word


def test_capitals_and_whole_words_by_mouse_and_kept_for_the_next_time(
    standfirst: Standfirst, keys: Keyboard, text: str
):
    keys.press("Ctrl+F")
    keys.type("the")
    bar, mouse = bar_of(standfirst), Mouse(standfirst)
    everywhere = len(bar._hits)
    mouse.click(bar.whole)
    whole = len(bar._hits)
    mouse.click(bar.case)
    assert everywhere > whole > len(bar._hits) > 0
    assert Settings().find == standfirst.settings.find == {"case", "whole"}
    keys.press("Escape")


def test_the_text_stands_still_while_the_bar_comes_and_goes(
    standfirst: Standfirst, keys: Keyboard, text: str
):
    canvas = standfirst.canvas
    canvas.verticalScrollBar().setValue(120)
    middle = canvas.lines().extent.start + 400
    span = Span(middle, middle + 3)

    def height() -> float:
        return canvas.viewport().y() + canvas.lines().pieces(span)[0].baseline

    before = height()
    keys.press("Ctrl+F")
    QApplication.processEvents()
    assert height() == pytest.approx(before, abs=1)
    keys.press("Escape")
    assert height() == pytest.approx(before, abs=1)


def test_another_article_is_searched_when_it_is_opened(
    standfirst: Standfirst, keys: Keyboard, text: str, qtbot: QtBot
):
    keys.press("Ctrl+F")
    keys.type("the")
    before = bar_of(standfirst).count.text()
    keys.press("Alt+Down")
    qtbot.waitUntil(lambda: state_of(standfirst).text is not text)
    assert bar_of(standfirst).count.text() != before
    other = state_of(standfirst).text
    keys.press("F3")
    assert standfirst.session.selection in places(other, "the")
    keys.press("Escape")


# --- how it is shown


def test_width_spacing_and_font_are_chosen_in_menus_kept_and_lose_no_place(
    standfirst: Standfirst, keys: Keyboard, text: str, qtbot: QtBot
):
    canvas, session = standfirst.canvas, standfirst.session
    standfirst.window.resize(1600, 800)
    word = places(text, "agreement")[2]
    keys.select(word)
    top, focus = canvas.place.top, session.focus
    for identifier, value, kept in (
        ("column", "wide", "wide"),
        ("spacing", "airy", "airy"),
        ("font", "mono", "mono"),
    ):
        _choose(standfirst, identifier, value)
        QApplication.processEvents()
        assert abs(canvas.place.top - top) < 120
        assert session.selection == canvas.selected == word
        assert session.focus == focus
        name = "family" if identifier == "font" else identifier
        assert Settings().view[name] == kept
    assert canvas.document().textWidth() > 700
    assert canvas.lines().pieces(word)[0].height == pytest.approx(17 * 2.1, abs=1)
    _choose(standfirst, "column", "normal")
    assert canvas.document().textWidth() <= 640 + 2 * 14


def test_any_font_of_the_system_is_found_by_typing(
    standfirst: Standfirst, keys: Keyboard, qtbot: QtBot
):
    family = QFontDatabase.families()[-1]
    _choose(standfirst, "font", "other")
    QTest.keyClicks(keys.here(), family)
    keys.press("Return")
    assert standfirst.canvas.document().defaultFont().families()[0] == family
    assert Settings().view["family"] == family


def _choose(standfirst: Standfirst, identifier: str, value: str) -> None:
    menu = standfirst.window.actions_table[identifier].menu()
    assert isinstance(menu, QMenu)
    next(each for each in menu.actions() if each.data() == value).trigger()


def test_b_folds_boilerplate_and_the_window_remembers(
    standfirst: Standfirst, keys: Keyboard, text: str, qtbot: QtBot
):
    canvas = standfirst.canvas
    appeal = text.index("Independent reporting costs money")
    end = text.index("Support us") - 1
    standfirst.session.set_zones([Zone(appeal, end, ZoneKind.BOILERPLATE)])
    qtbot.waitUntil(lambda: canvas.typesetter.done)
    height = canvas.document().size().height()
    keys.press("B")
    assert canvas.document().size().height() < height
    assert Settings().view["folded"] == "True"
    keys.press("Home")
    keys.press("B")
    assert canvas.document().size().height() == height
    assert Settings().view["folded"] == "False"


def test_finding_unfolds_what_hides_a_hit(
    standfirst: Standfirst, keys: Keyboard, text: str, qtbot: QtBot
):
    session, canvas = standfirst.session, standfirst.canvas
    lines = [line for line in text.split("\n") if line]
    start = text.index(lines[3])
    session.set_zones([Zone(start, start + len(lines[3]), ZoneKind.BOILERPLATE)])
    keys.press("B")
    assert not canvas.lines().pieces(Span(start, start + 3))
    keys.press("Ctrl+F")
    keys.type(lines[3][:30])
    assert canvas.lines().pieces(Span(start, start + 3))
    keys.press("Escape")
