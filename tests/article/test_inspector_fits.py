"""Nothing in the inspector is cut off, as wide as it comes and as narrow as it gets."""

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from db.values import Certainty, Position
from desktop.article.inspector import Inspector
from desktop.article.inspector.panel import LEAST, WIDTH
from desktop.article.scheme import Scheme
from desktop.article.session import ArticleSession
from desktop.theme import install
from tests.article.conftest import News

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize("width", [WIDTH, LEAST])
@pytest.mark.parametrize("kind", ["entity", "stance", "statement", "stance edited"])
def test_the_card_fits_into_the_panel(
    qapp: QApplication, qtbot: QtBot, scheme: Scheme, coder, news: News, width: int, kind: str
):
    install(qapp)
    session = ArticleSession(scheme, coder)
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.resize(width, 900)
    session.load(news.article, news.suggestions)
    focus = {"entity": news.names["Act"], "statement": news.statement}.get(kind, news.stance)
    session.set_focus(focus.id)
    if kind == "stance edited":
        session.set_position(Position.UNCLEAR)
        session.set_certainty(Certainty.VERY_UNCERTAIN)
        inspector.card.show_bounds()
    inspector.show()
    qtbot.waitExposed(inspector)
    scroll = inspector.findChild(QScrollArea)
    assert isinstance(scroll, QScrollArea)
    assert inspector.width() == width
    content = scroll.widget()
    assert content is not None
    needed = content.minimumSizeHint().width()
    assert needed <= width - scroll.verticalScrollBar().sizeHint().width()
