"""What other programs write to the open project shows here, and takes nothing away."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication

from db.values import ArticleStatus


def test_what_another_program_changes_is_shown(standfirst, window, qtbot, project):
    with closing(sqlite3.connect(project)) as other:
        other.execute("UPDATE article SET title = 'Renamed elsewhere'")
        other.commit()
    qtbot.waitUntil(
        lambda: {row.title for row in standfirst.articles.rows} == {"Renamed elsewhere"}
    )


def finish_elsewhere(project: Path, article: UUID) -> None:
    with closing(sqlite3.connect(project)) as other:
        other.execute(f"UPDATE article SET status = 'done' WHERE id = '{article}'")
        other.commit()


def test_what_another_program_changes_while_ours_work_beside_us_is_shown(
    standfirst, window, qtbot, project
):
    article = standfirst.session.state.article
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy and not standfirst.project.twins.busy)
    finish_elsewhere(project, article.id)
    standfirst.project.store.take_in(standfirst.project.twins.found.emit)  # as a search that ends
    qtbot.waitUntil(lambda: standfirst.session.state.article.status is ArticleStatus.DONE)


def test_what_another_program_changes_is_read_when_the_hands_rest(
    standfirst, qtbot, project, monkeypatch
):
    store, article = standfirst.project.store, standfirst.session.state.article
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy and store.settled)
    reads, pressed = list[UUID](), list[float]()
    load = store.load_article

    def read(one: UUID, then: Callable[[Any], object]) -> None:
        reads.append(one)
        load(one, then)

    monkeypatch.setattr(store, "load_article", read)

    def press() -> None:
        pressed.append(monotonic())
        qtbot.keyClick(standfirst.canvas, Qt.Key.Key_1)

    keys = QTimer(interval=10)
    keys.timeout.connect(press)
    keys.start()
    qtbot.waitUntil(lambda: len(pressed) > 5)
    finish_elsewhere(project, article.id)
    standfirst.project.article.read()
    qtbot.waitUntil(lambda: len(pressed) > 200)
    keys.stop()
    qtbot.waitUntil(lambda: standfirst.session.state.article.status is ArticleStatus.DONE)
    pauses = sum(later - sooner > 0.25 for sooner, later in pairwise(pressed))
    assert len(reads) <= 3 + pauses  # what came too late, what came at rest, and one for the twins


def test_of_what_another_program_suggests_nothing_is_said(standfirst, window, qtbot, project):
    article = standfirst.articles.rows[1]

    def write(statement: str) -> None:
        with closing(sqlite3.connect(project)) as other:
            other.execute(statement)
            other.commit()

    write(f"UPDATE article SET pending = 77 WHERE number = {article.number}")
    qtbot.waitUntil(lambda: standfirst.articles.numbered(article.number).pending == 77)
    assert not window.toast.isVisible()

    write(f"UPDATE article SET status = 'done' WHERE number = {article.number}")
    qtbot.waitUntil(window.toast.isVisible)
    assert standfirst.articles.numbered(article.number).state == "done"
