"""The library is searched, sorted out and gone through, by keys and by mouse."""

from __future__ import annotations

import csv
from pathlib import Path
from uuid import uuid4

import pytest
from flow.coast import hands
from flow.keyboard import Keyboard
from flow.mouse import Mouse
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QTreeWidgetItem

from db import articles, history, people, projects
from db.acts import Act, Change
from db.engine import create, open_project, session
from db.rows import to_row
from db.values import (
    Decision,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
    now,
)
from desktop.library.contexts_dialog import Column, ContextsDialog
from desktop.library.shelf import Shelf

TEXTS = (
    ("Pact signed", "The Ellery Courier", "2025-03-01", "The minister signed the ferry pact."),
    ("Pact in doubt", "Le Phare", "2025-06-01", "A minister doubts the pact. Ferry fares rise."),
    ("Strike at the port", "Le Phare", "2026-01-01", "Dockers close the harbour to every ferry."),
    ("Strike over", "The Ellery Courier", "2026-02-01", "Ministers welcome the end of the strike."),
    ("A café opens", None, None, "Nobody was against it."),
)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FOUND = {"minister": ["Pact in doubt", "Pact signed"]}


@pytest.fixture
def project(tmp_path: Path, odd_pipeline: str) -> Path:
    path = tmp_path / "Harbour.standfirst"
    create(path, name="Harbour")
    engine = open_project(path)
    with session(engine) as own:
        coder = people.coder(own, "Ada")
        added = [
            articles.add(own, text, Metadata(title, paper, published=day), coder=coder)
            for title, paper, day, text in TEXTS
        ]
        side = Stance(
            uuid4(),
            added[0].id,
            Ref(RefKind.SPAN, Span(0, 12)),
            Ref(RefKind.SPAN, Span(20, 34)),
            Position.FAVOR,
            (Span(0, 34),),
            Decision(Status.ADDED, Origin.CODER, coder=coder, decided_at=now()),
        )
        change = Change("stance", side.id, before=None, after=to_row(side))
        history.perform(own, Act("add_stance", "add a stance", side.article, (change,)), coder)
        projects.set_pipeline(own, odd_pipeline)
    engine.dispose()
    return path


@pytest.fixture
def keys(standfirst, qtbot) -> Keyboard:
    qtbot.waitUntil(lambda: standfirst.session.state is not None)
    return hands(standfirst, qtbot)


def listed(app) -> list[str]:
    model = app.articles
    return [model.index(row).data() for row in range(model.rowCount())]


def open_title(app) -> str | None:
    return app.session.state and app.session.state.article.meta.title


def search(app, keys: Keyboard, qtbot, query: str, titles: list[str]) -> None:
    keys.press("Ctrl+Shift+F")
    keys.type(query)
    qtbot.waitUntil(lambda: listed(app) == titles)


def facet(app, qtbot, name: str) -> QTreeWidgetItem:
    """Unfold a facet and wait until it is counted."""
    panel = app.library.facets
    (section,) = panel.findItems(panel.facet_name(name), Qt.MatchFlag.MatchExactly)
    section.setExpanded(True)
    qtbot.waitUntil(lambda: section.childCount() > 0)
    return section


def values(section: QTreeWidgetItem) -> dict[str, str]:
    rows = map(section.child, range(section.childCount()))
    return {row.text(0): row.text(1) for row in rows if row}


def test_what_is_typed_is_found_and_the_keys_go_through_it(standfirst, keys, qtbot):
    search(standfirst, keys, qtbot, "minister", FOUND["minister"])
    keys.press("Return")  # on to the list
    assert standfirst.library.list.hasFocus()
    keys.press("Home", "Return")
    qtbot.waitUntil(lambda: open_title(standfirst) == "Pact in doubt")
    assert standfirst.canvas.hasFocus()
    keys.press("Alt+Down")
    qtbot.waitUntil(lambda: open_title(standfirst) == "Pact signed")
    keys.press("Alt+Down")  # the end of what was found
    assert open_title(standfirst) == "Pact signed"


def test_a_query_that_is_not_finished_is_told_and_the_list_stays(standfirst, keys, qtbot):
    search(standfirst, keys, qtbot, "minister", FOUND["minister"])
    bar = standfirst.library.bar
    keys.type('minister "pact')
    said = bar.findChild(type(bar._said), "search-said")
    qtbot.waitUntil(lambda: "close it" in said.text())
    assert said.isVisible()
    assert listed(standfirst) == FOUND["minister"]
    keys.type('minister "pact signed')
    keys.press("Escape")  # nothing is looked for now
    qtbot.waitUntil(lambda: len(listed(standfirst)) == len(TEXTS))
    assert not said.isVisible()
    keys.press("Escape")
    assert standfirst.library.list.hasFocus()


