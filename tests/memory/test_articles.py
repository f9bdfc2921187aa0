"""An article's text is stored exactly as it was given, and never changes."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from searching import examples
from sqlmodel import Session

from db import annotations, articles, history, projects
from db.acts import Act, Change
from db.counts import Stats, stats
from db.values import Article, ArticleStatus, Entity, Metadata, Status, Zone, ZoneKind

TROUBLE = [
    "",
    "a\0b\0",
    "one\r\ntwo\rthree\u2028four\u2029five\x85six\x0bseven\x0c",
    "\ufeffbyte order mark, NBSP\u00a0and\u202fnarrow, soft\u00adhyphen",
    "👍🏽 family 👨‍👩‍👧, flag 🇩🇪, e\u0301 is not é",
    "שלום עליכם \u202bRTL\u202c مرحبا",
    "unpaired quote “ and 'quotes'; -- DROP TABLE article",
    "\U0010ffff\ufffe",
]


@pytest.mark.parametrize("text", TROUBLE)
def test_every_character_comes_back(session: Session, text: str) -> None:
    article = articles.add(session, text, Metadata(title=text))
    assert articles.get(session, article.id) == article
    assert article.text == text
    assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()


@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(session: Session, text: str) -> None:
    assert articles.get(session, articles.add(session, text, Metadata()).id).text == text


@pytest.mark.parametrize(("text", "position"), [("ab\ud83d", 2), ("\udc4d", 0)])
def test_half_a_character_is_refused_and_nothing_is_stored(
    session: Session, text: str, position: int
) -> None:
    with pytest.raises(articles.TextError, match="wrong encoding") as caught:
        articles.add(session, text, Metadata())
    assert caught.value.position == position
    assert articles.list_rows(session) == []
    assert history.entries(session) == []


def test_metadata_and_zones_come_back(session: Session) -> None:
    meta = Metadata("Title", "Courier", "A. N. Author", "https://example.org/1", "2026-08-23", "en")
    zones = (Zone(0, 5, ZoneKind.HEADLINE), Zone(6, 9, ZoneKind.BOILERPLATE))
    article = articles.add(session, "Title\nbody", meta, zones)
    assert articles.get(session, article.id) == article
    articles.set_zones(session, article.id, [Zone(0, 10, ZoneKind.BODY)])
    assert articles.get(session, article.id).zones == (Zone(0, 10, ZoneKind.BODY),)
    articles.set_zones(session, article.id, [])
    assert articles.get(session, article.id).zones == ()


def test_an_unknown_article_is_a_lookup_error(session: Session) -> None:
    for read in (articles.get, annotations.load):
        with pytest.raises(LookupError, match="no article"):
            read(session, uuid4())


def test_a_text_already_here_is_found_unless_it_is_in_the_bin(
    session: Session, article: Article, coder: UUID
) -> None:
    assert articles.find_by_sha256(session, articles.text_sha256(article.text)) == article.id
    articles.remove(session, article.id, coder)
    assert articles.find_by_sha256(session, article.sha256) is None
    assert articles.list_rows(session) == []
    history.undo(session, coder)
    assert articles.find_by_sha256(session, article.sha256) == article.id


def test_the_library_lists_the_newest_publication_first_and_undated_ones_last(
    session: Session,
) -> None:
    for title, published in [("b", "2026-08-22"), ("d", None), ("a", "2026-08-23"), ("c", "2025")]:
        articles.add(session, "Text.", Metadata(title=title, published=published))
    assert [row.title for row in articles.list_rows(session)] == ["a", "b", "c", "d"]


def test_the_library_counts_what_is_decided_and_what_is_pending(
    session: Session,
    article: Article,
    coder: UUID,
    suggest: Callable[[str], Entity],
    decide: Callable[..., Act],
) -> None:
    def counts() -> tuple[int, int]:
        (row,) = articles.list_rows(session)
        return row.decided, row.pending

    names = [suggest("Lindqvist"), suggest("Oyelaran"), suggest("Varn")]
    assert counts() == (0, 0)
    annotations.set_suggestions(session, article.id, article.sha256, names, "m", "1")
    assert counts() == (0, 3)
    history.perform(session, decide(names[0]), coder)
    history.perform(session, decide(names[1], Status.REJECTED), coder)
    assert counts() == (2, 1)
    history.perform(session, decide(suggest("Thursday"), Status.ADDED), coder)
    assert counts() == (3, 1)
    history.undo(session, coder)
    history.undo(session, coder)
    assert counts() == (1, 2)
    annotations.set_suggestions(session, article.id, article.sha256, [names[2]], "m", "2")
    assert counts() == (1, 1)


def test_the_header_counts_the_articles_that_are_done(
    session: Session, coder: UUID, suggest: Callable[[str], Entity], article: Article
) -> None:
    annotations.set_suggestions(session, article.id, article.sha256, [suggest("Varn")], "m", "1")
    for status in (ArticleStatus.DONE, ArticleStatus.DONE, ArticleStatus.FLAGGED):
        other = articles.add(session, "Text.", Metadata())
        change = Change(
            "article", other.id, before={"status": "todo"}, after={"status": status.value}
        )
        history.perform(session, Act("status", "mark", other.id, (change,)), coder)
    articles.remove(session, other.id, coder)
    counted = stats(session)
    assert counted == Stats(todo=1, in_progress=0, done=2, flagged=0, decided=0, pending=1)
    assert counted.articles == 3


def test_the_history_and_the_list_hold_no_texts(
    path: Path, session: Session, article: Article
) -> None:
    with closing(sqlite3.connect(path)) as plain:
        plan = plain.execute(
            "EXPLAIN QUERY PLAN SELECT id, title, publication, published, status, decided, pending"
            " FROM article WHERE removed = 0 ORDER BY published DESC, imported_at DESC"
        ).fetchall()
        changes = plain.execute("SELECT changes FROM history").fetchall()
    assert [row[3] for row in plan] == [
        "SEARCH article USING COVERING INDEX ix_article_library (removed=?)"
    ]
    assert article.text not in str(changes)


def test_the_last_article_and_the_pipeline_are_remembered(
    session: Session, article: Article
) -> None:
    before = projects.get(session)
    projects.set_last_article(session, article.id)
    projects.set_pipeline(session, "de_core_news_sm")
    projects.set_name(session, "Ferries")
    assert projects.get(session) == replace(
        before, last_article=article.id, pipeline="de_core_news_sm", name="Ferries"
    )
    projects.set_last_article(session, None)
    projects.set_pipeline(session, None)
    assert projects.get(session) == replace(before, name="Ferries")
