"""A library of a hundred thousand articles: opened, searched, counted and jumped about in.

Each figure stands beside the bare SQL, or the empty project, that does the same in the same run.
"""

import itertools
import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from uuid import UUID

from PySide6.QtWidgets import QApplication
from sqlmodel import Session

from db import articles, engine, people
from db.full_text import add_to_full_text
from db.models import TABLES
from db.search import facet, find
from db.search_values import Search
from desktop import theme
from desktop.library.lines import Lines
from desktop.library.list_model import ArticleList
from desktop.library.shelf import Shelf
from desktop.library.view import LibraryPane
from tests.bench.result import Result
from tests.bench.start import PATIENCE, PROGRAM, _moments, _started, passed

ARTICLES = 100_000
AT_ONCE = 5000
WORDS = 420  # in a text: some 3 KB
COMMON, RARE = "minister", "calandra"
PAPERS = [f"Paper {number}" for number in range(70)]
SYLLABLES = (
    "ka",
    "ro",
    "mi",
    "ten",
    "sor",
    "va",
    "lu",
    "pe",
    "ri",
    "no",
    "da",
    "gra",
    "sel",
    "fin",
)
LABELS = ("PERSON", "ORG", "GPE", "LAW")
_NEWEST_50 = (
    "SELECT number FROM article WHERE removed = 0 AND number IN"
    " (SELECT rowid FROM full_text WHERE full_text MATCH ?)"
    " ORDER BY published DESC, imported_at DESC LIMIT 50"
)
_BY_PAPER = (
    "SELECT publication, count(*) FROM article WHERE removed = 0 AND number IN"
    " (SELECT rowid FROM full_text WHERE full_text MATCH ?) GROUP BY publication"
)
_BY_LABEL = (
    "SELECT label, count(DISTINCT article_id) FROM entity"
    " WHERE status IN ('accepted', 'corrected', 'added') AND article_id IN"
    " (SELECT id FROM article WHERE removed = 0 AND number IN"
    " (SELECT rowid FROM full_text WHERE full_text MATCH ?)) GROUP BY label"
)


def measure(folder: Path) -> Iterator[Result]:
    """Yield the figures of a project that is made in a folder."""
    path = folder / "hundred thousand.standfirst"
    make(path)
    opened = engine.open_project(path)
    with engine.session(opened) as session, closing(sqlite3.connect(path)) as bare:
        yield from _searching(session, bare)
        yield from _listing(session)
    opened.dispose()
    yield from _opening(folder, path)


def make(path: Path, count: int = ARTICLES) -> None:
    """Make a project whose words are as unevenly frequent as those of news, always the same."""
    dice = random.Random(5)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(30_000)]
    words[:12] = f"the of {COMMON} ferry pact port strike said border customs vote toll".split()
    weights = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(words))))
    shares = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(PAPERS))))
    engine.create(path, name="Large")
    opened = engine.open_project(path)
    with engine.session(opened) as session:
        coder = str(people.coder(session, "Ada"))
        for first in range(1, count + 1, AT_ONCE):
            rows, texts, names = [], [], []
            for number in range(first, min(first + AT_ONCE, count + 1)):
                identifier = _id(dice)
                decided = 3 if number % 5 == 0 else 0
                title, text = (
                    " ".join(dice.choices(words, cum_weights=weights, k=k)) for k in (9, WORDS)
                )
                if number % 500 == 0:
                    text += f" {RARE}"
                rows.append(
                    {
                        "number": number,
                        "id": identifier,
                        "sha256": identifier * 2,
                        "title": title,
                        "publication": dice.choices(PAPERS, cum_weights=shares)[0],
                        "published": f"20{dice.randint(15, 26)}-{dice.randint(1, 12):02}-"
                        f"{dice.randint(1, 28):02}",
                        "status": "done" if decided else "todo",
                        "removed": False,
                        "imported_at": f"2026-11-28T10:00:{first // AT_ONCE:02}",
                        "decided": decided,
                        "pending": 5,
                        "score": dice.random(),
                    }
                )
                texts.append((number, title, text))
                names += [
                    {
                        "id": _id(dice),
                        "article_id": identifier,
                        "status": "accepted",
                        "origin": "model",
                        "start": start,
                        "end": start + 2,
                        "label": dice.choice(LABELS),
                        "coder_id": coder,
                    }
                    for start in range(decided)
                ]
            with engine.transaction(session) as connection:
                connection.execute(TABLES["article"].insert(), rows)
                connection.execute(
                    TABLES["article_text"].insert(),
                    [{"number": number, "text": text} for number, _, text in texts],
                )
                connection.execute(TABLES["entity"].insert(), names)
                add_to_full_text(connection, texts)
    opened.dispose()


def _id(dice: random.Random) -> str:
    return str(UUID(int=dice.getrandbits(128)))


