"""Arabic, Hebrew, both ways mixed, emoji, combining marks: all is where it belongs."""

from dataclasses import replace
from itertools import pairwise
from unicodedata import bidirectional

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.values import Entity, Position, Ref, RefKind, Span, Stance, Status
from desktop import theme
from desktop.article.canvas import ArticleCanvas
from desktop.article.chips import Chips
from desktop.article.lanes import Lane, lanes_on
from desktop.article.margin import Margin
from desktop.article.session import ArticleSession
from tests.article.on_page import article_of, entity_on

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

ARABIC = "قالت مارا ليند إن رسوم الجسر تضر نورلاند كثيرا."
HEBREW = "מארה לינד אמרה שהאגרה על הגשר פוגעת בנורלנד (9 במאי)."
MIXED = "She said מארה לינדקוויסט was wrong about the pact."
LATIN_IN_ARABIC = "قال Idris Halvorsen إن الاتفاق قديم."
FAMILY = "The 👩‍👩‍👧‍👦 family and the 🇳🇴 flag of Norland 👍🏽 agree."
MARKS = "Two cafe\u0301s in Varn and a man\u0303ana in Norland."
TWO_LINES = "First line.\r\nNorland voted 👍 twice.\r\nThird line."
VOWELS = "שָׁלוֹם לְנוֹרְלַנְד אמר השר."
FARSI_DIGITS = "در سال ۱۴۰۳ نورلند رأی داد."

CASES = [
    (ARABIC, "مارا ليند"),
    (ARABIC, "نورلاند"),
    (HEBREW, "מארה לינד"),
    (HEBREW, "9 במאי"),
    (MIXED, "לינדקוויסט"),
    (MIXED, "מארה לינדקוויסט"),
    (MIXED, "She said מארה"),
    (LATIN_IN_ARABIC, "Idris Halvorsen"),
    (FAMILY, "👩‍👩‍👧‍👦 family"),
    (FAMILY, "👩‍👩‍👧‍👦"),
    (FAMILY, "🇳🇴"),
    (FAMILY, "Norland 👍🏽"),
    (MARKS, "cafe\u0301s"),
    (MARKS, "man\u0303ana"),
    (TWO_LINES, "Norland"),
    (TWO_LINES, "twice"),
    (VOWELS, "לְנוֹרְלַנְד"),
    (FARSI_DIGITS, "۱۴۰۳"),
]
each_case = pytest.mark.parametrize(("text", "words"), CASES)
# What runs both ways does not begin and end, on screen, where it begins and ends.
runs_one_way = pytest.mark.parametrize(
    ("text", "words"), [case for case in CASES if case[1] not in ("She said מארה", "9 במאי")]
)
RUNS_LEFTWARDS = {ARABIC, HEBREW, LATIN_IN_ARABIC, VOWELS, FARSI_DIGITS}


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def show(canvas: ArticleCanvas, session: ArticleSession, text: str, words: str) -> Entity:
    name = entity_on(text, words, "ORG", Status.ACCEPTED)
    session.load(article_of(text), decisions=[name])
    session.set_focus(None)
    QApplication.processEvents()
    return name


@each_case
def test_each_letter_under_the_pointer_is_the_one_that_is_seen_there(
    canvas: ArticleCanvas, session: ArticleSession, text: str, words: str
):
    span = show(canvas, session, text, words).span
    pieces = canvas.lines().pieces(span)
    assert pieces
    for piece in pieces:
        y = round(piece.letters().center().y())
        for share in (0.25, 0.5, 0.75):
            x = round(piece.left + share * (piece.right - piece.left))
            assert span.start <= canvas.offset_at(QPoint(x, y)) <= span.end


