"""The first paint's look at a project: the same as what is loaded later, without SQLModel."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import JSON
from sqlmodel import Session

from db import annotations, articles, history, projects, schemes
from db.acts import Act
from db.article_bulks import bin_articles, mark_articles
from db.glance import JSON_COLUMNS, SCREENFUL, glance
from db.models import TABLES
from db.search import find
from db.search_values import Search
from db.values import (
    Article,
    ArticleStatus,
    Attribution,
    Decision,
    Entity,
    Metadata,
    Origin,
    Ref,
    RefKind,
    Span,
    Statement,
    Status,
    Zone,
    ZoneKind,
)


def test_a_glance_at_an_empty_project(path: Path, session: Session) -> None:
    seen = glance(path)
    assert seen is not None
    assert seen.project_name == "Ferry pact study"
    assert seen.labels == schemes.current(session).labels
    assert (seen.coder, seen.rows, seen.article) == (None, [], None)
    assert (seen.suggestions, seen.decisions) == ([], [])


def test_a_glance_shows_what_loading_shows(
    path: Path,
    session: Session,
    coder: UUID,
    article: Article,
    suggest: Callable[[str], Entity],
    decide: Callable[..., Act],
) -> None:
    newer = Metadata(published="2026-09-01")
    other = articles.add(session, "Another\0text 👍.", newer, coder=coder)
    articles.set_zones(session, article.id, [Zone(0, 42, ZoneKind.HEADLINE)])
    names = [suggest("Lindqvist"), suggest("Oyelaran"), suggest("Varn")]
    statement = Statement(
        uuid4(),
        article.id,
        source=Ref(RefKind.ENTITY, names[0].span, entity=names[0].id),
        cue=(Span(45, 50),),
        content=(Span(50, 60), Span(61, 65)),
        attribution=Attribution.DIRECT,
        decision=Decision(Status.SUGGESTED, Origin.RULE),
    )
    annotations.set_suggestions(
        session, article.id, article.sha256, [*names, statement], "news", "1"
    )
    history.perform(session, decide(names[1]), coder)
    history.perform(session, decide(statement), coder)
    projects.set_last_article(session, article.id)

    seen, loaded = glance(path), annotations.load(session, article.id)
    assert seen is not None
    assert seen.article == loaded.article
    assert seen.suggestions == loaded.suggestions == [names[0], names[2]]
    assert seen.decisions == loaded.decisions
    assert len(seen.decisions) == 2
    assert seen.rows == articles.list_rows(session)
    assert [row.id for row in seen.rows] == [other.id, article.id]
    assert seen.coder == "Ada"

    articles.remove(session, article.id, coder)
    seen = glance(path)
    assert seen is not None
    assert seen.article is None


def test_a_glance_at_a_large_library_reads_a_screenful_of_each_kind(
    path: Path, session: Session, coder: UUID
) -> None:
    for number in range(SCREENFUL + 5):
        articles.add(session, f"{number}", Metadata(published=f"2026-{number:04}"), coder=coder)
    done = find(session, Search())[:3]  # the newest are done
    mark_articles(session, done, ArticleStatus.DONE, coder)
    seen = glance(path)
    assert seen is not None
    assert not seen.whole
    assert seen.rows == articles.list_rows(session)[: SCREENFUL + 3]
    bin_articles(session, find(session, Search())[50:], coder)
    seen = glance(path)
    assert seen is not None
    assert seen.whole
    assert seen.rows == articles.list_rows(session)


def test_the_columns_a_glance_reads_as_json_are_those_the_tables_hold_as_json() -> None:
    tables = ("suggestion", "entity", "statement", "stance", "scheme", "label")
    held = {c.name for t in tables for c in TABLES[t].columns if isinstance(c.type, JSON)}
    assert held == JSON_COLUMNS


def test_a_glance_imports_neither_sqlmodel_nor_sqlalchemy(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from db.glance import glance; import db.presence;"
        "glance(Path(sys.argv[1]));"
        "sys.exit(bool({'sqlalchemy', 'sqlmodel', 'pydantic'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", program, path], check=True)


def test_a_glance_leaves_no_files_beside_a_project_nobody_has_open(path: Path) -> None:
    before = path.read_bytes()
    assert glance(path)
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == before
