"""Targets that are issues of the project, and the stance of the article as a whole on one."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from db.values import (
    Decision,
    Issue,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)
from desktop.article import commands
from desktop.article.commands import Slot
from desktop.article.fills import filled
from desktop.article.inspector import Inspector
from desktop.article.inspector.outline import OutlineModel
from desktop.article.places import spans_of
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from desktop.article.wording import reasons, ref_text, summary
from tests.article.on_page import a_turn

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

BRIDGE = Issue(UUID(int=71), "Harbour bridge")
TOLL = Issue(UUID(int=72), "Toll & tax", ("bridge toll",))
ISSUES = (BRIDGE, TOLL)


@pytest.fixture
def whole(news) -> Stance:
    return Stance(
        UUID(int=81),
        news.article.id,
        Ref(RefKind.WRITER),
        Ref(RefKind.ISSUE, issue=TOLL.id),
        Position.AGAINST,
        (),
        Decision(Status.SUGGESTED, Origin.RULE, 0.6),
        why="2 of 3 frames are against",
    )


@pytest.fixture
def session(qapp, scheme, coder, news, whole):
    session = ArticleSession(scheme, coder, clock=lambda: "2026-11-23T10:00:00.000Z")
    session.set_issues(ISSUES)
    session.load(news.article, [*news.suggestions, whole])
    return session


@pytest.fixture
def inspector(session, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(348, 900)
    inspector = Inspector(session, window)
    inspector.resize(window.size())
    window.show()
    qtbot.waitExposed(window)
    yield inspector


# A target that is an issue


def test_an_issue_is_shown_by_its_name_wherever_it_is_named(session, news):
    words = news.stance.target.span
    state = session.state
    assert ref_text(state, Ref(RefKind.ISSUE, issue=TOLL.id)) == "Toll & tax"
    assert ref_text(state, Ref(RefKind.ISSUE, words, issue=TOLL.id)) == "Toll & tax"
    # Before the project's issues are read, its words; and without words, what is known.
    unread = ArticleState(news.article)
    assert ref_text(unread, Ref(RefKind.ISSUE, words, issue=TOLL.id)) == "bridge toll"
    assert ref_text(unread, Ref(RefKind.ISSUE, issue=TOLL.id)) == "an issue of the project"


def test_issues_that_come_later_or_change_are_shown_at_once(session, news, qtbot):
    session.set_focus(news.stance.id)
    session.fill(Slot.TARGET, Ref(RefKind.ISSUE, issue=TOLL.id))
    with qtbot.waitSignal(session.annotations_changed) as shown:
        session.set_issues([replace(TOLL, name="Tolls")])
    assert news.stance.id in shown.args[0]
    assert "Tolls" in summary(session.state, session.focused)


def test_two_keys_make_an_issue_the_target_and_its_words_stay(session, inspector, news, qtbot):
    session.set_focus(news.stance.id)
    words = session.focused.target.span
    session.set_slot(Slot.TARGET)  # T
    menu = menu_of(qtbot)
    texts = [action.text() for action in menu.actions()[:3]]
    assert texts == ["&1 Harbour bridge\tissue", "&2 Toll && tax\tissue", ""]
    qtbot.keyClick(menu, Qt.Key.Key_2)
    assert session.focused.target == Ref(RefKind.ISSUE, words, issue=TOLL.id)
    assert words in spans_of(session.focused)
    a_turn()
    assert inspector.card.rows[Slot.TARGET].value == "Toll & tax"
    assert session.focused.decision.status is Status.CORRECTED


def test_issues_are_offered_for_the_target_of_a_stance_alone(session, inspector, news, qtbot):
    for frame, slot in ((news.stance, Slot.HOLDER), (news.statement, Slot.TARGET)):
        session.set_focus(frame.id)
        session.set_slot(slot)
        menu = menu_of(qtbot)
        assert not any("issue" in action.text() for action in menu.actions())
        menu.close()
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def menu_of(qtbot) -> QMenu:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


# The article as a whole


def test_it_comes_last_and_lies_nowhere_in_the_text(session, news, whole):
    state = session.state
    assert state.stops()[-1] == whole.id
    assert state.next(len(news.text)) == (whole.id, False)
    assert state.next(None)[0] == news.names["Norland"].id
    assert spans_of(whole) == []
    assert whole not in state.between(0, len(news.text))
    assert filled(replace(whole, decision=Decision(Status.ACCEPTED, Origin.RULE))) == ()


def test_its_side_is_all_that_can_be_set(session, news, whole):
    told = []
    session.told.connect(told.append)
    session.set_focus(whole.id)
    for slot in Slot:
        assert not session.set_slot(slot)
        assert not session.fill(slot, Ref(RefKind.IMPLICIT))
    assert not session.toggle_negated()
    assert not session.edit()
    assert not session.set_bounds(whole.id, Span(0, 9))
    assert session.focused == whole
    assert "article as a whole" in told[0]
    assert session.press_digit("1")
    assert session.focused.position is Position.FAVOR
    assert session.focused.decision.suggested["position"] == "against"
    assert session.next_certainty()
    assert session.set_note("Mostly.")
    assert session.focused.overall


def test_its_acts_are_named_by_the_issue(state, whole, do):
    state.issue_names = {TOLL.id: "Toll"}
    state.add_suggestions([whole])
    title = "accept the article’s stance on ‘Toll’"
    assert do(commands.accept, whole.id).title == title


def test_it_is_wrong_in_its_side_or_altogether(whole):
    assert list(reasons(whole)) == ["polarity", "no stance"]


def test_a_new_stance_is_not_read_off_it(session, whole):
    session.set_focus(whole.id)
    assert not session.add_stance()


def test_nothing_in_the_text_is_looked_at_for_it(canvas, session, news, whole, qtbot):
    canvas.set_session(session)
    session.set_focus(news.names["Tuesday"].id)
    before, top = canvas.selected, canvas.place.top
    session.set_focus(whole.id)
    qtbot.waitUntil(lambda: canvas.typesetter.done)
    assert (canvas.selected, canvas.place.top) == (before, top)
    scene = canvas._scene()
    assert canvas._painter._ring(scene).isEmpty()


def test_its_card_has_the_issue_and_the_sides(session, inspector, whole, qtbot):
    card = inspector.card
    session.set_focus(whole.id)
    a_turn()
    assert card.title.text() == "The article as a whole: Toll & tax"
    for hidden in (*card.rows.values(), card.negated, card.edit, card.labels):
        assert not hidden.isVisible()
    assert "2 of 3 frames are against" in card.origin.text()
    qtbot.mouseClick(card.positions.button(Position.MIXED), Qt.MouseButton.LeftButton)
    assert session.focused.position is Position.MIXED
    session.set_focus(session.state.stops()[0])
    a_turn()
    assert card.edit.isVisible()


# In the list of everything


def test_it_is_on_top_of_the_list_under_a_heading(session, inspector, news, whole, qtbot):
    outline, model = inspector.outline, inspector.outline.model()
    (tab,) = [
        each
        for each in inspector.findChildren(QAbstractButton)
        if each.text() == "All names and stances"
    ]
    qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)
    lines = [model.index(row, 0).data() for row in range(4)]
    assert lines == ["THE ARTICLE AS A WHOLE", "▼ Toll & tax", "IN THE TEXT", "Norland"]
    session.set_focus(news.names["Norland"].id)
    outline.setFocus()
    qtbot.waitUntil(outline.hasFocus)
    qtbot.keyClick(outline, Qt.Key.Key_Up)  # over the heading
    assert session.focus == whole.id
    qtbot.keyClick(outline, Qt.Key.Key_Up)
    assert session.focus == whole.id
    said = outline.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "▼ Toll & tax, Against, Suggestion"
    assert outline.isFirstColumnSpanned(0, outline.rootIndex())
    session.set_position(Position.MIXED)
    assert outline.currentIndex().data() == "◆ Toll & tax"


def test_headings_come_and_go_with_it(session, news, whole, qtbot):
    model = OutlineModel(session)
    tester = QAbstractItemModelTester(model)
    model.wake(True)

    def headings() -> list[str]:
        return [model.index(row, 0).data() for row in model.headings()]

    assert headings() == ["THE ARTICLE AS A WHOLE", "IN THE TEXT"]
    assert model.rowCount() == 11
    session.set_focus(whole.id)
    session.reject()
    assert headings() == []
    assert model.rowCount() == 8
    session.take_suggestions([replace(whole, id=UUID(int=82))])
    assert headings() == ["THE ARTICLE AS A WHOLE", "IN THE TEXT"]
    assert model.identifier(model.index(0, 0)) is None
    assert tester is not None
