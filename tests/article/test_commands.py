"""What an analyst does to annotations: what each act changes, and that it can be taken back."""

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import rows
from db.values import (
    ArticleStatus,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Status,
)
from desktop.article import commands
from desktop.article.commands import Slot
from desktop.article.state import ArticleState, main_span

AT = "2026-11-23T10:00:00.000Z"


@pytest.fixture
def state(news):
    return ArticleState(news.article, news.suggestions)


@pytest.fixture
def do(state, coder):
    """Return a function that does a command to the state and returns its act."""

    def do(command, *values, **more):
        act = command(state, *values, coder=coder, at=AT, **more)
        if act is not None:
            state.apply(act.changes)
        return act

    return do


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
    assert (accepted.coder, accepted.decided_at) == (coder, AT)
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
    from desktop.article.trim import trim

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


# --- stances


ACTORS, THINGS = {"PERSON", "ORG", "GPE"}, {"LAW"}


def test_a_selection_inside_a_quotation_has_its_speaker_and_the_first_name_in_it(state, news, do):
    frame = commands.draft(state, news.span("The bridge toll hurts Norland. "), ACTORS, THINGS)
    act = do(commands.add_stance, frame, identifier=(stance := uuid4()))
    assert act.title == "add stance ‘The bridge toll hurts Norland.’"
    made = state.get(stance)
    assert made.holder.entity == news.names["Mara Lind"].id
    assert made.target.entity == news.names["Norland again"].id
    assert (made.statement, made.cue) == (news.statement.id, news.statement.cue)
    assert made.position is Position.UNCLEAR
    assert decision(state, news.statement).status is Status.ACCEPTED


def test_a_quotation_makes_a_stance_of_all_it_says(state, news):
    frame = commands.draft(state, news.statement, ACTORS, THINGS)
    assert frame.evidence == news.statement.content


def test_outside_quotations_the_first_name_holds_and_the_next_is_its_target(state, news):
    headline = Span(0, news.text.index("\n"))
    frame = commands.draft(state, headline, ACTORS, THINGS)
    assert frame.holder.entity == news.names["Norland"].id
    assert frame.target.kind is RefKind.IMPLICIT


def test_where_nobody_is_named_the_writer_holds_it(state, news):
    frame = commands.draft(state, news.span("reject calls"), ACTORS, THINGS)
    assert frame.holder.kind is RefKind.WRITER


def test_a_corrected_holder_corrects_who_said_it(state, news, do):
    speaker = commands.ref_to(news.names["Lind"])
    act = do(commands.set_slot, news.stance.id, Slot.HOLDER, speaker)
    assert act.title == "set holder of stance ‘The bridge toll hurts Norland.’"
    assert state.get(news.stance.id).holder == speaker
    assert state.get(news.statement.id).source == speaker
    assert decision(state, news.statement).status is Status.CORRECTED


def test_a_holder_who_is_not_in_the_text_leaves_who_said_it(state, news, do):
    do(commands.set_slot, news.stance.id, Slot.HOLDER, Ref(RefKind.WRITER))
    assert state.get(news.statement.id) == news.statement


def test_a_holder_who_was_not_the_source_leaves_the_source(state, news, do):
    do(commands.set_slot, news.statement.id, Slot.HOLDER, Ref(RefKind.SPAN, news.span("Norland")))
    do(commands.set_slot, news.stance.id, Slot.HOLDER, commands.ref_to(news.names["Lind"]))
    assert news.at(state.get(news.statement.id).source.span) == "Norland"


def test_a_target_keeps_whether_it_is_negated(state, news, do):
    do(commands.set_negated, news.stance.id, negated=True)
    do(commands.set_slot, news.stance.id, Slot.TARGET, commands.ref_to(news.names["Act"]))
    assert state.get(news.stance.id).target.negated


def test_cue_and_evidence_are_spans(state, news, do):
    do(commands.set_slot, news.stance.id, Slot.CUE, (news.span("hurts "),))
    assert decision(state, news.stance).status is Status.ACCEPTED  # it is the cue suggested
    do(commands.set_slot, news.stance.id, Slot.CUE, ())
    assert state.get(news.stance.id).cue == ()
    assert do(commands.set_slot, news.stance.id, Slot.EVIDENCE, ()) is None


