"""A suggestion never overwrites a decision, and nothing open is lost."""

from dataclasses import replace
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from db.values import (
    Annotation,
    Attribution,
    Decision,
    Entity,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
)
from desktop.suggest.reconcile import Answers, reconcile, worth_keeping

ARTICLE = UUID(int=1)
SUGGESTED = Decision(Status.SUGGESTED, Origin.MODEL, score=0.7)
STANDING = [Status.ACCEPTED, Status.CORRECTED, Status.ADDED]


def decided(status: Status) -> Decision:
    return Decision(status, Origin.CODER, coder=UUID(int=9), decided_at="2026-11-23T10:00:00Z")


def entity(start: int, end: int, label: str = "GPE", decision: Decision = SUGGESTED) -> Entity:
    return Entity(uuid4(), ARTICLE, Span(start, end), label, decision)


def mention(of: Entity) -> Ref:
    return Ref(RefKind.ENTITY, of.span, entity=of.id)


def statement(source: Ref, cue: Span | None, content: Span, decision=SUGGESTED) -> Statement:
    cues = (cue,) if cue else ()
    return Statement(
        uuid4(), ARTICLE, source, cues, (content,), Attribution.INDIRECT, decision=decision
    )


def stance(holder: Ref, target: Ref, evidence: Span, decision=SUGGESTED) -> Stance:
    return Stance(uuid4(), ARTICLE, holder, target, Position.AGAINST, (evidence,), decision)


# By example


def test_what_was_decided_is_not_asked_again_even_if_bounds_and_label_were_corrected():
    calais = entity(10, 16)
    as_corrected = replace(calais, span=Span(4, 9), label="ORG", decision=decided(Status.CORRECTED))
    assert reconcile([calais], [as_corrected]) == []


def test_a_rejected_reading_stays_rejected_but_another_reading_may_be_asked():
    rejected = entity(10, 16, "GPE", decided(Status.REJECTED))
    again, otherwise = entity(10, 16, "GPE"), entity(10, 16, "ORG")
    assert reconcile([again, otherwise], [rejected]) == [otherwise]


def test_an_entity_gives_way_to_a_standing_one_it_overlaps_and_not_to_a_neighbour():
    university = entity(0, 20, "ORG", decided(Status.ADDED))
    inside, across, after = entity(14, 20), entity(15, 25), entity(20, 26)
    assert reconcile([inside, across, after], [university]) == [after]


def test_worth_keeping_is_what_is_open_and_what_undo_would_ask_again():
    university = entity(0, 20, "ORG", decided(Status.ADDED))
    corrected = entity(30, 36)
    inside, after = entity(14, 20), entity(40, 46)
    decisions = [university, replace(corrected, label="ORG", decision=decided(Status.CORRECTED))]
    assert worth_keeping([inside, corrected, after], decisions) == [corrected, after]


def test_one_cue_makes_one_statement():
    he, she = Ref(RefKind.SPAN, Span(0, 2)), Ref(RefKind.SPAN, Span(3, 6))
    standing = statement(he, Span(10, 14), Span(15, 40), decided(Status.ADDED))
    same_cue = statement(she, Span(10, 14), Span(50, 60))
    quoted_within = statement(she, Span(20, 24), Span(25, 40))
    assert reconcile([same_cue, quoted_within], [standing]) == [quoted_within]


def test_without_a_cue_the_words_tell():
    he = Ref(RefKind.SPAN, Span(0, 2))
    standing = statement(he, None, Span(15, 40), decided(Status.ACCEPTED))
    same_words, other_words = (
        statement(he, Span(5, 9), Span(15, 38)),
        statement(he, None, Span(50, 60)),
    )
    assert reconcile([same_words, other_words], [standing]) == [other_words]


def test_two_holders_may_take_a_side_in_one_sentence():
    cameron, hollande = Ref(RefKind.SPAN, Span(0, 7)), Ref(RefKind.SPAN, Span(12, 20))
    plan, sentence = Ref(RefKind.SPAN, Span(30, 38)), Span(0, 40)
    standing = stance(cameron, plan, sentence, decided(Status.ADDED))
    his, theirs = stance(cameron, plan, sentence), stance(hollande, plan, sentence)
    assert reconcile([his, theirs], [standing]) == [theirs]


def test_slots_follow_an_entity_to_the_one_that_stands_in_its_place():
    suggested = entity(4, 12, "PERSON")
    corrected = entity(0, 12, "PERSON", decided(Status.ADDED))
    says = statement(mention(suggested), Span(13, 17), Span(18, 30))
    opposes = stance(mention(suggested), Ref(RefKind.WRITER), Span(18, 30))
    assert reconcile([suggested], [corrected]) == []
    says_now, opposes_now = reconcile([says, opposes], [corrected])  # a later batch
    assert isinstance(says_now, Statement)
    assert isinstance(opposes_now, Stance)
    assert says_now.source.entity == opposes_now.holder.entity == corrected.id
    assert says_now.id == says.id


