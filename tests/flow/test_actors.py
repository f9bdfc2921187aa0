"""Who is who: actors made by deciding, joined, split, renamed and affiliated in the real window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from flow.keyboard import Keyboard
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolTip

from db import annotations, articles, people, projects
from db.engine import create, open_project, session
from db.values import (
    Actor,
    Annotation,
    Decision,
    Entity,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)
from desktop.article.actors import ActorHere
from desktop.article.inspector.actor_line import ACTOR

SLOW = 60_000  # ms: a busy machine still loads the model within this
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FIRST = """Harbour toll divides the coast

Xavier Bertrand said the Harbour Toll Act hurts Calais. “It has to go,” Mr Bertrand told
reporters on Monday. Mr Betrand met the Lille Council, and he left early.
"""
SECOND = """Bertrand changes course

Xavier Bertrand now backs the Harbour Toll Act, against the wishes of Anna Duval.
"""
NAMES = {
    "Xavier Bertrand": "PERSON", "Bertrand": "PERSON", "Betrand": "PERSON", "Calais": "GPE",
    "Harbour Toll Act": "LAW", "Lille Council": "ORG", "Monday": "DATE", "Anna Duval": "PERSON",
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path, odd_pipeline: str) -> Path:
    """A project with two short articles about one man, the first one open."""
    path = tmp_path / "Coast.standfirst"
    create(path, name="Coast")
    engine = open_project(path)
    with session(engine) as own:
        one = articles.add(
            own, FIRST, Metadata("Harbour toll", "Courier", published="2026-03-03", language="de")
        )
        articles.add(
            own, SECOND, Metadata("Bertrand", "Gazette", published="2026-04-01", language="de")
        )
        projects.set_last_article(own, one.id)
        projects.set_pipeline(own, odd_pipeline)  # it loads faster than ours
    engine.dispose()
    return path


@pytest.fixture
def keys(standfirst, qtbot) -> Keyboard:
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy, timeout=SLOW)
    return Keyboard(standfirst)


def suggest(app) -> None:
    """Find every name and one stance, as the engine does, in place of what it found itself."""
    article = app.session.state.article
    suggested = Decision(Status.SUGGESTED, Origin.MODEL, 0.9)
    found: list[Annotation] = []
    taken: list[Span] = []
    for words, label in NAMES.items():
        at = article.text.find(words)
        while at >= 0:
            span = Span(at, at + len(words))
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                found.append(Entity(uuid5(article.id, f"{at}"), article.id, span, label, suggested))
            at = article.text.find(words, at + 1)
    by_words = {each.span.of(article.text): each for each in found if isinstance(each, Entity)}
    holder, target = by_words["Xavier Bertrand"], by_words["Harbour Toll Act"]
    first = article.text == FIRST
    found.append(
        Stance(
            uuid5(article.id, "stance"),
            article.id,
            Ref(RefKind.ENTITY, holder.span, entity=holder.id),
            Ref(RefKind.ENTITY, target.span, entity=target.id),
            Position.AGAINST if first else Position.FAVOR,
            (Span(holder.span.start, target.span.end),),
            suggested,
        )
    )
    app.suggesting.engine.suggestions_found.emit(article.id, article.sha256, found, True)


@pytest.fixture
def app(standfirst, keys, qtbot):
    """The window with the first article's suggestions, and the keys in the text."""
    suggest(standfirst)
    settle(standfirst, qtbot)
    standfirst.window.go_to_article()
    return standfirst


def settle(app, qtbot) -> None:
    qtbot.waitUntil(lambda: app.session.state.left() > 4)
    qtbot.waitUntil(lambda: "Xavier Bertrand" in here(app))


def here(app) -> dict[str, ActorHere]:
    return {actor.name: actor for actor in app.session.people.here}


def known(app) -> dict[str, Actor]:
    return {actor.name: actor for actor in app.actors.book.by_id.values()}


def name(app, words: str) -> Entity:
    at = app.session.state.text.index(words)
    found = app.session.state.entity_on(Span(at, at + len(words)))
    assert found is not None
    return found


def look_at(app, words: str, after: str = "") -> Entity:
    """Go to a name in the text; ``after`` other words, where it is not the first."""
    text = app.session.state.text
    at = text.index(words, text.index(after) + len(after))
    found = app.session.state.entity_on(Span(at, at + len(words)))
    assert found is not None
    app.session.set_focus(found.id)
    return found


