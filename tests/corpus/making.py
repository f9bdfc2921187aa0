"""Articles as a corpus holds them, small and full, and some that hurt."""

from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid5

from hypothesis import strategies as st

from db.scheme_values import Scheme
from db.values import (
    Actor,
    Annotation,
    Article,
    Attribution,
    Decision,
    Entity,
    Issue,
    Loaded,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
)

SCHEME = Scheme(UUID(int=1), "News", 1, ())
MAYOR, BRIDGE = Actor(UUID(int=11), "Ada Lowe", "PERSON", ("Ms Lowe",)), Actor(UUID(int=12), "Toll")
TOLL = Issue(UUID(int=21), "the bridge toll", ("toll",), ("levy", "toll*"))
CODER = UUID(int=31)
BODY = {"start": 0, "end": 8, "kind": "body"}
AT = "2026-11-23T10:42:07.000Z"

ACCEPTED = Decision(Status.ACCEPTED, Origin.MODEL, 0.9, coder=CODER, decided_at=AT)
REJECTED = Decision(Status.REJECTED, Origin.MODEL, 0.4, reason="type", coder=CODER, decided_at=AT)
SUGGESTED = Decision(Status.SUGGESTED, Origin.RULE, 0.6)

# What has broken the offsets of every tool of this kind: wide, joined, combining, rewritten, RTL.
HARD = "a👩🏽‍🚒é\r\n\u00a0\u2028\u2029\u0085\u200f\u05d0\u0628\u0644ß\t\x0b\U0001d518"
texts = st.text(st.sampled_from(HARD) | st.characters(exclude_categories=["Cs"]), min_size=1)


def article(text: str) -> Article:
    return Article(UUID(int=99), text, sha256(text.encode()).hexdigest())


def loaded(text: str, *annotations: Annotation, actors: tuple[Actor, ...] = ()) -> Loaded:
    return Loaded(
        article=article(text),
        suggestions=[a for a in annotations if not a.decision.decided],
        decisions=[a for a in annotations if a.decision.decided],
        checked=[],
        actors=list(actors),
        model=None,
    )


def entity(start: int, end: int, decision: Decision = ACCEPTED, **more: object) -> Entity:
    identifier = uuid5(UUID(int=99), f"{start}:{end}:{more}")
    return replace(
        Entity(identifier, UUID(int=99), Span(start, end), "PERSON", decision),
        **more,  # pyright: ignore[reportArgumentType]
    )


def stance(holder: Ref, target: Ref, *evidence: Span, decision: Decision = ACCEPTED) -> Stance:
    return Stance(UUID(int=7), UUID(int=99), holder, target, Position.AGAINST, evidence, decision)


def overall(position: Position, decision: Decision = ACCEPTED) -> Stance:
    """The stance of the article as a whole on the toll."""
    target = Ref(RefKind.ISSUE, issue=TOLL.id)
    return replace(
        stance(Ref(RefKind.WRITER), target, decision=decision),
        id=UUID(int=8), position=position, why="2 of 2",
    )  # fmt: skip


@st.composite
def annotated(draw: st.DrawFn) -> Loaded:
    """An article with a text that hurts, and annotations anywhere on it."""
    text = draw(texts)
    bounds = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = bounds.filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Span(*sorted(pair)))
    decisions = st.sampled_from([ACCEPTED, SUGGESTED, REJECTED])
    ids = st.uuids()
    entities = [
        Entity(draw(ids), UUID(int=99), span, "PERSON", draw(decisions), MAYOR.id)
        for span in draw(st.lists(spans, max_size=5))
    ]
    mentions = st.sampled_from(entities) if entities else st.nothing()
    refs = st.one_of(
        spans.map(lambda span: Ref(RefKind.SPAN, span)),
        mentions.map(lambda entity: Ref(RefKind.ENTITY, entity.span, entity.id)),
        st.sampled_from(
            [Ref(RefKind.WRITER), Ref(RefKind.IMPLICIT), Ref(RefKind.ISSUE, issue=TOLL.id)]
        ),
        spans.map(lambda span: Ref(RefKind.ISSUE, span, issue=TOLL.id)),
    )
    several = st.lists(spans, min_size=1, max_size=3).map(tuple)
    statement = Statement(
        draw(ids), UUID(int=99), draw(refs), draw(several), draw(several),
        Attribution.DIRECT, draw(decisions), draw(st.none() | refs),
    )  # fmt: skip
    frame = Stance(
        draw(ids), UUID(int=99), draw(refs), replace(draw(refs), negated=draw(st.booleans())),
        draw(st.sampled_from(Position)), draw(several), draw(decisions), (draw(refs),),
        draw(several), statement.id,
    )  # fmt: skip
    whole = replace(overall(draw(st.sampled_from(Position)), draw(decisions)), id=draw(ids))
    return loaded(text, *entities, statement, frame, whole, actors=(MAYOR,))
