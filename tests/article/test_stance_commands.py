"""What an analyst does to stance frames: what each act changes, and what it brings with it."""

from uuid import uuid4

import pytest

from db.values import (
    Article,
    Certainty,
    Decision,
    Entity,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Status,
)
from desktop.article import commands
from desktop.article.commands import Slot
from desktop.article.state import ArticleState

ACTORS, THINGS = {"PERSON", "ORG", "GPE"}, {"LAW"}


def decision(state, annotation):
    return state.row(annotation.id).decision


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
    assert frame and frame.evidence == news.statement.content


def test_outside_quotations_the_first_name_holds_and_the_next_is_its_target(state, news):
    headline = Span(0, news.text.index("\n"))
    frame = commands.draft(state, headline, ACTORS, THINGS)
    assert frame and frame.holder.entity == news.names["Norland"].id
    assert frame.target.kind is RefKind.IMPLICIT


def test_where_nobody_is_named_the_writer_holds_it(state, news):
    frame = commands.draft(state, news.span("reject calls"), ACTORS, THINGS)
    assert frame and frame.holder.kind is RefKind.WRITER


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Mara Lind fears for German streets.", "German", "NORP"),  # one is not for an adjective
        ("Mara Lind fears Norland’s plan.", "Norland", "GPE"),  # nor for whoever has the plan
        ("Mara Lind fears the Unions' plan.", "Unions", "ORG"),
    ],
)
def test_a_name_that_only_says_which_or_whose_is_no_target(text, name, label):
    frame = commands.draft(named(text, name, label), Span(0, len(text)), ACTORS | {"NORP"}, THINGS)
    assert frame and frame.target.kind is RefKind.IMPLICIT


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Mara Lind fears the Germans.", "Germans", "NORP"),
        ("Mara Lind fears the ‘Unions’ of old.", "Unions", "ORG"),
        ("Mara Lind fears Norland.", "Norland", "GPE"),
    ],
)
def test_a_name_that_is_meant_itself_is_the_target(text, name, label):
    frame = commands.draft(named(text, name, label), Span(0, len(text)), ACTORS | {"NORP"}, THINGS)
    assert frame and frame.target.span and frame.target.span.of(text) == name


def named(text: str, *rest: str) -> ArticleState:
    """Return an article on Mara Lind and one more name, which bears a label."""
    article = Article(uuid4(), text, "0" * 64)
    decision = Decision(Status.SUGGESTED, Origin.MODEL, 0.9)
    names = [("Mara Lind", "PERSON"), rest]
    spans = [(Span(at := text.index(words), at + len(words)), label) for words, label in names]
    found = [Entity(uuid4(), article.id, span, label, decision) for span, label in spans]
    return ArticleState(article, found)


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


def test_reporters_are_added_one_inside_the_other_and_taken_away_together(state, news, do):
    lind, norland = (commands.ref_to(news.names[name]) for name in ("Lind", "Norland"))
    assert do(commands.set_slot, news.stance.id, Slot.NESTED, lind).title.startswith("set reporter")
    do(commands.set_slot, news.stance.id, Slot.NESTED, norland)
    assert state.get(news.stance.id).nested == (lind, norland)
    assert not do(commands.set_slot, news.stance.id, Slot.NESTED, lind)
    do(commands.set_slot, news.stance.id, Slot.NESTED, ())
    assert decision(state, news.stance).status is Status.ACCEPTED


def test_who_holds_it_does_not_report_it_too(state, news, do):
    speaker = commands.ref_to(news.names["Mara Lind"])
    do(commands.set_slot, news.stance.id, Slot.NESTED, speaker)
    assert state.get(news.stance.id).nested == ()
    lind = commands.ref_to(news.names["Lind"])
    do(commands.set_slot, news.stance.id, Slot.NESTED, lind)
    do(commands.set_slot, news.stance.id, Slot.HOLDER, lind)
    assert state.get(news.stance.id).nested == ()


def test_how_certain_one_is_of_a_stance(state, news, do):
    act = do(commands.set_certainty, news.stance.id, Certainty.VERY_UNCERTAIN)
    assert act.title == "set certainty of stance ‘The bridge toll hurts Norland.’"
    assert state.get(news.stance.id).certainty is Certainty.VERY_UNCERTAIN
    assert decision(state, news.stance).suggested["certainty"] is None


def test_more_words_join_a_slot_in_the_order_of_the_text(news):
    first, more = news.stance.evidence[0], news.span("It was never fair")
    assert commands.more_of(news.stance, Slot.EVIDENCE, (more,)) == (first, more)
    wider = Span(first.start, first.end + 9)
    assert commands.more_of(news.stance, Slot.EVIDENCE, (wider,)) == (wider,)