def in_file(project: Path) -> tuple[list[Actor], dict[str, UUID | None], list[Stance]]:
    """The actors of the project, who each decided name means, and the decided stances."""
    engine = open_project(project, read_only=True)
    with session(engine) as own:
        found = people.actors(own)
        means: dict[str, UUID | None] = {}
        stances: list[Stance] = []
        for row in articles.list_rows(own):
            loaded = annotations.load(own, row.id)
            for each in loaded.decisions:
                if isinstance(each, Entity):
                    means[each.span.of(loaded.article.text)] = each.actor
                elif isinstance(each, Stance):
                    stances.append(each)
    engine.dispose()
    return found, means, stances


def saved(app, qtbot) -> None:
    qtbot.waitUntil(lambda: app.project.store.idle)


# --- deciding says who is who


def test_accepting_a_misspelt_name_makes_the_actor_under_its_fullest_name(
    app, keys, qtbot, project
):
    look_at(app, "Betrand")
    keys.press("Return")
    look_at(app, "Monday")
    keys.press("Return")
    saved(app, qtbot)
    (actor,), means, _ = in_file(project)
    assert (actor.name, actor.kind, actor.aliases) == ("Xavier Bertrand", "PERSON", ("Betrand",))
    assert means == {"Betrand": actor.id, "Monday": None}  # a day is nobody

    look_at(app, "Bertrand", "go,” ")
    keys.press("Return")
    assert known(app)["Xavier Bertrand"].aliases == ("Bertrand", "Betrand")
    keys.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    qtbot.waitUntil(lambda: not known(app))
    saved(app, qtbot)
    assert in_file(project) == ([], {}, [])


def test_a_stance_says_who_holds_it_and_toward_whom(app, keys, qtbot, project):
    app.session.set_focus(app.session.state.stops()[-1])
    stance = next(each for each in app.session.state.visible if isinstance(each, Stance))
    app.session.set_focus(stance.id)
    keys.press("Return")
    saved(app, qtbot)
    actors, means, (taken,) = in_file(project)
    assert [actor.name for actor in actors] == ["Harbour Toll Act", "Xavier Bertrand"]
    assert (taken.target.actor, taken.holder.actor) == (actors[0].id, actors[1].id)
    assert not means  # the names themselves are still to be decided on
    assert taken.decision.status is Status.ACCEPTED

    app.session.set_focus(name(app, "Xavier Bertrand").id)
    keys.press("Return")
    saved(app, qtbot)
    assert in_file(project)[1] == {"Xavier Bertrand": actors[1].id}


def test_another_label_or_other_bounds_keep_who_is_who_true(app, keys, qtbot):
    council = look_at(app, "Lille Council")
    keys.press("2")  # ORG, as suggested
    first = app.session.state.get(council.id).actor
    assert known(app)["Lille Council"].id == first
    app.session.set_focus(council.id)
    keys.press("3")  # a place: the same body by another label
    assert app.session.state.get(council.id).actor == first
    app.session.relabel("DATE")
    assert app.session.state.get(council.id).actor is None
    app.session.relabel("ORG")
    assert app.session.state.get(council.id).actor == first
    assert app.session.state.get(council.id).decision.status is Status.ACCEPTED
    keys.press("Ctrl+[")
    moved = app.session.state.get(council.id)
    keys.press("X")
    assert app.session.state.row(council.id).actor is None
    assert moved.actor is not None


# --- saying it by key


def test_this_is_by_key_joins_a_name_to_an_actor_or_makes_a_new_one(app, keys, qtbot):
    look_at(app, "Xavier Bertrand")
    keys.press("Return")
    man = known(app)["Xavier Bertrand"]
    look_at(app, "Betrand")
    keys.press("P")
    field = app.window.field
    assert field.placeholderText() == "Who is “Betrand”?"
    keys.type("somebody else")
    keys.press("Return")
    other = known(app)["somebody else"]
    assert name(app, "Betrand").actor == other.id
    assert name(app, "Betrand").decision.status is Status.ACCEPTED

    look_at(app, "Betrand")
    keys.press("P")
    keys.type("xav")
    keys.press("Return")
    assert name(app, "Betrand").actor == man.id
    assert app.canvas.hasFocus()
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: name(app, "Betrand").actor == other.id)


def test_an_actor_is_affiliated_by_key_and_freed_again(app, keys, qtbot):
    look_at(app, "Xavier Bertrand")
    keys.press("I")
    keys.type("lille")
    keys.press("Return")
    council = known(app)["Lille Council"]
    assert known(app)["Xavier Bertrand"].affiliation == council.id
    qtbot.waitUntil(lambda: here(app)["Xavier Bertrand"].affiliation == "Lille Council")
    keys.press("I")
    keys.type("nothing")
    keys.press("Return")
    assert known(app)["Xavier Bertrand"].affiliation is None
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: known(app)["Xavier Bertrand"].affiliation == council.id)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: not known(app))


