"""The same acts in memory and in a project file: read back, they give the same article."""

import random
from dataclasses import replace

import pytest

from db import annotations, articles, engine, history, people
from db.values import ArticleStatus, Metadata, Position, Ref, RefKind, Span
from desktop.article import commands
from desktop.article.commands import Slot
from desktop.article.state import ArticleState

AT = "2026-11-23T10:00:00.000Z"


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "study.standfirst"
    engine.create(path, name="Study")
    opened = engine.open_project(path)
    with engine.session(opened) as session:
        yield session
    opened.dispose()


@pytest.fixture
def stored(project, news):
    """Store the article with its suggestions; return it as the memory gives it back."""
    article = articles.add(project, news.text, Metadata(title="Tolls"))
    moved = [replaced(one, article.id) for one in news.suggestions]
    annotations.set_suggestions(project, article.id, article.sha256, moved, "small", "1")
    return annotations.load(project, article.id)


def replaced(annotation, article):
    return replace(annotation, article=article)


def state_of(loaded):
    return ArticleState(loaded.article, loaded.suggestions, loaded.decisions, loaded.checked)


def picture(state):
    return (
        state.article,
        state.checked,
        {one.id: one for one in state.decisions},
        state.visible,
        state.stops(),
    )


def acts_of_a_morning(state, news, coder):
    """Yield acts of every kind, each from the state as it is then."""
    ids = {words: name.id for words, name in news.names.items()}
    stance, statement = news.stance.id, news.statement.id
    todo = [
        (commands.accept, ids["Mara Lind"]),
        (commands.set_note, ids["Act"], "the whole name?"),
        (commands.add_entity, news.span("Harbour Act"), "LAW"),
        (commands.relabel, ids["Norland"], "ORG"),
        (commands.relabel, ids["Norland"], "GPE"),
        (commands.accept, stance),
        (commands.set_slot, stance, Slot.TARGET, commands.ref_to(news.names["Norland again"])),
        (commands.set_negated, stance, True),
        (commands.set_bounds, ids["Mara Lind"], news.span("Lind", 40)),
        (commands.set_slot, statement, Slot.TARGET, Ref(RefKind.IMPLICIT)),
        (commands.reject, ids["Mara Lind"]),
        (commands.set_position, stance, Position.MIXED),
        (commands.reject, stance),
        (commands.mark_checked, Span(0, 40), "entities"),
        (commands.set_metadata, Metadata(title="Tolls", author="M. Reed")),
        (commands.set_status, ArticleStatus.DONE),
        (commands.reject, statement),
    ]
    for command, *values in todo:
        act = command(state, *values, coder=coder, at=AT)
        assert act is not None, command
        yield act


def test_acts_read_back_from_the_file_are_the_acts_in_memory(project, news, stored):
    coder = people.coder(project, "Ada")
    state = state_of(stored)
    frame = commands.draft(state, news.span("It was never fair"), {"PERSON"}, {"LAW"})
    assert frame is not None
    first = commands.add_stance(state, frame, coder, AT)
    assert first is not None
    done = [first]
    state.apply(first.changes)
    history.perform(project, first, coder)
    for act in acts_of_a_morning(state, news, coder):
        state.apply(act.changes)
        history.perform(project, act, coder)
        done.append(act)
        loaded = state_of(annotations.load(project, state.article.id))
        assert picture(loaded) == picture(state)
    assert history.undo_title(project) == done[-1].title


@pytest.mark.parametrize("seed", range(3))
def test_undo_and_redo_from_the_file_keep_the_memory_in_step(project, news, stored, seed):
    coder = people.coder(project, "Ada")
    state = state_of(stored)
    for act in acts_of_a_morning(state, news, coder):
        state.apply(act.changes)
        history.perform(project, act, coder)
    chance = random.Random(seed)
    for _ in range(25):
        turn = chance.choice([history.undo, history.undo, history.redo])
        act = turn(project, coder)
        if act is not None and act.name != "import":
            state.apply(act.changes)
        loaded = state_of(annotations.load(project, state.article.id))
        assert picture(loaded) == picture(state)
    while (act := history.undo(project, coder)) is not None and act.name != "import":
        state.apply(act.changes)
    assert picture(state) == picture(state_of(stored))
