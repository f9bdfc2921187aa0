"""What stances cost: where the time of an article goes, and how many frames a second that makes."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any, TypeVar

from db.values import Span, ZoneKind
from desktop.suggest.engine import Engine
from desktop.suggest.names.entities import find_entities
from desktop.suggest.network.chain import Floats
from desktop.suggest.network.questions import Question
from desktop.suggest.stances.issues import Issues
from desktop.suggest.stances.stance import strongest, take_sides
from desktop.suggest.stances.weighing import Judge, Weighing
from desktop.suggest.statements.attribution import attribute
from desktop.suggest.text.reading import read
from desktop.suggest.text.syntax import STEP, finished, read_trees
from desktop.suggest.text.zones import find_zones
from tests.bench.articles import article_of
from tests.bench.result import Result

WORDS, RUNS = 900, 7
T = TypeVar("T")


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def time(self, stage: str, work: Callable[[], T]) -> T:
        """Do a piece of work and book its time."""
        began = time.perf_counter()
        done = work()
        self.seconds[stage] += time.perf_counter() - began
        return done


class TimedJudge:
    """The network's answers, with the time they take and how many there were."""

    def __init__(self, judge: Judge, clock: Clock) -> None:
        self.judge, self.clock = judge, clock
        self.questions: list[Question] = []

    def sides(self, questions: Sequence[Question]) -> Floats:
        """Answer, as the reader does."""
        self.questions += questions
        return self.clock.time("network", lambda: self.judge.sides(questions))


def measure() -> Iterator[Result]:
    """Yield the share of each stage of an ordinary article, and frames and questions a second."""
    engine = Engine(None)
    text = article_of(WORDS).text
    runs = [_run(engine, text) for _ in range(RUNS + 1)]  # the first warms caches
    runs = runs[1:]
    whole = median(sum(clock.seconds.values()) for clock, _, _ in runs)
    for stage in runs[0][0].seconds:
        share = median(clock.seconds[stage] / sum(clock.seconds.values()) for clock, _, _ in runs)
        yield Result(f"stance.share_{stage}", share, f"of {whole * 1000:.0f} ms for {WORDS} words")
    yield Result("stance.frames_per_second", runs[0][1] / whole, f"frames/s, {runs[0][1]} found")
    asked = median(clock.seconds["network"] for clock, _, _ in runs)
    yield Result("stance.questions_per_second", runs[0][2] / asked, f"of {runs[0][2]} questions")


def _run(engine: Engine, text: str) -> tuple[Clock, int, int]:
    """Read an article once; return the time by stage, and how many frames and questions came."""
    clock = Clock()
    zones = clock.time("zones", lambda: find_zones(text))
    worth = [Span(zone.start, zone.end) for zone in zones if zone.kind is not ZoneKind.BOILERPLATE]
    names = clock.time("names", lambda: find_entities(engine.nlp, text, worth))
    reading = clock.time("statements", lambda: read(text, zones, names))
    trees = clock.time("syntax", lambda: read_trees(engine.nlp, reading))
    said = clock.time("statements", lambda: attribute(reading, trees))
    reader: Any = engine.nlp.get_pipe(STEP)
    judge = TimedJudge(reader, clock)
    weighing = Weighing(judge, reading, trees, said, Issues())
    began = time.perf_counter()
    found = strongest(reading, finished(weighing.steps(take_sides(reading, said, trees))))
    clock.seconds["sides"] += time.perf_counter() - began - clock.seconds["network"]
    return clock, len(found), len(judge.questions)
