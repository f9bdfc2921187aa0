"""Who is who: actors made by deciding, joined, split, renamed and affiliated in the real window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from flow.coast import (
    here,
    known,
    name,
    saved,
)
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from db import annotations, articles, people
from db.engine import open_project, session
from db.values import (
    Actor,
    Entity,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)
from desktop.article.inspector.actor_line import ACTOR

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


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
