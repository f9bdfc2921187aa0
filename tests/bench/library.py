"""Libraries of ten and a hundred thousand articles: how soon one is seen, found in, and safe."""

import sqlite3
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from uuid import UUID, uuid4

from sqlmodel import Session

from db import annotations, articles, engine, history, people
from db.acts import Act, Change
from db.glance import glance
from db.models import TABLES
from db.rows import to_row
from db.values import Article, Decision, Entity, Metadata, Origin, Span, Status, now
from tests.bench import large
from tests.bench.result import Result

ARTICLES = 10_000
TEXT = "The minister said the pact would hold. " * 80


def measure() -> Iterator[Result]:
    """Yield the figures of one project, made for the purpose."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.standfirst"
        yield Result("library.create", _ms(lambda: engine.create(path, name="Large")), "ms")
        opened = engine.open_project(path)
        with engine.session(opened) as session:
            last = _fill(session)
            yield from _acts(session, path, last)
        opened.dispose()
        yield Result("library.open", _ms(lambda: engine.open_project(path).dispose()), "ms")
        looks = [_ms(lambda: glance(path)) for _ in range(5)]
        yield Result("library.glance_10k", statistics.median(looks), "ms", at_most=100)
        yield from large.measure(Path(folder))


def _fill(session: Session) -> Article:
    """Add ten thousand articles, and one with 66 suggestions; return that one."""
    ids = [str(uuid4()) for _ in range(ARTICLES)]
    with engine.transaction(session) as connection:
        connection.execute(
            TABLES["article"].insert(),
            [
                {
                    "id": identifier,
                    "sha256": articles.text_sha256(TEXT),
                    "title": f"Ferry pact: minister to rule out changes to crossing {number}",
                    "publication": "The Ellery Courier",
                    "published": f"20{number % 26:02}-{number % 12 + 1:02}-{number % 28 + 1:02}",
                    "status": "todo",
                    "removed": False,
                    "imported_at": now(),
                    "decided": 0,
                    "pending": 0,
                }
                for number, identifier in enumerate(ids)
            ],
        )
        connection.execute(
            TABLES["article_text"].insert(),
            [{"number": number, "text": TEXT} for number in range(1, ARTICLES + 1)],
        )
    last = articles.add(session, TEXT, Metadata(title="The last one"))
    annotations.set_suggestions(
        session, last.id, last.sha256, [_name(last, start) for start in range(66)], "bench", "1"
    )
    return last


def _acts(session: Session, path: Path, article: Article) -> Iterator[Result]:
    coder = people.coder(session, "Ada")
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE bare (number)")
        bare = statistics.median(_ms(lambda: _bare(plain)) for _ in range(50))
        plain.execute("DROP TABLE bare")
    act = statistics.median(_ms(lambda: _add(session, coder, _name(article, 0))) for _ in range(50))
    yield Result("library.bare_commit", bare, "ms")
    yield Result("library.act", act, "ms", at_most=20)
    yield Result("library.undo", _ms(lambda: history.undo(session, coder)), "ms")


def _bare(plain: sqlite3.Connection) -> None:
    plain.execute("BEGIN IMMEDIATE")
    plain.execute("INSERT INTO bare VALUES (1)")
    plain.execute("COMMIT")


def _name(article: Article, start: int) -> Entity:
    decision = Decision(Status.SUGGESTED, Origin.MODEL, score=0.5)
    return Entity(uuid4(), article.id, Span(start, start + 3), "ORG", decision)


def _add(session: Session, coder: UUID, name: Entity) -> None:
    added = Decision(Status.ADDED, Origin.CODER, coder=coder, decided_at=now())
    change = Change("entity", name.id, before=None, after=to_row(replace(name, decision=added)))
    history.perform(session, Act("add", "add", name.article, (change,)), coder)


def _ms(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return (perf_counter() - start) * 1000
