"""The article in memory: what shows, in what order, and what is found where."""

from dataclasses import replace
from uuid import uuid4

from db import rows
from db.acts import Change
from db.values import ArticleStatus, Layer, Span, Status
from desktop.article.places import main_span
from desktop.article.state import ArticleState


def words_at_stops(state, news):
    return [news.at(main_span(state.get(stop))) for stop in state.stops()]


def test_stops_follow_the_text_and_a_stance_comes_after_the_names_in_its_evidence(state, news):
    assert words_at_stops(state, news) == [
        "Norland",
        "Mara Lind",
        "Norland",
        "The bridge toll hurts Norland.",
        "Act",
        "Lind",
        "Tuesday",
    ]


def test_statements_are_no_stops_but_are_walked_by_themselves(state, news):
    assert news.statement.id not in state.stops()
    assert state.next_statement(0) == (news.statement, False)
    assert state.next_statement(len(news.text)) == (news.statement, True)
    assert state.next_statement(news.statement.id) == (news.statement, True)
    assert state.next_statement(news.stance.id) == (news.statement, True)


def test_quotations_that_begin_together_are_all_reached(news):
    start = news.statement.content[0].start
    inner = replace(news.statement, id=uuid4(), content=(Span(start, start + 30),))
    state = ArticleState(news.article, [news.statement, inner])
    assert state.next_statement(news.statement.id) == (inner, False)
    assert state.next_statement(inner.id) == (news.statement, True)


def test_the_way_from_a_quotation_leads_through_it(state, news):
    assert state.next(news.statement.id) == (news.names["Norland again"].id, False)


def test_the_way_wraps_round_at_both_ends_and_says_so(state, news):
    first, last = state.stops()[0], state.stops()[-1]
    assert state.next(last) == (first, True)
    assert state.next(first, -1) == (last, True)
    assert state.next(first) == (state.stops()[1], False)


def test_the_way_starts_at_an_offset_too(state, news):
    tuesday = news.names["Tuesday"]
    assert state.next(tuesday.span.start) == (tuesday.id, False)
    assert state.next(tuesday.span.start, -1) == (news.names["Lind"].id, False)
    assert state.next(None) == (news.names["Norland"].id, False)


def test_nothing_left_has_no_next(news, decided):
    every = [decided(one, Status.ACCEPTED) for one in news.suggestions]
    state = ArticleState(news.article, news.suggestions, every)
    assert state.next(None) is None
    assert state.left() == 0


def test_a_decided_annotation_is_a_place_to_go_on_from(news, decided):
    act = decided(news.names["Act"], Status.ACCEPTED)
    state = ArticleState(news.article, news.suggestions, [act])
    assert state.next(act.id) == (news.names["Lind"].id, False)
    assert state.next(act.id, -1) == (news.stance.id, False)
    assert state.nth(act.id) is None
    assert state.nth(news.names["Lind"].id) == 5


def test_a_decision_stands_before_its_suggestion_and_a_rejected_one_hides_both(news, decided):
    lind = news.names["Lind"]
    state = ArticleState(news.article, news.suggestions, [decided(lind, Status.REJECTED)])
    assert state.get(lind.id) is None
    assert lind.id not in [one.id for one in state.visible]
    assert state.entities_at(lind.span.start) == []
    row = state.row(lind.id)
    assert row is not None and row.decision.status is Status.REJECTED


def test_suggestions_that_come_later_do_not_touch_decisions(news, decided):
    accepted = decided(news.names["Lind"], Status.ACCEPTED)
    state = ArticleState(news.article, (), [accepted])
    touched = state.add_suggestions(news.suggestions)
    assert state.get(accepted.id) == accepted
    assert {one.id for one in news.suggestions} <= touched
    assert len(state.stops()) == 6


def test_forgotten_suggestions_leave_the_decisions(news, decided):
    accepted = decided(news.names["Lind"], Status.ACCEPTED)
    state = ArticleState(news.article, news.suggestions, [accepted])
    state.renew([], state.decisions)
    assert state.visible == [accepted]
    assert state.stops() == []


def test_of_suggestions_made_again_only_what_is_new_or_gone_is_shown_anew(state, news):
    kept = [one for one in news.suggestions if one != news.names["Lind"]]
    assert state.renew(kept, state.decisions) == {news.names["Lind"].id}
    assert state.renew(news.suggestions, state.decisions) == {news.names["Lind"].id}
    assert state.renew(news.suggestions, state.decisions) == set()


def test_what_lies_between_two_offsets_is_found_by_each_of_its_parts(state, news):
    speaker = news.names["Mara Lind"]
    on_speaker = state.between(speaker.span.start, speaker.span.start + 1)
    assert {one.id for one in on_speaker} == {speaker.id, news.statement.id, news.stance.id}
    assert state.between(speaker.span.end, speaker.span.end + 1) == []
    assert state.between(0, len(news.text), Layer.STANCE) == [news.stance]


def test_of_entities_over_one_another_the_shortest_comes_first(state, news):
    harbour = news.span("Harbour Act")
    state.apply([added(news, harbour)])
    under = state.entities_at(news.names["Act"].span.start)
    assert [news.at(one.span) for one in under] == ["Act", "Harbour Act"]


def test_a_changed_entity_shows_its_stances_anew(state, news):
    speaker = news.names["Mara Lind"]
    touched = state.apply([accepted_row(speaker)])
    assert touched == {speaker.id, news.stance.id, news.statement.id}


def test_a_slot_follows_its_entity_and_keeps_its_span_when_the_entity_goes(state, news):
    speaker = news.names["Mara Lind"]
    row = rows.to_row(speaker) | {"end": speaker.span.end - 5, "status": "corrected"}
    state.apply([Change("entity", speaker.id, None, row)])
    assert news.at(state.settled(news.stance.holder).span) == "Mara"
    state.apply([Change("entity", speaker.id, {"status": "corrected"}, {"status": "rejected"})])
    settled = state.settled(news.stance.holder)
    assert settled.entity is None
    assert news.at(settled.span) == "Mara Lind"


def test_the_articles_own_columns_change_one_by_one(state):
    article = state.article.id
    state.apply([Change("article", article, {"status": "todo"}, {"status": "done"})])
    state.apply([Change("article", article, {"title": None}, {"title": "Tolls"})])
    assert state.article.status is ArticleStatus.DONE
    assert state.article.meta.title == "Tolls"


def test_rows_of_other_tables_pass_by(state):
    before = state.visible
    assert state.apply([Change("actor", uuid4(), None, {"name": "Lind"})]) == set()
    assert state.visible == before


def accepted_row(entity):
    return Change("entity", entity.id, None, rows.to_row(entity) | {"status": "accepted"})


def added(news, span: Span):
    identifier = uuid4()
    row = rows.to_row(news.names["Act"]) | {
        "id": str(identifier),
        "start": span.start,
        "end": span.end,
        "status": "added",
    }
    return Change("entity", identifier, None, row)
