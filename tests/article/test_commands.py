"""What an analyst does to names and to the article: what each act changes."""

from uuid import uuid4

import pytest

from db import rows
from db.values import ArticleStatus, Metadata, Origin, Position, RefKind, Span, Status
from desktop.article import commands
from desktop.article.commands import Slot
from desktop.article.trim import trim


def decision(state, annotation):
    return state.row(annotation.id).decision


# --- accept, reject, note


def test_accepting_keeps_what_the_suggestion_was(state, news, do, coder):
    name = news.names["Mara Lind"]
    act = do(commands.accept, name.id)
    assert act.title == "accept ‘Mara Lind’"
    accepted = decision(state, name)
    assert accepted.status is Status.ACCEPTED
    assert (accepted.suggestion, accepted.suggested) == (name.id, None)
    assert (accepted.origin, accepted.score) == (Origin.MODEL, 0.9)
    assert (accepted.coder, accepted.decided_at) == (coder, "2026-11-23T10:00:00.000Z")
    assert rows.value_of(state.get(name.id)) == rows.value_of(name)


def test_what_is_decided_is_not_accepted_again(state, news, do):
    do(commands.accept, news.stance.id)
    assert do(commands.accept, news.stance.id) is None


def test_accepting_a_stance_accepts_the_statement_it_rests_on(state, news, do):
    do(commands.accept, news.stance.id)
    assert decision(state, news.statement).status is Status.ACCEPTED


def test_rejecting_a_stance_leaves_what_was_said(state, news, do):
    do(commands.reject, news.stance.id, reason="polarity")
    assert decision(state, news.stance).reason == "polarity"
    assert state.row(news.statement.id) is None


def test_a_rejected_suggestion_is_kept_so_that_it_does_not_come_back(state, news, do):
    name = news.names["Tuesday"]
    act = do(commands.reject, name.id, reason="not an entity")
    assert act.title == "reject ‘Tuesday’"
    assert state.get(name.id) is None
    state.add_suggestions([name])
    assert state.get(name.id) is None


def test_what_was_added_is_deleted_for_good(state, news, do):
    do(commands.add_entity, news.span("bridge"), "ORG", identifier=(bridge := uuid4()))
    act = do(commands.reject, bridge)
    assert act.title == "delete ‘bridge’"
    assert state.row(bridge) is None


def test_an_entity_that_goes_leaves_its_span_in_the_slots_it_filled(state, news, do):
    do(commands.accept, news.stance.id)
    do(commands.reject, news.names["Mara Lind"].id)
    holder = state.get(news.stance.id).holder
    assert (holder.kind, holder.entity) == (RefKind.SPAN, None)
    assert news.at(holder.span) == "Mara Lind"
    assert state.get(news.statement.id).source == holder


def test_a_frame_decided_after_its_entity_went_has_the_span_alone(state, news, do):
    do(commands.reject, news.names["Mara Lind"].id)
    do(commands.accept, news.stance.id)
    stance = state.get(news.stance.id)
    assert stance.holder.kind is RefKind.SPAN
    assert stance.decision.status is Status.ACCEPTED


def test_a_note_on_a_suggestion_decides_nothing(state, news, do):
    name = news.names["Act"]
    do(commands.set_note, name.id, " the whole name? ")
    assert state.get(name.id).decision.note == "the whole name?"
    assert name.id in state.stops()
    do(commands.accept, name.id)
    assert decision(state, name).note == "the whole name?"


def test_a_note_taken_off_a_suggestion_leaves_no_row(state, news, do):
    name = news.names["Act"]
    do(commands.set_note, name.id, "?")
    do(commands.set_note, name.id, "  ")
    assert state.row(name.id) is None


# --- relabel


def test_a_relabelled_suggestion_remembers_what_was_suggested(state, news, do):
    name = news.names["Act"]
    act = do(commands.relabel, name.id, "LAW")
    assert act.title == "relabel ‘Act’"
    assert decision(state, name).status is Status.CORRECTED
    assert decision(state, name).suggested == rows.value_of(name)
    do(commands.relabel, name.id, "PERSON")
    assert decision(state, name).suggested == rows.value_of(name)


def test_a_correction_put_back_counts_as_accepted(state, news, do):
    name = news.names["Act"]
    do(commands.relabel, name.id, "LAW")
    do(commands.relabel, name.id, "ORG")
    assert decision(state, name).status is Status.ACCEPTED
    assert decision(state, name).suggested is None


def test_choosing_the_suggested_label_accepts_it(state, news, do):
    do(commands.relabel, news.names["Act"].id, "ORG")
    assert decision(state, news.names["Act"]).status is Status.ACCEPTED
    assert do(commands.relabel, news.names["Act"].id, "ORG") is None


def test_what_was_added_stays_added(state, news, do):
    do(commands.add_entity, news.span("bridge"), "ORG", identifier=(bridge := uuid4()))
    do(commands.relabel, bridge, "LAW")
    assert state.get(bridge).decision.status is Status.ADDED
    assert state.get(bridge).decision.suggested is None


def test_a_long_text_is_shortened_in_the_name_of_an_act(state, news, do):
    do(commands.accept, news.names["Act"].id)
    act = do(commands.set_position, news.stance.id, Position.FAVOR)
    assert act.title == "set stance ‘The bridge toll hurts Norland.’ to for"
    long = news.span("The bridge toll hurts Norland. Nobody voted")
    act = do(commands.set_slot, news.stance.id, Slot.EVIDENCE, (long,))
    assert act.title == "set evidence of stance ‘The bridge toll hurts Norland.’"
    act = do(commands.reject, news.stance.id)
    assert act.title == "reject stance ‘The bridge toll hurts Norland.…’"


