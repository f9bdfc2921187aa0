"""What the reader sees on the text, pixel by pixel."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.values import (
    Annotation,
    Article,
    Decision,
    Entity,
    Origin,
    Ref,
    RefKind,
    Span,
    Status,
    Zone,
    ZoneKind,
)
from desktop import theme
from desktop.article.canvas import ArticleCanvas
from desktop.article.lanes import lanes
from desktop.article.margin import Margin, speaker
from desktop.article.scheme import Scheme
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from desktop.article.typesetting import PAD
from tests.article.conftest import News

Decided = Callable[[Annotation, Status], Annotation]
UNDER = 5.5  # pixels from the letters' feet to the first underline


@pytest.fixture
def canvas(qtbot: QtBot, scheme: Scheme, coder: UUID) -> Iterator[ArticleCanvas]:
    canvas = ArticleCanvas()
    canvas.set_session(ArticleSession(scheme, coder))
    qtbot.addWidget(canvas)
    canvas.resize(900, 500)
    canvas.show()
    yield canvas
    canvas.typesetter.stop()


class Seen:
    """A picture of the text, asked by spans."""

    def __init__(self, canvas: ArticleCanvas) -> None:
        self._canvas = canvas
        picture: QImage = canvas.viewport().grab().toImage()
        self._image = picture.scaled(canvas.viewport().size())  # on a fine screen it is larger

    def underline(self, span: Span, lane: int = 0) -> list[QColor]:
        """Return the colours along a lane under the first line of a span."""
        piece = self._canvas.lines().pieces(span)[0]
        y = round(piece.baseline + UNDER + 3.5 * lane - 0.5)
        return [
            self._image.pixelColor(x, y)
            for x in range(round(piece.left) + 2, round(piece.right) - 2)
        ]

    def within(self, box: QRectF) -> set[str]:
        """Return all colours in a box."""
        area = box.toRect()
        return {
            self._image.pixelColor(x, y).name()
            for x in range(area.left(), area.right() + 1)
            for y in range(area.top(), area.bottom() + 1)
        }

    def letters(self, span: Span) -> set[str]:
        return self.within(self._canvas.lines().pieces(span)[0].letters())

    def gap_above(self, span: Span) -> set[str]:
        """Return the colours where a chip stands: between a line's letters and the line above."""
        piece = self._canvas.lines().pieces(span)[0]
        bottom = piece.baseline - 0.76 * piece.size - 1
        return self.within(QRectF(piece.left + 3, bottom - 9, 20, 8))


def like(one: QColor, other: QColor) -> bool:
    apart = one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue()
    return all(abs(each) < 48 for each in apart)


def load(canvas: ArticleCanvas, news: News, *annotations: Annotation) -> ArticleSession:
    session = canvas.session
    assert session is not None
    session.load(
        news.article,
        [each for each in annotations if not each.decision.decided],
        [each for each in annotations if each.decision.decided],
    )
    session.set_focus(None)
    QTest.qWait(0)
    return session


def test_a_suggestion_has_a_dashed_underline_and_no_fill(canvas: ArticleCanvas, news: News):
    name = news.names["Mara Lind"]
    load(canvas, news, name)
    colours, seen = theme.current(), Seen(canvas)
    drawn = [like(colour, colours.line("person")) for colour in seen.underline(name.span)]
    bare = [like(colour, colours.page) for colour in seen.underline(name.span)]
    assert sum(drawn) > len(drawn) / 3
    assert sum(bare) > len(bare) / 5
    assert colours.page.name() in seen.letters(name.span)
    assert colours.fill("person").name() not in seen.letters(name.span)


def test_a_decision_has_a_solid_underline_and_a_pale_fill(
    canvas: ArticleCanvas, news: News, decided: Decided
):
    name = decided(news.names["Mara Lind"], Status.ACCEPTED)
    assert isinstance(name, Entity)
    load(canvas, news, name)
    colours, seen = theme.current(), Seen(canvas)
    assert all(like(colour, colours.line("person")) for colour in seen.underline(name.span))
    assert colours.fill("person").name() in seen.letters(name.span)
    assert colours.page.name() not in seen.letters(name.span)


def test_the_surer_a_suggestion_the_stronger_its_line(canvas: ArticleCanvas, news: News):
    name = news.names["Mara Lind"]

    def darkest(score: float) -> int:
        unsure = replace(name, decision=replace(name.decision, score=score))
        load(canvas, news, unsure)
        return min(colour.lightness() for colour in Seen(canvas).underline(name.span))

    assert darkest(1.0) < darkest(0.2)


def test_overlapping_spans_have_underlines_in_lanes(canvas: ArticleCanvas, news: News):
    inner = replace(news.names["Act"], label="LAW")
    outer = replace(news.names["Tuesday"], span=news.span("the Harbour Act"), label="ORG")
    assert {each.label: lane.number for each, lane in lanes([outer, inner])} == {"LAW": 0, "ORG": 1}
    load(canvas, news, inner, outer)
    colours, seen = theme.current(), Seen(canvas)
    assert any(like(colour, colours.line("law")) for colour in seen.underline(inner.span))
    assert any(like(colour, colours.line("org")) for colour in seen.underline(inner.span, lane=1))


def test_spans_that_do_not_meet_share_the_first_lane(news: News):
    assert {lane.number for _, lane in lanes(news.names.values())} == {0}


def test_only_what_is_in_focus_or_pointed_at_has_a_chip(
    qtbot: QtBot, canvas: ArticleCanvas, news: News
):
    name, other = news.names["Act"], news.names["Tuesday"]
    session = load(canvas, news, name, other)
    blank = {theme.current().page.name()}
    assert Seen(canvas).gap_above(name.span) == blank
    session.set_focus(name.id)
    assert theme.current().line("org").name() in Seen(canvas).gap_above(name.span)
    assert Seen(canvas).gap_above(other.span) == blank
    place = canvas.lines().pieces(other.span)[0].letters().center().toPoint()
    QTest.mouseMove(canvas.viewport(), place)
    qtbot.waitUntil(
        lambda: theme.current().line("number").name() in Seen(canvas).gap_above(other.span)
    )


