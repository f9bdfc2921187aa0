"""A line from holder to target: for the stance in focus, in the gaps and the margin alone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from db.values import (
    Decision,
    Entity,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)
from desktop import theme
from desktop.article.bracket import Bracket
from desktop.article.canvas import ArticleCanvas
from desktop.article.chips import Chips
from desktop.article.lanes import lanes_on
from desktop.article.margin import Margin
from desktop.article.session import ArticleSession
from desktop.article.view_settings import ViewSettings
from tests.article.on_page import article_of, entity_on, inked

TEXT = (
    "Mara Lind leads the port of Varn, by the jetty, and has long opposed the bridge toll there. "
    "Nobody gave a reason for the delay, and the quay stays empty. She said on Tuesday that "
    "the Harbour Act must go, and quickly.\n" + "Many agreed with her.\n" * 40
)


def stance_on(holder: Entity | Ref, target: str, side: Position, evidence: str) -> Stance:
    who = holder if isinstance(holder, Ref) else Ref(RefKind.ENTITY, holder.span, entity=holder.id)
    what = Ref(RefKind.SPAN, entity_on(TEXT, target).span)
    words = (entity_on(TEXT, evidence).span,)
    decision = Decision(Status.ACCEPTED, Origin.MODEL, 0.9)
    identifier = entity_on(TEXT, evidence, status=Status.ACCEPTED).id
    return Stance(identifier, entity_on(TEXT, "port").article, who, what, side, words, decision)


LIND = entity_on(TEXT, "Mara Lind", "PERSON")
FAR = stance_on(LIND, "Harbour Act", Position.AGAINST, "must go")
NEAR = stance_on(LIND, "jetty", Position.AGAINST, "long opposed")
FOR = stance_on(LIND, "empty", Position.FAVOR, "quay stays")


@pytest.fixture
def page(canvas: ArticleCanvas, session: ArticleSession) -> ArticleCanvas:
    session.load(article_of(TEXT), [LIND], [FAR, FOR])
    session.set_focus(None)
    QApplication.processEvents()
    return canvas


def brackets(canvas: ArticleCanvas) -> list[Bracket]:
    scene = canvas._scene()
    laned = lanes_on(scene.state, scene.lines.extent)
    painter = canvas._painter
    chips = Chips(scene.lines, laned, painter._chip_font, painter.zoom)
    return painter.brackets(scene, chips)


def in_margin(canvas: ArticleCanvas, colour: QColor) -> list[tuple[int, int]]:
    """Return where the margin shows a colour right of the names and left of the bars."""
    margin = canvas.findChild(Margin)
    assert isinstance(margin, Margin)
    picture = margin.grab().toImage()
    strip = range(margin.width() - 9, margin.width() - 3)
    return [
        (x, y)
        for x in strip
        for y in range(picture.height())
        if abs(picture.pixelColor(x, y).hslHue() - colour.hslHue()) < 12
        and picture.pixelColor(x, y).hslSaturation() > 60
    ]


def test_nothing_is_drawn_until_a_stance_is_in_focus(page: ArticleCanvas):
    assert brackets(page) == []
    assert in_margin(page, theme.current().line("against")) == []


def test_a_line_runs_down_the_margin_from_holder_to_target(
    page: ArticleCanvas, session: ArticleSession
):
    session.set_focus(FAR.id)
    (bracket,) = brackets(page)
    holder, target = bracket.ends
    assert holder is not None
    assert target is not None
    assert holder.y < target.y
    assert not bracket.level
    drawn = in_margin(page, theme.current().line("against"))
    rows = [y for _, y in drawn]
    assert min(rows) == pytest.approx(holder.y, abs=2)
    assert max(rows) == pytest.approx(target.y, abs=2)


def test_the_side_has_its_colour(page: ArticleCanvas, session: ArticleSession):
    session.set_focus(FOR.id)
    QApplication.processEvents()
    assert in_margin(page, theme.current().line("favor"))
    assert not in_margin(page, theme.current().line("against"))


@pytest.mark.parametrize("zoom", [100, 200])
@pytest.mark.parametrize("width", [360, 900])
@pytest.mark.parametrize("spacing", ["tight", "normal"])
def test_it_never_runs_over_letters(
    page: ArticleCanvas, session: ArticleSession, zoom: int, width: int, spacing: str
):
    page.zoom = zoom
    page.view = ViewSettings(spacing=spacing)
    page.resize(width, 1400)
    for stance in (FAR, FOR):
        session.set_focus(stance.id)
        QApplication.processEvents()
        letters = inked(page)
        (bracket,) = brackets(page)
        for end in bracket.ends:
            if end is not None:
                run = QRectF(0, end.y - 0.6 * zoom / 100, max(end.left, 1), 1.2 * zoom / 100)
                assert not any(box.intersects(run) for box in letters)


def test_on_one_line_it_runs_straight_from_chip_to_chip(
    page: ArticleCanvas, session: ArticleSession
):
    page.resize(900, 700)
    session.take_suggestions(
        [replace(NEAR, decision=replace(NEAR.decision, status=Status.SUGGESTED))]
    )
    session.set_focus(NEAR.id)
    QApplication.processEvents()
    (bracket,) = brackets(page)
    assert bracket.level
    assert in_margin(page, theme.current().line("against")) == []
    holder, target = bracket.ends
    assert holder is not None
    assert target is not None
    picture = page.viewport().grab().toImage()
    wanted = theme.current().line("against")
    between = range(round(holder.right) + 3, round(target.left) - 3)
    drawn = [
        x
        for x in between
        if any(
            abs(picture.pixelColor(x, round(target.y) + way).hslHue() - wanted.hslHue()) < 12
            and picture.pixelColor(x, round(target.y) + way).hslSaturation() > 60
            for way in (-1, 0)
        )
    ]
    assert len(between) * 0.4 < len(drawn) < len(between)  # dashed, for it is a suggestion


def test_where_the_holder_is_off_screen_the_line_goes_on_to_the_edge(
    page: ArticleCanvas, session: ArticleSession
):
    page.resize(700, 260)
    session.set_focus(FAR.id)
    page.verticalScrollBar().setValue(90)
    QApplication.processEvents()
    holder, target = brackets(page)[0].ends
    assert holder is None or holder.y < 0
    assert target is not None
    drawn = in_margin(page, theme.current().line("against"))
    assert min(y for _, y in drawn) <= 2
    top = {x for x, y in drawn if y <= 4}
    below = {x for x, y in drawn if 8 <= y <= target.y - 6}
    assert len(top) > len(below), "a small mark says that it goes on"


def test_all_stances_have_lines_if_asked_for(page: ArticleCanvas, session: ArticleSession):
    page.view = ViewSettings(stance_lines=True)
    assert {each.stance.id for each in brackets(page)} == {FAR.id, FOR.id}
    assert in_margin(page, theme.current().line("against"))
    assert in_margin(page, theme.current().line("favor"))
    page.view = ViewSettings()
    assert in_margin(page, theme.current().line("favor")) == []


def test_who_is_not_in_the_text_has_no_line(page: ArticleCanvas, session: ArticleSession):
    writers = replace(FAR, holder=Ref(RefKind.WRITER))
    session.load(article_of(TEXT), [], [writers])
    session.set_focus(writers.id)
    assert brackets(page) == []


def test_the_chips_go_when_the_focus_goes(page: ArticleCanvas, session: ArticleSession):
    """Holder and target may be far from the evidence the ring is round."""
    before = page.viewport().grab().toImage()
    session.set_focus(FAR.id)
    QApplication.processEvents()
    assert page.viewport().grab().toImage() != before
    session.set_focus(None)
    QApplication.processEvents()
    page.select_span(Span(0, 0))
    assert page.viewport().grab().toImage() == before