# --- in the list beside the article


def row(app, words: str):
    """The line of an actor in the list."""
    model = app.inspector.actors.model()
    found = (model.index(nth, 0) for nth in range(model.rowCount()))
    return next(index for index in found if index.data(ACTOR).name == words)


def click(app, words: str, hold=Qt.KeyboardModifier.NoModifier) -> None:
    view = app.inspector.actors
    at = view.visualRect(row(app, words)).center()
    view.scrollTo(row(app, words))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, hold, at)


def test_the_list_groups_what_means_one_actor(app, qtbot):
    man = here(app)["Xavier Bertrand"]
    assert set(man.forms) == {"Xavier Bertrand", "Bertrand", "Betrand"}
    assert set(here(app)) == {"Xavier Bertrand", "Calais", "Lille Council"}


def test_two_actors_become_one_by_key_and_are_parted_from_the_menu(app, keys, qtbot):
    view = app.inspector.actors
    click(app, "Calais")
    click(app, "Lille Council", Qt.KeyboardModifier.ControlModifier)
    view.setFocus()
    keys.press("J")
    qtbot.waitUntil(lambda: "Lille Council" not in here(app) or "Calais" not in here(app))
    (joined,) = (a for a in here(app).values() if "Calais" in a.forms)
    assert set(joined.forms) == {"Calais", "Lille Council"}
    assert len(known(app)) == 1
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: {"Calais", "Lille Council"} <= set(here(app)))
    assert not known(app)

    mention = look_at(app, "Betrand")
    click(app, "Xavier Bertrand")
    app.session.set_focus(mention.id)
    at = view.visualRect(row(app, "Xavier Bertrand")).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=at)
    menu(view, at, qtbot, "This mention is somebody else")
    qtbot.waitUntil(lambda: "Betrand" in here(app))
    assert known(app)["Betrand"].id == name(app, "Betrand").actor


def menu(view, at: QPoint, qtbot, words: str) -> None:
    """Open the list's own menu and choose a line of it."""
    place = view.viewport().mapToGlobal(at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, place)
    QApplication.sendEvent(view.viewport(), event)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    action = next(a for a in opened.actions() if a.text().split("\t")[0] == words)
    QTest.mouseClick(opened, Qt.MouseButton.LeftButton, pos=opened.actionGeometry(action).center())


