"""Many decisions with few keys, in the real window: alike, all at once, by the quotation, empty."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from flow.keyboard import Keyboard
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from db import annotations, articles, history, people, projects
from db.engine import create, open_project, session
from db.values import (
    Annotation,
    Article,
    ArticleStatus,
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
from desktop.article.bulk_bar import AcceptBar
from desktop.article.state import ArticleState
from desktop.article.stretches import NOTHING

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

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


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three articles with suggestions; on the last one a Norland is refused already."""
    path = tmp_path / "Trial.standfirst"
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


@pytest.fixture
def keys(standfirst, qtbot) -> Keyboard:
    standfirst.suggesting.engine.stop()  # what is suggested here is known, and stays
    standfirst.window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None)
    qtbot.waitUntil(standfirst.canvas.hasFocus)
    qtbot.waitUntil(standfirst.window.actions_table["export"].isEnabled)
    return Keyboard(standfirst)


@pytest.fixture
def desk(standfirst, keys):
    return standfirst.session


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


# --- the same mention everywhere


def test_m_accepts_a_name_and_all_its_equals_and_one_undo_takes_it_back(
    standfirst, keys, desk, qtbot
):
    look_at(keys, "Norland")
    before = names_of(desk, "Norland")
    keys.press("M")
    assert names_of(desk, "Norland") == [
        ("GPE", Status.ACCEPTED, Origin.MODEL),
        ("GPE", Status.ACCEPTED, Origin.MODEL),
        ("GPE", Status.CORRECTED, Origin.MODEL),
        ("GPE", Status.ADDED, Origin.PROPAGATED),  # where nothing was suggested
    ]
    assert "4 labelled GPE here" in said(standfirst)
    assert covered(desk.focused) == "Mara Lind"  # accepted: the way goes on
    saved(standfirst, qtbot)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: names_of(desk, "Norland") == before)


def test_what_was_corrected_is_corrected_everywhere_but_where_it_was_decided(
    standfirst, keys, desk
):
    look_at(keys, "Norland", 1)
    keys.press("Return")
    look_at(keys, "Norland")
    keys.press("2", "M")
    assert [label for label, *_ in names_of(desk, "Norland")] == ["ORG", "GPE", "ORG", "ORG"]
    assert "1 decided otherwise is left alone" in said(standfirst)


def test_after_a_rejection_the_equals_can_be_rejected_by_one_key(standfirst, keys, desk, qtbot):
    look_at(keys, "Norland")
    keys.press("X")
    assert "1 more “Norland” is open here" in said(standfirst)
    keys.press("M")
    # Only what bore the label that was refused, and nothing is added.
    assert names_of(desk, "Norland") == [("ORG", Status.SUGGESTED, Origin.MODEL)]
    assert covered(desk.focused) == "Mara Lind"
    keys.press("M")  # none is left: the key is about what is in focus again
    assert names_of(desk, "Mara Lind") == [("PERSON", Status.ACCEPTED, Origin.MODEL)]


def test_the_offer_to_reject_the_equals_is_taken_by_mouse(standfirst, keys, desk):
    look_at(keys, "Norland")
    keys.press("X")
    (button,) = standfirst.window.toast.findChildren(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(names_of(desk, "Norland")) == 1


def test_a_name_alone_needs_no_toast(standfirst, keys):
    look_at(keys, "Harbour Act")
    keys.press("X")
    assert said(standfirst) == ""


def test_shift_m_goes_through_all_articles_as_one_act(standfirst, keys, desk, qtbot):
    look_at(keys, "Norland")
    start = rows(standfirst)
    keys.press("Shift+M")
    qtbot.waitUntil(lambda: "in 3 articles" in said(standfirst))
    # Here four, on the radio two (not “Norland Radio”), and of the vote the one not refused.
    assert "“Norland”: 7 labelled GPE in 3 articles" in said(standfirst)
    assert "1 decided otherwise is left alone" in said(standfirst)
    saved(standfirst, qtbot)
    qtbot.waitUntil(lambda: rows(standfirst)["Varn waits"] == (2, 0))
    qtbot.waitUntil(lambda: rows(standfirst)["Norland votes"] == (2, 0))
    assert {row.status for row in standfirst.articles.rows if row.title == "Varn waits"} == {
        ArticleStatus.TODO
    }

    # In another article meanwhile: one undo takes all of it back, there too.
    keys.press("Alt+Up")
    qtbot.waitUntil(lambda: desk.state.text != TOLL)
    other, suggestions = desk.state.article.meta.title, len(desk.state.visible) - 1
    assert any(each.decision.decided for each in desk.state.visible)
    undo = standfirst.window.actions_table["undo"]
    qtbot.waitUntil(lambda: undo.text() == "&Undo label every ‘Norland’ GPE everywhere")
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: not any(each.decision.decided for each in desk.state.visible))
    qtbot.waitUntil(lambda: rows(standfirst) == start)
    assert desk.state.article.meta.title == other
    # What was suggested there is open again, though it was decided when the article was opened.
    assert (desk.state.left(), len(desk.state.visible)) == (suggestions, suggestions)


