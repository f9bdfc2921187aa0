"""A corpus appears whole and proven, or not at all."""

import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest

from db.scheme_values import Scheme
from db.values import Article, Loaded
from desktop.corpus.errors import CorpusError
from desktop.corpus.records import record
from desktop.corpus.save import pour, save
from desktop.corpus.shape import Record


def one(text: str) -> Record:
    article = Article(UUID(int=1), text, sha256(text.encode()).hexdigest())
    return record(Loaded(article, [], [], [], [], None), Scheme(UUID(int=2), "news", 1, ()))


def failing() -> Iterator[Record]:
    yield one("written before the disk was full")
    raise OSError(28, "No space left on device")


def untrue() -> Iterator[Record]:
    yield one("sound")
    yield {**one("sound"), "text": "not what was hashed"}


def test_what_was_there_stays_until_the_new_corpus_is_proven(tmp_path: Path):
    out = tmp_path / "corpus.jsonl"
    save([one("first")], out)
    first = out.read_bytes()

    with pytest.raises(OSError, match="No space"):
        save(failing(), out)
    with pytest.raises(CorpusError, match=f"{out}:2: meta.sha256"):
        save(untrue(), out)

    assert out.read_bytes() == first
    assert list(tmp_path.iterdir()) == [out]


def test_a_stream_gets_nothing_that_is_not_proven():
    stream = io.BytesIO()

    with pytest.raises(CorpusError, match="standard output:2"):
        pour(untrue(), stream)

    assert stream.getvalue() == b""


def test_an_empty_project_makes_an_empty_corpus(tmp_path: Path):
    proof = save([], tmp_path / "corpus.jsonl")

    assert proof.articles == 0
    assert (tmp_path / "corpus.jsonl").read_bytes() == b""