def test_a_pronoun_follows_its_name_too():
    suggested = entity(4, 12, "PERSON")
    corrected = entity(0, 12, "PERSON", decided(Status.ADDED))
    he = Ref(RefKind.ENTITY, Span(40, 42), entity=suggested.id)
    (says,) = reconcile([suggested, statement(he, Span(43, 47), Span(48, 60))], [corrected])
    assert isinstance(says, Statement)
    assert says.source == replace(he, entity=corrected.id)


def test_the_analysts_stance_is_recognised_through_a_corrected_holder():
    suggested = entity(4, 12, "PERSON")
    corrected = entity(0, 12, "PERSON", decided(Status.ADDED))
    elsewhere = Ref(RefKind.ENTITY, Span(60, 62), entity=corrected.id)  # named there by "he"
    target = Ref(RefKind.ISSUE, issue=UUID(int=7))
    standing = stance(elsewhere, target, Span(20, 40), decided(Status.ACCEPTED))
    suggestion = stance(mention(suggested), target, Span(25, 40))
    assert reconcile([suggestion], [corrected, standing]) == []
    assert reconcile([suggestion], [standing]) == [suggestion]


def test_an_issue_is_the_same_target_wherever_it_is_named():
    toll = Ref(RefKind.ISSUE, issue=UUID(int=7))
    standing = stance(Ref(RefKind.WRITER), toll, Span(20, 40), decided(Status.CORRECTED))
    named = replace(toll, span=Span(25, 30))
    assert reconcile([stance(Ref(RefKind.WRITER), named, Span(20, 40))], [standing]) == []
    other = replace(named, issue=UUID(int=8))
    left = stance(Ref(RefKind.WRITER), other, Span(20, 40))
    assert reconcile([left], [standing]) == [left]


def test_the_article_takes_one_side_of_an_issue_as_a_whole():
    def whole(issue: int, decision: Decision = SUGGESTED) -> Stance:
        target = Ref(RefKind.ISSUE, issue=UUID(int=issue))
        return replace(stance(Ref(RefKind.WRITER), target, Span(0, 1), decision), evidence=())

    accepted = replace(whole(7, decided(Status.ACCEPTED)), position=Position.MIXED)
    other = whole(8)
    assert reconcile([whole(7), other], [accepted]) == [other]
    assert reconcile([whole(7)], [whole(7, decided(Status.REJECTED))]) == []
    frame = stance(Ref(RefKind.WRITER), accepted.target, Span(0, 9))
    assert reconcile([frame], [accepted]) == [frame]


# In general

spans = st.builds(
    lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 12)
)
refs = st.one_of(
    st.builds(lambda span: Ref(RefKind.SPAN, span), spans),
    st.just(Ref(RefKind.WRITER)),
    st.builds(lambda n: Ref(RefKind.ISSUE, issue=UUID(int=n)), st.integers(1, 3)),
)


def annotations(decisions: st.SearchStrategy[Decision]) -> st.SearchStrategy[Annotation]:
    return st.one_of(
        st.builds(
            lambda span, label, decision: entity(span.start, span.end, label, decision),
            spans,
            st.sampled_from(["GPE", "ORG"]),
            decisions,
        ),
        st.builds(statement, refs, st.none() | spans, spans, decisions),
        st.builds(stance, refs, refs, spans, decisions),
    )


suggestions = st.lists(annotations(st.just(SUGGESTED)), max_size=12)
decisions = st.lists(
    annotations(st.sampled_from([*STANDING, Status.REJECTED]).map(decided)), max_size=8
)


@given(suggestions, decisions)
def test_nothing_is_made_up_and_the_order_is_kept(found, taken):
    left = [annotation.id for annotation in reconcile(found, taken)]
    assert left == [annotation.id for annotation in found if annotation.id in left]


@given(suggestions, decisions)
def test_no_entity_left_overlaps_one_that_stands(found, taken):
    standing = [d for d in taken if isinstance(d, Entity) and d.decision.status in STANDING]
    for left in reconcile(found, taken):
        if isinstance(left, Entity):
            assert not any(left.span.overlaps(stands.span) for stands in standing)


@given(suggestions, decisions)
def test_asking_twice_changes_nothing(found, taken):
    once = reconcile(found, taken)
    assert reconcile(once, taken) == once


@given(suggestions)
def test_without_decisions_all_is_open(found):
    assert reconcile(found, []) == found


@given(suggestions, st.sampled_from([*STANDING, Status.REJECTED]))
def test_once_all_is_decided_nothing_is_open(found, status):
    taken = [replace(annotation, decision=decided(status)) for annotation in found]
    assert reconcile(found, taken) == []


@given(suggestions, decisions, decisions)
def test_each_decision_only_answers_questions(found, some, more):
    after_some = {annotation.id for annotation in reconcile(found, some)}
    after_all = {annotation.id for annotation in reconcile(found, [*some, *more])}
    assert after_all <= after_some


@given(suggestions, decisions, decisions)
def test_answers_that_were_kept_up_are_those_of_the_decisions_there_are(found, some, more):
    answers = Answers(some)
    for decision in more:
        answers.know(decision.id, decision)
    for decision in some:
        answers.know(decision.id, None)
    assert answers.still_open(found) == reconcile(found, more)