# --- accept all


def test_accept_all_shows_what_it_will_do_and_does_it_as_one_act(standfirst, keys, desk, qtbot):
    keys.press("Ctrl+Shift+A")
    bar = standfirst.window.findChild(AcceptBar)
    assert bar.hasFocus()
    assert bar.text.startswith("Accept 8 of 8 suggestions score at least 0.00. ")
    assert "GPE 3" in bar.text
    assert "Against 1" in bar.text
    keys.press(*["Up"] * 17)
    assert bar.text.startswith("Accept 4 of 8 suggestions score at least 0.85.")
    marked = standfirst.canvas._marked
    assert {desk.state.get(each).decision.score for each in marked} == {0.97, 0.95, 0.85}
    keys.press("+", "-", "Return")
    assert not bar.isVisible()
    assert standfirst.canvas.hasFocus()
    assert not standfirst.canvas._marked
    assert "4 suggestions accepted" in said(standfirst)
    assert desk.state.left() == 4
    stance = next(each for each in desk.state.visible if isinstance(each, Stance))
    assert desk.state.get(stance.statement).decision.status is Status.ACCEPTED

    saved(standfirst, qtbot)
    (undo,) = standfirst.window.toast.findChildren(QPushButton)
    QTest.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.state.left() == 8)


def test_the_bar_changes_its_scope_by_one_key_and_follows_the_caret(standfirst, keys, desk):
    keys.press("Ctrl+Shift+A", "Ctrl+Shift+A")
    bar = standfirst.window.findChild(AcceptBar)
    assert bar.text.startswith("Accept 1 of 1 suggestions")  # the headline's
    desk.set_focus(desk.state.entity_on(found(TOLL, "Harbour Act")).id)
    QApplication.processEvents()
    assert bar.text.startswith("Accept 4 of 4 suggestions")
    keys.press("Right")
    assert bar.text.startswith("Accept 8 of 8 suggestions")
    keys.press("Left", "Escape")
    assert not bar.isVisible()
    assert standfirst.canvas.hasFocus()
    assert desk.state.left() == 8


def test_the_bar_is_worked_by_mouse(standfirst, keys, desk):
    standfirst.window.actions_table["accept-all"].trigger()
    bar = standfirst.window.findChild(AcceptBar)

    def click(words: str) -> None:
        (button,) = (b for b in bar.findChildren(QPushButton) if b.text().startswith(words))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    for words in ("in this paragraph", "+", "−"):
        click(words)
    click("Accept 1")
    assert desk.state.left() == 7


def test_shift_return_accepts_the_paragraph_and_goes_on(standfirst, keys, desk, qtbot):
    look_at(keys, "Mara Lind")
    keys.press("Shift+Return")
    assert "4 suggestions accepted" in said(standfirst)
    assert covered(desk.focused) == "Varn"
    assert names_of(desk, "Harbour Act") == [("LAW", Status.ACCEPTED, Origin.MODEL)]
    saved(standfirst, qtbot)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: desk.state.left() == 8)


# --- a reason afterwards


def test_a_reason_can_be_given_to_what_was_just_rejected(standfirst, keys, desk):
    look_at(keys, "Harbour Act")
    refused = desk.focus
    keys.press("X")
    following = desk.focus
    assert isinstance(desk.focused, Entity)
    keys.press("Shift+X", "4")  # behind the three of what is in focus now
    assert desk.state.row(refused).decision.reason == "boundary"
    assert desk.focus == following
    assert not desk.focused.decision.decided
    keys.press("Shift+X", "3")
    assert desk.state.row(following).decision.reason == "not an entity"
    assert desk.state.row(refused).decision.reason == "boundary"


