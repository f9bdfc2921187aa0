"""Boilerplate can be folded away, and everything else stays where it was."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.values import Span, Zone, ZoneKind
from desktop.article.canvas import ArticleCanvas
from desktop.article.folding import foldable
from desktop.article.session import ArticleSession
from desktop.article.view_settings import ViewSettings
from tests.article.on_page import article_of, entity_on, middle

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
FOLDED, OPEN = ViewSettings(folded=True), ViewSettings()

TEXT = """Ferry pact 👍 holds

Help us keep the lights on.

Give now, or give monthly.

The council of Varn met again on the pact.
Subscribe here. The talks go on in Norland.
Read more: ten harbours
Share this
The minister will speak tomorrow.
"""


def _zone(first: str, last: str) -> Zone:
    start = TEXT.index(first)
    return Zone(start, TEXT.index(last) + len(last), ZoneKind.BOILERPLATE)


ZONES = (
    _zone("Help us", "lights on."),
    _zone("Give now", "monthly."),
    _zone("Subscribe here.", "Subscribe here."),
    _zone("Read more", "Share this"),
)


@pytest.fixture
def page(canvas: ArticleCanvas, session: ArticleSession) -> Iterator[ArticleCanvas]:
    session.load(article_of(TEXT, *ZONES))
    yield canvas


def seen(canvas: ArticleCanvas) -> list[str]:
    """Return the paragraphs that take room on the page."""
    found, block = [], canvas.document().firstBlock()
    while block.isValid():
        if block.isVisible() and block.text():
            found.append(block.text())
        block = block.next()
    return found


# --- what can be folded


def test_neighbouring_boilerplate_folds_as_one_and_counts_its_lines():
    found = [(TEXT[each.span.start : each.span.end], each.lines) for each in foldable(TEXT, ZONES)]
    assert found == [
        ("Help us keep the lights on.\n\nGive now, or give monthly.", 2),
        ("Read more: ten harbours\nShare this", 2),
    ]


def test_boilerplate_that_shares_a_paragraph_with_body_text_is_not_folded():
    glued = TEXT.index("Subscribe")
    assert not any(each.span.start <= glued <= each.span.end for each in foldable(TEXT, ZONES))


def test_an_article_that_is_nothing_else_is_left_as_it_is():
    assert foldable("Give now\nShare\n", [Zone(0, 14, ZoneKind.BOILERPLATE)]) == []


# --- folding


def test_all_is_folded_and_unfolded_and_the_text_is_whole(page: ArticleCanvas):
    page.view = FOLDED
    assert seen(page) == [
        "Ferry pact 👍 holds",
        "The council of Varn met again on the pact.",
        "Subscribe here. The talks go on in Norland.",
        "The minister will speak tomorrow.",
    ]
    page.selectAll()
    assert page.selected == Span(0, len(TEXT))
    page.view = OPEN
    assert len(seen(page)) == 8


def test_what_follows_is_where_it_is_seen(page: ArticleCanvas, session: ArticleSession):
    name = entity_on(TEXT, "Norland")
    session.take_suggestions([name])
    before = middle(page, name.span)
    page.view = FOLDED
    after = middle(page, name.span)
    assert after.y() < before.y()
    session.set_focus(None)
    QTest.mouseClick(page.viewport(), LEFT, NONE, after)
    assert session.focus == name.id
    assert page.offset_at(after) == pytest.approx(name.span.start + 3, abs=2)


def notice(page: ArticleCanvas, before: str) -> QPoint:
    """Return a point on the quiet line above a paragraph."""
    start = TEXT.index(before)
    line = page.lines().pieces(Span(start, start + 3))[0]
    return QPoint(60, round(line.baseline - line.height - 6))


def test_a_click_on_the_quiet_line_unfolds_and_one_on_the_rule_folds(page: ArticleCanvas):
    page.view = FOLDED
    point = notice(page, "The minister")
    QTest.mouseMove(page.viewport(), point)
    assert page.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    QTest.mouseClick(page.viewport(), LEFT, NONE, point)
    assert "Share this" in seen(page)
    assert "Give now, or give monthly." not in seen(page)
    share = Span(TEXT.index("Share"), TEXT.index("Share") + 5)
    rule = QPoint(16, middle(page, share).y())
    QTest.mouseClick(page.viewport(), LEFT, NONE, rule)
    assert "Share this" not in seen(page)


def test_a_click_in_the_text_of_boilerplate_folds_nothing(page: ArticleCanvas):
    share = Span(TEXT.index("Share"), TEXT.index("Share") + 5)
    QTest.mouseClick(page.viewport(), LEFT, NONE, middle(page, share))
    assert "Share this" in seen(page)


def test_the_caret_passes_over_what_is_folded(page: ArticleCanvas):
    page.view = FOLDED
    last = TEXT.index("\nRead more")
    page.select_span(Span(last, last))
    QTest.keyClick(page, Qt.Key.Key_Right)
    assert page.selected.start == TEXT.index("The minister")
    QTest.keyClick(page, Qt.Key.Key_Left)
    assert page.selected.start == last
    QTest.keyClick(page, Qt.Key.Key_Down)
    assert page.selected.start >= TEXT.index("The minister")
    QTest.keyClick(page, Qt.Key.Key_Up)
    assert page.selected.start <= last


def test_a_selection_over_what_is_folded_is_kept(page: ArticleCanvas, session: ArticleSession):
    page.view = FOLDED
    last = TEXT.index("\nRead more")
    page.select_span(Span(last - 3, last - 3))
    for _ in range(5):
        QTest.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert session.selection is not None
    assert session.selection.start == last - 3
    assert session.selection.end > TEXT.index("The minister")


def test_what_comes_into_focus_is_unfolded(page: ArticleCanvas, session: ArticleSession):
    page.view = FOLDED
    hidden = entity_on(TEXT, "ten", "CARDINAL")
    session.take_suggestions([hidden])
    session.set_focus(hidden.id)
    assert "Read more: ten harbours" in seen(page)
    assert "Give now, or give monthly." not in seen(page)
    assert page.lines().pieces(hidden.span)


def test_zones_that_come_later_are_folded_too(canvas: ArticleCanvas, session: ArticleSession):
    canvas.view = FOLDED
    session.load(article_of(TEXT))
    assert "Share this" in seen(canvas)
    session.set_zones(ZONES)
    assert "Share this" not in seen(canvas)


def test_zoom_keeps_what_was_unfolded_by_hand(page: ArticleCanvas):
    page.view = FOLDED
    QTest.mouseClick(page.viewport(), LEFT, NONE, notice(page, "The minister"))
    page.zoom = 150
    assert "Share this" in seen(page)
    assert "Give now, or give monthly." not in seen(page)


def test_the_line_under_the_eye_stays_when_all_is_folded(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession
):
    line, give = "The council met again in Varn. " * 4, "Give now. " * 4
    text = "\n".join(f"{n} {give if n % 5 == 0 else line}" for n in range(1, 120))
    starts = [text.index(f"\n{n} ") + 1 for n in range(5, 119, 5)]
    zones = [Zone(at, text.index("\n", at), ZoneKind.BOILERPLATE) for at in starts]
    session.load(article_of(text, *zones))
    qtbot.waitUntil(lambda: canvas.typesetter.done)
    at = text.index("\n62 ") + 1
    canvas.select_span(Span(at, at))
    canvas.reveal(Span(at, at + 200))
    before = canvas.lines().pieces(Span(at, at + 3))[0].baseline
    for view in (FOLDED, OPEN):
        canvas.view = view
        QApplication.processEvents()
        assert canvas.lines().pieces(Span(at, at + 3))[0].baseline == pytest.approx(before, abs=1)


def test_a_place_is_found_again_among_folded_boilerplate(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession
):
    text = "\n".join(f"{n} The council met again in Varn. " * 6 for n in range(60))
    cut = text.index("\n10 "), text.index("\n20 ")
    canvas.view = FOLDED
    session.load(article_of(text, Zone(cut[0] + 1, cut[1], ZoneKind.BOILERPLATE)))
    qtbot.waitUntil(lambda: canvas.typesetter.done)
    from desktop.article.page import Place

    top = text.index("\n30 ") + 1
    canvas.place = Place(caret=top, top=top)
    assert canvas.place.top == top
    canvas.place = Place(caret=0, top=cut[0] + 400)  # folded since it was remembered
    assert canvas.place.top == cut[1] + 1


def test_nobody_can_fold_an_empty_page(canvas: ArticleCanvas):
    canvas.view = FOLDED
    canvas.view = OPEN
    assert canvas.document().isEmpty()


@pytest.mark.parametrize("width", [900, 420])
def test_above_and_below_the_fold_all_is_hit_where_it_is_seen(
    canvas: ArticleCanvas, session: ArticleSession, width: int
):
    text = "Head\nStand first\nBy Ann Berg\nGive now.\nGive more.\n" + "It met again. " * 40
    zone = Zone(text.index("Give"), text.index("It met") - 1, ZoneKind.BOILERPLATE)
    headline = Zone(0, 4, ZoneKind.HEADLINE)
    canvas.view = FOLDED
    session.load(article_of(text, headline, zone))
    canvas.resize(width, 500)
    QApplication.processEvents()
    for words in ("Head", "Stand first", "By Ann Berg", "It met again"):
        span = Span(text.index(words), text.index(words) + len(words))
        place = middle(canvas, span)
        assert span.start <= canvas.offset_at(place) <= span.end
        for top in range(place.y() - 20, place.y()):
            part = canvas.lines().between(top, place.y() + 30)
            assert part.overlaps(span), "the line is known to whoever paints a part of it"


def test_between_paragraphs_the_mouse_finds_the_nearest_line_that_is_seen(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession
):
    # A layout made anew while paragraphs are hidden takes them to be at its top.
    line, give = "The council met again in Varn. " * 3, "Give now. "
    text = "\n".join(f"{n} {give if n in (4, 5, 40, 41) else line}" for n in range(1, 60))
    zones = [
        Zone(text.index(f"\n{n} ") + 1, text.index(f"\n{n + 2} "), ZoneKind.BOILERPLATE)
        for n in (4, 40)
    ]
    canvas.view = FOLDED
    session.load(article_of(text, *zones))
    qtbot.waitUntil(lambda: canvas.typesetter.done)
    canvas.resize(700, 500)
    QApplication.processEvents()
    seen = canvas.lines().extent
    for y in range(0, canvas.viewport().height() - 30):
        assert seen.start <= canvas.offset_at(QPoint(60, y)) <= seen.end
        if y % 9 == 0:
            QTest.mouseClick(canvas.viewport(), LEFT, NONE, QPoint(60, y))
            caret = canvas.selected.end
            assert seen.start <= caret <= seen.end
            assert not canvas.folds.hides(caret)
            session.set_focus(None)
            canvas.view = FOLDED
            canvas.folds.fold_all(True)
