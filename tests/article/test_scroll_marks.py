"""The strip beside the scroll bar: where something is undecided, found, or in focus."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.acts import Act
from db.values import Span
from desktop import theme
from desktop.article.canvas import ArticleCanvas
from desktop.article.finding import Findable
from desktop.article.scroll_marks import ScrollMarks
from desktop.article.session import ArticleSession
from tests.article.on_page import article_of, entity_on

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
TEXT = "\n".join(f"{n} The council met again in Varn. " * 6 for n in range(100, 160))
NAMES = [entity_on(TEXT, f"{n} The") for n in (100, 130, 159)]


@pytest.fixture
def marks(qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession) -> Iterator[ScrollMarks]:
    marks = ScrollMarks(canvas, session)
    session.load(article_of(TEXT), NAMES)
    qtbot.waitUntil(lambda: not marks.busy and len(marks.rows()) == len(NAMES))
    yield marks


def click(marks: ScrollMarks, y: int) -> None:
    QTest.mouseClick(marks, LEFT, NONE, QPoint(3, y))


def test_a_mark_is_as_far_down_as_its_name(marks: ScrollMarks):
    shares = [row / marks.height() for row in marks.rows()]
    assert shares == pytest.approx([0, 0.5, 0.97], abs=0.03)


def test_a_click_on_a_mark_leads_there(
    marks: ScrollMarks, canvas: ArticleCanvas, session: ArticleSession
):
    click(marks, marks.rows()[-1] + 2)
    assert session.focus == NAMES[-1].id
    assert canvas.lines().pieces(NAMES[-1].span)


def test_a_click_elsewhere_goes_to_that_part_of_the_text(
    marks: ScrollMarks, canvas: ArticleCanvas, session: ArticleSession
):
    focus = session.focus
    click(marks, marks.height() * 3 // 4)
    assert session.focus == focus
    seen = canvas.lines().extent
    assert seen.start < len(TEXT) * 0.75 < seen.end


def test_a_mark_goes_with_the_decision_and_comes_back_with_undo(
    marks: ScrollMarks, session: ArticleSession
):
    acts: list[Act] = []
    session.acted.connect(acts.append)
    session.set_focus(NAMES[1].id)
    before = marks.rows()
    session.accept()
    assert marks.rows() == [before[0], before[2]]
    session.apply_act(acts[0].inverse())
    assert marks.rows() == before


def test_what_is_found_is_marked_and_can_be_clicked(
    marks: ScrollMarks, canvas: ArticleCanvas, session: ArticleSession
):
    canvas.set_found(Findable(TEXT).find("145 the"))
    row = round(marks.height() * 0.75)
    image = marks.grab().toImage()
    wanted = theme.current().line("found")
    drawn = [y for y in range(image.height()) if image.pixelColor(1, y) == wanted]
    assert drawn[0] == pytest.approx(row, abs=12)
    click(marks, drawn[0])
    start = TEXT.index("145 The")
    assert session.selection == Span(start, start + 7)


def test_a_letter_found_everywhere_is_marked_everywhere(marks: ScrollMarks, canvas: ArticleCanvas):
    canvas.set_found(Findable(TEXT).find("e"))
    assert len(marks._found) > marks.height() * 0.5


def test_marks_follow_the_text_when_it_is_set_larger(
    qtbot: QtBot, marks: ScrollMarks, canvas: ArticleCanvas
):
    before = marks.rows()
    canvas.zoom = 150
    qtbot.waitUntil(lambda: not marks.busy)
    assert marks.rows() == pytest.approx(before, abs=12)


def test_there_is_no_strip_where_nothing_scrolls(
    qtbot: QtBot, marks: ScrollMarks, session: ArticleSession
):
    assert marks.isVisible()
    session.load(article_of("The council met."))
    qtbot.waitUntil(lambda: not marks.isVisible())
