"""An edge is taken hold of where the analyst sees it: at the ring, at every zoom."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.values import Span
from desktop.article.canvas import ArticleCanvas
from desktop.article.scheme import Scheme
from desktop.article.session import ArticleSession
from tests.article.conftest import News

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def canvas(qtbot: QtBot, scheme: Scheme, coder: UUID, news: News) -> Iterator[ArticleCanvas]:
    session = ArticleSession(scheme, coder)
    canvas = ArticleCanvas()
    canvas.set_session(session)
    qtbot.addWidget(canvas)
    canvas.resize(900, 700)
    canvas.show()
    qtbot.waitExposed(canvas)
    session.load(news.article, news.suggestions)
    yield canvas
    canvas.typesetter.stop()


def right_of(canvas: ArticleCanvas, span: Span) -> QPoint:
    """Return the right end of a span's letters, half way up."""
    letters = canvas.lines().pieces(span)[-1].letters()
    return QPoint(round(letters.right()), round(letters.center().y()))


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_ring_itself_can_be_dragged(canvas: ArticleCanvas, news: News, zoom: int):
    canvas.zoom = zoom
    QApplication.processEvents()
    session, name = canvas.session, news.names["Tuesday"]
    assert session is not None
    session.set_focus(name.id)
    QApplication.processEvents()
    end = right_of(canvas, name.span)
    ring = end + QPoint(5 * zoom // 100, 0)
    target = right_of(canvas, Span(name.span.start - 3, name.span.end + 3))

    QTest.mouseMove(canvas.viewport(), ring)
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.SplitHCursor
    QTest.mousePress(canvas.viewport(), LEFT, NONE, ring)
    for x in (ring.x() + 4, target.x()):
        QTest.mouseMove(canvas.viewport(), QPoint(x, ring.y()))
    QTest.mouseRelease(canvas.viewport(), LEFT, NONE, QPoint(target.x(), ring.y()))

    assert session.selection is None
    assert news.at(getattr(session.focused, "span", name.span)) == "Tuesday (9"


def test_a_click_beside_the_ring_is_the_texts(canvas: ArticleCanvas, news: News):
    session, name = canvas.session, news.names["Tuesday"]
    assert session is not None
    session.set_focus(name.id)
    QApplication.processEvents()
    QTest.mouseMove(canvas.viewport(), right_of(canvas, name.span) + QPoint(12, 0))
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor
