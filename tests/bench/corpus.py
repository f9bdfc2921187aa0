"""How fast a corpus is written, what its proof costs, and that memory stays flat."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4, uuid5

from db import exchange
from db.engine import create, open_project, session
from db.transactions import transaction
from db.values import (
    Article,
    Decision,
    Entity,
    Loaded,
    Metadata,
    Model,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)
from desktop.corpus.formats import jsonl
from tests.bench.articles import article_of
from tests.bench.result import Result

ARTICLES = 1_000
WORDS = 700
ENTITIES, STANCES = 60, 12


def measure() -> Iterator[Result]:
    """Export a project of a thousand annotated articles as the command does."""
    with tempfile.TemporaryDirectory() as folder:
        project, out = Path(folder, "bench.standfirst"), Path(folder, "out.jsonl")
        _fill(project, ARTICLES)
        small = Path(folder, "small.standfirst")
        _fill(small, ARTICLES // 10)
        few = _export(small, out)[1]
        seconds, many = _export(project, out)
        started = time.perf_counter()
        read = sum(1 for _ in jsonl.read(out))
        proving = time.perf_counter() - started
        assert read == ARTICLES
        yield Result("corpus.export", ARTICLES / seconds, "articles/s", at_least=100)
        yield Result("corpus.proof_share", proving / seconds, "of the export", at_most=0.5)
        yield Result("corpus.memory_growth", many - few, "MB for 10 times as much", at_most=20)
        yield Result("corpus.size", out.stat().st_size / ARTICLES / 1e3, "kB an article")


def _export(project: Path, out: Path) -> tuple[float, float]:
    """Return the seconds an export took, its start included, and its largest memory in MB."""
    code = (
        "import resource, sys; from desktop import cli; code = cli.main(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    )
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, "export", project, out], capture_output=True, check=True
    )
    return time.perf_counter() - started, int(done.stdout) / 1024


def _fill(path: Path, number: int) -> None:
    create(path, name=path.stem)
    engine = open_project(path)
    with session(engine) as own, transaction(own):
        for loaded in islice(_articles(), number):
            exchange.bring_in(own, loaded)
    engine.dispose()


def _articles() -> Iterator[Loaded]:
    text = article_of(WORDS).text
    while True:
        own = f"{uuid4()}\n{text}"
        identifier = uuid4()
        article = Article(identifier, own, sha256(own.encode()).hexdigest(), Metadata(title="B"))
        yield Loaded(
            article,
            suggestions=[_entity(identifier, n, Status.SUGGESTED) for n in range(ENTITIES // 2)],
            decisions=[
                *(_entity(identifier, n, Status.REJECTED) for n in range(ENTITIES // 2, ENTITIES)),
                *(_stance(identifier, n) for n in range(STANCES)),
            ],
            checked=[],
            actors=[],
            model=Model("bench", "1"),
        )


def _entity(article: UUID, number: int, status: Status) -> Entity:
    span = Span(50 * number, 50 * number + 12)
    decision = Decision(status, Origin.MODEL, 0.8)
    return Entity(uuid5(article, f"e{number}"), article, span, "PERSON", decision)


def _stance(article: UUID, number: int) -> Stance:
    span = Span(200 * number, 200 * number + 150)
    return Stance(
        id=uuid5(article, f"s{number}"),
        article=article,
        holder=Ref(RefKind.ENTITY, Span(0, 12), uuid5(article, "e0")),
        target=Ref(RefKind.SPAN, span),
        position=Position.AGAINST,
        evidence=(span,),
        cue=(span,),
        decision=Decision(Status.ACCEPTED, Origin.MODEL, 0.7),
    )