@each_case
@pytest.mark.parametrize("zoom", [100, 200])
def test_its_underline_is_under_it_and_nowhere_else(
    canvas: ArticleCanvas, session: ArticleSession, text: str, words: str, zoom: int
):
    canvas.zoom = zoom
    span = show(canvas, session, text, words).span
    picture = canvas.viewport().grab().toImage()
    line = theme.current().line("org")

    def drawn(x: float, y: float) -> bool:
        colour = picture.pixelColor(round(x), round(y - 0.5))
        return abs(colour.hslHue() - line.hslHue()) < 12 and colour.lightness() < 200

    pieces = canvas.lines().pieces(span)
    for piece in pieces:
        y = Lane().y(piece, zoom / 100)
        assert drawn(piece.left + 2, y)
        assert drawn(piece.right - 2, y)
    level = [piece for piece in pieces if piece.baseline == pieces[0].baseline]
    for x in (min(p.left for p in level) - 4, max(p.right for p in level) + 4):
        assert not drawn(x, Lane().y(pieces[0], zoom / 100))


@runs_one_way
def test_dragging_from_one_end_to_the_other_selects_it(
    canvas: ArticleCanvas, session: ArticleSession, text: str, words: str
):
    show(canvas, session, text, words)
    session.load(article_of(text))
    span = span_of(text, words)
    pieces = canvas.lines().pieces(span)
    y = round(pieces[0].letters().center().y())
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    starts_left = _runs(words) == "rightwards"
    first, last = (left + 1, right - 1) if starts_left else (right - 1, left + 1)
    viewport = canvas.viewport()
    QTest.mousePress(viewport, LEFT, NONE, QPoint(round(first), y))
    for share in (0.3, 0.6, 1):
        QTest.mouseMove(viewport, QPoint(round(first + share * (last - first)), y))
        QApplication.processEvents()
    QTest.mouseRelease(viewport, LEFT, NONE, QPoint(round(last), y))
    assert session.selection == span


def _runs(words: str) -> str:
    hebrew_or_arabic = any(bidirectional(each) in ("R", "AL") for each in words)
    return "leftwards" if hebrew_or_arabic else "rightwards"


@each_case
def test_shift_and_arrows_select_it_whole_letters_at_a_time(
    canvas: ArticleCanvas, session: ArticleSession, text: str, words: str
):
    session.load(article_of(text))
    span = span_of(text, words)
    canvas.select_span(Span(span.start, span.start))
    onwards = Qt.Key.Key_Left if text in RUNS_LEFTWARDS else Qt.Key.Key_Right
    for _ in range(len(words)):
        if session.selection and session.selection.end >= span.end:
            break
        QTest.keyClick(canvas, onwards, Qt.KeyboardModifier.ShiftModifier)
    assert session.selection == span


@runs_one_way
def test_its_edges_are_taken_hold_of_where_it_begins_and_ends(
    canvas: ArticleCanvas, session: ArticleSession, text: str, words: str
):
    name = show(canvas, session, text, words)
    session.set_focus(name.id)
    QApplication.processEvents()
    pieces = canvas.lines().pieces(name.span)
    y = round(pieces[0].letters().center().y())
    for x in (min(p.left for p in pieces) - 3, max(p.right for p in pieces) + 3):
        QTest.mouseMove(canvas.viewport(), QPoint(round(x), y))
        assert canvas.viewport().cursor().shape() is Qt.CursorShape.SplitHCursor


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        (HEBREW, "מארה", "מארה לינד"),
        (ARABIC, "مارا", "مارا ليند"),
        (MIXED, "מארה", "מארה לינדקוויסט"),
        (LATIN_IN_ARABIC, "Idris", "Idris Halvorsen"),
    ],
)
def test_dragging_its_end_over_the_next_word_takes_that_word_in(
    qtbot: QtBot, canvas: ArticleCanvas, session: ArticleSession, text: str, words: str, whole: str
):
    name = show(canvas, session, text, words)
    session.set_focus(name.id)
    QApplication.processEvents()
    old, new = canvas.lines().pieces(name.span)[0], canvas.lines().pieces(span_of(text, whole))
    y = round(old.letters().center().y())
    if _runs(words) == "leftwards":
        start, end = old.left - 3, min(p.left for p in new) + 3
    else:
        start, end = old.right + 3, max(p.right for p in new) - 3
    viewport = canvas.viewport()
    QTest.mouseMove(viewport, QPoint(round(start), y))
    QTest.mousePress(viewport, LEFT, NONE, QPoint(round(start), y))
    QTest.mouseMove(viewport, QPoint(round((start + end) / 2), y))
    with qtbot.waitSignal(session.acted):
        QTest.mouseRelease(viewport, LEFT, NONE, QPoint(round(end), y))
    assert getattr(session.focused, "span", None) == span_of(text, whole)


