"""Suggestions on their way to the desk and into the project, with the real engine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.values import Article, Metadata, Model
from desktop.app import Standfirst
from desktop.article.scheme import Scheme
from desktop.article.session import ArticleSession
from desktop.shell.opened import Make
from desktop.shell.store import Store
from desktop.shell.suggesting import Suggesting

NAMES = 300


@pytest.fixture
def articles(project: Path) -> tuple[Article, Article]:
    """One that the pipeline takes its time over, and one that is done at once."""
    from db import articles
    from db.engine import open_project, session

    engine = open_project(project)
    with session(engine) as own:
        added = [
            articles.add(own, text, Metadata(title=text[:20], language="en"))
            for text in ("Calais DAWDLES here.\n\n" * NAMES, "Calais now.\n")
        ]
    engine.dispose()
    return added[0], added[1]


@pytest.fixture
def session() -> ArticleSession:
    return ArticleSession(Scheme())


@pytest.fixture
def suggesting(
    qapp: QApplication,
    qtbot: QtBot,
    project: Path,
    articles: object,
    session: ArticleSession,
    odd_pipeline: str,
) -> Iterator[Suggesting]:
    store = Store(project, "Ada", make=Make.NOTHING)
    with qtbot.waitSignal(store.opened):
        store.start()
    suggesting = Suggesting(session)
    with qtbot.waitSignal(suggesting.model_changed):
        suggesting.use(store, odd_pipeline)
    yield suggesting
    suggesting.stop()
    store.close()


def kept(project: Path, article: UUID) -> int:
    query = "SELECT count(*) FROM suggestion WHERE article_id = ?"
    with closing(sqlite3.connect(project)) as connection:
        return connection.execute(query, (str(article),)).fetchone()[0]


def test_who_leaves_an_article_and_comes_back_misses_no_suggestion(
    qtbot: QtBot, project: Path, suggesting: Suggesting, session: ArticleSession, articles
):
    def open_(article: Article) -> None:
        session.load(article)
        suggesting.look_at(article, None)

    def shown() -> int:
        return session.state.left() if session.state else 0

    long, short = articles
    open_(long)
    qtbot.waitUntil(lambda: shown() > 0)
    open_(short)
    qtbot.waitUntil(lambda: kept(project, short.id) == 1)
    assert kept(project, long.id) == 0  # it is not through yet
    open_(long)
    assert shown() > 0  # what was found before is there at once
    qtbot.waitUntil(lambda: not suggesting.busy)
    assert shown() == NAMES
    qtbot.waitUntil(lambda: kept(project, long.id) == NAMES)


def test_asking_again_while_suggestions_come_loses_none(
    qtbot: QtBot, project: Path, suggesting: Suggesting, session: ArticleSession, articles
):
    long, _ = articles
    session.load(long)
    suggesting.ask(long)
    qtbot.waitUntil(lambda: bool(session.state and session.state.left()))
    suggesting.ask(long)
    qtbot.waitUntil(lambda: not suggesting.busy)
    qtbot.waitUntil(lambda: kept(project, long.id) == NAMES)


def test_another_pipelines_suggestions_are_not_mixed_with_the_first_ones(
    qtbot: QtBot, project: Path, suggesting: Suggesting, session: ArticleSession, articles
):
    long, _ = articles
    store = suggesting._store
    assert store is not None
    suggesting.model_changed.connect(lambda _: suggesting.look_at(long, None))
    session.load(long)
    suggesting.ask(long)
    qtbot.waitUntil(lambda: bool(session.state and session.state.left()))
    with qtbot.waitSignal(suggesting.model_changed):
        suggesting.use(store, None)
    qtbot.waitUntil(lambda: not suggesting.busy)
    qtbot.waitUntil(lambda: kept(project, long.id) > 0)
    assert session.state is not None
    stops = session.state.stops()
    assert len(stops) == kept(project, long.id)


def test_an_article_that_kills_the_engine_is_not_asked_about_for_ever(
    odd_pipeline: str, standfirst: Standfirst, qtbot: QtBot
):
    suggesting, told = standfirst.suggesting, list[str]()
    suggesting.told.connect(told.append)
    assert standfirst.project is not None
    standfirst.project.use_pipeline(odd_pipeline)
    odd = Model("en_odd", "1.0")
    qtbot.waitUntil(lambda: suggesting.model == odd)
    QGuiApplication.clipboard().setText("Whoever reads this DIES .\n")
    standfirst.window.actions_table["paste"].trigger()
    qtbot.waitUntil(lambda: bool(told))
    with qtbot.waitSignal(suggesting.engine.restarted):
        pass
    qtbot.waitUntil(lambda: not suggesting.busy)  # with the other articles
    assert len(told) == 1


def test_what_is_read_from_the_file_while_suggestions_come_takes_none_away(
    odd_pipeline: str, standfirst: Standfirst, qtbot: QtBot, project: Path
):
    suggesting, session = standfirst.suggesting, standfirst.session
    assert standfirst.project is not None
    standfirst.project.use_pipeline(odd_pipeline)
    odd = Model("en_odd", "1.0")
    qtbot.waitUntil(lambda: suggesting.model == odd)
    QGuiApplication.clipboard().setText("Calais DAWDLES here.\n\n" * NAMES)
    standfirst.window.actions_table["paste"].trigger()
    qtbot.waitUntil(lambda: session.state is not None and "DAWDLES" in session.state.text)
    assert session.state is not None
    article = session.state.article.id
    qtbot.waitUntil(lambda: bool(session.state and session.state.left()))
    standfirst.project.article.read()
    assert kept(project, article) == 0  # they are still coming
    qtbot.waitUntil(lambda: kept(project, article) > 0)
    assert session.state.left() == kept(project, article) == NAMES
