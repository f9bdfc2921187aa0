"""Three short articles with known suggestions, and what can be read off the window."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid5

from flow.keyboard import Keyboard
from PySide6.QtGui import QGuiApplication

from db import annotations, articles, history, people, projects
from db.engine import create, open_project, session
from db.values import (
    Annotation,
    Article,
    Attribution,
    Decision,
    Entity,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
)
from desktop.article import commands
from desktop.article.state import ArticleState

TOLL = """Norland to reject calls for a bridge toll

Mara Lind said: “The bridge toll hurts Norland.” Critics of the Harbour Act agree.

“It was never fair to Varn,” Mr Lind added. Norland pays, Varn does not.

Nothing was said in Norland about ferries. The ferries run late.
"""
RADIO = """Varn waits

The council of Norland met. Norland Radio reported it; Norland’s minister said nothing.
"""
VOTE = """Norland votes

Norland votes in May.
"""


def found(text: str, words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def suggested(score: float) -> Decision:
    return Decision(Status.SUGGESTED, Origin.MODEL, score)


def name(article: Article, words: str, label: str, nth: int = 0, score: float = 0.9) -> Entity:
    span = found(article.text, words, nth)
    return Entity(uuid5(article.id, f"{span}"), article.id, span, label, suggested(score))


def toll(article: Article) -> list[Annotation]:
    """Two quotations, one with a suggested stance; of four mentions of Norland three suggested."""
    text = article.text
    lind = name(article, "Mara Lind", "PERSON", score=0.97)
    mr_lind = name(article, "Lind", "PERSON", nth=1, score=0.6)
    varn = name(article, "Varn", "GPE", score=0.4)
    names = [
        *(name(article, "Norland", "GPE", nth, 0.95) for nth in (0, 1)),
        name(article, "Norland", "ORG", nth=2, score=0.5),
        name(article, "Harbour Act", "LAW", score=0.7),
        lind,
        mr_lind,
        varn,
    ]

    def statement(speaker: Entity, said: str, cue: str) -> Statement:
        source = Ref(RefKind.ENTITY, speaker.span, entity=speaker.id)
        return Statement(
            uuid5(article.id, said), article.id, source, (found(text, cue),), (found(text, said),),
            Attribution.DIRECT, suggested(0.8),
        )  # fmt: skip

    hurts = statement(lind, "The bridge toll hurts Norland.", "said")
    fair = statement(mr_lind, "It was never fair to Varn,", "added")
    stance = Stance(
        uuid5(article.id, "stance"), article.id, hurts.source,
        Ref(RefKind.SPAN, found(text, "bridge toll", 1)), Position.AGAINST, hurts.content,
        suggested(0.85), statement=hurts.id,
    )  # fmt: skip
    return [*names, hurts, fair, stance]


def make_project(path: Path) -> Path:
    """Three articles with suggestions; on the last one a Norland is refused already."""
    create(path, name="Trial")
    engine = open_project(path)
    with session(engine) as own:
        coder = people.coder(own, "Grace")
        added = [
            articles.add(own, text, Metadata(title=text.splitlines()[0]))
            for text in (TOLL, RADIO, VOTE)
        ]
        first, radio, vote = added
        for article, found_there in (
            (first, toll(first)),
            (radio, [name(radio, "Norland", "ORG")]),
            (vote, [name(vote, "Norland", "GPE", nth) for nth in (0, 1)]),
        ):
            annotations.set_suggestions(own, article.id, article.sha256, found_there, "ours", "1")
        loaded = annotations.load(own, vote.id)
        state = ArticleState(vote, loaded.suggestions)
        act = commands.reject(state, loaded.suggestions[0].id, coder, "2026-11-23T10:00:00.000Z")
        assert act is not None
        history.perform(own, act, coder)
        projects.set_last_article(own, first.id)
    engine.dispose()
    return path


def covered(annotation: Annotation | None) -> str:
    assert isinstance(annotation, Entity)
    return annotation.span.of(TOLL)


def names_of(desk, words: str) -> list[tuple[str, Status, Origin]]:
    return [
        (each.label, each.decision.status, each.decision.origin)
        for each in desk.state.visible
        if isinstance(each, Entity) and covered(each) == words
    ]


def look_at(keys: Keyboard, words: str, nth: int = 0) -> None:
    state = keys.app.session.state
    entity = state.entity_on(found(TOLL, words, nth)) if state else None
    for _ in range(20):
        if entity and keys.app.session.focus == entity.id:
            return
        keys.press("Tab")
    raise AssertionError(words)


def said(app) -> str:
    labels = [each.text() for each in app.window.toast.children() if hasattr(each, "text")]
    return " | ".join(labels) if app.window.toast.isVisible() else ""


def saved(app, qtbot) -> None:
    qtbot.waitUntil(lambda: app.project.store.idle)


def rows(app) -> dict[str, tuple[int, int]]:
    return {row.title: (row.decided, row.pending) for row in app.articles.rows}


def hands(standfirst, qtbot) -> Keyboard:
    """Put the hands on the keyboard, with the keys in the text and no engine at work."""
    standfirst.suggesting.engine.stop()  # what is suggested here is known, and stays
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(standfirst.canvas.hasFocus)
    qtbot.waitUntil(standfirst.window.actions_table["export"].isEnabled)
    return Keyboard(standfirst)