def _searching(session: Session, bare: sqlite3.Connection) -> Iterator[Result]:
    for kind, word in (("common", COMMON), ("rare", RARE)):
        search = Search(word)
        yield from _beside(
            f"newest_50_{kind}",
            lambda search=search: find(session, search, 50),
            lambda word=word: bare.execute(_NEWEST_50, (word,)).fetchall(),
        )
        yield Result(f"library.find_all_{kind}", _ms(lambda s=search: find(session, s)), "ms")
        for name, sql in (("publication", _BY_PAPER), ("label", _BY_LABEL)):
            yield from _beside(
                f"facet_{name}_{kind}",
                lambda search=search, name=name: facet(session, search, name),
                lambda word=word, sql=sql: bare.execute(sql, (word,)).fetchall(),
            )


def _beside(name: str, ours: Callable[[], object], bare: Callable[[], object]) -> Iterator[Result]:
    pairs = [
        (_ms(ours), _ms(bare)) for _ in range(7)
    ]  # turn by turn: a busy machine is so for both
    mine, plain = (median(side) for side in zip(*pairs, strict=True))
    yield Result(f"library.{name}", mine, "ms")
    yield Result(f"library.{name}_bare", plain, "ms")
    yield Result(f"library.{name}_ratio", mine / plain, "x", at_most=2)


def _listing(session: Session) -> Iterator[Result]:
    ours = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(ours, QApplication)
    theme.install(ours)
    rows: list[object] = []
    yield Result("library.read_100k", _ms(lambda: rows.extend(articles.list_rows(session))), "ms")
    lines = Lines(rows)  # type: ignore[arg-type]
    model = ArticleList()
    pane = LibraryPane(model)
    pane.resize(272, 800)
    pane.show()

    def painted(do: Callable[[], object]) -> float:
        def run() -> None:
            do()
            ours.processEvents()
            pane.list.viewport().grab()

        return _ms(run)

    yield Result("library.show_100k", painted(lambda: model.set_lines(lines)), "ms")
    pane.show_shelf(Shelf.ALL)
    dice = random.Random(1)
    rows_at = [dice.randrange(ARTICLES) for _ in range(50)]
    jumps, worked = list[float](), list[float]()
    for at in rows_at:
        before = time.thread_time()
        jumps.append(painted(lambda at=at: pane.list.setCurrentIndex(model.index(at))))
        worked.append((time.thread_time() - before) * 1000)
    yield Result("library.jump", median(jumps), "ms", at_most=50)
    yield Result("library.jump_longest", max(jumps), "ms", at_most=50)
    yield Result("library.jump_longest_turn", max(worked), "ms of processor time")
    row = model.rows[ARTICLES // 2]
    pane.show_shelf(Shelf.TODO)
    leave = painted(lambda: model.update(row._replace(state="done")))
    yield Result("library.leave_the_shelf", leave, "ms")
    for kind, word in (("common", COMMON), ("rare", RARE)):
        typed = (word[:end] for end in range(1, len(word) + 1))
        keys = [_ms(lambda part=part: _first(model.named([part]))) for part in typed]
        yield Result(f"library.named_by_a_key_{kind}_longest", max(keys), "ms", at_most=16)
    found = find(session, Search(COMMON, sort="title"))
    yield Result("library.show_found", painted(lambda: model.show_found(found)), "ms")
    pane.close()


def _first(rows: Iterator[object]) -> list[object]:
    """Return as many as the command field shows."""
    return list(itertools.islice(rows, 60))


def _opening(folder: Path, large: Path) -> Iterator[Result]:
    empty = folder / "empty.standfirst"
    engine.create(empty, name="Empty")
    times: dict[Path, list[float]] = {empty: [], large: []}
    passed(_home(folder, "warm"), [*PROGRAM, str(large)])
    for run in range(5):
        for path, seen in times.items():
            home = _home(folder, f"{path.stem} {run}")
            at = passed(home, [*PROGRAM, str(path)], "article_painted")
            seen.append(at["article_painted"][0])
    none, many = median(times[empty]), median(times[large])
    yield Result("library.open_empty", none, "s")
    yield Result("library.open_100k", many, "s")
    yield Result("library.open_ratio", many / none, "x", at_most=1.5)
    for name, path in (("empty", empty), ("100k", large)):
        yield Result(f"library.memory_{name}", _memory(_home(folder, f"rest {name}"), path), "MB")


def _home(folder: Path, name: str) -> Path:
    home = folder / name
    home.mkdir()
    return home


def _memory(home: Path, project: Path) -> float:
    """Return the window's resident memory once the whole list is shown, and a while after."""
    trace = home / "trace.jsonl"
    folders = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    environment = {**os.environ, **{name: str(home / name) for name in folders}}
    environment["STANDFIRST_TRACE"] = str(trace)
    with _started([*PROGRAM, str(project)], environment) as (began, process):
        while time.time() < began + PATIENCE:
            if any(moment["moment"] == "library_listed" for moment in _moments(trace)):
                time.sleep(3)
                status = Path(f"/proc/{process.pid}/status").read_text()
                line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
                return int(line.split()[1]) / 1024
            time.sleep(0.05)
    raise TimeoutError(f"{project}: the library is not listed within {PATIENCE} s")


def _ms(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000