# --- bounds


def test_bounds_let_go_of_blanks_and_marks_and_stay_in_the_text(state, news, do):
    name = news.names["Tuesday"]
    start = news.text.index("on Tuesday")
    do(commands.set_bounds, name.id, Span(start, name.span.end + 2))
    assert news.at(state.get(name.id).span) == "on Tuesday"
    do(commands.set_bounds, name.id, Span(name.span.start - 1, 10_000))
    assert news.at(state.get(name.id).span) == "Tuesday (9 May)"
    assert do(commands.set_bounds, name.id, Span(10_000, 10_001)) is None


def test_a_moved_entity_takes_the_slots_it_fills_with_it(state, news, do):
    do(commands.accept, news.stance.id)
    name = news.names["Mara Lind"]
    do(commands.set_bounds, name.id, news.span("Lind", name.span.start))
    assert news.at(state.get(news.stance.id).holder.span) == "Lind"
    assert news.at(state.get(news.statement.id).source.span) == "Lind"
    assert state.get(news.stance.id).decision.status is Status.ACCEPTED


def test_a_name_drawn_over_undecided_ones_takes_their_place(state, news, do):
    do(commands.add_entity, news.span("the Harbour Act"), "LAW", identifier=(law := uuid4()))
    assert decision(state, news.names["Act"]).status is Status.REJECTED
    assert decision(state, news.names["Act"]).reason == "boundary"
    assert [e.id for e in state.entities_at(news.names["Act"].span.start)] == [law]


def test_a_name_drawn_over_a_decided_one_stands_beside_it(state, news, do):
    do(commands.accept, news.names["Act"].id)
    do(commands.add_entity, news.span("Harbour Act"), "LAW")
    assert len(state.entities_at(news.names["Act"].span.start)) == 2


def test_a_stance_moves_by_its_evidence_which_may_end_in_a_mark(state, news, do):
    do(commands.set_bounds, news.stance.id, news.span("Nobody voted for the Harbour Act."))
    assert news.at(state.get(news.stance.id).evidence[0]) == "Nobody voted for the Harbour Act."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (" Calais, ", "Calais"),
        ("“Jungle”", "Jungle"),
        ("(NATO)", "NATO"),
        ("European Union (EU)", "European Union (EU)"),
        ("in the U.S.", "in the U.S."),
        ("Smith Inc.", "Smith Inc"),
        ("5.4%", "5.4%"),
        ("#MeToo", "#MeToo"),
        ("£5m", "£5m"),
        ("\u200bCalais\ufeff\n", "Calais"),
        ("cafe\u0301.", "cafe\u0301"),
        ("👩‍👩‍👧!", "👩‍👩‍👧"),
        ("…", None),
        (" \u2028", None),
    ],
)
def test_what_a_name_keeps_at_its_edges(text, kept):
    found = trim(text, Span(0, len(text)))
    assert (found and found.of(text)) == kept


# --- adding


def test_an_added_name_is_the_coders(state, news, do, coder):
    act = do(commands.add_entity, news.span("“The bridge"), "ORG")
    added = state.get(act.changes[0].id)
    assert news.at(added.span) == "The bridge"
    assert (added.decision.status, added.decision.origin) == (Status.ADDED, Origin.CODER)
    assert (added.decision.suggestion, added.decision.score) == (None, None)


def test_a_name_added_where_one_stands_relabels_it(state, news, do):
    do(commands.add_entity, news.names["Act"].span, "LAW")
    assert state.get(news.names["Act"].id).label == "LAW"
    assert decision(state, news.names["Act"]).status is Status.CORRECTED


def test_blanks_are_no_name(state, do):
    assert do(commands.add_entity, Span(7, 8), "ORG") is None


# --- the article


def test_the_first_decision_sets_the_article_in_progress(state, news, do):
    assert do(commands.accept, news.names["Act"].id).changes[-1].table == "article"
    assert state.article.status is ArticleStatus.IN_PROGRESS
    assert len(do(commands.accept, news.names["Lind"].id).changes) == 1


def test_done_says_that_layers_with_nothing_left_were_looked_at(state, news, do):
    do(commands.accept, news.stance.id)
    act = do(commands.set_status, ArticleStatus.DONE)
    assert act.title == "mark done"
    assert [one.layer for one in state.checked.values()] == ["stances"]
    assert do(commands.set_status, ArticleStatus.DONE) is None


def test_details_change_one_by_one(state, do):
    act = do(commands.set_metadata, Metadata(title="Tolls"))
    assert act.changes[0].after == {"title": "Tolls"}
    assert do(commands.set_metadata, Metadata(title="Tolls")) is None


def test_a_stretch_is_checked_once(state, do):
    do(commands.mark_checked, Span(0, 40), "entities")
    assert do(commands.mark_checked, Span(5, 10), "entities") is None
    assert do(commands.mark_checked, Span(5, 10), "stances") is not None


def test_a_state_knows_no_annotation_of_an_id_it_never_saw(state, do):
    assert do(commands.accept, uuid4()) is None
    assert do(commands.reject, uuid4()) is None
    assert do(commands.set_bounds, uuid4(), Span(0, 1)) is None


def test_undo_calls_a_status_what_the_window_calls_it(do):
    assert do(commands.set_status, ArticleStatus.FLAGGED).title == "mark unsure"