def test_nothing_found_is_told(standfirst, keys, qtbot):
    search(standfirst, keys, qtbot, "zeppelin", [])
    assert standfirst.library._nothing.text() == "Nothing found."
    keys.press("Ctrl+K")
    keys.type("show all articles")
    keys.press("Return")
    qtbot.waitUntil(lambda: len(listed(standfirst)) == len(TEXTS))
    assert standfirst.library.bar.field.text() == ""


def test_facets_count_and_choose_by_keys(standfirst, keys, qtbot):
    keys.press("Ctrl+Alt+F")
    panel = standfirst.library.facets
    assert panel.hasFocus()
    keys.press("Return")  # unfolds the first: publications
    section = panel.topLevelItem(0)
    qtbot.waitUntil(lambda: values(section) == {"Le Phare": "2", "The Ellery Courier": "2"})
    keys.press("Down", "Return")
    qtbot.waitUntil(lambda: listed(standfirst) == ["Strike at the port", "Pact in doubt"])
    assert section.text(1) == "1"
    keys.press("Down", "Space")  # a second one of the same facet: either will do
    qtbot.waitUntil(lambda: len(listed(standfirst)) == 4)
    years = facet(standfirst, qtbot, "date")
    qtbot.waitUntil(lambda: values(years) == {"2026": "2", "2025": "2"})
    search(standfirst, keys, qtbot, "strike", ["Strike over", "Strike at the port"])
    qtbot.waitUntil(lambda: values(years) == {"2026": "2"})


def test_facets_are_chosen_by_mouse_and_counted_for_what_is_found(standfirst, keys, qtbot):
    mouse, pane = Mouse(standfirst), standfirst.library
    mouse.click(pane.bar.filters)
    assert pane.facets.isVisible()
    papers = pane.facets.topLevelItem(0)
    mouse.click(pane.facets.viewport(), pane.facets.visualItemRect(papers).center())
    qtbot.waitUntil(lambda: papers.childCount() == 2)
    one = papers.child(1)
    box = pane.facets.visualItemRect(one)
    box.setLeft(pane.facets.columnViewportPosition(1) + 4)
    mouse.click(pane.facets.viewport(), box.center())
    qtbot.waitUntil(lambda: listed(standfirst) == ["Strike over", "Pact signed"])
    assert pane.bar.filters.text() == "Filters 1"
    mouse.click(pane.bar.filters)
    assert not pane.facets.isVisible()
    assert listed(standfirst) == ["Strike over", "Pact signed"]


def test_the_list_is_sorted_and_gone_through_in_that_order(standfirst, keys, qtbot):
    keys.press("Ctrl+K")
    keys.type("oldest first")
    keys.press("Return")
    oldest = ["Pact signed", "Pact in doubt", "Strike at the port", "Strike over", "A café opens"]
    qtbot.waitUntil(lambda: listed(standfirst) == oldest)
    assert standfirst.library.bar.sort.text() == "Oldest"
    keys.press("Ctrl+Shift+F", "Escape", "Home", "Return", "Alt+Down")
    qtbot.waitUntil(lambda: open_title(standfirst) == "Pact in doubt")


def test_one_seed_gives_one_random_order(standfirst, keys, qtbot):
    def in_order_of(seed: str) -> list[str]:
        keys.press("Ctrl+K")
        keys.type("in random order")
        keys.press("Return")
        keys.type(seed)
        keys.press("Return")
        qtbot.waitUntil(lambda: standfirst.library.bar.sort.text() == f"Random {seed}")
        seen: list[object] = []
        standfirst.project.store.ask(lambda _: None, seen.append)
        qtbot.waitUntil(lambda: bool(seen))
        return listed(standfirst)

    first = in_order_of("11")
    assert sorted(first) == sorted(title for title, *_ in TEXTS)
    assert in_order_of("12") != first
    assert in_order_of("11") == first


def test_a_search_is_saved_looked_for_renamed_and_deleted(standfirst, keys, qtbot):
    search(standfirst, keys, qtbot, "minister", FOUND["minister"])
    keys.press("Ctrl+K")
    keys.type("save this search")
    keys.press("Return")
    keys.type("Government")
    keys.press("Return")
    listing = standfirst.project.listing
    qtbot.waitUntil(lambda: [one.name for one in listing.saved] == ["Government"])
    qtbot.waitUntil(lambda: standfirst.project.undo_title == "save the search ‘Government’")
    search(standfirst, keys, qtbot, "cafe", ["A café opens"])
    keys.press("Ctrl+Shift+S")
    keys.press("Return")
    qtbot.waitUntil(lambda: listed(standfirst) == FOUND["minister"])
    assert standfirst.library.bar.field.text() == "minister"

    menu = standfirst.library.bar.saved.menu()
    menu.aboutToShow.emit()
    rename, delete = (action.menu() for action in menu.actions() if action.menu())
    rename.actions()[0].trigger()
    keys.type("Ministers")
    keys.press("Return")
    qtbot.waitUntil(lambda: [one.name for one in listing.saved] == ["Ministers"])
    menu.aboutToShow.emit()
    _, delete = (action.menu() for action in menu.actions() if action.menu())
    delete.actions()[0].trigger()
    qtbot.waitUntil(lambda: listing.saved == [])
    qtbot.waitUntil(lambda: standfirst.project.undo_title == "delete the search ‘Ministers’")
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: [one.name for one in listing.saved] == ["Ministers"])


