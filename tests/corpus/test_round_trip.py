"""The whole way of a text: from a file to the project, on to the corpus, and back to a project."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from searching import examples
from sqlmodel import Session

from db import annotations, articles, exchange, schemes
from db.engine import create, open_project, session
from db.values import Decision, Entity, Origin, Span, Status
from desktop.corpus.formats import jsonl
from desktop.corpus.parsing import parse
from desktop.corpus.records import record
from desktop.corpus.save import save
from desktop.library.readers.text import read

# What has broken the offsets of every tool of this kind: wide, joined, combining, rewritten, RTL.
HARD = "a👩🏽‍🚒e\u0301\r\n\u00a0\u2028\u2029\u0085\u200f\u05d0\u0628\u0644ß\t\x0b\U0001d518\ufeff"
characters = st.sampled_from(HARD) | st.characters(
    exclude_categories=["Cs"], exclude_characters="\0"
)
texts = st.text(characters, min_size=1, max_size=60).filter(
    lambda text: text.strip(" \n\r\t\ufeff")
)


@contextmanager
def project_at(path: Path) -> Iterator[Session]:
    create(path, name=path.stem)
    engine = open_project(path)
    with session(engine) as own:
        yield own
    engine.dispose()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Session]:
    with project_at(tmp_path / "here.standfirst") as own:
        yield own


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Session]:
    with project_at(tmp_path / "there.standfirst") as own:
        yield own


@given(text=texts, cuts=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60))
def test_every_span_survives_from_file_to_project_to_corpus_and_back(
    here: Session, there: Session, tmp_path: Path, text: str, cuts: list[tuple[int, int]]
):
    source, corpus = tmp_path / "article.txt", tmp_path / "corpus.jsonl"
    source.write_bytes(text.encode())
    try:
        incoming = read(source)
    except Exception as error:
        assert "no text in it" in str(error)
        return
    expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert incoming.text == expected

    article = articles.add(here, incoming.text, incoming.meta)
    spans = {Span(*sorted(cut)) for cut in cuts}
    drawn = [entity(article.id, s) for s in spans if s.start < s.end <= len(incoming.text)]
    annotations.set_suggestions(here, article.id, article.sha256, list(drawn), "test", "1")
    stored = annotations.load(here, article.id)
    save([record(stored, schemes.current(here))], corpus)

    (read_back,) = jsonl.read(corpus)
    assert read_back["text"] == incoming.text
    assert {(e["start"], e["end"], e["text"]) for e in read_back["entities"]} == {
        (one.span.start, one.span.end, one.span.of(incoming.text)) for one in drawn
    }
    parsed = parse(read_back)
    assert exchange.bring_in(there, parsed.loaded, parsed.issues)
    assert annotations.load(there, article.id) == stored


def entity(article: UUID, span: Span) -> Entity:
    decision = Decision(Status.SUGGESTED, Origin.MODEL, 0.5)
    return Entity(uuid5(article, str(span)), article, span, "PERSON", decision)
