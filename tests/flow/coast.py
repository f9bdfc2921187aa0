"""Two short articles about one man, and what is suggested on them: for the tests of actors."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid5

from flow.keyboard import Keyboard
from PySide6.QtGui import QGuiApplication

from db import articles, projects
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


def make_project(path: Path, pipeline: str) -> Path:
    """Make a project with the two articles, the first one open."""
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
        projects.set_pipeline(own, pipeline)  # it loads faster than ours
    engine.dispose()
    return path


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


def saved(app, qtbot) -> None:
    qtbot.waitUntil(lambda: app.project.store.idle)


def hands(standfirst, qtbot) -> Keyboard:
    """Put the hands on the keyboard, once the engine is done with what is open."""
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(lambda: not standfirst.suggesting.busy)
    return Keyboard(standfirst)


def suggested(standfirst, qtbot):
    """Return the window with the open article's suggestions, and the keys in the text."""
    suggest(standfirst)
    settle(standfirst, qtbot)
    standfirst.window.go_to_article()
    return standfirst
