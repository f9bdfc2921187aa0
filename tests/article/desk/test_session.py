"""The analyst at work: where each act leaves the focus, and what is told to whom."""

from dataclasses import replace
from uuid import uuid4

import pytest

from db.values import ArticleStatus, Metadata, Position, Span, Status
from desktop.article.bounds import Edge, Unit
from desktop.article.commands import Slot
from desktop.article.places import main_span
from desktop.article.session import ArticleSession
from tests.article.on_desk import focused

# --- going through


def test_an_article_opens_on_its_first_suggestion(session, news):
    assert session.focus == news.names["Norland"].id


def test_stepping_goes_round_and_tells_so(session, news, told):
    assert session.step(-1)
    assert focused(session, news) == "Tuesday"
    assert told == ["On from the end."]
    session.step(1)
    assert focused(session, news) == "Norland"
    assert told[-1] == "On from the top."


def test_stepping_goes_on_from_where_the_caret_was_put(session, news):
    session.set_focus(None)
    session.set_selection(Span(*(news.text.index("added"),) * 2))
    session.step(1)
    assert focused(session, news) == "Tuesday"


def test_at_the_end_of_the_way_it_says_what_does_not_lie_on_it(session, news, told):
    session.set_focus(news.stance.id)
    session.reject()  # so that nothing accepts its quotation
    for _ in range(6):
        session.accept_and_next()
    assert session.state.left() == 0
    assert told[-1] == "All names and stances are decided. Quotations left: 1 (Q)."


def test_accept_and_next_goes_through_the_whole_article(session, news, acts, told):
    for _ in range(7):
        session.accept_and_next()
    assert session.state.left() == 0
    assert len(acts) == 7
    assert told[-1] == "Everything here is decided."
    session.accept_and_next()
    assert len(acts) == 7
    assert session.focused is not None


def test_the_next_quote_is_a_statement_wherever_one_is(session, news, told):
    session.next_quote()
    assert session.focus == news.statement.id
    session.next_quote()
    assert session.focus == news.statement.id
    assert told == ["On from the top."]


def test_without_quotations_there_is_no_next_one(session, news, told):
    session.load(news.article, list(news.names.values()))
    assert not session.next_quote()
    assert told == ["No quotations were found here."]


# --- where the focus goes


def test_accept_stays_reject_goes_on(session, news):
    session.accept()
    assert session.focus == news.names["Norland"].id
    session.set_focus(news.names["Mara Lind"].id)
    session.reject("type")
    assert focused(session, news) == "Norland"
    assert session.focus == news.names["Norland again"].id


def test_the_last_one_rejected_leaves_nothing_in_focus(session, news):
    while session.state.left():
        session.reject()
    assert session.focus is None
    assert not session.reject()


def test_what_was_added_is_in_focus_and_deleting_it_goes_on(session, news):
    session.set_selection(news.span("bridge"))
    session.press_digit("2")
    assert focused(session, news) == "bridge"
    assert session.selection is None
    session.delete()
    assert focused(session, news) == "Mara Lind"


def test_an_undone_act_shows_what_it_undid(session, news, acts):
    session.accept_and_next()
    session.apply_act(acts[0].inverse())
    assert session.focus == news.names["Norland"].id
    assert session.focused.decision.status is Status.SUGGESTED


def test_when_what_is_in_focus_goes_the_way_goes_on_from_there(session, news, acts):
    session.set_selection(news.span("“It was never fair"))
    session.press_digit("2")
    session.apply_act(acts[0].inverse())
    assert session.focus is None
    session.step(1)
    assert focused(session, news) == "Lind"


def test_an_act_on_another_article_passes_by(session, acts, news):
    session.accept()
    assert session.state is not None
    before = session.state.visible
    session.apply_act(replace(acts[0].inverse(), article=uuid4()))
    assert session.state.visible == before


# --- telling


def test_an_act_is_told_once_with_what_to_paint_anew(session, news, acts):
    painted = []
    session.annotations_changed.connect(painted.append)
    session.set_focus(news.stance.id)
    session.accept()
    assert painted == [{news.stance.id, news.statement.id}]
    assert [act.name for act in acts] == ["accept"]


def test_what_changes_nothing_is_no_act(session, acts):
    assert session.accept()
    assert not session.accept()
    assert len(acts) == 1


def test_nothing_is_done_without_a_coder(session, acts, told):
    session.coder = None
    assert not session.accept()
    assert (acts, len(told)) == ([], 1)


