"""A newer version of an article takes over what was decided where it has the same words."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from db import annotations, articles, history, versions
from db import bin as waste
from db.acts import Act, Change
from db.anchoring import Anchors
from db.arriving import Arriving, Came
from db.articles import text_sha256
from db.imports import Import
from db.rows import to_row
from db.taking_in import How, take_in
from db.values import (
    Annotation,
    Article,
    ArticleStatus,
    Decision,
    Entity,
    Loaded,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
    layer_of,
)

OLD = """Toll rises on the northern ferry

The mayor of Varn, Ms Oyelaran, said on Monday that the toll would rise by a third.

Mr Lindqvist of the drivers’ union is against the plan and called it a tax on work.

A spokesman for the harbour in Calais did not want to say anything about it."""
NEW = """Updated at noon

Toll rises on the northern ferry

Mr Lindqvist of the drivers’ union is against the plan and called it a tax on work.

The mayor of Varn, Ms Oyelaran, told reporters that the toll would rise by a third."""
URL = "https://example.org/toll"


def came(session: Session, text: str, sources: str, **about: str) -> tuple[Came, UUID]:
    meta = Metadata(title="Toll rises", **({"url": URL} | about))
    article = Article(uuid4(), text, text_sha256(text), meta)
    bringing = Import(session, [sources], sources)
    (outcome,) = bringing.take([Arriving(sources, Loaded(article, [], [], [], [], None))])
    bringing.finish()
    assert isinstance(outcome, Came)
    return outcome, outcome.article


def put(session: Session, coder: UUID, *annotations: Annotation) -> None:
    changes = (Change(layer_of(one).value, one.id, None, to_row(one)) for one in annotations)
    history.perform(session, Act("add", "add", annotations[0].article, tuple(changes)), coder)


def name(article: UUID, words: str, coder: UUID) -> Entity:
    start = OLD.index(words)
    decision = Decision(Status.ADDED, Origin.CODER, coder=coder, decided_at="2026-01-01T00:00:00Z")
    return Entity(uuid4(), article, Span(start, start + len(words)), "PERSON", decision)


def words_on(session: Session, article: UUID) -> set[str]:
    loaded = annotations.load(session, article)
    return {one.span.of(loaded.article.text) for one in loaded.decisions if isinstance(one, Entity)}


@pytest.fixture
def old(session: Session, coder: UUID) -> UUID:
    """The older version, with three names and a stance on it."""
    _, article = came(session, OLD, "monday.jsonl")
    union, mayor, harbour = (
        name(article, words, coder) for words in ("Lindqvist", "Oyelaran", "Calais")
    )
    evidence = "is against the plan"
    at = OLD.index(evidence)
    plan = Span(OLD.index("the plan"), OLD.index("the plan") + len("the plan"))
    stance = Stance(
        uuid4(),
        article,
        Ref(RefKind.ENTITY, union.span, union.id),
        Ref(RefKind.SPAN, plan),
        Position.AGAINST,
        (Span(at, at + len(evidence)),),
        union.decision,
    )
    put(session, coder, union, mayor, harbour, stance)
    return article


def test_decisions_are_carried_over_and_what_vanished_is_told(session: Session, old: UUID) -> None:
    outcome, new = came(session, NEW, "tuesday.jsonl")

    assert outcome.carried is not None
    assert outcome.carried.kept == 3
    assert outcome.carried.vanished == ("Calais",)
    assert words_on(session, new) == {"Lindqvist", "Oyelaran"}
    loaded = annotations.load(session, new)
    (stance,) = (one for one in loaded.decisions if isinstance(one, Stance))
    assert stance.evidence[0].of(NEW) == "is against the plan"
    assert stance.holder.entity in {one.id for one in loaded.decisions}
    assert [row.id for row in articles.list_rows(session)] == [new]
    assert words_on(session, old) == {"Lindqvist", "Oyelaran", "Calais"}
    assert [(one.id, one.how) for one in waste.removed_articles(session)] == [(old, "superseded")]


def test_what_moved_and_vanished_can_be_gone_to(session: Session, old: UUID) -> None:
    _, new = came(session, NEW, "tuesday.jsonl")

    vanished, *moved = versions.moved_and_vanished(session, new)
    assert (vanished.words, vanished.now) == ("Calais", None)
    assert 0 <= vanished.near <= len(NEW)
    assert "Oyelaran" in {one.words for one in moved}
    assert all(one.now for one in moved)
    assert versions.older_version(session, new) == old
    assert versions.newer_version(session, old) == new


def test_one_undo_takes_the_new_version_back_and_one_redo_brings_it(
    session: Session, old: UUID
) -> None:
    _, new = came(session, NEW, "tuesday.jsonl")
    history.undo(session, None)
    assert [row.id for row in articles.list_rows(session)] == [old]
    assert words_on(session, new) == set()
    history.redo(session, None)
    assert [row.id for row in articles.list_rows(session)] == [new]
    assert words_on(session, new) == {"Lindqvist", "Oyelaran"}


def test_undone_and_imported_again_it_takes_over_again(session: Session, old: UUID) -> None:
    _, new = came(session, NEW, "tuesday.jsonl")
    history.undo(session, None)
    _, again = came(session, NEW, "tuesday.jsonl")
    assert again == new
    assert words_on(session, new) == {"Lindqvist", "Oyelaran"}
    assert [row.id for row in articles.list_rows(session)] == [new]


def test_a_version_of_a_version_in_a_later_batch_is_told_in_the_history_of_both(
    session: Session, old: UUID
) -> None:
    bringing = Import(session, ["x"], "x")
    others = [Article(uuid4(), t, text_sha256(t), Metadata(title=t)) for t in ("One.", "Two.")]
    bringing.take([Arriving("x:1", Loaded(others[0], [], [], [], [], None))])
    new = Article(uuid4(), NEW, text_sha256(NEW), Metadata(title="Toll", url=URL))
    bringing.take([Arriving("x:2", Loaded(new, [], [], [], [], None))])
    (entry, *_) = history.entries(session, old)
    assert entry.act.name == "import"
    history.undo(session, None)
    assert [row.id for row in articles.list_rows(session)] == [old]


def test_another_story_at_the_same_address_is_no_version(session: Session, old: UUID) -> None:
    text = "Snow fell on the hills above the lake, and nobody went to the fair this year at all."
    outcome, new = came(session, text, "tuesday.jsonl")
    assert outcome.carried is None
    assert {row.id for row in articles.list_rows(session)} == {old, new}


def test_without_an_address_publication_title_and_date_tell(session: Session) -> None:
    about = {"url": None, "publication": "Courier", "published": "2026-08-23"}
    came(session, OLD, "monday.jsonl", **about)  # type: ignore[arg-type]
    outcome, _ = came(session, NEW, "tuesday.jsonl", **about)  # type: ignore[arg-type]
    assert outcome.carried is not None
    later, _ = came(session, OLD + " More.", "late.jsonl", **about | {"published": "2026-08-24"})  # type: ignore[arg-type, operator]
    assert later.carried is None


def test_one_that_was_done_is_to_be_looked_at_again(session: Session, old: UUID) -> None:
    before = articles.get(session, old).status
    change = Change("article", old, {"status": before.value}, {"status": "done"})
    history.perform(session, Act("status", "done", old, (change,)), None)
    _, new = came(session, NEW, "tuesday.jsonl")
    assert articles.get(session, new).status is ArticleStatus.IN_PROGRESS


def test_a_text_that_comes_by_itself_is_known_by_its_title_and_its_words(
    session: Session, old: UUID
) -> None:
    text = NEW.replace("told reporters", "said on Monday")

    taken = take_in(session, text, Metadata(title="Toll rises"), None)

    assert taken.how is How.NEWER
    assert taken.carried is not None
    assert (taken.carried.kept, taken.carried.vanished) == (3, ("Calais",))
    assert words_on(session, taken.article) == {"Lindqvist", "Oyelaran"}
    assert articles.get(session, taken.article).meta.url == URL
    assert articles.row(session, old) is None
    history.undo(session, None)
    assert articles.row(session, old) is not None
    assert articles.row(session, taken.article) is None


def test_another_story_of_that_title_is_new(session: Session, old: UUID) -> None:
    story = NEW.split("\n\n")[2]  # the same quote in a story of its own
    text = (
        f"{story}\n\nThe union will march on Friday, from the station to the old town hall. Shops "
        "on the way stay shut until noon, and buses take the road along the river instead."
    )

    assert take_in(session, text, Metadata(title="Toll rises"), None).how is How.NEW
    assert articles.row(session, old) is not None


def test_what_one_import_brings_stays_side_by_side(session: Session) -> None:
    both = [
        Article(uuid4(), text, text_sha256(text), Metadata(title="Toll", url=URL))
        for text in (OLD, NEW)
    ]
    bringing = Import(session, ["x"], "x")
    for one in both:
        (outcome,) = bringing.take([Arriving("x", Loaded(one, [], [], [], [], None))])
        assert isinstance(outcome, Came) and outcome.carried is None
    assert len(articles.list_rows(session)) == 2


LINES = st.lists(
    st.sampled_from(
        [
            "The mayor said no.",
            "Holt is here.",
            "",
            "Holten went to Varn.",
            "No, said Holt.",
            "𝔙arn",
        ]
    ),
    max_size=8,
)


@given(LINES, LINES, st.data())
def test_what_is_placed_has_the_same_words(old: list[str], new: list[str], data: st.DataObject):
    before, after = "\n".join(old), "\n".join(new)
    start = data.draw(st.integers(0, max(0, len(before) - 1)))
    span = Span(start, data.draw(st.integers(start, len(before))))
    anchors = Anchors(before, after)
    anchor = anchors.place(span)
    if anchor is not None:
        assert anchor.span.of(after) == span.of(before)
    assert 0 <= anchors.near(start) <= len(after)


@given(st.text(max_size=200), st.text(max_size=60), st.data())
def test_in_the_same_text_all_stays_and_what_is_put_before_it_moves_it_along(
    text: str, more: str, data: st.DataObject
):
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    stays = Anchors(text, text).place(span)
    if span.of(text).strip():
        assert stays is not None
        assert stays.span == span
        along = Anchors(text, f"{more}\n{text}").place(span)
        assert along is None or along.span.of(f"{more}\n{text}") == span.of(text)


def test_a_short_name_without_its_sentence_is_not_found_elsewhere() -> None:
    before = "Calais closed its harbour.\n\nThe mayor of Varn agreed.\n"
    after = "The mayor of Varn agreed.\n\nShips wait off Calais now.\n"
    anchors = Anchors(before, after)
    assert anchors.place(Span(0, 6)) is None
    varn = before.index("Varn")
    found = anchors.place(Span(varn, varn + 4))
    assert found is not None
    assert found.span.of(after) == "Varn"


def test_of_equal_words_the_one_with_the_same_neighbours_is_it() -> None:
    before = "Holt said yes to the bridge. Then Holt said no to the toll."
    after = "Then Holt said no to the toll. Later on, Holt said yes to the bridge."
    second = before.rindex("Holt")
    found = Anchors(before, after).place(Span(second, second + 4))
    assert found is not None
    assert found.span.start == after.index("Holt")
    assert replace(found, moved=True) == found
