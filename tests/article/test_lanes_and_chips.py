"""However many names overlap, each is seen and can be picked; labels cover nothing."""

from uuid import UUID, uuid5

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.values import Article, Decision, Entity, Origin, Span, Status, Zone, ZoneKind
from desktop import theme
from desktop.article.canvas import ArticleCanvas
from desktop.article.chips import Chips
from desktop.article.lanes import lanes, lanes_on
from desktop.article.session import ArticleSession
from tests.article.on_page import article_of, entity_on, inked, middle

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ID = UUID("a0000000-0000-4000-8000-000000000004")
TEXT = "The Norland Harbour Law School Fund in Varn paid for the jetty. " + "Nobody asked why. " * 6
NESTED = {  # the shortest first
    "Norland": "GPE",
    "Norland Harbour": "LAW",
    "Norland Harbour Law": "DATE",
    "Norland Harbour Law School": "ORG",
    "Norland Harbour Law School Fund": "PERSON",
    "The Norland Harbour Law School Fund in Varn": "CARDINAL",
}


def nested(status: Status = Status.ACCEPTED) -> list[Entity]:
    return [entity_on(TEXT, words, label, status) for words, label in NESTED.items()]


# --- lanes


@pytest.mark.parametrize("zoom", [100, 200])
def test_six_names_over_one_word_have_six_lines_above_the_next_lines_letters(
    canvas: ArticleCanvas, session: ArticleSession, zoom: int
):
    canvas.zoom = zoom
    session.load(article_of(TEXT), decisions=nested())
    session.set_focus(None)
    found = lanes(nested())
    assert sorted(lane.number for _, lane in found) == list(range(6))
    word = entity_on(TEXT, "Norland").span
    piece = canvas.lines().pieces(word)[0]
    at = sorted((lane.y(piece, zoom / 100), entity) for entity, lane in found)
    assert at[-1][0] + 1 < piece.baseline + piece.height - 0.76 * piece.size
    picture = canvas.viewport().grab().toImage()
    x = round(piece.left + 8 * zoom / 100)
    for y, entity in at:
        label = session.scheme.label(entity.label)
        assert _is_near(picture, x, y, theme.current().line(label.token).name())


def _is_near(picture: QImage, x: int, y: float, colour: str) -> bool:
    """Tell whether a thin line of a colour, blurred as it may be, crosses a place."""
    wanted = theme.QColor(colour)
    best = min(
        abs(one.hslHue() - wanted.hslHue()) if wanted.hslSaturation() > 60 else 0
        for one in (picture.pixelColor(x, round(y) + way) for way in (-1, 0))
    )
    inked = any(
        picture.pixelColor(x, round(y) + way).lightness() < theme.current().page.lightness() - 40
        for way in (-1, 0)
    )
    return inked and best < 25


def test_lanes_are_the_same_whichever_part_is_painted(
    canvas: ArticleCanvas, session: ArticleSession
):
    session.load(article_of(TEXT), decisions=nested())
    state = session.state
    assert state is not None
    varn = TEXT.index("Varn")  # only the longest name is here
    outermost = {entity.id: lane for entity, lane in lanes_on(state, Span(varn, varn + 4))}
    everywhere = {entity.id: lane for entity, lane in lanes_on(state, Span(0, len(TEXT)))}
    assert outermost == everywhere


def test_clicks_on_one_place_go_from_the_smallest_to_the_largest_and_round(
    canvas: ArticleCanvas, session: ArticleSession
):
    names = nested(Status.SUGGESTED)
    session.load(article_of(TEXT), names)
    session.set_focus(names[2].id)  # wherever the focus is
    place = middle(canvas, names[0].span)
    seen = []
    for _ in range(7):
        QTest.mouseClick(canvas.viewport(), LEFT, NONE, place)
        seen.append(session.focus)
    assert seen == [*(name.id for name in names), names[0].id]


# --- chips


def chips_on(canvas: ArticleCanvas) -> Chips:
    assert canvas.session is not None
    assert canvas.session.state is not None
    lines = canvas.lines()
    laned = lanes_on(canvas.session.state, lines.extent)
    return Chips(lines, laned, canvas._painter._chip_font, canvas.zoom / 100)