@each_case
def test_its_chip_stands_over_its_beginning(
    canvas: ArticleCanvas, session: ArticleSession, text: str, words: str
):
    span = show(canvas, session, text, words).span
    scene = canvas._scene()
    chips = Chips(scene.lines, lanes_on(scene.state, span), canvas._painter._chip_font, 1)
    chip = chips.place(span, "Org", theme.current().line("org"))
    assert chip is not None
    pieces = canvas.lines().pieces(span)
    if text in RUNS_LEFTWARDS:
        assert chip.box.right() == pytest.approx(max(p.right for p in pieces), abs=60)
    else:
        assert chip.box.left() == pytest.approx(pieces[0].left, abs=60)
    assert 0 <= chip.box.left() < chip.box.right() <= canvas.viewport().width()


@pytest.mark.parametrize(("text", "holder", "target"), [
    (HEBREW, "מארה לינד", "הגשר"),
    (ARABIC, "مارا ليند", "الجسر"),
])  # fmt: skip
def test_the_line_of_a_stance_goes_leftwards_where_the_text_does(
    canvas: ArticleCanvas, session: ArticleSession, text: str, holder: str, target: str
):
    who, what = entity_on(text, holder, "PERSON", Status.ACCEPTED), span_of(text, target)
    stance = Stance(
        entity_on(text, text).id, who.article, Ref(RefKind.ENTITY, who.span, entity=who.id),
        Ref(RefKind.SPAN, what), Position.FAVOR, (Span(0, len(text)),), who.decision,
    )  # fmt: skip
    session.load(article_of(text), decisions=[who, stance])
    session.set_focus(stance.id)
    scene = canvas._scene()
    painter = canvas._painter
    chips = Chips(scene.lines, [], painter._chip_font, 1)
    (bracket,) = painter.brackets(scene, chips)
    one, other = bracket.ends
    assert one is not None
    assert other is not None
    assert bracket.level
    assert one.left > other.right


# --- who speaks, in the margin


def names_in_margin(canvas: ArticleCanvas) -> list[tuple[float, float, str]]:
    margin = canvas.findChild(Margin)
    assert isinstance(margin, Margin)
    margin.grab()
    return [(box.top(), box.bottom(), text) for box, _, text in margin._names]


@pytest.mark.parametrize(("zoom", "width"), [(100, 900), (200, 900), (100, 340), (200, 420)])
def test_several_speakers_on_one_line_stand_under_one_another(
    canvas: ArticleCanvas, session: ArticleSession, zoom: int, width: int
):
    text = (
        "Ann Berg: yes. מארה לינד: no. The Department of Coastal Affairs and Fisheries: perhaps.\n"
        + "Nobody else said a word.\n" * 12
    )
    found = []
    for who, said, side in (
        ("Ann Berg", "yes", Position.FAVOR),
        ("מארה לינד", "no", Position.AGAINST),
        ("The Department of Coastal Affairs and Fisheries", "perhaps", Position.UNCLEAR),
    ):
        name = entity_on(text, who, "PERSON" if "Berg" in who else "ORG")
        what = entity_on(text, said)
        found += [name, Stance(
            what.id, name.article, Ref(RefKind.ENTITY, name.span, entity=name.id),
            Ref(RefKind.IMPLICIT), side, (what.span,), replace(name.decision),
        )]  # fmt: skip
    canvas.zoom = zoom
    canvas.resize(width, 1200)
    session.load(article_of(text), found)
    QApplication.processEvents()
    names = names_in_margin(canvas)
    assert [text for _, _, text in names] == [
        "Ann Berg", "מארה לינד", "The Department of Coastal Affairs and Fisheries",
    ]  # fmt: skip
    for (_, bottom, _), (top, _, _) in pairwise(names):
        assert top >= bottom
    margin = canvas.findChild(Margin)
    assert isinstance(margin, Margin)
    assert all(box.left() >= 0 and box.right() <= margin.width() for box, _, _ in margin._names)
