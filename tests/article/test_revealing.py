"""Stepping through a long text: what is in focus can be read with what follows it."""

from collections.abc import Iterator
from uuid import UUID, uuid5

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.values import Article, Decision, Entity, Origin, Span, Status
from desktop.article.canvas import ArticleCanvas
from desktop.article.scheme import Scheme
from desktop.article.session import ArticleSession

_ID = UUID("a0000000-0000-4000-8000-000000000003")
_LINE = "Nobody in Norland voted for it, and nobody will. "
_TEXT = "\n".join(_LINE * 3 for _ in range(40))


@pytest.fixture
def canvas(qtbot: QtBot, scheme: Scheme, coder: UUID) -> Iterator[ArticleCanvas]:
    canvas = ArticleCanvas()
    canvas.set_session(ArticleSession(scheme, coder))
    qtbot.addWidget(canvas)
    canvas.resize(900, 500)
    canvas.show()
    qtbot.waitExposed(canvas)
    yield canvas
    canvas.typesetter.stop()


def test_each_step_leaves_a_line_below_and_few_steps_scroll(qtbot: QtBot, canvas: ArticleCanvas):
    session = canvas.session
    assert session is not None
    starts = [at for at in range(len(_TEXT)) if _TEXT.startswith("Norland", at)]
    decision = Decision(Status.SUGGESTED, Origin.MODEL, 0.9)
    names = [Entity(uuid5(_ID, str(at)), _ID, Span(at, at + 7), "GPE", decision) for at in starts]
    session.load(Article(_ID, _TEXT, "0" * 64), names)
    qtbot.waitUntil(lambda: canvas.typesetter.done)
    bar, scrolled = canvas.verticalScrollBar(), 0
    for name in names[1:-3]:
        before = bar.value()
        session.step()
        QApplication.processEvents()
        scrolled += bar.value() != before
        piece = canvas.lines().pieces(name.span)[-1]
        assert piece.baseline - piece.ascent >= 0
        assert piece.baseline + piece.size <= canvas.viewport().height()
    assert 0 < scrolled < len(names) / 8
