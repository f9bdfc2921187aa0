"""How soon an article is on screen, and how quickly the page follows the hand."""

import gc
import itertools
import sys
from collections.abc import Callable, Iterator
from random import Random
from statistics import median, quantiles
from time import perf_counter
from uuid import UUID, uuid5

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QPaintEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QTextEdit

from db.values import (
    Annotation,
    Article,
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
from desktop.article.canvas import ArticleCanvas
from desktop.article.scheme import LabelSpec, Scheme
from desktop.article.session import ArticleSession
from tests.bench.articles import article_of
from tests.bench.result import Result

RUNS = 15
SIZE = (900, 800)  # pixels
SIZE_OF_LETTERS, LINE = theme.ARTICLE_SIZE, round(theme.ARTICLE_SIZE * 1.8)  # pixels
FRAME = 16  # ms
_SCHEME = Scheme(tuple(LabelSpec(name, name) for name in ("person", "org", "place", "number")))
_CODER = UUID(int=1)


class BarePage(QTextEdit):
    """What Qt gives for nothing: the text, and no more.

    ``painted`` is when it last was.
    """

    painted = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted = perf_counter()


class TimedCanvas(ArticleCanvas):
    """Our page, which knows when it was last painted."""

    painted = 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted = perf_counter()


def measure() -> Iterator[Result]:
    """Yield opening times beside a bare text widget's, then times to the painted frame."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    theme.install(app)
    for words in (1_000, 10_000, 50_000):
        article = article_of(words)
        annotations = _annotations(article)
        bare, ours = [], []
        for _ in range(RUNS):
            bare.append(_open_bare(app, article.text))
            ours.append(_open_ours(app, article, annotations))
        yield Result(f"view.bare_open_{words}", median(bare), "ms")
        yield Result(f"view.open_{words}", median(ours), "ms", at_most=50)
        yield Result(f"view.open_ratio_{words}", median(ours) / median(bare), "x", at_most=1.5)
    session, canvas = _window(app)
    yield Result("view.load_stall_50000", _load(app, session, article, annotations), "ms", 50)
    page = _bare(app)
    _fill(page, article.text)
    yield Result("view.bare_scroll_p99", _p99(_scrolling(app, page)), "ms")
    _away(app, page)
    yield Result("view.scroll_p99", _p99(_scrolling(app, canvas)), "ms", at_most=FRAME)
    yield Result("view.accept_p99", _p99(_accepting(app, session, canvas)), "ms", at_most=FRAME)
    yield Result("view.zoom_50000", _painted(app, canvas, canvas.zoom_in), "ms", at_most=100)
    _away(app, canvas)


def _annotations(article: Article) -> list[Annotation]:
    """Return a name every twenty words and a stance every four hundred, half of them decided."""
    random, found = Random(7), list[Annotation]()
    words = article.text.count(" ") or 1
    each = len(article.text) * 20 // words
    labels = [label.name for label in _SCHEME.entities]
    for start in range(0, len(article.text) - 200, each):
        status = random.choice((Status.SUGGESTED, Status.ACCEPTED))
        decision = Decision(status, Origin.MODEL, random.random())
        span = Span(start, start + random.randint(4, 24))
        label = random.choice(labels)
        found.append(Entity(uuid5(article.id, f"e{start}"), article.id, span, label, decision))
        if len(found) % 21 == 0:
            holder, target = (
                Ref(RefKind.SPAN, span),
                Ref(RefKind.SPAN, Span(start + 60, start + 80)),
            )
            evidence, cue = Span(start, start + 150), Span(start + 40, start + 46)
            found.append(
                Stance(
                    uuid5(article.id, f"s{start}"),
                    article.id,
                    holder,
                    target,
                    random.choice(list(Position)),
                    (evidence,),
                    decision,
                    cue=(cue,),
                )
            )
    return found


def _open_bare(app: QApplication, text: str) -> float:
    page = _bare(app)
    taken = _painted(app, page, lambda: _fill(page, text))
    _away(app, page)
    return taken


def _bare(app: QApplication) -> BarePage:
    page = BarePage()
    page.setReadOnly(True)
    page.setUndoRedoEnabled(False)
    page.setFont(theme.serif(SIZE_OF_LETTERS))
    page.resize(*SIZE)
    page.show()
    app.processEvents()
    return page


def _away(app: QApplication, page: BarePage | TimedCanvas) -> None:
    """Close a page for good: what it has not done yet would be done in the next one's time."""
    page.close()
    page.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _fill(page: BarePage, text: str) -> None:
    """Set a text in our font, on lines as high as ours, in the quickest way there is."""
    high = QTextBlockFormat()
    high.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor = QTextCursor(page.document())
    cursor.beginEditBlock()
    cursor.setBlockFormat(high)  # before the text: else it would be laid out twice
    cursor.insertText(text)
    cursor.endEditBlock()


def _window(app: QApplication) -> tuple[ArticleSession, TimedCanvas]:
    session, canvas = ArticleSession(_SCHEME, _CODER), TimedCanvas()
    canvas.set_session(session)
    canvas.resize(*SIZE)
    canvas.show()
    app.processEvents()
    return session, canvas


def _open_ours(app: QApplication, article: Article, annotations: list[Annotation]) -> float:
    session, canvas = _window(app)
    taken = _painted(app, canvas, lambda: _lay(session, article, annotations))
    _away(app, canvas)
    return taken


def _lay(session: ArticleSession, article: Article, annotations: list[Annotation]) -> None:
    session.load(
        article,
        [each for each in annotations if not each.decision.decided],
        [each for each in annotations if each.decision.decided],
    )


def _load(
    app: QApplication, session: ArticleSession, article: Article, annotations: list[Annotation]
) -> float:
    """Return the longest time between two turns of the loop until all is set and filled."""
    gc.collect()  # what the earlier windows left is not this one's stall
    ticks = [perf_counter()]
    timer = QTimer(interval=0)
    timer.timeout.connect(lambda: ticks.append(perf_counter()))
    timer.start()
    _lay(session, article, annotations)
    quiet = perf_counter() + 3
    while perf_counter() < quiet:
        app.processEvents()
    timer.stop()
    return max(b - a for a, b in itertools.pairwise(ticks)) * 1000


def _scrolling(app: QApplication, canvas: BarePage | TimedCanvas) -> Iterator[float]:
    bar = canvas.verticalScrollBar()
    for share in range(0, 100, 10):
        bar.setValue(bar.maximum() * share // 100)
        app.processEvents()
        for _ in range(30):
            yield _painted(app, canvas, lambda: bar.setValue(bar.value() + 60))


def _accepting(app: QApplication, session: ArticleSession, canvas: TimedCanvas) -> Iterator[float]:
    for _ in range(200):
        session.step()
        _rest(app, canvas)
        yield _painted(app, canvas, session.accept)


def _rest(app: QApplication, canvas: TimedCanvas) -> None:
    """Let the page finish what it does between two keys."""
    until = perf_counter() + 0.15  # the ring fades in
    while perf_counter() < until or canvas.fills.busy:
        app.processEvents()


def _painted(app: QApplication, page: BarePage | TimedCanvas, act: Callable[[], object]) -> float:
    """Return the milliseconds from an act to the end of the first painting after it."""
    began = perf_counter()
    act()
    while page.painted < began:
        app.processEvents()
    return (page.painted - began) * 1000


def _p99(times: Iterator[float]) -> float:
    return quantiles(times, n=100)[98]
