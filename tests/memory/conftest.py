"""A project of one's own for every test, an article in it, and the acts most of them need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from db import articles, people
from db import engine as door
from db.acts import Act, Change
from db.rows import to_row
from db.values import (
    Annotation,
    Article,
    Decision,
    Entity,
    Metadata,
    Origin,
    Span,
    Status,
    layer_of,
    now,
)

TEXT = """Ferry pact: Lindqvist to rule out changes.

Mr Lindqvist met Ms Oyelaran in Varn on Thursday."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty project, with a name that URLs would trip over."""
    path = tmp_path / "Fähren ? #1 100%.standfirst"
    door.create(path, name="Ferry pact study")
    return path


@pytest.fixture
def open_session(path: Path) -> Iterator[Callable[[], Session]]:
    """Opens the project: each call as another program would."""
    opened: list[Session] = []

    def open_once_more() -> Session:
        opened.append(door.session(door.open_project(path)))
        return opened[-1]

    yield open_once_more
    for session in opened:
        session.close()
        session.get_bind().engine.dispose()


@pytest.fixture
def session(open_session: Callable[[], Session]) -> Session:
    return open_session()


@pytest.fixture
def coder(session: Session) -> UUID:
    return people.coder(session, "Ada")


@pytest.fixture
def article(session: Session, coder: UUID) -> Article:
    meta = Metadata(title="Ferry pact", publication="The Ellery Courier", published="2026-08-23")
    return articles.add(session, TEXT, meta, coder=coder)


@pytest.fixture
def suggest(article: Article) -> Callable[[str], Entity]:
    """Makes a suggested PERSON of a name in the article."""

    def suggested(name: str) -> Entity:
        start = article.text.index(name)
        decision = Decision(Status.SUGGESTED, Origin.MODEL, score=0.875)
        return Entity(uuid4(), article.id, Span(start, start + len(name)), "PERSON", decision)

    return suggested


@pytest.fixture
def decide(coder: UUID) -> Callable[[Annotation, Status], Act]:
    """Makes the act that decides on a suggestion."""

    def act(suggestion: Annotation, status: Status = Status.ACCEPTED) -> Act:
        decision = replace(
            suggestion.decision,
            status=status,
            suggestion=suggestion.id,
            coder=coder,
            decided_at=now(),
        )
        row = to_row(replace(suggestion, decision=decision))
        change = Change(layer_of(suggestion).value, suggestion.id, before=None, after=row)
        return Act(status.value, f"{status.value} one", suggestion.article, (change,))

    return act
