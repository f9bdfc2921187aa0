"""The lists of the history and of the bin, as Qt sees them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from db.bin import Discarded, RemovedArticle
from db.history_list import Done, News, Page, Wanted
from db.values import (
    Article,
    Decision,
    Entity,
    Metadata,
    Origin,
    Span,
    Status,
)
from desktop.article.state import ArticleState
from desktop.history.bin_model import BinModel
from desktop.history.list_model import HistoryModel
from desktop.history.wording import when

AT = "2026-03-12T10:42:00.000Z"
Strict = QAbstractItemModelTester.FailureReportingMode.Fatal


def done(seq: int, title: str = "accept ‘Calais’") -> Done:
    return Done(seq, uuid4(), AT, None, "Ada", None, "Ferry pact", "accept", title, False)


@pytest.fixture
def acts(qapp) -> HistoryModel:
    model = HistoryModel()
    QAbstractItemModelTester(model, Strict, model)
    return model


@pytest.fixture
def asked(acts) -> list[tuple[int, Wanted, int | None]]:
    found: list[tuple[int, Wanted, int | None]] = []
    acts.page_wanted.connect(lambda *what: found.append(what))
    return found


def titles(model) -> list[str]:
    return [model.data(model.index(row)) for row in range(model.rowCount())]


def test_pages_are_asked_for_as_far_as_somebody_scrolls(acts, asked):
    acts.start(Wanted())
    assert asked == [(acts.number, Wanted(), None)]
    assert not acts.canFetchMore(QModelIndex())  # one at a time
    acts.take_page(acts.number, Page([done(n) for n in range(100, 50, -1)], 51), 100)
    assert acts.rowCount() == 50
    acts.fetchMore(QModelIndex())
    assert asked[-1] == (acts.number, Wanted(), 51)
    acts.take_page(acts.number, Page([done(50)], None), 100)
    assert acts.rowCount() == 51
    assert not acts.canFetchMore(QModelIndex())


def test_where_little_is_found_it_is_looked_for_further(acts, asked):
    acts.start(Wanted(words=("rare",)))
    acts.take_page(acts.number, Page([], 9_000), 10_000)
    acts.take_page(acts.number, Page([done(8_000)], 1_000), 10_000)
    assert [before for _, _, before in asked] == [None, 9_000, 1_000]
    assert acts.looking
    acts.take_page(acts.number, Page([], None), 10_000)
    assert not acts.looking


def test_what_was_asked_for_before_another_search_comes_too_late(acts, asked):
    acts.start(Wanted())
    late = acts.number
    acts.start(Wanted(words=("other",)))
    acts.take_page(late, Page([done(1)], None), 1)
    acts.take_news(late, News(2, [done(2)], {}))
    assert acts.rowCount() == 0


def test_news_stand_on_top_and_what_is_undone_is_marked(acts, asked):
    acts.start(Wanted())
    old = done(3)
    acts.take_page(acts.number, Page([old], None), 3)
    new = done(4, "reject ‘Varn’")
    acts.take_news(acts.number, News(6, [new], {old.id: True}))
    assert titles(acts) == ["reject ‘Varn’", "accept ‘Calais’"]
    assert acts.act(acts.index(1)) == replace(old, undone=True)
    spoken = acts.data(acts.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("accept ‘Calais’, undone, ")
    assert "Ada" in spoken
    acts.take_news(acts.number, News(6, [new], {}))  # heard of twice
    assert acts.rowCount() == 2
    acts.take_news(acts.number, News(7, [], {old.id: False}))
    assert acts.act(acts.index(1)) == old


def test_the_article_is_named_only_where_acts_of_several_are_listed(acts, asked):
    one = done(1)
    acts.start(Wanted(article=uuid4()))
    assert "Ferry pact" not in acts.about(one)
    acts.start(Wanted())
    assert acts.about(one).endswith("Ada · Ferry pact")


def test_the_bin_lists_what_can_be_restored_under_headings(qapp):
    model = BinModel()
    QAbstractItemModelTester(model, Strict, model)
    article = Article(uuid4(), "Calais and Varn.", "0" * 64, Metadata(title="T"))
    decision = Decision(Status.SUGGESTED, Origin.MODEL)
    name = Entity(uuid4(), article.id, Span(0, 6), "GPE", decision)
    gone = Discarded(name, "rejected", "type", 3, AT, "Ada")
    other = RemovedArticle(uuid4(), None, None, "undone", AT, None)
    model.show([other], [gone], ArticleState(article))
    assert titles(model) == [
        "Rejected and deleted here",
        "Calais · GPE",
        "Removed articles",
        "An article without a title",
    ]
    assert model.first().row() == 1
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert "rejected: wrong label · " in str(model.data(model.index(1), model.ABOUT))
    assert str(model.data(model.index(3), model.ABOUT)).startswith("import undone · ")
    model.show([], [], None)
    assert model.rowCount() == 0
    assert not model.first().isValid()


def test_moments_are_named_as_people_do(qapp):
    now = datetime.fromisoformat("2026-11-27T15:00:00+00:00").astimezone()
    at = now.replace(hour=10, minute=42)
    assert when(at.isoformat(), now) == "today, 10:42"
    assert when((at - timedelta(days=1)).isoformat(), now) == "yesterday, 10:42"
    assert when((at - timedelta(days=9)).isoformat(), now) == "18 November, 10:42"
    assert when(at.replace(year=2024).isoformat(), now) == "27 November 2024, 10:42"