LINES = (
    "Ågren går på ängen; gypsy jugglers play by quay and jetty.\n"
    "Ägypten jagt Öl, ÉTIENNE Ågren und Åsa kämpfen gegen die große Brücke in Norland und Varn "
    "jedes Jahr, gegen alle Zweifel, ganz gleich, was Ärzte, Jäger und Bürger dagegen sagen.\n"
    "Ågren.\n"
)


@pytest.mark.parametrize("zone", [ZoneKind.BODY, ZoneKind.HEADLINE, ZoneKind.BOILERPLATE])
@pytest.mark.parametrize(("zoom", "width"), [(100, 900), (200, 900), (100, 340), (200, 420)])
def test_a_chip_covers_no_letter_wherever_its_name_stands(
    canvas: ArticleCanvas, session: ArticleSession, zoom: int, width: int, zone: ZoneKind
):
    canvas.zoom = zoom
    canvas.resize(width, 1400)
    session.load(article_of(LINES, Zone(0, len(LINES), zone)))
    QApplication.processEvents()
    letters = inked(canvas)
    at = 0
    for word in LINES.split():
        at = LINES.index(word, at)
        chip = chips_on(canvas).place(
            Span(at, at + len(word)), "Cardinal 87%", theme.current().line("number")
        )
        if chip is None:  # below the screen
            break
        assert not [box for box in letters if box.intersects(chip.box)], word
        assert chip.box.left() >= 0
        assert chip.box.right() <= canvas.viewport().width()
        assert chip.box.height() >= 9


def test_chips_make_room_for_one_another_to_the_right_or_to_the_left(
    canvas: ArticleCanvas, session: ArticleSession
):
    session.load(article_of(LINES))
    start = LINES.index("jetty")
    chips = chips_on(canvas)
    placed = [
        chips.place(Span(start + n, start + n + 2), "Holder", theme.current().focus)
        for n in range(4)
    ]
    boxes = [chip.box for chip in placed if chip]
    assert len(boxes) == 4
    for n, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[:n])
        assert box.right() <= canvas.viewport().width()


def test_a_chip_leaves_the_second_underline_of_the_line_above_free(
    canvas: ArticleCanvas, session: ArticleSession
):
    text = "The Norland Harbour Law School " * 8
    above = [entity_on(text, words, label) for words, label in list(NESTED.items())[:4]]
    session.load(article_of(text), above)
    lines = canvas.lines()
    first = lines.pieces(Span(0, len(text)))[0]
    at = canvas.offset_at(QRectF(first.left + 40, first.baseline + 24, 1, 1).center().toPoint())
    assert lines.pieces(Span(at, at + 4))[0].baseline > first.baseline
    chip = chips_on(canvas).place(Span(at, at + 4), "Org", theme.current().line("org"))
    assert chip is not None
    for entity, lane in lanes(above):
        piece = lines.pieces(entity.span)[0]
        under = QRectF(piece.left, lane.y(piece, 1) - 0.5, piece.right - piece.left, 1)
        assert not chip.box.intersects(under)


def test_a_chip_scrolls_with_its_name_and_is_seen_on_the_first_line(
    canvas: ArticleCanvas, session: ArticleSession, qtbot: QtBot
):
    text = LINES * 30
    starts = [at for at in range(len(text)) if text.startswith("Norland", at)]
    decision = Decision(Status.SUGGESTED, Origin.MODEL, 0.9)
    names = [Entity(uuid5(ID, str(at)), ID, Span(at, at + 7), "GPE", decision) for at in starts]
    canvas.resize(900, 500)
    session.load(Article(ID, text, "0" * 64), names)
    qtbot.waitUntil(lambda: canvas.typesetter.done)
    for name in reversed(names):
        session.set_focus(name.id)
        QApplication.processEvents()
        chip = chips_on(canvas).place(name.span, "GPE", theme.current().focus)
        assert chip is not None
        assert chip.box.top() >= 0
