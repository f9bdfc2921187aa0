"""One import from its first file to its last: read, stored a batch at a time, told of."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from db.arriving import Arriving, Came, Clashed, Known, Outcome, Twins, Where
from db.versions import Carried
from desktop.corpus.parsing import Parsed
from desktop.importing import report
from desktop.importing.asking import Reader, Stopped
from desktop.importing.columns import Columns
from desktop.importing.report import Line, Tally
from desktop.importing.sources import Source
from desktop.refused import Refused

BESIDE = 100
"""Articles in the first transaction where another program has the project open."""

TURN = 0.1
"""Seconds a transaction should take there: as many articles go into the next as fit."""

BREATH = 0.025
"""Seconds between two transactions, where another program may wait for its turn."""

_FIRST, _LARGE = 2**20, 16 * 2**20  # code points of the first batch, and of the largest
_LATE = 5.0  # seconds after which a batch is stored however large it is
_TOLD, _WORDS = 5, 60  # of what vanished: how many, and how long
_NEWS = 0.1  # seconds between two words of progress


class Storing(Protocol):
    """Where articles go: see :class:`db.imports.Import`."""

    def take(self, batch: Sequence[Arriving]) -> list[Outcome]:
        """Bring articles in, all or none; return what became of each."""
        ...

    def finish(self) -> Iterable[Twins]:
        """Say that all was read; return which twins are known by then."""
        ...


@dataclass(slots=True)
class Progress:
    """How far it is: files and bytes, of how many; articles that came; seconds since it began."""

    files: int
    size: int
    file: str = ""
    files_done: int = 0
    done: int = 0
    articles: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds it will take from here, if it goes on so; None while nobody can tell."""
        if not self.done or self.seconds < 1:
            return None
        return (self.size - self.done) * self.seconds / self.done


@dataclass(slots=True)
class Result:
    """What it came to; ``first`` is the first new article."""

    tally: Tally = field(default_factory=Tally)
    first: UUID | None = None
    stopped: bool = False


