"""A history of a million acts: how soon a page of it is seen, and an article as it once was."""

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter
from uuid import UUID, uuid4

from sqlmodel import Session

from db import articles, engine, history, people
from db.acts import Act, Change
from db.history_list import Page, Wanted, page
from db.past import as_of
from db.rows import to_row
from db.values import Article, Decision, Entity, Metadata, Origin, Span, Status, now
from tests.bench.result import Result

ACTS, ARTICLES, ON_ONE = 1_000_000, 2_000, 2_500
TEXT = "The minister said the pact would hold. " * 400
AT = "2026-11-27T10:42:00.000Z"


def measure() -> Iterator[Result]:
    """Yield the figures of one project, made for the purpose."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.standfirst"
        engine.create(path, name="Long")
        opened = engine.open_project(path)
        with engine.session(opened) as session:
            coder = people.coder(session, "Ada")
            article = articles.add(session, TEXT, Metadata(title="The one"), coder=coder)
            _code(session, article, coder)
            yield from _past(session, article)
            _fill(path, coder)
            yield from _pages(session, article)
        opened.dispose()


def _code(session: Session, article: Article, coder: UUID) -> None:
    """Do as many acts on one article as an analyst does on a long one."""
    with engine.transaction(session):
        for start in range(ON_ONE):
            decision = Decision(Status.ADDED, Origin.CODER, coder=coder, decided_at=now())
            one = Entity(uuid4(), article.id, Span(start, start + 3), "ORG", decision)
            change = Change("entity", one.id, None, to_row(one))
            history.perform(session, Act("add", "add ‘it’", article.id, (change,)), coder)


def _past(session: Session, article: Article) -> Iterator[Result]:
    first = history.entries(session, article.id, limit=ON_ONE)[-1].seq
    worst = max(_ms(lambda: as_of(session, article.id, first)) for _ in range(5))
    yield Result("history.as_of_2500_acts", worst, "ms", at_most=1_000)


def _fill(path: Path, coder: UUID) -> None:
    """Write a million acts into the history, as acts on names do, by two thousand articles."""
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        plain.execute("PRAGMA synchronous = OFF")
        plain.execute("BEGIN")
        plain.executemany(
            "INSERT INTO history (id, at, coder_id, article_id, kind, act_id, name, title, changes)"
            " VALUES (?, ?, ?, ?, 'act', ?, 'relabel', ?, ?)",
            (_row(number, str(coder)) for number in range(ACTS)),
        )
        plain.execute("COMMIT")


def _row(number: int, coder: str) -> tuple[str, ...]:
    identifier, article = str(UUID(int=number)), str(UUID(int=number // 500 % ARTICLES))
    before = {"label": "ORG", "status": "accepted", "suggested": None, "decided_at": AT}
    change = {"table": "entity", "id": identifier, "before": before, "after": before}
    title = f"relabel ‘Norland {number % 977}’"
    return identifier, AT, coder, article, identifier, title, json.dumps([change])


def _pages(session: Session, article: Article) -> Iterator[Result]:
    yield Result("history.first_page", _ms(lambda: page(session, Wanted())), "ms", at_most=100)
    deep = _ms(lambda: page(session, Wanted(), before=ACTS // 2))
    yield Result("history.page_in_the_middle", deep, "ms", at_most=100)
    one = Wanted(article=article.id)
    yield Result("history.first_page_of_an_article", _ms(lambda: page(session, one)), "ms")
    common = Wanted(words=("norland", "97"))
    yield Result("history.a_word_that_is_common", _ms(lambda: page(session, common)), "ms")
    turns = [_ms(lambda: None)]
    before, rare = None, Wanted(words=("nowhere",))
    while True:
        start = perf_counter()
        found: Page = page(session, rare, before)
        turns.append((perf_counter() - start) * 1000)
        before = found.before
        if before is None:
            break
    yield Result("history.a_word_that_is_nowhere", sum(turns), "ms")
    yield Result("history.longest_the_thread_is_kept", max(turns), "ms", at_most=100)


def _ms(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return (perf_counter() - start) * 1000
