"""An import of many articles against SQLite's own pace, and how much memory it takes.

``ARTICLES=100000 make bench ONLY=import`` measures as many as large projects have.
"""

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import accumulate, count
from pathlib import Path
from statistics import mean
from time import perf_counter, sleep
from uuid import uuid4

import resources
from db import engine
from db.articles import article_to_row, text_sha256
from db.full_text import ADD
from db.values import Article, Metadata
from tests.bench.result import Result

ARTICLES = int(os.environ.get("ARTICLES", "20000"))
LONG = 3_000  # code points of an article
SEED = 7


def measure() -> Iterator[Result]:
    """Yield the figures of one import, and of the same rows written by hand."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, ours, raw = (Path(folder, name) for name in ("c.jsonl", "o.standfirst", "r.db"))
        with corpus.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in _records(ARTICLES))
        # Before and after: a machine that others use is not the same for long.
        before = _by_hand(raw, corpus)
        seconds, memory = _import(ours, corpus)
        raw.unlink()
        by_hand = mean((before, _by_hand(raw, corpus)))
    yield Result("import.articles", ARTICLES, "articles")
    yield Result("import.raw_executemany_and_fts5", by_hand, "s")
    yield Result("import.command", seconds, "s")
    yield Result("import.times_raw", seconds / by_hand, "x", at_most=1.5)
    yield Result("import.rate", ARTICLES / seconds, "articles/s")
    yield Result("import.peak_memory", memory / 2**20, "MB", at_most=300)


def _records(number: int) -> Iterator[dict[str, str]]:
    """Yield articles whose words are as frequent as words are: few of them often."""
    known = {
        word: None
        for sample in sorted(resources.path("samples").glob("*.txt"))
        for word in sample.read_text("utf-8").split()
    }
    draw = random.Random(SEED)
    syllables = ("ba", "ko", "ri", "tan", "mel", "os", "der", "vin", "sta", "lu", "pre", "gor")
    rare = ("".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(40_000))
    words = list(dict.fromkeys((*known, *rare)))
    weights = list(accumulate(1 / (rank + 5) for rank in range(len(words))))
    for nth in range(number):
        drawn = draw.choices(words, cum_weights=weights, k=LONG // 6)
        paragraphs = (" ".join(drawn[at : at + 60]) for at in range(0, len(drawn), 60))
        yield {
            "title": f"{nth}: {' '.join(drawn[:6])}",
            "publication": "The Ellery Courier",
            "date": f"20{nth % 26:02}-{nth % 12 + 1:02}-{nth % 28 + 1:02}",
            "url": f"https://example.org/{nth}",
            "text": ".\n\n".join(paragraphs)[:LONG],
        }


def _import(project: Path, corpus: Path) -> tuple[float, int]:
    """Return the seconds the command takes, and the most bytes it and its reader had at once."""
    start = perf_counter()
    command = [sys.executable, "-m", "desktop", "import", str(project), str(corpus)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        most = 0
        while process.poll() is None:
            most = max(most, sum(map(_resident, _family(process.pid))))
            sleep(0.02)
        seconds = perf_counter() - start
        assert process.stderr
        said = process.stderr.read().decode()
    assert f"{ARTICLES:,} of {ARTICLES:,}" in said, said
    return seconds, most


def _family(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split()
    except OSError:
        return []
    return [process, *map(int, children)]


def _resident(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text("utf-8").split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _by_hand(path: Path, corpus: Path) -> float:
    """Return the seconds that the same rows take in the same tables, from memory."""
    rows, texts, indexed = _rows(corpus)
    engine.create(path, name="By hand")
    columns = list(rows[0])
    values = [tuple(row.values()) for row in rows]
    with closing(sqlite3.connect(path, isolation_level=None)) as plain:
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        start = perf_counter()
        plain.execute("BEGIN IMMEDIATE")
        marks = ", ".join("?" * len(columns))
        insert = f"INSERT INTO article ({', '.join(columns)}) VALUES ({marks})"
        plain.executemany(insert, values)
        plain.executemany("INSERT INTO article_text (number, text) VALUES (?, ?)", texts)
        plain.executemany(ADD, indexed)
        plain.execute("COMMIT")
        return perf_counter() - start


def _rows(
    corpus: Path,
) -> tuple[list[dict[str, object]], list[tuple[int, str]], list[tuple[int, str, str]]]:
    rows, texts, indexed = [], [], []
    numbers = count(1)
    with corpus.open(encoding="utf-8") as file:
        for record, number in zip(map(json.loads, file), numbers, strict=False):
            text = record["text"]
            meta = Metadata(
                record["title"], record["publication"], None, record["url"], record["date"]
            )
            article = Article(uuid4(), text, text_sha256(text), meta)
            rows.append({**article_to_row(article), "number": number, "place": f"c.jsonl:{number}"})
            texts.append((number, text))
            indexed.append((number, record["title"], text))
    return rows, texts, indexed