class Run:
    """Stores what a reader finds in sources.

    ``tell`` hears of each record as its batch is stored; ``news`` of the progress, now and then;
    ``stop`` is asked often whether to stop: then what was read but not stored yet stays out.
    ``beside`` tells whether another program waits for its turn at the project.
    """

    def __init__(
        self,
        reader: Reader,
        storing: Storing,
        tell: Callable[[Line], object],
        news: Callable[[Progress], object],
        stop: Callable[[], bool] = lambda: False,
        beside: Callable[[], bool] = lambda: False,
    ) -> None:
        self._reader, self._storing, self._tell, self._news = reader, storing, tell, news
        self._stop, self._beside = stop, beside
        self._batch: list[tuple[Arriving, tuple[str, ...]]] = []
        self._size, self._full = 0, _FIRST
        self._few, self._began = BESIDE, time.monotonic()
        self._stored_at = self._told_at = 0.0
        self.result = Result()

    def run(self, found: Iterable[Source | Line], columns: Columns | None = None) -> Result:
        """Bring all in that was found.

        Raises:
            db.imports.TakenBack: if it was undone meanwhile.
            db.project_file.ProjectError: if nothing can be stored any more.
        """
        sources: list[Source] = []
        for one in found:
            if isinstance(one, Source):
                sources.append(one)
            else:
                self._line(one)
            if self._stop():
                self.result.stopped = True
                return self.result
        progress = Progress(len(sources), sum(source.size for source in sources))
        self._began = self._stored_at = time.monotonic()
        behind = 0
        for source in sources:
            progress.file = source.name
            for _ in self._read(source, columns, progress):
                if self._stop():
                    self.result.stopped = True
                    return self.result
            progress.files_done += 1
            behind += source.size
            progress.done = behind
        self._store()
        self._say(progress, at_once=True)
        for twins in self._storing.finish():
            one = twins.one
            self._line(
                Line(report.Outcome.DOUBTFUL, one.place or "", _twins(twins), one.title or "")
            )
        return self.result

    def _read(self, source: Source, columns: Columns | None, progress: Progress) -> Iterator[None]:
        """Read one file, storing what is full; yields often."""
        before = progress.done
        yield
        try:
            for read in self._reader.read(source, columns):
                for record in read.records:
                    self._take(record)
                    yield
                progress.done = before + min(read.at, source.size)
                self._say(progress)
        except Stopped as why:
            place, words = _place_and_words(source, str(why))
            self._line(Line(report.Outcome.REFUSED, place, words))
        self._say(progress)

    def _take(self, record: Parsed | Refused) -> None:
        if isinstance(record, Refused):
            self._line(Line(report.Outcome.REFUSED, record.place, record.why))
            return
        self._batch.append((Arriving(record.place, record.loaded, record.issues), record.doubts))
        self._size += len(record.loaded.article.text)
        beside = len(self._batch) % self._few == 0 and self._beside()
        if beside or self._size >= self._full or time.monotonic() - self._stored_at > _LATE:
            self._store()
            if beside:
                time.sleep(BREATH)

    def _store(self) -> None:
        batch, self._batch, self._size = self._batch, [], 0
        if batch:
            began = time.monotonic()
            outcomes = self._storing.take([arriving for arriving, _ in batch])
            fit = len(batch) * TURN / (time.monotonic() - began)
            self._few = max(BESIDE, min(round(fit), self._few * 2))
            self._full = min(self._full * 2, _LARGE)  # there is something to store from early on
            for (arriving, doubts), outcome in zip(batch, outcomes, strict=True):
                self._settle(arriving, doubts, outcome)
        self._stored_at = time.monotonic()

    def _settle(self, arriving: Arriving, doubts: tuple[str, ...], outcome: Outcome) -> None:
        place, title = arriving.place, arriving.loaded.article.meta.title or ""
        match outcome:
            case Came(article, left_out, carried):
                self.result.first = self.result.first or article
                self._line(Line(report.Outcome.TAKEN, place, "", title, str(article)))
                doubts = (*doubts, *map(_left_out, left_out))
                if carried is not None:
                    doubts = (*doubts, _carried(carried))
                if doubts:
                    why = "; ".join(doubts)
                    self._line(Line(report.Outcome.DOUBTFUL, place, why, title, str(article)))
            case Known():
                self._line(Line(report.Outcome.KNOWN, place, _known(outcome, place), title))
            case Clashed(why):
                self._line(Line(report.Outcome.REFUSED, place, why, title))

    def _line(self, line: Line) -> None:
        self.result.tally[line.outcome] += 1
        self._tell(line)

    def _say(self, progress: Progress, *, at_once: bool = False) -> None:
        now = time.monotonic()
        if at_once or now - self._told_at > _NEWS:
            progress.articles = self.result.tally[report.Outcome.TAKEN]
            progress.seconds = now - self._began
            self._told_at = now
            self._news(progress)


def _place_and_words(source: Source, why: str) -> tuple[str, str]:
    """Return where a reader met what it says, such as a line of the file, and its words alone."""
    said = source.place(why)
    if not said.startswith(source.name):
        return source.name, why
    where, _, words = said.removeprefix(source.name).partition(": ")
    return source.name + where, words


def _known(known: Known, place: str) -> str:
    title = f", as ‘{known.title}’" if known.title else ""
    match known.where:
        case Where.IMPORT if known.place and known.place != place:
            return f"the same text came in with this import already, from {known.place}"
        case Where.BIN:
            return f"it is in the bin{title}; restore it there"
        case _:
            return f"it is in the project already{title}"


def _twins(twins: Twins) -> str:
    other = twins.other
    named = f"‘{other.title}’" if other.title else "an article without a title"
    if other.where is Where.PROJECT:
        return f"a twin of {named}, which is in the project"
    return f"a twin of {named}, from {other.place}"


def _carried(carried: Carried) -> str:
    """Say what a newer version took over, and what it could not."""
    of = f" of ‘{carried.title}’" if carried.title else ""
    said = f"a newer version{of}, which goes to the bin"
    if carried.kept:
        said += f"; {_number(carried.kept)} carried over"
    if carried.moved:
        said += f", {carried.moved:,} of them moved"
    if carried.vanished:
        words = [f"“{shortened}”" for one in carried.vanished if (shortened := _short(one))]
        more = ", …" if len(words) > _TOLD else ""
        said += f"; {_number(len(carried.vanished))} vanished: {', '.join(words[:_TOLD])}{more}"
    return said


def _number(decisions: int) -> str:
    return "1 decision" if decisions == 1 else f"{decisions:,} decisions"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _WORDS else line[: _WORDS - 1] + "…"


def _left_out(label: tuple[str, int]) -> str:
    name, count = label
    names = "1 name" if count == 1 else f"{count:,} names"
    return f"{names} under {name}, which the scheme lacks, stayed out"