def test_a_chip_stands_over_its_span_wherever_on_the_line(canvas: ArticleCanvas):
    text = "The bridge toll hurts the port, and nobody there voted for the Harbour Act."
    span = Span(text.index("Harbour"), len(text) - 1)
    assert canvas.session is not None
    name = Entity(UUID(int=2), UUID(int=1), span, "LAW", Decision(Status.SUGGESTED, Origin.MODEL))
    canvas.session.load(Article(UUID(int=1), text, "0" * 64), [name])
    canvas.session.set_focus(name.id)
    assert canvas.lines().pieces(span)[0].left > canvas.viewport().width() / 2
    assert theme.current().line("law").name() in Seen(canvas).gap_above(span)


def test_chips_are_in_their_places_on_a_screen_twice_as_fine():
    arguments = [sys.executable, "-m", "pytest", "-q", __file__, "-k", "wherever or slots"]
    twice = {**os.environ, "QT_SCALE_FACTOR": "2"}
    done = subprocess.run(arguments, env=twice, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


def test_the_ring_goes_round_the_evidence_and_chips_name_the_slots(
    qtbot: QtBot, canvas: ArticleCanvas, news: News
):
    names = (news.names["Mara Lind"], news.names["Norland again"])
    session = load(canvas, news, *names, news.stance)
    colours, evidence = theme.current(), news.stance.evidence[0]
    assert colours.fill("against").name() not in Seen(canvas).letters(evidence)
    session.set_focus(news.stance.id)
    box = canvas.lines().pieces(evidence)[0].line(8)

    def ringed() -> bool:
        top = QRectF(box.right() - 80, box.top() - 2, 40, 4)
        return any(like(QColor(c), colours.focus) for c in Seen(canvas).within(top))

    qtbot.waitUntil(ringed)  # it fades in
    seen = Seen(canvas)
    assert colours.fill("against").name() in seen.letters(evidence)
    assert colours.line("person").name() in seen.gap_above(names[0].span)
    target = news.stance.target.span
    assert target is not None
    assert colours.line("against").name() in seen.gap_above(target)
    assert all(like(colour, colours.line("against")) for colour in seen.underline(target))


def test_a_decided_stance_shades_its_evidence_and_a_suggested_one_does_not(
    canvas: ArticleCanvas, news: News, decided: Decided
):
    evidence = news.stance.evidence[0]
    load(canvas, news, decided(news.stance, Status.ACCEPTED))
    assert theme.current().fill("against").name() in Seen(canvas).letters(evidence)
    load(canvas, news, news.stance)
    assert theme.current().fill("against").name() not in Seen(canvas).letters(evidence)


def test_the_margin_names_the_speaker_beside_the_evidence(canvas: ArticleCanvas, news: News):
    session = load(canvas, news, news.names["Mara Lind"], news.stance)
    margin = canvas.findChild(Margin)
    assert isinstance(margin, Margin)
    state = session.state
    assert isinstance(state, ArticleState)
    assert speaker(state, news.stance.holder) == "Mara Lind"
    assert speaker(state, news.stance.holder, short=True) == "Lind"
    assert speaker(state, Ref(RefKind.WRITER)) == "the writer"
    line = theme.current().line("against")
    image = margin.grab().toImage()
    piece = canvas.lines().pieces(news.stance.evidence[0])[0]
    row = range(round(piece.baseline - 10), round(piece.baseline) + 3)
    drawn = [x for x in range(margin.width()) for y in row if like(image.pixelColor(x, y), line)]
    assert min(drawn) < margin.width() - 30
    place = QPoint(margin.width() - 20, round(piece.baseline - 4))
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=place)
    assert session.focus == news.stance.id


def test_a_name_written_from_right_to_left_is_underlined_where_it_stands(
    canvas: ArticleCanvas, news: News, decided: Decided
):
    text = "She said מארה לינדקוויסט was wrong about the pact."
    words = "לינדקוויסט"
    span = Span(text.index(words), text.index(words) + len(words))
    name = replace(news.names["Mara Lind"], span=span)
    article = replace(news.article, text=text)
    load(canvas, replace(news, article=article), decided(name, Status.ACCEPTED))
    pieces = canvas.lines().pieces(span)
    before = canvas.lines().pieces(Span(0, text.index("מ")))[0]
    after = canvas.lines().pieces(Span(text.index("was"), len(text)))[0]
    assert len(pieces) == 1
    assert before.right - 1 <= pieces[0].left < pieces[0].right < after.left + 1
    assert pieces[0].right - pieces[0].left > 60
    # The first Hebrew word stands right of the second.
    first = canvas.lines().pieces(Span(text.index("מ"), span.start - 1))[0]
    assert first.left >= pieces[0].right


def test_the_rule_beside_boilerplate_leaves_blank_lines_out(canvas: ArticleCanvas):
    text = "Help us\n\nAdvertisement\n\nNorland votes"
    end = text.index("Norland")
    article = Article(UUID(int=1), text, "0" * 64, zones=(Zone(0, end, ZoneKind.BOILERPLATE),))
    assert canvas.session is not None
    canvas.session.load(article, [])
    lines = canvas.lines().pieces(Span(0, end))
    beside = QRectF(0, lines[0].line().top(), PAD - 1, lines[-1].baseline - lines[0].line().top())
    assert Seen(canvas).within(beside) == {theme.current().page.name()}
