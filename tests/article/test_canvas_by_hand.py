"""The article on its page, with a real mouse and real keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeySequence,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from db.acts import Act
from db.values import Span, Zone, ZoneKind
from desktop.article.canvas import ArticleCanvas
from desktop.article.page import Place
from desktop.article.session import ArticleSession
from tests.article.conftest import News
from tests.article.on_page import article_of, edges, entity_on, middle

LEFT = Qt.MouseButton.LeftButton
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier


def drag(canvas: ArticleCanvas, start: QPoint, end: QPoint, modifier=NONE) -> None:
    viewport = canvas.viewport()
    QTest.mousePress(viewport, LEFT, modifier, start)
    for step in range(1, 5):
        QTest.mouseMove(viewport, start + (end - start) * step / 4)
        QApplication.processEvents()
    QTest.mouseRelease(viewport, LEFT, modifier, end)


# --- the mouse


def test_a_click_looks_at_what_is_there_and_again_at_what_lies_below(
    canvas: ArticleCanvas, session: ArticleSession
):
    text = "The University of Norland agreed."
    outer, inner = entity_on(text, "University of Norland", "ORG"), entity_on(text, "Norland")
    session.load(article_of(text), [outer, inner])
    session.set_focus(None)
    place = middle(canvas, inner.span)
    seen = []
    for _ in range(3):
        QTest.mouseClick(canvas.viewport(), LEFT, NONE, place)
        seen.append(session.focus)
    assert seen == [inner.id, outer.id, inner.id]
    QTest.mouseClick(canvas.viewport(), LEFT, NONE, middle(canvas, Span(0, 3)))
    assert session.focus is None


def test_a_double_click_selects_a_word(canvas: ArticleCanvas, session: ArticleSession, news: News):
    session.load(news.article)
    place = middle(canvas, news.span("bridge"))
    QTest.mouseClick(canvas.viewport(), LEFT, NONE, place)
    QTest.mouseDClick(canvas.viewport(), LEFT, NONE, place)
    assert session.selection == news.span("bridge")


def test_dragging_over_text_selects_code_points(canvas: ArticleCanvas, session: ArticleSession):
    text = "👍👍 The bridge toll hurts"
    session.load(article_of(text))
    span = Span(text.index("bridge"), text.index(" hurts"))
    start, end = edges(canvas, span)
    drag(canvas, start + QPoint(1, 0), end)
    assert session.selection == span


def test_zones_that_come_meanwhile_move_no_text_under_a_hand_that_drags(
    canvas: ArticleCanvas, session: ArticleSession
):
    text = "Ferry pact\nThank you for reading.\nThe bridge toll hurts.\nAnd more."
    session.load(article_of(text))
    span = Span(text.index("bridge"), text.index(" hurts"))
    start, end = edges(canvas, span)
    QTest.mousePress(canvas.viewport(), LEFT, NONE, start + QPoint(1, 0))
    QTest.mouseMove(canvas.viewport(), (start + end) / 2)
    session.set_zones([Zone(0, 10, ZoneKind.HEADLINE), Zone(11, 33, ZoneKind.BOILERPLATE)])
    QTest.mouseMove(canvas.viewport(), end)
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, end)
    assert session.selection == canvas.selected == span
    assert edges(canvas, span) != (start, end)  # the zones are shown now


def test_dragging_an_edge_moves_it_word_by_word_in_one_act(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession, news: News
):
    session.load(news.article, news.suggestions)
    name, whole = news.names["Act"], news.span("Harbour Act")
    session.set_focus(name.id)
    start, _ = edges(canvas, name.span)
    acts: list[Act] = []
    session.acted.connect(acts.append)
    QTest.mouseMove(canvas.viewport(), start)
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.SplitHCursor
    drag(canvas, start, middle(canvas, news.span("Harbour")))
    assert getattr(session.focused, "span", None) == whole
    assert len(acts) == 1


def test_with_alt_an_edge_moves_by_characters(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession, news: News
):
    session.load(news.article, news.suggestions)
    name = news.names["Tuesday"]
    session.set_focus(name.id)
    _, end = edges(canvas, name.span)
    tues = Span(name.span.start, name.span.start + 4)
    QTest.mousePress(canvas.viewport(), LEFT, ALT, end)
    with qtbot.waitSignal(session.acted):
        QTest.mouseRelease(canvas.viewport(), LEFT, ALT, edges(canvas, tues)[1])
    assert getattr(session.focused, "span", None) == tues


def test_escape_calls_a_drag_off(canvas: ArticleCanvas, session: ArticleSession, news: News):
    session.load(news.article, news.suggestions)
    name = news.names["Act"]
    session.set_focus(name.id)
    start, _ = edges(canvas, name.span)
    acts: list[Act] = []
    session.acted.connect(acts.append)
    QTest.mousePress(canvas.viewport(), LEFT, NONE, start)
    QTest.mouseMove(canvas.viewport(), start - QPoint(60, 0))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, start - QPoint(60, 0))
    assert acts == []


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_context_menu_offers_what_can_be_done_at_that_place(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession, news: News
):
    session.load(news.article, news.suggestions)
    name, asked = news.names["Tuesday"], []
    accept = QAction("Accept", canvas)

    def offer(offset: int) -> list[QAction]:
        asked.append(offset)
        return [accept]

    canvas.context_actions = offer
    place = middle(canvas, name.span)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, canvas.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(canvas.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions() == [accept]
    assert session.focus == name.id
    assert name.span.start <= asked[0] <= name.span.end
    menu.close()


# --- the keyboard


def test_shift_and_arrows_select_code_points(canvas: ArticleCanvas, session: ArticleSession):
    text = "👍 The bridge toll"
    session.load(article_of(text))
    canvas.place = Place(caret=2)
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert session.selection == Span(2, 5)
    both = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(canvas, Qt.Key.Key_Right, both)
    QTest.keyClick(canvas, Qt.Key.Key_Right, both)
    assert session.selection == Span(2, text.index("toll"))


@pytest.mark.parametrize(
    "keys",
    ["X", "Return", "Del", "Tab", "Shift+Tab", "[", "{", "1", "Ctrl+V", "Ctrl+Z", "Alt+Down"],
)
def test_the_windows_actions_get_their_keys(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession, news: News, keys: str
):
    session.load(news.article, news.suggestions)
    action = QAction("Act", canvas)
    action.setShortcut(QKeySequence(keys))
    canvas.addAction(action)
    with qtbot.waitSignal(action.triggered):
        QTest.keySequence(canvas, action.shortcut())


# --- focus and scrolling


def test_what_comes_into_focus_off_screen_is_scrolled_to_and_nothing_else_scrolls(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession
):
    text = "\n".join(f"{n} The council met again in Varn. " * 6 for n in range(60))
    here, far = entity_on(text, "3 The"), entity_on(text, "55 The")
    session.load(article_of(text), [here, far])
    qtbot.waitUntil(lambda: canvas.typesetter.done)
    bar = canvas.verticalScrollBar()
    assert session.focus == here.id
    assert bar.value() == 0
    session.set_focus(far.id)
    assert bar.value() > 0
    assert canvas.lines().pieces(far.span)
    value = bar.value()
    session.set_selection(Span(0, 4))
    session.take_suggestions([entity_on(text, f"{n} The") for n in range(10, 50)])
    assert bar.value() == value
    session.accept()
    assert bar.value() == value


def test_the_caret_goes_along_with_the_focus(
    canvas: ArticleCanvas, session: ArticleSession, news: News
):
    session.load(news.article, news.suggestions)
    session.set_focus(news.names["Act"].id)
    assert session.caret is None
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    start = news.names["Act"].span.start
    assert session.selection == Span(start, start + 1)
