"""The article on its page, with real keys and a real mouse."""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid5

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAction,
    QContextMenuEvent,
    QFont,
    QGuiApplication,
    QKeySequence,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from db.acts import Act
from db.values import Article, Decision, Entity, Origin, Span, Status, Zone, ZoneKind
from desktop import theme
from desktop.article.canvas import ArticleCanvas
from desktop.article.page import Place
from desktop.article.scheme import Scheme
from desktop.article.session import ArticleSession
from tests.article.conftest import News

LEFT = Qt.MouseButton.LeftButton
NONE, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
_ID = UUID("a0000000-0000-4000-8000-000000000002")


@pytest.fixture
def session(scheme: Scheme, coder: UUID) -> ArticleSession:
    return ArticleSession(scheme, coder)


@pytest.fixture
def canvas(qtbot: QtBot, session: ArticleSession) -> Iterator[ArticleCanvas]:
    canvas = ArticleCanvas()
    canvas.set_session(session)
    qtbot.addWidget(canvas)
    canvas.resize(900, 700)
    canvas.show()
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    canvas.setFocus()
    yield canvas
    canvas.typesetter.stop()


def article_of(text: str, *zones: Zone) -> Article:
    return Article(_ID, text, "0" * 64, zones=zones)


def entity_on(text: str, words: str, label: str = "GPE", status: Status = Status.SUGGESTED):
    start = text.index(words)
    decision = Decision(status, Origin.MODEL, 0.9)
    return Entity(uuid5(_ID, words), _ID, Span(start, start + len(words)), label, decision)


def middle(canvas: ArticleCanvas, span: Span) -> QPoint:
    return canvas.lines().pieces(span)[0].letters().center().toPoint()


def edges(canvas: ArticleCanvas, span: Span) -> tuple[QPoint, QPoint]:
    pieces = canvas.lines().pieces(span)
    first, last = pieces[0].letters(), pieces[-1].letters()
    return (
        QPointF(first.left(), first.center().y()).toPoint(),
        QPointF(last.right(), last.center().y()).toPoint(),
    )


def drag(canvas: ArticleCanvas, start: QPoint, end: QPoint, modifier=NONE) -> None:
    viewport = canvas.viewport()
    QTest.mousePress(viewport, LEFT, modifier, start)
    for step in range(1, 5):
        QTest.mouseMove(viewport, start + (end - start) * step / 4)
        QApplication.processEvents()
    QTest.mouseRelease(viewport, LEFT, modifier, end)


def format_at(canvas: ArticleCanvas, offset: int) -> QTextCharFormat:
    cursor = QTextCursor(canvas.document())
    cursor.setPosition(canvas.offsets.to_qt(offset) + 1)  # the format left of the cursor
    return cursor.charFormat()


def fill_at(canvas: ArticleCanvas, offset: int) -> str | None:
    while canvas.fills.busy:
        QApplication.processEvents()
    brush = format_at(canvas, offset).background()
    return None if brush.style() is Qt.BrushStyle.NoBrush else brush.color().name()


# --- the text


def test_copying_gives_the_articles_own_text(canvas: ArticleCanvas, session: ArticleSession):
    text = "Tea\u00a0for\u2028two 👍\r\nand \x07 a\ufeff bell\u2029end"
    session.load(article_of(text))
    canvas.selectAll()
    canvas.copy()
    assert QGuiApplication.clipboard().text() == text
    assert session.selection == Span(0, len(text))


def test_headline_standfirst_and_boilerplate_look_like_what_they_are(
    canvas: ArticleCanvas, session: ArticleSession
):
    text = "Ferry pact\nMinister to meet\nThank you.The pact is old.\nGive now."
    glued, body = text.index("Thank"), text.index("The pact")
    appeal = text.index("Give")
    session.load(
        article_of(
            text,
            Zone(0, 10, ZoneKind.HEADLINE),
            Zone(11, 27, ZoneKind.STANDFIRST),
            Zone(glued, body, ZoneKind.BOILERPLATE),
            Zone(body, appeal - 1, ZoneKind.BODY),
            Zone(appeal, len(text), ZoneKind.BOILERPLATE),
        )
    )
    size = {
        words: format_at(canvas, text.index(words)).intProperty(
            QTextCharFormat.Property.FontPixelSize
        )
        or canvas.document().defaultFont().pixelSize()
        for words in ("Ferry", "Minister", "Thank", "The pact", "Give")
    }
    assert size["Ferry"] > size["Minister"] > size["The pact"] > size["Thank"] == size["Give"]
    assert format_at(canvas, 0).fontWeight() == QFont.Weight.Bold
    assert format_at(canvas, glued).foreground().color() == theme.current().muted


