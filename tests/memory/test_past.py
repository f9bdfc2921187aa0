"""An article as it was: the history taken back from what is there now."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from searching import examples
from sqlmodel import Session

from db import annotations, articles, history, people, taking_back
from db import engine as door
from db.acts import Act, Change
from db.past import Past, as_of, changed_since
from db.rows import to_row
from db.values import (
    Annotation,
    Article,
    Decision,
    Entity,
    Metadata,
    Origin,
    Span,
    Status,
)

TEXT = "The ferry left Varn. Nobody in Varn was told, and Ms Oyelaran wept in Grimsby."
Decide = Callable[..., Act]


def name(article: UUID, start: int, label: str = "GPE") -> Entity:
    decision = Decision(Status.ADDED, Origin.CODER)
    return Entity(uuid4(), article, Span(start, start + 4), label, decision)


def seen(session: Session, article: UUID) -> tuple[object, ...]:
    """All that is recorded of an article now, to compare with what is computed later."""
    now = annotations.load(session, article)
    decided = {one.id: one for one in now.decisions}
    return now.article.meta, now.article.status, decided, {one.id: one for one in now.checked}


def then(past: Past) -> tuple[object, ...]:
    decided = {one.id: one for one in past.decisions}
    return past.article.meta, past.article.status, decided, {one.id: one for one in past.checked}


class Project:
    """A project with two articles, and all that can be done to it."""

    def __init__(self, path: Path) -> None:
        door.create(path, name="Past")
        self.session = door.session(door.open_project(path))
        self.coder = people.coder(self.session, "Ada")
        self.articles = [
            articles.add(self.session, TEXT, Metadata(title=f"T{n}")).id for n in range(2)
        ]
        self.names: list[tuple[UUID, Entity]] = []

    def do(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        kind = draw(
            st.sampled_from(["add", "relabel", "delete", "details", "check", "all", "turn"])
        )
        article = draw(st.sampled_from(self.articles))
        here = [
            one
            for each in self.articles
            for one in annotations.decisions(self.session, each)
            if isinstance(one, Entity) and (each == article or kind == "all")
        ]
        label = draw(st.sampled_from(["GPE", "ORG", "LOC"]))
        changes: list[Change] = []
        match kind:
            case "add":
                one = name(article, draw(st.integers(0, 60)))
                changes = [Change("entity", one.id, None, to_row(one))]
            case "relabel" if here:
                one = draw(st.sampled_from(here))
                changes = [Change("entity", one.id, {"label": one.label}, {"label": label})]
            case "delete" if here:
                one = draw(st.sampled_from(here))
                changes = [Change("entity", one.id, to_row(one), None)]
            case "details":
                old = articles.get(self.session, article).meta.author
                changes = [Change("article", article, {"author": old}, {"author": label})]
            case "check":
                row = {"id": str(uuid4()), "article_id": str(article), "start": 0, "end": 9}
                row |= {"layer": "entities", "coder_id": str(self.coder), "at": "2026"}
                changes = [Change("checked", UUID(row["id"]), None, row)]
            case "all":  # one act over both articles, as when a label gets another name
                changes = [
                    Change("entity", one.id, {"label": one.label}, {"label": label}) for one in here
                ]
            case "turn":
                way = draw(st.sampled_from([history.undo, history.redo, self.take_back]))
                way(self.session, self.coder)
            case _:
                pass
        if changes:
            act = Act(kind, kind, None if kind == "all" else article, tuple(changes))
            history.perform(self.session, act, self.coder)

    def take_back(self, session: Session, coder: UUID) -> None:
        """Take an act from amid the others back, where that can be."""
        acts = [one for one in history.entries(session, limit=4) if one.kind == "act"]
        if acts and acts[-1].act.name != "import":
            with suppress(taking_back.InTheWay):
                taking_back.take_back(session, acts[-1].act_id, coder)

    def close(self) -> None:
        self.session.close()
        self.session.get_bind().engine.dispose()


@settings(max_examples=examples(40))
@given(data=st.data())
def test_what_is_computed_backwards_is_what_was_recorded_forwards(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    project = Project(tmp_path_factory.mktemp("past") / "past.standfirst")
    recorded: list[tuple[int, list[tuple[object, ...]]]] = []
    for _ in range(data.draw(st.integers(1, 14))):
        project.do(data.draw)
        newest = history.entries(project.session, limit=1)[0].seq
        recorded.append((newest, [seen(project.session, each) for each in project.articles]))
    for seq, states in recorded:
        for article, state in zip(project.articles, states, strict=True):
            assert then(as_of(project.session, article, seq)) == state
    project.close()


def test_suggestions_decided_since_are_suggestions_again_in_the_past(
    session: Session, coder: UUID, article: Article, suggest: Callable, decide: Decide
) -> None:
    found = suggest("Lindqvist")
    annotations.set_suggestions(session, article.id, article.sha256, [found], "m", "1")
    noted = Change("article", article.id, {"author": None}, {"author": "Ada"})
    before = history.perform(session, Act("metadata", "edit", article.id, (noted,)), coder)
    after = history.perform(session, decide(found), coder)

    past = as_of(session, article.id, before.seq)
    assert (past.suggestions, past.decisions) == ([found], [])
    now = annotations.load(session, article.id)
    shown: list[Annotation] = [*now.suggestions, *now.decisions]
    assert list(changed_since(past, shown)) == [found.id]
    past = as_of(session, article.id, after.seq)
    assert (past.suggestions, past.decisions) == ([], now.decisions)
    assert changed_since(past, shown) == {}


def test_what_was_suggested_only_later_is_not_in_the_past(
    session: Session, article: Article, suggest: Callable
) -> None:
    (imported,) = history.entries(session, article.id)
    annotations.set_suggestions(session, article.id, article.sha256, [suggest("Varn")], "m", "1")
    with door.transaction(session) as connection:  # a moment later
        connection.exec_driver_sql("UPDATE suggestion SET created_at = '9999'")
    assert as_of(session, article.id, imported.seq).suggestions == []


def test_there_is_no_past_that_is_not_in_the_history(session: Session, article: Article) -> None:
    with pytest.raises(LookupError):
        as_of(session, article.id, 99)
    with pytest.raises(LookupError):
        as_of(session, uuid4(), 1)