def test_keywords_stand_in_context_and_lead_to_their_place(standfirst, keys, qtbot):
    search(standfirst, keys, qtbot, "ferry", ["Strike at the port", "Pact in doubt", "Pact signed"])
    keys.press("Ctrl+Shift+K")
    dialog = standfirst.window.findChild(ContextsDialog)
    qtbot.waitUntil(lambda: "3 places in 3 articles" in dialog.said)
    model = dialog.contexts
    rights = [model.index(row, Column.RIGHT).data() for row in range(model.rowCount())]
    assert rights == [".", "fares rise.", "pact."]
    dialog.table.sortByColumn(Column.LEFT, Qt.SortOrder.AscendingOrder)
    lefts = [model.index(row, Column.LEFT).data().split()[-1] for row in range(3)]
    assert lefts == ["every", "pact.", "the"]
    dialog.field.setFocus()
    keys.press("Return")
    assert dialog.table.hasFocus()
    keys.press("Down", "Down", "Return")
    qtbot.waitUntil(lambda: open_title(standfirst) == "Pact signed")
    state = standfirst.session.state
    qtbot.waitUntil(lambda: standfirst.session.selection is not None)
    assert standfirst.session.selection.of(state.text) == "ferry"
    dialog.activateWindow()
    dialog.field.setFocus()
    qtbot.waitUntil(dialog.field.hasFocus)
    keys.type("(nobody")
    qtbot.waitUntil(lambda: "not closed" in dialog.said)
    dialog.close()


def test_all_that_are_listed_are_marked_and_undo_takes_it_back(standfirst, keys, qtbot):
    pane = standfirst.library
    search(standfirst, keys, qtbot, "minister", FOUND["minister"])
    keys.press("Return", "Home", "Return")
    qtbot.waitUntil(lambda: open_title(standfirst) == "Pact in doubt")
    standfirst.window.actions_table["mark-shown"].menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: standfirst.articles.count(Shelf.DONE) == 2)
    toast = standfirst.window.toast
    qtbot.waitUntil(lambda: standfirst.session.state.article.status == "done")
    assert pane.model.rowCount() == 0  # none of them is to do any more
    qtbot.waitUntil(toast.isVisible)
    qtbot.mouseClick(toast.findChild(QPushButton), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: listed(standfirst) == FOUND["minister"])
    qtbot.waitUntil(lambda: standfirst.session.state.article.status == "todo")


def test_several_that_are_selected_go_into_the_bin(standfirst, keys, qtbot):
    pane = standfirst.library
    pane.list.setFocus()
    keys.press("Home", "Shift+Down")
    assert len(pane.selected()) == 2
    standfirst.window.actions_table["remove-shown"].trigger()
    qtbot.waitUntil(lambda: standfirst.articles.total == 3)
    assert listed(standfirst) == ["Pact in doubt", "Pact signed", "A café opens"]
    qtbot.waitUntil(lambda: standfirst.project.undo_title == "remove 2 articles")
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: standfirst.articles.total == 5)


def test_statements_of_what_is_listed_leave_as_a_table(standfirst, keys, qtbot, tmp_path):
    search(standfirst, keys, qtbot, "minister", FOUND["minister"])
    standfirst.window.actions_table["statements"].trigger()
    qtbot.waitUntil(lambda: standfirst.window.findChild(QFileDialog) is not None)
    dialog = standfirst.window.findChild(QFileDialog)
    out = tmp_path / "table.csv"
    dialog.fileSelected.emit(str(out))
    dialog.close()
    qtbot.waitUntil(out.exists)
    with out.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    (row,) = [dict(zip(head, row, strict=True)) for row in rows]
    assert (row["headline"], row["holder"], row["target"], row["stance"], row["coder"]) == (
        ("Pact signed", "The minister", "the ferry pact", "for", "Ada")
    )
    toast = standfirst.window.toast
    qtbot.waitUntil(lambda: "table.csv" in " ".join(w.text() for w in toast.findChildren(QLabel)))
