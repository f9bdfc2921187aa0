"""The article on its page: its text, its fills, its size and colours."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QFont,
    QGuiApplication,
    QTextCharFormat,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from db.acts import Act
from db.values import Span, Status, Zone, ZoneKind
from desktop import theme
from desktop.article.canvas import ArticleCanvas
from desktop.article.margin import Margin
from desktop.article.page import Place
from desktop.article.session import ArticleSession
from tests.article.conftest import News
from tests.article.on_page import article_of, entity_on, fill_at, format_at

# --- the text


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


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


def test_zones_that_are_known_already_set_nothing_anew(
    canvas: ArticleCanvas, session: ArticleSession
):
    headline = Zone(0, 10, ZoneKind.HEADLINE)
    session.load(article_of("Ferry pact\n" + "The council met. " * 40, headline))
    revision = canvas.document().revision()
    session.set_zones([headline])
    assert canvas.document().revision() == revision


@pytest.mark.parametrize("kind", [ZoneKind.BODY, ZoneKind.HEADLINE, ZoneKind.BOILERPLATE])
@pytest.mark.parametrize(
    "paragraph",
    ["A little fillet, still tilted. " * 20, "WWMMW " * 90, "Short.", "这座城市再次投票。" * 30],
)
@pytest.mark.parametrize("zoom", [100, 200])
def test_the_first_screenful_is_all_there_at_once(
    canvas: ArticleCanvas, session: ArticleSession, kind: ZoneKind, paragraph: str, zoom: int
):
    text = "\n".join([paragraph] * (60_000 // len(paragraph)))
    canvas.zoom = zoom
    session.load(article_of(text, Zone(0, len(text), kind)))
    assert canvas.document().size().height() >= canvas.viewport().height()
    assert not canvas.typesetter.done


def test_a_long_article_comes_in_slices_and_is_whole_in_the_end(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession
):
    text = "\n".join(f"{n} The council met again, 👍 said Ann. " * 12 for n in range(700))
    last = entity_on(text, "699 The", "CARDINAL", Status.ACCEPTED)
    with qtbot.waitSignal(canvas.first_painted):
        session.load(article_of(text), decisions=[last])
        assert canvas.lines().extent.end < canvas.typesetter.set_to < len(text) / 10
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


def test_an_article_taken_away_takes_the_fills_still_to_come_with_it(
    qtbot: QtBot,
    canvas: ArticleCanvas,
    session: ArticleSession,
    news: News,
    decided: Callable,
):
    session.load(news.article, decisions=[decided(each, Status.ACCEPTED) for each in [news.stance]])
    qtbot.waitUntil(lambda: canvas.fills.busy)
    session.close()
    QApplication.processEvents()  # a fill outside the empty page would be complained of
    assert not canvas.fills.busy


def test_a_page_that_goes_takes_its_fills_out_of_the_spare_time(
    qtbot: QtBot, session: ArticleSession, news: News, decided: Callable
):
    page = ArticleCanvas()
    page.set_session(session)
    session.load(news.article, decisions=[decided(news.stance, Status.ACCEPTED)])
    fills = page.fills
    with qtbot.waitSignal(fills._rest.timeout):  # from then on they wait for their turn
        pass
    page.deleteLater()
    qtbot.waitUntil(lambda: not isValid(page))
    qtbot.waitUntil(lambda: not session.spare.has(fills._slice))


def test_the_margin_is_drawn_anew_when_a_fill_may_have_moved_lines(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession, news: News
):
    session.load(news.article, news.suggestions)
    qtbot.waitUntil(lambda: canvas.typesetter.done and not canvas.fills.busy)
    QApplication.processEvents()
    margin = canvas.findChild(Margin)
    assert margin is not None
    painted = Painted(margin)
    session.set_focus(news.names["Act"].id)
    session.accept()  # a name: the margin does not tell of it
    qtbot.waitUntil(lambda: not canvas.fills.busy)
    qtbot.waitUntil(lambda: painted.times > 0)


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
    try:
        theme.choose("dark")
        assert theme.current().dark
        assert canvas.palette().base().color() == theme.DARK.page
        assert fill_at(canvas, name.span.start) == theme.DARK.fill("person").name()
        corner = canvas.grab().toImage().pixelColor(2, 2)
        assert corner == theme.DARK.page
    finally:
        theme.choose("system")


def test_the_column_is_as_wide_as_is_good_to_read(
    canvas: ArticleCanvas, session: ArticleSession, news: News
):
    session.load(news.article)
    canvas.resize(1_600, 700)
    QApplication.processEvents()
    assert 600 <= canvas.document().textWidth() <= 640 + 2 * 14
    left, right = canvas.viewport().x(), canvas.width() - canvas.viewport().geometry().right()
    assert abs(left - right) < 20