def test_a_reason_is_taken_back_alone(standfirst, keys, desk, qtbot):
    look_at(keys, "Harbour Act")
    refused = desk.focus
    keys.press("X", "Shift+X", "5")
    saved(standfirst, qtbot)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: desk.state.row(refused).decision.reason is None)
    assert desk.state.row(refused).decision.status is Status.REJECTED


# --- overlaps


def test_o_goes_through_what_lies_over_a_place(standfirst, keys, desk):
    keys.go_to(found(TOLL, "Norland", 1).start + 2)
    seen: list[str] = []
    for _ in range(4):
        keys.press("O")
        seen.append(type(desk.focused).__name__)
    assert seen == ["Entity", "Statement", "Stance", "Entity"]


def test_where_nothing_else_lies_o_says_so(standfirst, keys, desk):
    look_at(keys, "Norland")
    keys.press("O")
    assert said(standfirst).startswith("Nothing else lies here")


# --- from quotation to quotation


def test_a_quotation_with_a_side_costs_two_keys(standfirst, keys, desk, qtbot):
    keys.press("Q")
    assert isinstance(desk.focused, Statement)
    assert "bridge toll" in standfirst.inspector.card.side.text()
    keys.press("2")
    (stance,) = desk.state.stances_on(desk.focus)
    assert (stance.position, stance.decision.status) == (Position.AGAINST, Status.ACCEPTED)
    assert desk.focused.decision.status is Status.ACCEPTED
    keys.press("1")
    (stance,) = desk.state.stances_on(desk.focus)
    assert (stance.position, stance.decision.status) == (Position.FAVOR, Status.CORRECTED)

    keys.press("Q")  # the second has no suggested stance: the digit makes one
    text = standfirst.inspector.card.side.text()
    assert "Lind → Varn" in text
    saved(standfirst, qtbot)
    keys.press("1")
    (made,) = desk.state.stances_on(desk.focus)
    assert made.decision.status is Status.ADDED
    assert made.holder.span == found(TOLL, "Lind", 1)
    assert made.target.span == found(TOLL, "Varn")
    assert made.cue == (found(TOLL, "added"),)
    assert desk.focused.decision.status is Status.ACCEPTED

    saved(standfirst, qtbot)
    keys.press("Ctrl+Z")  # one act
    qtbot.waitUntil(lambda: desk.state.get(made.id) is None)
    quote = next(e for e in desk.state.visible if isinstance(e, Statement) and e.cue == made.cue)
    assert not quote.decision.decided


def test_enter_accepts_a_quotation_with_its_stance_and_goes_to_the_next(standfirst, keys, desk):
    keys.press("Q")
    first = desk.focus
    keys.press("Return")
    (stance,) = desk.state.stances_on(first)
    assert stance.decision.status is Status.ACCEPTED
    assert desk.state.get(first).decision.status is Status.ACCEPTED
    second = desk.focus
    assert isinstance(desk.focused, Statement)
    assert second != first
    keys.press("Return")
    assert desk.state.stances_on(second) == []
    assert desk.focus == first
    keys.press("Shift+Q")
    assert desk.focus == second


def test_x_rejects_a_quotation_and_goes_to_the_next(standfirst, keys, desk):
    keys.press("Q")
    first = desk.focus
    keys.press("X")
    assert desk.state.row(first).decision.status is Status.REJECTED
    assert isinstance(desk.focused, Statement)
    keys.press("Return")
    assert desk.focused.decision.status is Status.ACCEPTED  # the only one left is its own next


def test_who_came_to_a_quotation_otherwise_goes_on_as_ever(standfirst, keys, desk):
    keys.go_to(found(TOLL, "toll", 1).start + 1)
    keys.press("O")
    assert isinstance(desk.focused, Statement)
    keys.press("Return")
    assert not isinstance(desk.focused, Statement)


def test_the_footer_and_the_menu_say_what_digits_do_on_a_quotation(standfirst, keys):
    keys.press("Q")
    hints = dict(standfirst.window.footer._hints)
    assert hints["1–5"] == "stance"
    assert standfirst.window.actions_table["digit-2"].text() == "Against"


# --- nothing here


