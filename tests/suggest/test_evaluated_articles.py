"""The engine's suggestions on articles held against what coders decided there."""

from dataclasses import replace
from uuid import UUID

from db.values import (
    Annotation,
    ArticleStatus,
    Attribution,
    Checked,
    Decision,
    Entity,
    Loaded,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
)
from desktop.suggest.engine import Suggested
from desktop.suggest.evaluation.articles import (
    decided,
    evaluate_articles,
    suggested_frames,
    suggested_statements,
)
from tests.corpus.making import ACCEPTED, REJECTED, SUGGESTED, loaded, overall

TEXT = "Ida Rook backs the toll. “It is fair,” said Ms Rook. She fought the bridge."
FAVOR, AGAINST = Position.FAVOR, Position.AGAINST
ARTICLE = UUID(int=99)


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def person(words: str, decision: Decision = ACCEPTED) -> Entity:
    span = place(words)
    return Entity(UUID(int=span.start + 1), ARTICLE, span, "PERSON", decision)


def frame(
    holder: Entity | str, target: str, position: Position, evidence: str, decision=ACCEPTED
) -> Stance:
    if isinstance(holder, Entity):
        held = Ref(RefKind.ENTITY, holder.span, holder.id)
    else:
        held = Ref(RefKind.SPAN, place(holder))
    return Stance(
        UUID(int=1000 + place(target).start), ARTICLE, held, Ref(RefKind.SPAN, place(target)),
        position, (place(evidence),), decision,
    )  # fmt: skip


def said(source: str, content: str, decision: Decision = ACCEPTED) -> Statement:
    return Statement(
        UUID(int=2000), ARTICLE, Ref(RefKind.SPAN, place(source)), (), (place(content),),
        Attribution.DIRECT, decision,
    )  # fmt: skip


HER = Span(TEXT.rindex("Rook"), TEXT.rindex("Rook") + 4)  # a name goes without "Ms"
FULL, SHORT = person("Ida Rook"), replace(person("Ms Rook"), span=HER)
BACKS = frame(FULL, "the toll", FAVOR, "Ida Rook backs the toll.")
FIGHTS = frame("She", "the bridge", AGAINST, "She fought the bridge.")


class Suggesting:
    """An engine that suggests what it is told to."""

    def __init__(self, *annotations: Annotation) -> None:
        self.annotations = list(annotations)

    def suggest(self, article: object, text: str, language: str | None = None) -> Suggested:
        return Suggested(annotations=self.annotations)


def evaluated(suggested: list[Annotation], *articles: Loaded) -> dict:
    return evaluate_articles(Suggesting(*suggested), articles)  # pyright: ignore[reportArgumentType]


def test_a_holder_has_all_mentions_of_the_same_actor():
    frames, _ = decided(loaded(TEXT, FULL, SHORT, BACKS), [])
    assert set(frames[0].holders) == {place("Ida Rook"), HER}


def test_the_mentions_may_be_suggested_ones():
    plain = replace(BACKS, holder=Ref(RefKind.SPAN, FULL.span))
    frames, _ = decided(loaded(TEXT, plain), [replace(FULL, decision=SUGGESTED), SHORT])
    assert set(frames[0].holders) == {place("Ida Rook"), HER}


def test_a_suggested_pronoun_is_whom_it_means():
    meant = Ref(RefKind.ENTITY, place("She"), SHORT.id)
    (one,) = suggested_frames([SHORT, replace(FIGHTS, holder=meant)])
    assert one.holders == (SHORT.span,)
    (one,) = suggested_frames([SHORT, replace(FIGHTS, target=meant)])
    assert one.targets == (place("She"), SHORT.span)


def test_what_was_rejected_and_what_is_of_the_whole_article_is_no_gold():
    refused = replace(BACKS, decision=REJECTED)
    undecided = replace(FIGHTS, decision=SUGGESTED)
    frames, statements = decided(loaded(TEXT, refused, undecided, overall(FAVOR)), [])
    assert (frames, statements) == ([], [])
    assert suggested_frames([overall(FAVOR)]) == []


def test_a_frame_without_evidence_is_where_its_words_are():
    (one,), _ = decided(loaded(TEXT, replace(BACKS, evidence=())), [])
    assert one.evidence == (FULL.span, place("the toll"))


def test_a_corpus_is_scored_end_to_end():
    found: list[Annotation] = [
        replace(FULL, decision=SUGGESTED),
        replace(BACKS, decision=SUGGESTED),
        replace(FIGHTS, decision=SUGGESTED, position=FAVOR),
        said("Ms Rook", "It is fair", SUGGESTED),
    ]
    figures = evaluated(found, loaded(TEXT, FULL, BACKS, FIGHTS, said("Ms Rook", "It is fair")))
    assert (figures["articles"], figures["left_out"]) == (1, 0)
    assert (figures["holder"]["right"], figures["side"]["right"]) == (2, 1)
    assert figures["target"] == {
        "p": 50.0, "r": 50.0, "f": 50.0, "right": 1, "found": 2, "gold": 2,
    }  # fmt: skip
    assert figures["statements"] == {
        "articles": 1, "p": 100.0, "r": 100.0, "f": 100.0, "right": 1, "found": 1, "gold": 1,
    }  # fmt: skip


def test_an_article_nobody_looked_at_is_left_out():
    found: list[Annotation] = [replace(BACKS, decision=SUGGESTED)]
    bare = loaded(TEXT, FULL)
    assert evaluated(found, bare)["left_out"] == 1
    done = replace(bare, article=replace(bare.article, status=ArticleStatus.DONE))
    checked = Checked(UUID(int=3), ARTICLE, 0, 20, "stances", UUID(int=31), "2026-11-23T10:42:07Z")
    looked_at = [
        done,
        replace(bare, checked=[checked]),
        loaded(TEXT, replace(BACKS, decision=REJECTED)),
    ]
    figures = evaluated(found, *looked_at)
    assert (figures["articles"], figures["left_out"]) == (3, 0)
    assert (figures["holder"]["found"], figures["holder"]["gold"]) == (3, 0)
    assert figures["holder"]["p"] == 0.0


def test_statements_only_count_where_some_are_decided():
    found: list[Annotation] = [said("Ms Rook", "It is fair", SUGGESTED)]
    assert len(suggested_statements(found)) == 1
    figures = evaluated(found, loaded(TEXT, BACKS))
    assert (figures["statements"]["articles"], figures["statements"]["found"]) == (0, 0)