def test_zones_that_come_later_change_the_looks_and_nothing_else(
    canvas: ArticleCanvas, session: ArticleSession
):
    text = "Ferry pact\n" + "The council met. " * 40
    name = entity_on(text, "council", "ORG", Status.ACCEPTED)
    session.load(article_of(text), decisions=[name])
    session.set_selection(Span(4, 9))
    session.set_zones([Zone(0, 10, ZoneKind.HEADLINE)])
    assert format_at(canvas, 0).fontWeight() == QFont.Weight.Bold
    assert fill_at(canvas, name.span.start) == theme.current().fill("org").name()
    assert canvas.selected == session.selection == Span(4, 9)


def test_a_long_article_comes_in_slices_and_is_whole_in_the_end(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession
):
    text = "\n".join(f"{n} The council met again, 👍 said Ann. " * 12 for n in range(700))
    last = entity_on(text, "699 The", "CARDINAL", Status.ACCEPTED)
    with qtbot.waitSignal(canvas.first_painted):
        session.load(article_of(text), decisions=[last])
        assert 5_000 < canvas.typesetter.set_to < len(text) / 10
        session.set_focus(None)
    qtbot.waitUntil(lambda: canvas.typesetter.done)
    assert canvas.document().characterCount() == canvas.offsets.to_qt(len(text)) + 1
    assert fill_at(canvas, last.span.start) == theme.current().fill("number").name()


def test_the_place_is_kept_from_one_visit_to_the_next(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession
):
    text = "\n".join(f"{n} The council met again, said Ann. " * 12 for n in range(700))
    top = text.index("500 The")
    session.load(article_of(text))
    canvas.place = Place(caret=top + 40, top=top)
    assert canvas.place == Place(caret=top + 40, top=top)
    qtbot.waitUntil(lambda: canvas.typesetter.done)
    assert canvas.place == Place(caret=top + 40, top=top)
    assert canvas.lines().pieces(Span(top, top + 3))[0].baseline < 40


def test_the_place_is_found_by_a_window_that_is_not_shown_yet(
    qtbot: QtBot, session: ArticleSession
):
    text = "\n".join(f"{n} The council met again, said Ann. " * 12 for n in range(100))
    top = text.index("30 The")
    canvas = ArticleCanvas()
    qtbot.addWidget(canvas)
    canvas.set_session(session)
    session.load(article_of(text))
    canvas.place = Place(top=top)
    canvas.resize(1_000, 600)
    canvas.show()
    qtbot.waitUntil(lambda: canvas.typesetter.done)
    assert canvas.place.top == top
    canvas.resize(700, 600)
    assert canvas.place.top == top


def test_a_word_without_an_end_is_broken_anywhere_so_that_it_can_be_shown(
    canvas: ArticleCanvas, session: ArticleSession
):
    session.load(article_of("data:" + "x" * 100_000))
    assert canvas.wordWrapMode() is QTextOption.WrapMode.WrapAnywhere
    assert canvas.document().firstBlock().layout().lineCount() > 1_000
    session.load(article_of("The council met again."))
    assert canvas.wordWrapMode() is QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


@pytest.mark.parametrize("text", ["", "\n", "x", "\n\n\nx\n"])
def test_the_smallest_articles_are_shown(canvas: ArticleCanvas, session: ArticleSession, text: str):
    session.load(article_of(text))
    assert canvas.document().characterCount() == len(text) + 1
    session.close()
    assert canvas.document().isEmpty()


def test_a_screen_reader_is_given_the_text_and_the_caret(
    canvas: ArticleCanvas, session: ArticleSession, news: News
):
    session.load(news.article)
    interface = QAccessible.queryAccessibleInterface(canvas)
    assert interface.text(QAccessible.Text.Name) == "Article"
    assert interface.role() is QAccessible.Role.EditableText
    words = interface.textInterface()
    assert words.text(0, words.characterCount()) == news.text
    session.set_selection(news.span("bridge"))
    assert words.selectionCount() == 1
    assert words.cursorPosition() == news.span("bridge").end


# --- fills


