"""The panel beside the text, worked by real keys and clicks."""

import re
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QScrollArea

from db.actor_book import ActorBook
from db.values import Actor, Certainty, Position, Ref, RefKind, Status
from desktop.article import commands
from desktop.article.bounds import Edge, Unit
from desktop.article.commands import Slot
from tests.article.on_page import a_turn

# Without a screen there is no window to raise and no keyboard to grab for a menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def card(inspector):
    return inspector.card


def click(qtbot, button):
    qtbot.mouseClick(button, LEFT)


def menu_of(qtbot):
    """Wait for the menu that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def words_of(action):
    """Return the words of a line of a menu, without its digit and without what it is."""
    return re.sub(r"^&\d ", "", action.text().split("\t")[0])


def choose(qtbot, words):
    """Click a line of the open menu."""
    menu = menu_of(qtbot)
    action = next(a for a in menu.actions() if words_of(a) == words)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


# --- what it says


def test_it_says_what_is_in_focus_and_how_much_is_left(session, inspector, news):
    assert inspector.heading.text() == "IN FOCUS · SUGGESTION 1 OF 7"
    session.accept()
    a_turn()
    assert inspector.heading.text() == "IN FOCUS · ACCEPTED · 6 LEFT"
    session.set_focus(None)
    a_turn()
    assert inspector.heading.text() == "NOTHING IN FOCUS · 6 LEFT"
    assert not inspector.card.isVisible()
    while session.step():
        session.accept()
    a_turn()
    assert inspector.heading.text() == "IN FOCUS · ACCEPTED · ALL DECIDED"
    session.load(news.article)
    a_turn()
    assert inspector.heading.text() == "NOTHING LABELLED YET"


def test_a_name_shows_its_label_where_it_comes_from_and_its_guideline(
    session, inspector, card, news
):
    session.set_focus(news.names["Act"].id)
    a_turn()
    assert card.title.text() == "Act"
    assert card.labels.button("ORG").isChecked()
    assert card.origin.text() == "90% · model"
    assert inspector.guideline.text() == "A body that can act or speak."
    session.relabel("LAW")
    a_turn()
    assert card.labels.button("LAW").isChecked()
    assert card.origin.text() == "90% · model · was ORG"
    assert inspector.guideline_heading.text() == "GUIDELINE · LAW"


def test_a_frame_shows_its_slots_its_side_and_its_reason(session, inspector, card, news):
    session.set_focus(news.stance.id)
    a_turn()
    shown = {slot: row.value for slot, row in card.rows.items()}
    assert shown == {
        Slot.HOLDER: "Mara Lind",
        Slot.NESTED: "–",
        Slot.TARGET: "bridge toll",
        Slot.CUE: "“hurts”, direct",
        Slot.EVIDENCE: "The bridge toll hurts Norland.",
    }
    assert card.positions.button(Position.AGAINST).isChecked()
    assert card.origin.text() == "87% · model · “hurts” (cue)"
    assert inspector.guideline.text() == "The holder wants it stopped."


def test_a_quotation_shows_who_said_what(session, card, news):
    session.next_quote()
    a_turn()
    assert card.rows[Slot.HOLDER].text() == "Source"
    assert card.rows[Slot.HOLDER].value == "Mara Lind"
    # A digit would set the stance that is suggested on it.
    assert card.side.text() == "Suggested: ▼ Against, Mara Lind → bridge toll"
    assert card.positions.button(Position.AGAINST).isChecked()


# --- by mouse alone


def test_accept_and_reject_by_click(session, card, news, qtbot):
    click(qtbot, card.accept)
    assert session.focus == news.names["Mara Lind"].id
    click(qtbot, card.reject)
    assert session.state.get(news.names["Mara Lind"].id) is None
    assert session.state.get(news.names["Norland"].id).decision.status is Status.ACCEPTED


def test_a_reason_is_chosen_from_a_menu(session, card, news, qtbot):
    session.set_focus(news.stance.id)
    click(qtbot, card.why)
    choose(qtbot, "Wrong side")
    assert session.state.row(news.stance.id).decision.reason == "polarity"


def test_a_label_and_a_side_by_click(session, card, news, qtbot):
    session.set_focus(news.names["Act"].id)
    click(qtbot, card.labels.button("LAW"))
    assert session.focused.label == "LAW"
    session.set_focus(news.stance.id)
    click(qtbot, card.positions.button(Position.MIXED))
    assert session.focused.position is Position.MIXED
    click(qtbot, card.negated)
    assert session.focused.target.negated
    a_turn()
    assert card.rows[Slot.TARGET].value == "not: bridge toll"


def test_a_holder_by_click_from_the_names_around(session, card, news, qtbot):
    session.set_focus(news.stance.id)
    click(qtbot, card.rows[Slot.HOLDER])
    choose(qtbot, "Lind")
    assert session.focused.holder.entity == news.names["Lind"].id


def test_the_writer_holds_it_by_click(session, card, news, qtbot):
    session.set_focus(news.stance.id)
    click(qtbot, card.rows[Slot.HOLDER])
    choose(qtbot, "The writer")
    assert session.focused.holder.kind is RefKind.WRITER
    a_turn()
    assert card.rows[Slot.HOLDER].value == "the writer"


def test_who_reports_it_and_how_certain_one_is_by_click(session, card, news, qtbot):
    session.set_focus(news.stance.id)
    for name, shown in (("Lind", "Lind"), ("Norland", "Lind → Norland")):
        click(qtbot, card.rows[Slot.NESTED])
        choose(qtbot, name)
        a_turn()
        assert card.rows[Slot.NESTED].value == shown
    click(qtbot, card.rows[Slot.NESTED])
    choose(qtbot, "Nobody but the writer")
    assert not session.focused.nested
    somewhat = card.certainties.button(Certainty.SOMEWHAT)
    click(qtbot, somewhat)
    assert session.focused.certainty is Certainty.SOMEWHAT
    a_turn()
    assert somewhat.isChecked()
    click(qtbot, somewhat)
    assert session.focused.certainty is None


def test_a_slot_waits_for_the_text_when_asked_to(session, card, news, qtbot):
    session.set_focus(news.stance.id)
    click(qtbot, card.rows[Slot.EVIDENCE])
    choose(qtbot, "Click or select in the text …")
    assert session.picking is Slot.EVIDENCE
    a_turn()
    assert "waits" in card.rows[Slot.EVIDENCE].accessibleName()
    session.set_selection(news.span("Nobody voted for the Harbour Act."))
    a_turn()
    assert card.rows[Slot.EVIDENCE].value == "Nobody voted for the Harbour Act."


def test_bounds_by_click(session, card, news, qtbot):
    session.set_focus(news.names["Act"].id)
    a_turn()
    assert not card.bounds.isVisible()
    click(qtbot, card.edit)
    click(qtbot, card.bounds.button(Edge.START, Unit.WORD, -1))
    a_turn()
    assert card.title.text() == "Harbour Act"
    session.step(1)
    a_turn()
    assert not card.bounds.isVisible()


def test_a_click_on_an_actor_goes_from_mention_to_mention(session, inspector, news, qtbot):
    actors = inspector.actors
    qtbot.waitUntil(lambda: actors.model().rowCount() == 3)
    norland = actors.visualRect(actors.model().index(1, 0)).center()
    session.set_focus(None)
    for expected in ("Norland", "Norland again", "Norland"):
        qtbot.mouseClick(actors.viewport(), LEFT, pos=norland)
        assert session.focus == news.names[expected].id


def test_going_on_and_back_by_click(session, inspector, news, qtbot):
    click(qtbot, inspector.next)
    assert session.focus == news.names["Mara Lind"].id
    click(qtbot, inspector.previous)
    assert session.focus == news.names["Norland"].id


def test_a_click_leaves_the_keys_where_they_are(session, card, news, qtbot):
    card.note.setFocus()
    for button in (card.accept, card.labels.button("ORG"), card.edit):
        click(qtbot, button)
        a_turn()
        assert card.note.hasFocus()


# --- by keyboard alone


def test_the_keys_go_back_to_the_text_when_what_had_them_goes(
    session, inspector, card, news, qtbot
):
    label = card.labels.button("ORG")
    label.setFocus()
    qtbot.waitUntil(label.hasFocus)
    with qtbot.waitSignal(inspector.left):
        session.set_focus(news.stance.id)
    session.edit()
    with qtbot.waitSignal(inspector.left):
        session.step(1)


def test_a_holder_without_a_name_says_who_it_is(session, inspector, card, news):
    session.set_focus(news.stance.id)
    session.fill(Slot.HOLDER, Ref(RefKind.SPAN, news.span("Norland to reject")))
    mayor = Actor(UUID(int=7), "Hanna Storm", "PERSON", ("Storm",))
    session.people.use(ActorBook([mayor]))
    assert session.do(commands.holder_is, news.stance.id, mayor, session.people.book)
    a_turn()
    assert card.rows[Slot.HOLDER].value == "Norland to reject = Hanna Storm"


def test_the_list_of_actors_shows_the_side_that_a_negated_target_comes_to(
    session, inspector, news, qtbot
):
    """Against “not the toll” is for the toll, there as among the positions of an actor."""

    def side() -> Position | None:
        return {one.name: one.position for one in session.people.here}.get("Mara Lind")

    qtbot.waitUntil(lambda: side() is Position.AGAINST)
    session.set_focus(news.stance.id)
    session.toggle_negated()
    qtbot.waitUntil(lambda: side() is Position.FAVOR)


def test_nothing_moves_aside_when_the_panel_begins_to_scroll(session, inspector, card, news):
    session.set_focus(news.names["Act"].id)
    QApplication.processEvents()
    place, width = inspector.next.mapTo(inspector, inspector.next.pos()).x(), card.width()
    inspector.parentWidget().resize(348, 420)
    inspector.resize(348, 420)
    session.set_focus(news.stance.id)
    QApplication.processEvents()
    scroll = inspector.findChild(QScrollArea)
    assert scroll.verticalScrollBar().isVisible()
    assert inspector.next.mapTo(inspector, inspector.next.pos()).x() == place
    assert card.width() == width


def test_a_slot_key_without_a_selection_opens_the_choices(session, inspector, card, news, qtbot):
    session.set_focus(news.stance.id)
    session.set_slot(Slot.TARGET)
    menu = menu_of(qtbot)
    names = [words_of(action) for action in menu.actions()]
    assert names[:3] == ["Norland", "Mara Lind", "Act"]  # the nearest first, each form once
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    with qtbot.waitSignal(inspector.left):
        qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert session.focused.target.entity == news.names["Act"].id


def test_a_digit_takes_one_of_the_first_nine_choices_of_a_slot(session, inspector, news, qtbot):
    session.set_focus(news.stance.id)
    session.set_slot(Slot.HOLDER)
    menu = menu_of(qtbot)
    assert [action.text() for action in menu.actions()[:3]] == [
        "&1 Norland\tGPE",
        "&2 Mara Lind\tPERSON",
        "&3 Act\tORG",
    ]
    with qtbot.waitSignal(inspector.left):
        qtbot.keyClick(menu, Qt.Key.Key_3)
    assert session.focused.holder.entity == news.names["Act"].id


@pytest.mark.parametrize("slot", [Slot.HOLDER, Slot.NESTED, Slot.TARGET])
def test_a_date_holds_no_stance_and_is_offered_last(session, inspector, news, slot, qtbot):
    """“Tuesday” is nearer to “It was never fair” than most of the names are."""
    session.set_selection(news.span("It was never fair"))
    session.add_stance()
    session.set_slot(slot)
    menu = menu_of(qtbot)
    names = [words_of(action) for action in menu.actions()]
    assert names[names.index("Tuesday") + 1] == ""  # behind it come those without a name
    menu.close()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_edit_goes_to_the_bounds_and_escape_goes_back(session, inspector, card, qtbot):
    session.edit()
    start = card.bounds.button(Edge.START, Unit.CHARACTER, -1)
    qtbot.waitUntil(start.hasFocus)
    with qtbot.waitSignal(inspector.left):
        qtbot.keyClick(start, Qt.Key.Key_Escape)
    with qtbot.waitSignal(inspector.left):
        session.edit()
    assert not card.bounds.isVisible()


def test_a_low_window_scrolls_and_is_not_made_taller(session, inspector, card, news):
    session.set_focus(news.stance.id)
    card.show_bounds()
    assert inspector.minimumSizeHint().height() < 200


def test_tab_reaches_every_control_and_space_presses_it(session, inspector, card, news, qtbot):
    session.set_focus(news.stance.id)
    card.show_bounds()
    wanted = {
        button
        for button in inspector.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled()
    }
    reached, each = set(), inspector
    for _ in range(200):
        each = each.nextInFocusChain()
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(each)
    assert wanted <= reached
    against = card.positions.button(Position.FAVOR)
    against.setFocus()
    qtbot.keyClick(against, Qt.Key.Key_Space)
    assert session.focused.position is Position.FAVOR


def test_every_control_has_a_name_to_read_out(session, inspector, card, news):
    for one in (news.stance, news.names["Act"], news.statement):
        session.set_focus(one.id)
        card.show_bounds()
        for button in inspector.findChildren(QAbstractButton):
            if button.isVisible():
                assert len(button.accessibleName() or button.text()) > 2, button


def test_the_list_of_everything_leads_to_each(session, inspector, news, qtbot):
    outline = inspector.outline
    click(qtbot, button(inspector, "All names and stances"))
    assert outline.model().rowCount() == 8
    outline.setFocus()
    qtbot.waitUntil(outline.hasFocus)
    qtbot.keyClick(outline, Qt.Key.Key_Down)
    assert session.focus == news.names["Mara Lind"].id
    line = outline.currentIndex()
    assert line.data() == "Mara Lind"
    session.set_focus(news.stance.id)
    line = outline.currentIndex()
    said = line.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Mara Lind ▼ bridge toll, Against, Suggestion"


def button(inspector, text):
    buttons = inspector.findChildren(QAbstractButton)
    return next(each for each in buttons if each.text() == text)
