"""Any acts in any order: they can be taken back, and leave nothing that cannot be."""

from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from searching import examples

from db import rows
from db.actor_book import ActorBook
from db.values import Actor, ArticleStatus, Entity, Metadata, Position, Ref, RefKind, Span, Status
from desktop.article import commands
from desktop.article.commands import Slot
from desktop.article.commands.resolving import resolved
from desktop.article.places import main_span
from desktop.article.state import ArticleState
from desktop.article.who import Who

AT = "2026-11-23T10:00:00.000Z"
ACTORS, THINGS = {"PERSON", "ORG", "GPE"}, {"LAW"}
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
    max_examples=examples(60),
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
                entity = state.get(ref.entity)
                assert isinstance(entity, Entity)
                assert entity.span == ref.span
    assert state.stops() == [
        one.id
        for one in state.visible
        if not one.decision.decided and not hasattr(one, "attribution")
    ]


@quick
@given(st.data())
def test_whatever_was_decided_names_and_slots_agree_on_who_is_who(news, coder, data):
    state = ArticleState(news.article, news.suggestions)
    known = Actor(uuid4(), "Mara Lind", "PERSON", ("Lind",))
    who, named = Who(ActorBook([known])), ACTORS | THINGS
    before, done = picture(state), []
    for _ in range(data.draw(st.integers(1, 12))):
        act = data.draw(some_act(state, coder))
        if act is None:
            continue
        act = resolved(state, act, who, named)
        there = set(who.book.by_id)
        for change in act.changes:  # nothing refers to an actor before it is there
            if change.table == "actor" and change.before is None:
                there.add(change.id)
            if change.table == "entity" and change.after and change.after.get("actor_id"):
                assert UUID(change.after["actor_id"]) in there
        state.apply(act.changes)
        who.book.apply(act.changes)
        done.append(act)
        for one in state.decisions:
            standing = one.decision.status not in (Status.REJECTED, Status.SUGGESTED)
            if isinstance(one, Entity):
                expected = standing and one.label in named and one.span.of(state.text)[0].isupper()
                assert not expected or one.actor in who.book.by_id
                assert one.actor is None or (standing and one.label in named)
                continue
            for ref in (getattr(one, slot, None) for slot in ("holder", "target", "source")):
                mention = state.get(ref.entity) if ref is not None else None
                if ref and standing and isinstance(mention, Entity) and mention.decision.decided:
                    assert ref.actor == mention.actor
    for act in reversed(done):
        state.apply(act.inverse().changes)
        who.book.apply(act.inverse().changes)
    assert picture(state) == before
    assert who.book.by_id == {known.id: known}
