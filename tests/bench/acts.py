"""How soon an act is done: in memory alone, and with the panel beside the text following it.

Processor time of the window's thread, so that what else the machine does is not counted.
"""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from random import Random
from statistics import median, quantiles
from time import thread_time
from uuid import UUID, uuid5

from PySide6.QtWidgets import QApplication, QWidget

from db.values import (
    Annotation,
    Article,
    Attribution,
    Decision,
    Entity,
    Layer,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
)
from desktop import theme
from desktop.article import commands
from desktop.article.canvas import ArticleCanvas
from desktop.article.commands.everywhere import mentions, verdict_on
from desktop.article.inspector import Inspector
from desktop.article.scheme import LabelSpec, Scheme
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from tests.bench.articles import article_of
from tests.bench.result import Result

WORDS, NAMES, QUOTES = 50_000, 2_200, 150
CODER, AT = UUID(int=1), "2026-11-23T10:00:00.000Z"
SCHEME = Scheme((LabelSpec("PERSON", "person", "1"), LabelSpec("ORG", "org", "2")))


def measure() -> Iterator[Result]:
    """Yield the times of acts on an article of 50,000 words with 2,500 suggestions."""
    article = article_of(WORDS)
    suggestions = _suggestions(article)
    yield Result("acts.load", median(_loads(article, suggestions)), "ms", at_most=16)
    for name, act in (
        ("accept", commands.accept),
        ("reject", commands.reject),
        ("relabel", _relabel),
    ):
        times = _times(ArticleState(article, suggestions), act)
        yield Result(f"acts.{name}_median", median(times), "ms", at_most=0.2)
        yield Result(f"acts.{name}_p99", quantiles(times, n=100)[-1], "ms", at_most=1)
    times = _with_panel(article, suggestions)
    yield Result("acts.accept_and_next_in_panel_p99", quantiles(times, n=100)[-1], "ms", at_most=16)
    turns = _accepting_all(article, suggestions)
    yield Result("acts.accept_all_2500", sum(turns), "ms")
    yield Result("acts.accept_all_2500_longest_turn", max(turns), "ms", at_most=50)
    state = ArticleState(article, suggestions)
    names = [one for one in state.visible if isinstance(one, Entity)][:100]
    times = [_time(partial(_equals, state, name)) for name in names]
    yield Result("acts.find_equal_mentions_p99", quantiles(times, n=100)[-1], "ms", at_most=10)


def _suggestions(article: Article) -> list[Annotation]:
    random = Random(7)
    each, wide = len(article.text) // NAMES, len(article.text) // QUOTES

    def suggested() -> Decision:
        return Decision(Status.SUGGESTED, Origin.MODEL, random.random())

    def identifier(what: str) -> UUID:
        return uuid5(article.id, what)

    found = list[Annotation]()
    for start in range(0, each * NAMES, each):
        label = random.choice(SCHEME.entities).name
        span = Span(start, start + 8)
        found.append(Entity(identifier(f"e{start}"), article.id, span, label, suggested()))
    speakers = found[:: NAMES // QUOTES][:QUOTES]
    for number, speaker in enumerate(speakers):
        assert isinstance(speaker, Entity)
        source = Ref(RefKind.ENTITY, speaker.span, entity=speaker.id)
        content = (Span(number * wide + 20, number * wide + 300),)
        statement = Statement(
            identifier(f"q{number}"), article.id, source, (), content, Attribution.DIRECT,
            suggested(),
        )  # fmt: skip
        stance = Stance(
            identifier(f"s{number}"), article.id, source, Ref(RefKind.IMPLICIT),
            Position.AGAINST, content, suggested(), statement=statement.id,
        )  # fmt: skip
        found += [statement, stance]
    return found


def _loads(article: Article, suggestions: list[Annotation]) -> list[float]:
    return [_time(lambda: ArticleState(article, suggestions)) for _ in range(9)]


def _relabel(state: ArticleState, name: UUID, coder: UUID, at: str) -> object:
    return commands.relabel(state, name, "LAW", coder, at)


def _times(state: ArticleState, command: Callable[..., object]) -> list[float]:
    """Return how long each of a thousand acts takes, from the command to the changed state."""
    names = [one.id for one in state.between(0, len(state.text), Layer.ENTITY)]

    def do(name: UUID) -> None:
        act = command(state, name, CODER, AT)
        state.apply(act.changes)  # pyright: ignore[reportAttributeAccessIssue]

    return [_time(partial(do, name)) for name in Random(3).sample(names, 1000)]


def _with_panel(article: Article, suggestions: list[Annotation]) -> list[float]:
    """Return how long accepting and going on takes until the panel is painted."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.install(app)
    session = ArticleSession(SCHEME, CODER)
    window = QWidget()
    window.resize(348, 900)
    Inspector(session, window).resize(window.size())
    session.load(article, suggestions)
    window.show()
    app.processEvents()

    def go_on() -> None:
        session.accept_and_next()
        app.processEvents()

    times = [_time(go_on) for _ in range(400)]
    window.close()
    return times


def _accepting_all(article: Article, suggestions: list[Annotation]) -> list[float]:
    """Return how long each turn of the event loop takes while all is accepted, page and panel on.

    What the store does meanwhile is not in it.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    session = ArticleSession(SCHEME, CODER)
    canvas = ArticleCanvas()
    canvas.set_session(session)
    window = QWidget()
    window.resize(348, 900)
    Inspector(session, window).resize(window.size())
    session.load(article, suggestions)
    for each in (canvas, window):
        each.resize(each.width(), 900)
        each.show()
    while not canvas.typesetter.done or canvas.fills.busy:
        app.processEvents()
    steps = [partial(commands.accept, identifier=each) for each in session.state.stops()]  # pyright: ignore[reportOptionalMemberAccess]
    turns = [_time(lambda: session.many.do("accept_all", "accept all", steps))]
    while session.many.busy or canvas.fills.busy:
        turns.append(_time(app.processEvents))
    for each in (canvas, window):
        each.close()
    return turns


def _equals(state: ArticleState, name: Entity) -> object:
    return mentions(state, verdict_on(state, name))


def _time(act: Callable[[], object]) -> float:
    start = thread_time()
    act()
    return (thread_time() - start) * 1000