def test_the_first_decision_tells_of_the_articles_status(session, qtbot):
    with qtbot.waitSignal(session.details_changed):
        session.accept()
    assert session.state.article.status is ArticleStatus.IN_PROGRESS
    session.mark_done()
    assert session.state.article.status is ArticleStatus.DONE
    session.mark_done()
    assert session.state.article.status is ArticleStatus.IN_PROGRESS


def test_details_do_not_lay_the_text_out_again(session, qtbot):
    with qtbot.assertNotEmitted(session.article_changed):
        session.set_metadata(Metadata(title="Tolls"))
    assert session.state.article.meta.title == "Tolls"


def test_suggestions_come_as_they_are_found(qapp, scheme, coder, news):
    session = ArticleSession(scheme, coder)
    session.load(news.article)
    assert session.focus is None
    session.take_suggestions([news.names["Act"]])
    assert session.focus == news.names["Act"].id
    session.take_suggestions([news.names["Norland"]])
    assert session.focus == news.names["Act"].id  # the text does not jump
    assert session.state
    session.renew([news.names["Lind"]], session.state.decisions)
    assert [one.id for one in session.state.visible] == [news.names["Lind"].id]


# --- digits


def test_digits_relabel_a_name_and_take_sides_in_a_frame(session, news):
    session.set_focus(news.names["Act"].id)
    session.press_digit("4")
    assert session.focused.label == "LAW"
    session.set_focus(news.stance.id)
    session.press_digit("1")
    assert session.focused.position is Position.FAVOR
    assert not session.press_digit("9")


# --- bounds


@pytest.mark.parametrize(
    ("words", "edge", "unit", "step", "expected"),
    [
        ("Tuesday", Edge.START, Unit.WORD, -1, "on Tuesday"),
        ("Tuesday", Edge.END, Unit.WORD, 1, "Tuesday (9"),
        ("Tuesday", Edge.END, Unit.CHARACTER, -1, "Tuesda"),
        ("Tuesday", Edge.END, Unit.CHARACTER, 1, "Tuesday (9"),
        ("Mara Lind", Edge.START, Unit.WORD, 1, "Lind"),
        ("Mara Lind", Edge.END, Unit.WORD, -1, "Mara"),
        ("Lind", Edge.START, Unit.WORD, -1, "Mr Lind"),
        ("Act", Edge.START, Unit.WORD, -1, "Harbour Act"),
    ],
)
def test_an_edge_moves_by_words_and_characters(session, news, words, edge, unit, step, expected):
    session.set_focus(news.names[words].id)
    assert session.move_bound(edge, unit, step)
    assert focused(session, news) == expected


def test_a_name_never_becomes_empty_and_never_leaves_the_text(session, news, told):
    session.set_focus(news.names["Norland"].id)
    assert not session.move_bound(Edge.START, Unit.CHARACTER, -1)
    assert not session.move_bound(Edge.END, Unit.WORD, -1)
    assert told == ["The edge cannot move further."] * 2


def test_evidence_moves_by_sentences_and_keeps_its_full_stop(session, news):
    session.set_focus(news.stance.id)
    assert session.move_bound(Edge.END, Unit.SENTENCE, 1)
    words = focused(session, news)
    assert words and words.endswith("Nobody voted for the Harbour Act.”")


def test_no_emoji_is_torn(qapp, scheme, coder, news):
    text = "Hello 👩‍👩‍👧 and cafe\u0301 owners"
    session = ArticleSession(scheme, coder)
    session.load(replace(news.article, text=text))
    session.set_selection(Span(text.index("cafe"), text.index("cafe") + 4))
    assert session.selection and session.selection.of(text) == "cafe\u0301"
    session.add_from_selection("ORG")
    session.move_bound(Edge.END, Unit.CHARACTER, -1)
    assert news_words(session, text) == "caf"
    session.move_bound(Edge.START, Unit.WORD, -1)
    session.move_bound(Edge.START, Unit.CHARACTER, -1)
    assert news_words(session, text) == "👩‍👩‍👧 and caf"


def news_words(session, text):
    return main_span(session.focused).of(text)


def test_an_empty_desk_does_nothing(session, acts):
    session.close()
    for do in (session.accept, session.add_stance, session.next_quote, session.step):
        assert not do()
    assert not session.set_slot(Slot.HOLDER)
    assert not session.add_from_selection("ORG")
    assert (session.focus, acts) == (None, [])


def test_a_step_lets_go_of_what_was_selected(session, news):
    """Else the next digit would label the old selection, not what is in focus now."""
    session.set_selection(Span(0, 4))
    session.step(1)
    assert session.selection is None
    focused = session.focus
    before = len(session.state.decisions)
    session.press_digit("2")
    assert len(session.state.decisions) == before + 1
    assert session.state.get(focused).label == "ORG"
