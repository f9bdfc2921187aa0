"""The frame at work: its slots are filled by pointing and selecting, and new ones are begun."""

from db.values import RefKind, Span, Stance, Status
from desktop.article.commands import Slot
from tests.article.on_desk import focused, status

# --- slots


def test_a_slot_is_filled_from_what_is_selected(session, news):
    session.set_focus(news.stance.id)
    session.set_selection(news.span("calls for a bridge toll"))
    assert session.set_slot(Slot.TARGET)
    target = session.focused.target
    assert (target.kind, news.at(target.span)) == (RefKind.SPAN, "calls for a bridge toll")
    assert session.selection is None
    session.set_selection(news.span("voted "))
    session.set_slot(Slot.CUE)
    assert [news.at(span) for span in session.focused.cue] == ["voted"]


def test_pointing_into_a_name_means_the_name(session, news):
    session.set_focus(news.stance.id)
    session.set_selection(news.span("Nor", 50))
    session.set_slot(Slot.TARGET)
    assert session.focused.target.entity == news.names["Norland again"].id


def test_the_caret_on_a_name_points_at_it(session, news):
    session.set_focus(news.stance.id)
    at = news.names["Lind"].span.end
    session.set_selection(Span(at, at))
    session.set_slot(Slot.HOLDER)
    assert session.focused.holder.entity == news.names["Lind"].id


def test_a_caret_from_before_means_nothing_for_what_is_in_focus_now(session, news, qtbot):
    at = news.names["Lind"].span.start
    session.set_selection(Span(at, at))
    session.set_focus(news.stance.id)
    with qtbot.waitSignal(session.slot_wanted) as wanted:
        assert not session.set_slot(Slot.HOLDER)
    assert wanted.args == [Slot.HOLDER]


def test_a_slot_that_waits_takes_the_next_click_on_a_name(session, news):
    session.set_focus(news.stance.id)
    session.pick(Slot.HOLDER)
    session.set_focus(news.names["Lind"].id)
    assert session.focus == news.stance.id
    assert session.focused.holder.entity == news.names["Lind"].id
    assert session.picking is None


def test_a_slot_that_waits_takes_a_selection_once_it_is_finished(session, news):
    session.set_focus(news.stance.id)
    session.pick(Slot.EVIDENCE)
    session.set_selection(news.span("Nobody voted"), finished=False)
    assert session.picking is Slot.EVIDENCE
    session.set_selection(news.span("Nobody voted for the Harbour Act."))
    assert focused(session, news) == "Nobody voted for the Harbour Act."
    assert session.picking is None


def test_stepping_on_calls_the_waiting_off(session, news):
    session.set_focus(news.stance.id)
    session.pick(Slot.HOLDER)
    session.step(1)
    assert session.picking is None
    assert focused(session, news) == "Act"


def test_only_frames_have_slots(session, told):
    assert not session.set_slot(Slot.HOLDER)
    assert told == ["Go to a stance or a quotation first."]


# --- new stances


def test_a_new_stance_rests_on_the_selection(session, news):
    session.set_selection(news.span("Nobody voted for the Harbour Act."))
    session.add_stance()
    assert isinstance(session.focused, Stance)
    assert session.focused.holder.entity == news.names["Mara Lind"].id
    assert session.focused.target.entity == news.names["Act"].id
    assert session.focused.statement == news.statement.id


def test_a_new_stance_from_a_quotation_in_focus(session, news):
    session.next_quote()
    session.add_stance()
    assert session.focused.evidence == news.statement.content


def test_a_new_stance_where_the_focus_is(session, news):
    session.set_focus(news.names["Tuesday"].id)
    session.add_stance()
    words = focused(session, news)
    assert words and words.startswith("“It was never fair,” Mr Lind added")
    assert session.focused.holder.entity == news.names["Lind"].id


def test_the_target_is_negated_and_back(session, news):
    session.set_focus(news.stance.id)
    session.toggle_negated()
    assert session.focused.target.negated
    session.toggle_negated()
    assert status(session, news.stance) is Status.ACCEPTED
