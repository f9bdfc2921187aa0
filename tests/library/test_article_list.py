"""The library shows one shelf at a time, and follows what happens to an article."""

from datetime import datetime
from itertools import count
from uuid import uuid4

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from db.values import ArticleRow, ArticleStatus
from desktop.library.lines import Lines
from desktop.library.list_model import ArticleList
from desktop.library.list_view import short_date
from desktop.library.shelf import Shelf
from desktop.library.view import LibraryPane

numbers = count(1)


def row(title: str, status: ArticleStatus = ArticleStatus.TODO) -> ArticleRow:
    paper, day = "The Ellery Courier", "2026-08-23"
    return ArticleRow(next(numbers), str(uuid4()), title, paper, day, status.value, 0, 4)


@pytest.fixture
def rows():
    return [
        row("Ferry pact"),
        row("Winter timetable", ArticleStatus.DONE),
        row("Berth shortage", ArticleStatus.IN_PROGRESS),
        row("Port strike", ArticleStatus.FLAGGED),
    ]


@pytest.fixture
def articles(qapp, rows):
    model = ArticleList()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_lines(Lines(rows))
    yield model
    del tester


def titles(model: ArticleList) -> list[str]:
    role = Qt.ItemDataRole.DisplayRole
    return [model.index(i).data(role) for i in range(model.rowCount())]


def test_each_article_stands_on_one_shelf_and_among_all(articles):
    shown = {}
    for shelf in Shelf:
        articles.set_shelf(shelf)
        shown[shelf] = titles(articles)
    assert shown == {
        Shelf.TODO: ["Ferry pact", "Berth shortage"],
        Shelf.UNSURE: ["Port strike"],
        Shelf.DONE: ["Winter timetable"],
        Shelf.ALL: ["Ferry pact", "Winter timetable", "Berth shortage", "Port strike"],
    }
    assert [articles.count(shelf) for shelf in Shelf] == [2, 1, 1, 4]


def test_an_article_that_is_done_leaves_the_shelf(articles, rows):
    articles.progress(rows[0].id, ArticleStatus.DONE, decided=4, pending=0)
    assert titles(articles) == ["Berth shortage"]
    assert not articles.index_of(rows[0].id).isValid()


def test_an_article_that_comes_back_stands_where_it_stood(articles, rows):
    articles.progress(rows[0].id, ArticleStatus.DONE, 4, 0)
    articles.progress(rows[0].id, ArticleStatus.IN_PROGRESS, 3, 1)
    assert titles(articles) == ["Ferry pact", "Berth shortage"]


def test_progress_is_shown_without_moving_anything(articles, rows, qtbot):
    with qtbot.waitSignal(articles.dataChanged) as changed:
        articles.progress(rows[0].id, ArticleStatus.IN_PROGRESS, decided=1, pending=3)
    assert changed.args[0].row() == 0
    assert articles.get(rows[0].id).decided == 1


def test_an_article_that_is_new_is_added(articles):
    articles.update(row("Court challenge"))
    assert titles(articles)[-1] == "Court challenge"


def test_what_was_found_is_shown_in_its_order_and_counted(articles, rows):
    articles.set_shelf(Shelf.ALL)
    articles.show_found([rows[2].number, rows[1].number, 999, rows[0].number])
    assert titles(articles) == ["Berth shortage", "Winter timetable", "Ferry pact"]
    assert [articles.count(shelf) for shelf in Shelf] == [2, 0, 1, 3]
    assert (articles.total, articles.done) == (4, 1)
    articles.show_found([])
    assert titles(articles) == []
    articles.show_found(None)
    assert len(titles(articles)) == 4


def test_what_was_found_comes_and_goes_where_the_search_has_it(articles, rows):
    articles.show_found([rows[2].number, rows[1].number, rows[0].number])
    articles.update(rows[1]._replace(state="todo"))
    assert titles(articles) == ["Berth shortage", "Winter timetable", "Ferry pact"]
    articles.update(rows[3]._replace(state="todo"))  # it was not found
    assert titles(articles) == ["Berth shortage", "Winter timetable", "Ferry pact"]
    articles.update(rows[2]._replace(state="done"))
    assert titles(articles) == ["Winter timetable", "Ferry pact"]
    assert not articles.index_of(rows[3].id).isValid()


def test_the_rest_comes_behind_the_first_screenful_without_a_jump(articles, rows, qtbot):
    articles.set_shelf(Shelf.ALL)
    articles.set_lines(Lines(rows[:2], whole=False))
    assert not articles.whole
    kept = QPersistentModelIndex(articles.index(1))
    with qtbot.assertNotEmitted(articles.modelReset):
        articles.set_lines(Lines(rows))
    assert kept.isValid()
    assert kept.data() == "Winter timetable"
    assert titles(articles) == [one.title for one in rows]


def test_articles_are_named_by_some_letters_of_title_and_publication(articles):
    assert [one.title for one in articles.named(["courier", "pac"])] == ["Ferry pact"]
    assert len(list(articles.named([]))) == 4


def test_articles_of_a_long_library_are_named_as_they_are_now():
    many = [row(f"Bulletin {number}") for number in range(1_200)]
    lines = Lines(many)
    lines.put(many[700]._replace(title="Calandra\nreturns"))
    lines.put(row("Calandra leaves"))
    assert [one.title for one in lines.named(["bulletin", "119"])] == [
        "Bulletin 119",
        "Bulletin 1119",
        *(f"Bulletin {number}" for number in range(1_190, 1_200)),
    ]
    assert [one.title for one in lines.named(["calandra"])] == [
        "Calandra\nreturns",
        "Calandra leaves",
    ]
    assert not list(lines.named(["bulletin", "700"]))
    assert [one.number for one in lines.named([])] == lines.order


def test_home_and_end_go_to_the_ends_of_the_list(qtbot, articles):
    pane = LibraryPane(articles)
    qtbot.addWidget(pane)
    pane.show_shelf(Shelf.ALL)
    pane.go_to_list()
    qtbot.keyClick(pane.list, Qt.Key.Key_End)
    assert pane.list.currentIndex().data() == "Port strike"
    qtbot.keyClick(pane.list, Qt.Key.Key_Home)
    assert pane.list.currentIndex().data() == "Ferry pact"


def test_dates_are_short_and_name_another_year(qapp):
    this_year = datetime.now().year
    assert short_date(f"{this_year}-08-23") == "23 Aug"
    assert short_date("2019-08-23T10:00:00+02:00") == "23 Aug 2019"
    assert short_date("last spring") == "last spring"
    assert short_date(None) == ""


def test_an_open_article_that_leaves_the_shelf_takes_the_mark_along(qtbot, articles, rows):
    pane = LibraryPane(articles)
    qtbot.addWidget(pane)
    first, second = rows[0], rows[2]
    pane.mark(second.id)
    articles.update(second._replace(state=ArticleStatus.FLAGGED.value))
    assert titles(articles) == ["Ferry pact"]
    assert not pane.list.selectionModel().selectedRows()
    assert pane.neighbour(1) == first.id  # from nowhere, on with the first
    articles.update(second)
    assert [index.row() for index in pane.list.selectionModel().selectedRows()] == [1]
