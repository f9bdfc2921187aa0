"""A short article with a quotation, some names and a stance, for the tests of this room."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.acts import Act
from db.values import (
    Annotation,
    Article,
    Attribution,
    Decision,
    Entity,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
)
from desktop.article.canvas import ArticleCanvas
from desktop.article.inspector import Inspector
from desktop.article.scheme import LabelSpec, Scheme
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState

_ARTICLE = UUID("a0000000-0000-4000-8000-000000000001")
_TEXT = """Norland to reject calls for a bridge toll
Mara Lind said: “The bridge toll hurts Norland. Nobody voted for the Harbour Act.”
“It was never fair,” Mr Lind added in the U.S. on Tuesday (9 May).
"""


@dataclass(frozen=True)
class News:
    """The article and what is suggested on it, by the words it is on."""

    article: Article
    names: dict[str, Entity]
    statement: Statement
    stance: Stance

    @property
    def text(self) -> str:
        return self.article.text

    @property
    def suggestions(self) -> list[Annotation]:
        return [*self.names.values(), self.statement, self.stance]

    def span(self, words: str, after: int = 0) -> Span:
        start = self.text.index(words, after)
        return Span(start, start + len(words))

    def at(self, span: Span) -> str:
        return span.of(self.text)


@pytest.fixture(scope="session")
def news() -> News:
    def span(words: str, after: int = 0) -> Span:
        start = _TEXT.index(words, after)
        return Span(start, start + len(words))

    def suggested(score: float) -> Decision:
        return Decision(Status.SUGGESTED, Origin.MODEL, score)

    def name(words: str, label: str, after: int = 0) -> Entity:
        where = span(words, after)
        return Entity(
            uuid5(_ARTICLE, f"{where}{label}"), _ARTICLE, where, label, suggested(score=0.9)
        )

    second_norland = _TEXT.index("Norland", 10)
    names = {
        "Norland": name("Norland", "GPE"),
        "Mara Lind": name("Mara Lind", "PERSON"),
        "Norland again": name("Norland", "GPE", second_norland),
        "Act": name("Act", "ORG"),
        "Lind": name("Lind", "PERSON", _TEXT.index("Mr Lind")),
        "Tuesday": name("Tuesday", "DATE"),
    }
    speaker = Ref(RefKind.ENTITY, names["Mara Lind"].span, entity=names["Mara Lind"].id)
    statement = Statement(
        uuid5(_ARTICLE, "statement"),
        _ARTICLE,
        speaker,
        (span("said"),),
        (span("The bridge toll hurts Norland. Nobody voted for the Harbour Act."),),
        Attribution.DIRECT,
        suggested(score=0.8),
    )
    stance = Stance(
        uuid5(_ARTICLE, "stance"),
        _ARTICLE,
        speaker,
        Ref(RefKind.SPAN, span("bridge toll", second_norland - 40)),
        Position.AGAINST,
        (span("The bridge toll hurts Norland."),),
        suggested(score=0.87),
        cue=(span("hurts"),),
        statement=statement.id,
        why="“hurts” (cue)",
    )
    return News(Article(_ARTICLE, _TEXT, "0" * 64), names, statement, stance)


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    return Scheme(
        (
            LabelSpec("PERSON", "person", "1", "A human being, by name."),
            LabelSpec("ORG", "org", "2", "A body that can act or speak."),
            LabelSpec("GPE", "place", "3", "A country, city or state."),
            LabelSpec("LAW", "law", "4", "A named treaty, act or regulation."),
            LabelSpec("DATE", "number", "5", "A day, month or year."),
            LabelSpec("CARDINAL", "number"),
        ),
        (LabelSpec("against", "against", None, "The holder wants it stopped."),),
    )


@pytest.fixture(scope="session")
def coder() -> UUID:
    return UUID("c0000000-0000-4000-8000-000000000001")


@pytest.fixture(scope="session")
def decided():
    """Return a function that gives an annotation a decision of a status."""

    def decide(annotation: Annotation, status: Status) -> Annotation:
        return replace(annotation, decision=replace(annotation.decision, status=status))

    return decide


@pytest.fixture
def state(news: News) -> ArticleState:
    return ArticleState(news.article, news.suggestions)


@pytest.fixture
def do(state: ArticleState, coder: UUID):
    """Return a function that does a command to the state and returns its act."""

    def do(command: Callable[..., Act | None], *values: object, **more: object) -> Act | None:
        act = command(state, *values, coder=coder, at="2026-11-23T10:00:00.000Z", **more)
        if act is not None:
            state.apply(act.changes)
        return act

    return do


@pytest.fixture
def session(qapp: QApplication, scheme: Scheme, coder: UUID) -> ArticleSession:
    """Return a desk with nothing on it yet."""
    return ArticleSession(scheme, coder)


@pytest.fixture
def canvas(qtbot: QtBot, session: ArticleSession) -> Iterator[ArticleCanvas]:
    """Return the page of that desk, on screen and with the keys."""
    canvas = ArticleCanvas()
    canvas.set_session(session)
    qtbot.addWidget(canvas)
    canvas.resize(900, 700)
    canvas.show()
    canvas.activateWindow()
    qtbot.waitUntil(canvas.isActiveWindow)
    canvas.setFocus()
    yield canvas
    canvas.typesetter.stop()


@pytest.fixture
def inspector(qtbot: QtBot, session: ArticleSession) -> Iterator[Inspector]:
    """Return the panel in a window of its own, beside whatever the session has on the desk."""
    window = QWidget()  # without a layout, as a splitter is: the panel's hints are not the window's
    qtbot.addWidget(window)
    window.resize(348, 900)
    inspector = Inspector(session, window)
    inspector.resize(window.size())
    window.show()
    qtbot.waitExposed(window)
    yield inspector
