"""The hand's pace in the real window: an accept from key to screen, and a session's longest stall.

The engine is the real one. Its suggestions are decided by real keys, and every act goes to a real
file before the next is timed.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, pairwise
from statistics import median, quantiles
from time import perf_counter, thread_time
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from db.values import Article
from desktop.app import Standfirst
from tests.bench.articles import article_of
from tests.bench.real_window import (
    TimedCanvas,
    open_article,
    press,
    quiet,
    real_window,
    strike,
    wait,
)
from tests.bench.result import Result

ACCEPTS = 200
ACTS = 1_000
FRAME = 16  # ms
PACE = 0.015  # s between two keys: nobody is faster
SHORT, LONG = 1_000, 50_000  # words

Times = tuple[float, float, float]
"""Milliseconds from a key press to the paint, to the disk, and of the window's own work till then.

The last is what remains on a machine that has nothing else to do.
"""
_KEYS = cycle(["Return"] * 6 + ["X", "3", "Ctrl+Z", "Ctrl+Shift+Z", "Tab", "Return"])


def measure() -> Iterator[Result]:
    """Yield accepting on short articles and on a long one, then a session's longest stall."""
    short = [article_of(SHORT, skip) for skip in range(0, 40, 8)]
    with real_window(short) as app:
        few = list[Times]()
        for article in short:
            if len(few) < ACCEPTS:
                open_article(app, article.text)
                few += _accepts(app)
    long, other = article_of(LONG), article_of(LONG, skip=3)
    with real_window([long]) as app:
        open_article(app, long.text)
        state = app.session.state
        assert state is not None
        yield Result("work.suggestions_50000", state.left(), "suggestions", at_least=2_500)
        many = list(_accepts(app))
        yield from _accepting(SHORT, few)
        yield from _accepting(LONG, many)
        ratio = median(each[0] for each in many) / median(each[0] for each in few)
        yield Result("work.accept_ratio", ratio, "x", at_most=1.5)
        yield from _session(app, other)


def _accepting(words: int, times: list[Times]) -> Iterator[Result]:
    painted, saved, busy = zip(*times, strict=True)
    yield Result(f"work.accept_{words}_median", median(painted), "ms")
    yield Result(f"work.accept_{words}_p99", quantiles(painted, n=100)[98], "ms", at_most=FRAME)
    yield Result(
        f"work.accept_busy_{words}_p99", quantiles(busy, n=100)[98], "ms of processor time"
    )
    yield Result(f"work.saved_{words}_median", median(saved), "ms")
    yield Result(f"work.saved_{words}_p99", quantiles(saved, n=100)[98], "ms")


def _accepts(app: Standfirst) -> Iterator[Times]:
    """Yield how long accepts take, through the article."""
    canvas, session = app.canvas, app.session
    assert isinstance(canvas, TimedCanvas) and app.project is not None and session.state
    saved = list[float]()
    app.project.store.saved.connect(lambda _: saved.append(perf_counter()))
    stops = session.state.stops()
    # On a long article some at its beginning, some in its middle and some at its end.
    parts = [stops[at : at + ACCEPTS // 3] for at in range(0, len(stops), max(len(stops) // 3, 1))]
    every = len(stops) > ACCEPTS
    for part in parts if every else [stops]:
        session.set_focus(part[0])
        for _ in part:
            quiet(app)
            if session.focused is None or session.focused.decision.decided:
                press("Tab")
                quiet(app)
            if session.focused is None or session.focused.decision.decided:
                return
            saved.clear()
            began, rested = perf_counter(), thread_time()
            press("Return")
            while canvas.painted < began:
                QApplication.processEvents()
            painted, busy = canvas.painted, canvas.worked - rested
            wait(lambda: saved)
            yield (painted - began) * 1000, (saved[0] - began) * 1000, busy * 1000


def _session(app: Standfirst, other: Article) -> Iterator[Result]:
    """Yield the longest gaps of a 5 ms timer while acts are done and suggestions come in.

    Each by the clock, and by what the window itself worked meanwhile.
    """
    ticks = list[tuple[float, float]]()
    timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append((perf_counter(), thread_time())))
    came = list[int]()
    app.suggesting.engine.suggestions_found.connect(lambda *found: came.append(len(found[2])))
    assert app.project is not None
    added = list[UUID]()
    app.project.store.add_article(other.text, other.meta, lambda known: added.append(known.article))
    wait(lambda: added)
    other = replace(other, id=added[0])
    app.suggesting.ask(other)
    ticks.append((perf_counter(), thread_time()))
    timer.start()
    for _, key in zip(range(ACTS), _KEYS, strict=False):
        strike(key)
        until = perf_counter() + PACE
        while perf_counter() < until:
            QApplication.processEvents()
        if not app.suggesting.busy:
            app.suggesting.ask(other)
    timer.stop()
    gaps = sorted((b[0] - a[0]) * 1000 for a, b in pairwise(ticks))
    longest = max((b[1] - a[1]) * 1000 for a, b in pairwise(ticks))
    yield Result("work.suggestions_that_came", sum(came), "suggestions", at_least=1)
    yield Result("work.session_gap_p99", quantiles(gaps, n=100)[98], "ms")
    yield Result("work.session_longest_stall", gaps[-1], "ms", at_most=50)
    yield Result("work.session_longest_turn", longest, "ms of processor time")
