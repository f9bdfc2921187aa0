"""Suggestions made anew take the place of the old ones in slices, and acts come in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID, uuid5

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from db.acts import Act
from db.values import (
    Annotation,
    Article,
    Decision,
    Entity,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)
from desktop.article.scheme import LabelSpec, Scheme
from desktop.article.session import ArticleSession
from desktop.shell.renewing import Renewing

ARTICLE = UUID(int=7)
LINE = "Calais and Dover object.\n\n"
LINES = 2_000  # as many names, and a renewal that takes many turns
SUGGESTED = Decision(Status.SUGGESTED, Origin.MODEL, 0.7)


def name(line: int, words: str, score: float = 0.7) -> Entity:
    start = line * len(LINE) + LINE.index(words)
    span = Span(start, start + len(words))
    found = replace(SUGGESTED, score=score)
    return Entity(uuid5(ARTICLE, f"{span}"), ARTICLE, span, "GPE", found)


def stance(line: int, holder: Entity) -> Stance:
    start = line * len(LINE)
    return Stance(
        uuid5(ARTICLE, f"stance {line}"),
        ARTICLE,
        Ref(RefKind.ENTITY, holder.span, entity=holder.id),
        Ref(RefKind.SPAN, Span(start, start + 6)),
        Position.AGAINST,
        (Span(start, start + 24),),
        SUGGESTED,
    )


OLD = [name(line, "Calais") for line in range(LINES)]
SURER = [name(line, "Calais", 0.9) for line in range(LINES)]
LONGER = [name(line, "Calais and Dover") for line in range(LINES)]


@pytest.fixture
def session(qapp) -> ArticleSession:
    session = ArticleSession(Scheme((LabelSpec("GPE", "place", "3"),)), UUID(int=9))
    session.load(Article(ARTICLE, LINE * LINES, "0" * 64), OLD)
    return session


@pytest.fixture
def renewing(session: ArticleSession) -> Renewing:
    return Renewing(session, session)


def renew(renewing: Renewing, found: Sequence[Annotation]) -> None:
    renewing.begin(found, list)


def between(session: ArticleSession, do: Callable[[], object]) -> None:
    """Do something once some are exchanged, when the event loop comes round."""
    came = session.annotations_changed.connect(lambda _: session.disconnect(came) and soon.start())
    soon = QTimer(session, singleShot=True, interval=0)
    soon.timeout.connect(do)


def shown(session: ArticleSession) -> list[Annotation]:
    assert session.state
    return session.state.visible


def test_the_new_stand_where_the_old_stood(session, renewing, qtbot: QtBot):
    with qtbot.waitSignal(renewing.done):
        renew(renewing, SURER)
    assert shown(session) == SURER
    assert not renewing.busy


def test_what_is_as_it_was_is_not_shown_anew(session, renewing, qtbot: QtBot):
    told = list[set[UUID]]()
    session.annotations_changed.connect(told.append)
    with qtbot.waitSignal(renewing.done):
        renew(renewing, [*OLD[:-2], SURER[-2]])
    assert set().union(*told) == {OLD[-2].id, OLD[-1].id}


def test_what_is_decided_in_between_is_seen_by_what_comes_after(session, renewing, qtbot: QtBot):
    last, taken = OLD[-1], list[bool]()

    def accept() -> None:
        taken.append(renewing.busy and session.state.get(last.id) == last)
        session.set_focus(last.id)
        session.accept()

    between(session, accept)
    with qtbot.waitSignal(renewing.done):
        renew(renewing, LONGER)
    assert taken == [True]
    *others, there = shown(session)
    assert others == LONGER[:-1]
    assert there.id == last.id
    assert there.decision.status is Status.ACCEPTED


def test_what_is_taken_back_in_between_answers_nothing_more(session, renewing, qtbot: QtBot):
    last, acts = OLD[-1], list[Act]()
    session.acted.connect(acts.append)
    session.set_focus(last.id)
    session.accept()

    between(session, lambda: session.apply_act(acts[0].inverse()))
    with qtbot.waitSignal(renewing.done):
        renew(renewing, LONGER)
    assert shown(session) == LONGER


def test_an_article_taken_away_in_between_is_left_alone(session, renewing, qtbot: QtBot):
    other = Article(UUID(int=8), LINE, "1" * 64)
    away = list[bool]()

    def lay_another() -> None:
        away.append(renewing.busy)
        session.load(other)

    between(session, lay_another)
    renew(renewing, LONGER)
    qtbot.waitUntil(lambda: away == [True])
    assert not renewing.busy
    with qtbot.assertNotEmitted(renewing.done, wait=50):
        pass
    assert shown(session) == []


def test_another_scheme_in_between_is_the_one_they_are_shown_under(session, renewing, qtbot):
    called = {"it": "GPE"}

    def named(found):
        return [replace(one, label=called["it"]) for one in found]

    def rename() -> None:
        called["it"] = "PLACE"
        session.set_scheme(Scheme((LabelSpec("PLACE", "place", "3"),)))

    between(session, rename)
    with qtbot.waitSignal(renewing.done):
        renewing.begin(SURER, named)
    assert {one.label for one in shown(session) if isinstance(one, Entity)} == {"PLACE"}


def test_a_name_in_a_slot_stays_as_long_as_the_stance_that_has_it(session, renewing, qtbot: QtBot):
    first, held = stance(0, OLD[0]), list[bool]()
    session.take_suggestions([first])

    def look(_: object) -> None:
        there = session.state.get(first.id)
        held.append(there is None or session.state.get(there.holder.entity) is not None)

    session.annotations_changed.connect(look)
    with qtbot.waitSignal(renewing.done):
        renew(renewing, [*LONGER, stance(0, LONGER[0])])
    assert held and all(held)
    assert [one for one in shown(session) if isinstance(one, Entity)] == LONGER


def test_what_a_twin_offers_stays_and_stands_in_front(session, renewing, qtbot: QtBot):
    offer = replace(LONGER[5], decision=Decision(Status.SUGGESTED, Origin.PROPAGATED))
    session.renew([*OLD[:5], offer, *OLD[6:]], [])
    with qtbot.waitSignal(renewing.done):
        renew(renewing, SURER)
    assert shown(session) == [*SURER[:5], offer, *SURER[6:]]