@pytest.mark.parametrize(
    ("key", "stretch", "rejected"),
    [
        ("C", "“It was never fair to Varn,” Mr Lind added. Norland pays, Varn does not.", 3),
        ("Shift+C", "“It was never fair to Varn,” Mr Lind added.", 2),
        ("Ctrl+Alt+C", TOLL, 8),
    ],
)
def test_what_is_empty_has_no_open_questions(standfirst, keys, desk, qtbot, key, stretch, rejected):
    look_at(keys, "Varn")
    varn = desk.focus
    keys.press(key)
    assert {
        (TOLL[each.start : each.end].strip(), each.layer) for each in desk.state.checked.values()
    } == {(stretch.strip(), "entities"), (stretch.strip(), "stances")}
    assert desk.state.row(varn).decision.reason == NOTHING
    assert f"{rejected} suggestions in it were rejected" in said(standfirst)
    assert desk.state.left() == 8 - rejected
    assert desk.selection is None

    saved(standfirst, qtbot)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: not desk.state.checked and desk.state.left() == 8)


def test_an_empty_paragraph_is_checked_once_and_kept_empty(standfirst, keys, desk):
    keys.go_to(found(TOLL, "late").start)
    keys.press("C")
    assert "Paragraph checked" in said(standfirst)
    keys.press("C")
    assert "looked at already" in said(standfirst)
    assert len(desk.state.checked) == 2
    look_at(keys, "Norland")
    keys.press("M")  # the fourth Norland stands where nothing is
    assert len(names_of(desk, "Norland")) == 3
    assert "1 decided otherwise is left alone" in said(standfirst)


# --- selecting by keyboard alone


def test_z_selects_the_sentence_and_again_the_paragraph(standfirst, keys, desk):
    keys.go_to(found(TOLL, "ferries", 1).start)
    keys.press("Z")
    assert desk.selection.of(TOLL) == "The ferries run late."
    assert standfirst.canvas.selected == desk.selection
    keys.press("Z")
    assert desk.selection == Span(found(TOLL, "Nothing was").start, found(TOLL, "late.").end)
    keys.press("Z", "Ctrl+C")
    assert QApplication.clipboard().text() == "Nothing was said in Norland about ferries."


def test_a_sentence_is_made_a_stance_with_three_keys(standfirst, keys, desk):
    look_at(keys, "Harbour Act")
    keys.press("Z", "S", "1")
    assert desk.focused.evidence[0].of(TOLL) == "Critics of the Harbour Act agree."
    assert desk.focused.position is Position.FAVOR


def test_bounds_move_by_the_sentence(standfirst, keys, desk):
    keys.press("Q", "O")
    assert isinstance(desk.focused, Stance)
    keys.press("Alt+}")
    said_now = desk.focused.evidence[0].of(TOLL)
    assert said_now == "The bridge toll hurts Norland.” Critics of the Harbour Act agree."
    keys.press("Alt+{")
    assert desk.focused.evidence[0].of(TOLL).startswith("The bridge toll hurts Norland.")


def test_what_is_done_while_much_is_under_way_comes_after_it(
    standfirst, keys, desk, qtbot, monkeypatch
):
    """Slow steps are told from a fast machine's by a turn that does one at a time."""
    monkeypatch.setattr("desktop.article.many._TURN", 0)
    monkeypatch.setattr("desktop.article.many._ATOM", 1)
    monkeypatch.setattr("desktop.article.session.MUCH", 2)
    acts: list[str] = []
    desk.acted.connect(lambda act: acts.append(act.name))
    look_at(keys, "Mara Lind")
    state = desk.state
    steps: list[Callable[..., object]] = [
        lambda s, coder, at, one=one: commands.accept(s, one, coder, at) for one in state.stops()
    ]
    desk.many.do("accept_all", "accept much", steps)
    assert desk.many.busy
    harbour = state.entity_on(found(TOLL, "Harbour Act"))
    desk.set_focus(harbour.id)
    assert desk.reject()
    assert acts == ["accept_all", "reject"]
    saved(standfirst, qtbot)
    assert isinstance(harbour.id, UUID)
    qtbot.waitUntil(lambda: standfirst.project.undo_title == "reject ‘Harbour Act’")

    # So is undo: the second waits for the first, however long that is shown step by step.
    keys.press("Ctrl+Z", "Ctrl+Z")
    qtbot.waitUntil(lambda: desk.state.left() == 8 and not desk.many.busy)
    assert desk.state.decided() == 0
