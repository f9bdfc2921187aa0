"""The index of words says what the titles and texts say, whichever way they came and changed."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from db import articles, history
from db import engine as door
from db.acts import Act, Change
from db.values import Article, Metadata

FROZEN = Path(__file__).parent / "frozen"


def _found(session: Session, words: str) -> list[str]:
    with door.snapshot(session) as connection:
        rows = connection.exec_driver_sql(
            "SELECT id FROM full_text JOIN article ON number = full_text.rowid"
            " WHERE full_text MATCH ?",
            (words,),
        )
        return [row.id for row in rows]


def _agrees_with_what_is_stored(session: Session) -> bool:
    with door.transaction(session) as connection:
        check = "INSERT INTO full_text (full_text, rank) VALUES ('integrity-check', 1)"
        connection.exec_driver_sql(check)  # an error, if not
    return True


def test_an_article_is_found_by_its_title_and_by_its_text(
    session: Session, article: Article
) -> None:
    assert _found(session, "title: ferry") == [str(article.id)]
    assert _found(session, "text: oyelaran") == [str(article.id)]
    assert _found(session, "no such word") == []
    assert _agrees_with_what_is_stored(session)


def test_accents_and_case_make_no_difference(session: Session) -> None:
    added = articles.add(session, "Île-de-Bréhat", Metadata())
    assert _found(session, "bREHAT") == [str(added.id)]


def test_a_changed_title_is_found_as_it_is_now_and_after_undo_as_it_was(
    session: Session, article: Article, coder: UUID
) -> None:
    new = replace(article.meta, title="Harbour dues")
    change = Change("article", article.id, before=asdict(article.meta), after=asdict(new))
    history.perform(session, Act("metadata", "change the title", article.id, (change,)), coder)
    assert _found(session, "title: harbour") == [str(article.id)]
    assert _found(session, "title: ferry") == []
    assert _agrees_with_what_is_stored(session)
    history.undo(session, coder)
    assert _found(session, "title: harbour") == []
    assert _found(session, "title: ferry") == [str(article.id)]
    assert _agrees_with_what_is_stored(session)


def test_what_was_in_an_older_project_is_found_once_it_is_updated(tmp_path: Path) -> None:
    path = tmp_path / "old.standfirst"
    shutil.copyfile(FROZEN / "version 0005.standfirst", path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for identifier, words, day in (("b", "tolls", "02"), ("a", "ferries", "01")):
            connection.execute(
                "INSERT INTO article (id, sha256, title, status, removed, imported_at, decided,"
                f" pending) VALUES (?, ?, 'Old news', 'todo', 0, '2026-01-{day}', 0, 1)",
                (identifier * 8, words),
            )
            connection.execute(
                "INSERT INTO article_text (article_id, text) VALUES (?, ?)",
                (identifier * 8, f"All about {words}"),
            )
        connection.execute(
            "INSERT INTO suggestion (id, article_id, layer, value, origin, score, model, version,"
            " created_at) VALUES ('s', 'aaaaaaaa', 'entity', '{}', 'model', 0.5, 'm', '1', '')"
        )
    engine = door.open_project(path)
    with door.session(engine) as session:
        assert _found(session, "tolls") == ["b" * 8]
        assert set(_found(session, "news")) == {"a" * 8, "b" * 8}
        assert _agrees_with_what_is_stored(session)
        with door.snapshot(session) as connection:
            rows = connection.exec_driver_sql("SELECT number, id, score FROM article").all()
        assert [tuple(row) for row in rows] == [(1, "a" * 8, 0.5), (2, "b" * 8, None)]
    engine.dispose()