def test_the_position_suggested_accepts_and_another_corrects(state, news, do):
    do(commands.set_position, news.stance.id, Position.AGAINST)
    assert decision(state, news.stance).status is Status.ACCEPTED
    do(commands.set_position, news.stance.id, Position.MIXED)
    assert decision(state, news.stance).status is Status.CORRECTED
    assert decision(state, news.stance).suggested["position"] == "against"


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


# --- all of them, in any order


offsets = st.integers(-3, 260)
spans = st.builds(Span, offsets, offsets)
labels = st.sampled_from(["PERSON", "ORG", "LAW"])
slots = st.sampled_from(Slot)


@st.composite
def some_act(draw, state, coder):
    """Draw a command with any values on any visible annotation, and return its act, or None."""
    known = [one.id for one in state.visible]
    one = draw(st.sampled_from(known)) if known else uuid4()
    refs = st.one_of(
        st.sampled_from([Ref(RefKind.WRITER), Ref(RefKind.IMPLICIT)]),
        spans.map(lambda span: Ref(RefKind.SPAN, span)),
        st.sampled_from(
            [commands.ref_to(e) for e in map(state.get, known) if hasattr(e, "label")]
            or [Ref(RefKind.WRITER)]
        ),
    )
    todo = [
        (commands.accept, one),
        (commands.reject, one),
        (commands.set_note, one, draw(st.sampled_from([None, "why?", "a note"]))),
        (commands.relabel, one, draw(labels)),
        (commands.set_bounds, one, draw(spans)),
        (commands.add_entity, draw(spans), draw(labels)),
        (commands.set_slot, one, draw(slots), draw(refs | st.tuples(spans))),
        (commands.set_position, one, draw(st.sampled_from(Position))),
        (commands.set_negated, one, draw(st.booleans())),
        (commands.set_status, draw(st.sampled_from(ArticleStatus))),
        (commands.set_metadata, Metadata(title=draw(st.sampled_from([None, "T"])))),
        (commands.mark_checked, draw(spans), draw(st.sampled_from(["entities", "stances"]))),
    ]
    if frame := commands.draft(state, draw(spans), ACTORS, THINGS):
        todo.append((commands.add_stance, frame))
    command, *values = draw(st.sampled_from(todo))
    return command(state, *values, coder=coder, at=AT)


def picture(state):
    """All there is to know of a state, indexes included."""
    everywhere = state.between(0, len(state.text))
    return (
        state.article,
        state.checked,
        {one.id: one for one in state.decisions},
        state.visible,
        state.stops(),
        {one.id for one in everywhere},
        {one.id: {user.id for user in state.users(one.id)} for one in state.visible},
    )


quick = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@quick
@given(st.data())
def test_any_acts_taken_back_leave_the_article_as_it_was(news, coder, data):
    state = ArticleState(news.article, news.suggestions)
    pictures, done = [picture(state)], []
    for _ in range(data.draw(st.integers(1, 12))):
        act = data.draw(some_act(state, coder))
        if act is not None:
            state.apply(act.changes)
            done.append(act)
            pictures.append(picture(state))
            fresh = ArticleState(
                state.article, news.suggestions, state.decisions, state.checked.values()
            )
            assert picture(fresh) == pictures[-1]
    for act, expected in zip(reversed(done), reversed(pictures[:-1]), strict=True):
        state.apply(act.inverse().changes)
        assert picture(state) == expected


@quick
@given(st.data())
def test_whatever_was_done_spans_lie_in_the_text_and_slots_point_at_what_is_there(
    news, coder, data
):
    state = ArticleState(news.article, news.suggestions)
    for _ in range(data.draw(st.integers(1, 12))):
        act = data.draw(some_act(state, coder))
        if act is not None:
            state.apply(act.changes)
    for one in state.decisions:
        span = main_span(one)
        assert 0 <= span.start < span.end <= len(state.text)
        assert not span.of(state.text)[0].isspace()
        if one.decision.status is Status.CORRECTED:
            assert one.decision.suggested not in (None, rows.value_of(one))
        for ref in (getattr(one, slot, None) for slot in ("holder", "target", "source")):
            if ref is not None and ref.entity is not None:
                assert state.get(ref.entity).span == ref.span
    assert state.stops() == [
        one.id
        for one in state.visible
        if not one.decision.decided and not hasattr(one, "attribution")
    ]


def test_a_state_knows_no_annotation_of_an_id_it_never_saw(state, do):
    assert do(commands.accept, uuid4()) is None
    assert do(commands.reject, uuid4()) is None
    assert do(commands.set_bounds, uuid4(), Span(0, 1)) is None