def test_an_actor_is_renamed_in_place_and_keeps_its_old_name_as_an_alias(app, keys, qtbot):
    look_at(app, "Lille Council")
    keys.press("Return")
    qtbot.waitUntil(lambda: here(app)["Lille Council"].actor is not None)
    click(app, "Lille Council")
    app.inspector.actors.setFocus()
    keys.press("F2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    keys.type("City of Lille")
    keys.press("Return")
    qtbot.waitUntil(lambda: "City of Lille" in here(app))
    assert known(app)["City of Lille"].aliases == ("Lille Council",)
    app.undo()
    qtbot.waitUntil(lambda: "Lille Council" in here(app))


def test_actors_the_project_knows_become_one_in_all_its_articles(app, keys, qtbot, project):
    look_at(app, "Calais")
    keys.press("Return")
    look_at(app, "Lille Council")
    keys.press("Return")
    qtbot.waitUntil(lambda: all(here(app)[n].actor for n in ("Calais", "Lille Council")))
    app.session.people.join(here(app)["Lille Council"], [here(app)["Calais"]])
    qtbot.waitUntil(lambda: "Calais" not in known(app))
    council = known(app)["Lille Council"]
    assert council.aliases == ("Calais",)
    assert name(app, "Calais").actor == council.id
    app.undo()
    qtbot.waitUntil(lambda: "Calais" in known(app))
    assert name(app, "Calais").actor == known(app)["Calais"].id
    saved(app, qtbot)
    actors, means, _ = in_file(project)
    assert means["Calais"] == known(app)["Calais"].id
    assert {actor.name for actor in actors} == {"Calais", "Lille Council"}


def test_one_dropped_on_another_is_the_same_and_a_person_dropped_on_a_body_belongs_to_it(
    app, keys, qtbot
):
    view = app.inspector.actors
    click(app, "Xavier Bertrand")
    view.drop_on(here(app)["Lille Council"])
    qtbot.waitUntil(lambda: here(app)["Xavier Bertrand"].affiliation == "Lille Council")
    assert set(known(app)) == {"Xavier Bertrand", "Lille Council"}  # one act made both
    click(app, "Lille Council")
    view.drop_on(here(app)["Calais"])
    qtbot.waitUntil(lambda: "Lille Council" not in here(app))
    assert known(app)["Calais"].aliases == ("Lille Council",)
    keys.press("Ctrl+Z", "Ctrl+Z")
    qtbot.waitUntil(lambda: not known(app))


def test_he_stands_beside_the_name_it_means(app, qtbot):
    state = app.session.state
    man, text = name(app, "Xavier Bertrand"), state.text
    at = text.index(" he left") + 1
    stance = next(each for each in state.visible if isinstance(each, Stance))
    he = Ref(RefKind.ENTITY, Span(at, at + 2), entity=man.id)
    app.session.take_suggestions([replace(stance, id=uuid5(man.id, "he"), holder=he)])
    qtbot.waitUntil(lambda: here(app)["Xavier Bertrand"].also == ("he",))


# --- the ledger, and the warning


def take_side(app, keys, qtbot) -> Stance:
    """Accept the stance that is suggested on the open article."""
    stance = next(each for each in app.session.state.visible if isinstance(each, Stance))
    app.session.set_focus(stance.id)
    keys.press("Return")
    saved(app, qtbot)
    return stance


@pytest.fixture
def second(app, keys, qtbot) -> Stance:
    """The other article, with the man's other side suggested; the first one's is recorded."""
    take_side(app, keys, qtbot)
    keys.press("Alt+Down" if app.library.neighbour(1) else "Alt+Up")
    qtbot.waitUntil(lambda: app.session.state.text == SECOND)
    qtbot.waitUntil(lambda: not app.suggesting.busy, timeout=SLOW)
    suggest(app)
    qtbot.waitUntil(lambda: here(app).get("Xavier Bertrand") is not None)
    qtbot.waitUntil(lambda: here(app)["Xavier Bertrand"].actor is not None)
    app.window.go_to_article()
    return next(each for each in app.session.state.visible if isinstance(each, Stance))


def test_what_an_actor_holds_elsewhere_is_beside_the_card_and_a_click_goes_there(
    app, second, keys, qtbot
):
    ledger = app.inspector.ledger
    app.session.set_focus(second.id)
    qtbot.waitUntil(lambda: len(ledger.shown) == 1)
    (earlier,) = ledger.shown
    assert (earlier.position, earlier.publication) == (Position.AGAINST, "Courier")
    assert earlier.words == "Harbour Toll Act"
    assert "hurts" not in earlier.excerpt and earlier.excerpt.startswith("Xavier Bertrand said")
    assert ledger.heading.text() == "POSITIONS OF XAVIER BERTRAND · 1"

    app.session.set_focus(name(app, "Anna Duval").id)
    qtbot.waitUntil(lambda: not ledger.isVisible())
    app.session.set_focus(name(app, "Xavier Bertrand").id)
    qtbot.waitUntil(ledger.isVisible)
    at = ledger.list.visualRect(ledger.list.model().index(0, 0)).center()
    QTest.mouseClick(ledger.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: app.session.state.text == FIRST)
    assert app.session.focus == earlier.stance


def test_a_contradiction_is_told_first_and_done_when_the_key_is_pressed_again(
    app, second, keys, qtbot
):
    people_ = app.session.people
    app.session.set_focus(second.id)
    qtbot.waitUntil(lambda: len(app.inspector.ledger.shown) == 1)
    with qtbot.waitSignal(people_.contradicted):
        keys.press("Return")
    assert app.session.focus == second.id
    assert not app.session.focused.decision.decided
    assert app.window.toast.isVisible()
    keys.press("3")  # neutral contradicts nobody
    assert app.session.focused.position is Position.NEUTRAL
    with qtbot.waitSignal(people_.contradicted):
        keys.press("1")
    assert app.session.focused.position is Position.NEUTRAL
    keys.press("1")
    assert app.session.focused.position is Position.FAVOR
    keys.press("Return")  # it is decided now: on we go
    assert app.session.focus != second.id


def test_the_pointer_resting_on_a_name_tells_what_is_known(app, second, keys, qtbot):
    app.session.set_focus(second.id)
    qtbot.waitUntil(lambda: len(app.inspector.ledger.shown) == 1)
    canvas = app.canvas
    span = name(app, "Xavier Bertrand").span
    at = canvas.lines().pieces(span)[0].letters().center().toPoint()
    place = canvas.viewport().mapToGlobal(at)
    QApplication.sendEvent(canvas.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, place))
    assert "<b>Xavier Bertrand</b>" in QToolTip.text()
    assert "Against Harbour Toll Act" in QToolTip.text()
    QToolTip.hideText()