def test_a_decision_is_filled_and_a_suggestion_is_not(
    canvas: ArticleCanvas, session: ArticleSession, news: News
):
    session.load(news.article, news.suggestions)
    name = news.names["Mara Lind"]
    session.set_focus(name.id)
    assert fill_at(canvas, name.span.start) is None
    session.accept()
    assert fill_at(canvas, name.span.start) == theme.current().fill("person").name()
    assert fill_at(canvas, name.span.end - 1) == theme.current().fill("person").name()
    assert fill_at(canvas, name.span.end) is None


def test_taking_a_decision_back_takes_its_fill_away(
    canvas: ArticleCanvas, session: ArticleSession, news: News
):
    session.load(news.article, news.suggestions)
    name = news.names["Mara Lind"]
    session.set_focus(name.id)
    acts: list[Act] = []
    session.acted.connect(acts.append)
    session.accept()
    session.apply_act(acts[0].inverse())
    assert fill_at(canvas, name.span.start) is None


def test_a_name_inside_evidence_keeps_its_own_fill_and_gives_it_back(
    canvas: ArticleCanvas, session: ArticleSession, news: News, decided: Callable
):
    stance = decided(news.stance, Status.ACCEPTED)
    inner = decided(news.names["Norland again"], Status.ACCEPTED)
    session.load(news.article, decisions=[stance, inner])
    colours = theme.current()
    assert fill_at(canvas, inner.span.start - 1) == colours.fill("against").name()
    assert fill_at(canvas, inner.span.start) == colours.fill("place").name()
    session.set_focus(inner.id)
    session.reject()
    assert fill_at(canvas, inner.span.start) == colours.fill("against").name()


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


# --- size and colours


def test_ctrl_and_the_wheel_zoom_and_the_top_line_stays(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession
):
    text = "\n".join(f"{n} The council met again in Varn. " * 6 for n in range(60))
    session.load(article_of(text))
    top = text.index("30 The")
    canvas.place = Place(top=top)
    place = QPointF(canvas.viewport().rect().center())
    wheel = QWheelEvent(
        place,
        canvas.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(canvas.zoom_changed) as changed:
        QApplication.sendEvent(canvas.viewport(), wheel)
    assert changed.args == [120]
    assert canvas.document().defaultFont().pixelSize() == round(17 * 1.2)
    assert canvas.place.top == top
    canvas.zoom = 1_000
    assert canvas.zoom == 300
    canvas.zoom_reset()
    assert canvas.zoom == 100


def test_a_text_set_anew_again_and_again_while_the_scroll_bar_comes_and_goes(
    canvas: ArticleCanvas, session: ArticleSession
):
    # Found by valgrind: what happens while a document is cleared must not change a cursor.
    text = "\n".join(f"{n} The council met again in Varn. " * 6 for n in range(60))
    session.load(article_of(text))
    for round_ in range(100):
        canvas.zoom = 110 + round_ % 50
    session.load(article_of("The council met."))
    session.load(article_of(text))
    assert canvas.document().characterCount() <= len(text) + 1
    assert canvas.lines().extent.start == 0


def test_dark_and_light_change_while_the_window_is_open(
    qapp: QApplication,
    canvas: ArticleCanvas,
    session: ArticleSession,
    news: News,
    decided: Callable,
):
    name = decided(news.names["Mara Lind"], Status.ACCEPTED)
    session.load(news.article, decisions=[name])
    before = qapp.palette()
    try:
        theme.choose(qapp, Qt.ColorScheme.Dark)
        assert theme.current().dark
        assert canvas.palette().base().color() == theme.DARK.page
        assert fill_at(canvas, name.span.start) == theme.DARK.fill("person").name()
        corner = canvas.grab().toImage().pixelColor(2, 2)
        assert corner == theme.DARK.page
    finally:
        theme.choose(qapp, Qt.ColorScheme.Unknown)
        qapp.setStyleSheet("")
        qapp.setPalette(before)


def test_the_column_is_as_wide_as_is_good_to_read(
    canvas: ArticleCanvas, session: ArticleSession, news: News
):
    session.load(news.article)
    canvas.resize(1_600, 700)
    QApplication.processEvents()
    assert 600 <= canvas.document().textWidth() <= 640 + 2 * 14
    left, right = canvas.viewport().x(), canvas.width() - canvas.viewport().geometry().right()
    assert abs(left - right) < 20
