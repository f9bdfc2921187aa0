"""An import is one act, however many batches it takes, whatever ends it, and when it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from db import annotations, articles, counts, history, past, schemes, taking_back
from db import bin as waste
from db.arriving import Arriving, Came, Clashed, Known, Where
from db.articles import text_sha256
from db.imports import Import, TakenBack, UnknownLabels
from db.labels import change_label
from db.values import (
    Article,
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
)

SOURCES = ["/press/reuters.jsonl"]
DECIDED = Decision(Status.ACCEPTED, Origin.IMPORTED)


def arriving(text: str, place: str = "", *on_it: Entity | Stance) -> Arriving:
    identifier = on_it[0].article if on_it else uuid4()
    article = Article(identifier, text, text_sha256(text), Metadata(title=text[:20]))
    return Arriving(place, Loaded(article, [], list(on_it), [], [], None))


def batch(numbers: range) -> list[Arriving]:
    return [arriving(f"Article {n}. Mr Holt said no.", f"reuters.jsonl:{n}") for n in numbers]


def begin(session: Session, coder: UUID | None = None, **more: UnknownLabels) -> Import:
    return Import(session, SOURCES, "reuters.jsonl", coder, **more)


def titles(session: Session) -> list[str]:
    return [entry.act.title for entry in history.entries(session)]


def listed(session: Session) -> int:
    return counts.stats(session).articles


def test_an_import_of_several_batches_is_one_act_that_says_how_many(
    session: Session, coder: UUID
) -> None:
    bringing = begin(session, coder)

    assert all(isinstance(one, Came) for one in bringing.take(batch(range(3))))
    assert titles(session) == ["import 3 articles from reuters.jsonl"]
    bringing.take(batch(range(3, 1_500)))
    bringing.finish()

    assert titles(session) == ["import 1,500 articles from reuters.jsonl"]
    assert listed(session) == 1_500
    (entry,) = history.entries(session)
    assert entry.coder == coder


def test_it_is_undone_and_redone_in_one_go(session: Session, article: Article) -> None:
    bringing = begin(session)
    bringing.take(batch(range(20)))
    bringing.take(batch(range(20, 30)))

    history.undo(session, None)
    assert [row.id for row in articles.list_rows(session)] == [article.id]
    history.redo(session, None)
    assert listed(session) == 31


def test_undone_while_it_runs_it_stops(session: Session) -> None:
    bringing = begin(session)
    bringing.take(batch(range(5)))
    history.undo(session, None)

    with pytest.raises(TakenBack, match=r"reuters.jsonl was undone"):
        bringing.take(batch(range(5, 9)))
    assert listed(session) == 0


def test_cut_short_it_goes_on_as_the_same_act_without_doubles(session: Session) -> None:
    begin(session).take(batch(range(5)))

    again = begin(session)
    came = again.take(batch(range(8)))
    again.finish()

    assert [type(one) for one in came] == [Known] * 5 + [Came] * 3
    assert came[4] == Known(Where.IMPORT, "Article 4. Mr Holt s", "reuters.jsonl:4")
    assert titles(session) == ["import 8 articles from reuters.jsonl"]
    history.undo(session, None)
    assert listed(session) == 0


def test_after_its_end_the_same_sources_are_another_import(session: Session) -> None:
    first = begin(session)
    first.take(batch(range(5)))
    first.finish()

    second = begin(session)
    came = second.take(batch(range(6)))

    assert isinstance(came[0], Known)
    assert came[0].where is Where.PROJECT
    assert titles(session)[0] == "import ‘Article 5. Mr Holt s’"
    history.undo(session, None)
    assert listed(session) == 5


def test_what_an_undone_import_brought_comes_back_with_the_next(session: Session) -> None:
    first = begin(session)
    came = first.take(batch(range(5)))
    assert isinstance(came[0], Came)
    articles.remove(session, came[0].article, None)
    history.undo(session, None)
    history.undo(session, None)

    second = begin(session).take(batch(range(5)))

    assert [type(one) for one in second] == [Came] * 5
    assert second[0] == came[0]
    assert listed(session) == 5
    assert history.undo(session, None)
    assert listed(session) == 0


def test_what_the_analyst_put_into_the_bin_stays_there(session: Session, article: Article) -> None:
    articles.remove(session, article.id, None)

    (same,) = begin(session).take([arriving(article.text)])

    assert same == Known(Where.BIN, "Ferry pact", None)
    assert listed(session) == 0


def test_a_text_comes_once_from_one_file(session: Session) -> None:
    twice = [arriving("The same.", "a.jsonl:1"), arriving("The same.", "a.jsonl:2")]
    assert begin(session).take(twice)[1] == Known(Where.IMPORT, "The same.", "a.jsonl:1")


def test_a_batch_of_known_texts_leaves_no_act(session: Session, article: Article) -> None:
    before = titles(session)
    bringing = begin(session)
    bringing.take([arriving(article.text)])
    bringing.finish()
    assert titles(session) == before


def test_an_article_removed_since_is_in_the_way_of_taking_the_import_back(
    session: Session,
) -> None:
    (one, _) = begin(session).take(batch(range(2)))
    assert isinstance(one, Came)
    (entry,) = history.entries(session)
    articles.remove(session, one.article, None)

    with pytest.raises(taking_back.InTheWay, match=r"remove ‘Article 0. Mr Holt s’” came after"):
        taking_back.take_back(session, entry.act_id, None)


def test_taken_back_amid_others_it_is_in_the_history_of_each_article(session: Session) -> None:
    (one, _) = begin(session).take(batch(range(2)))
    assert isinstance(one, Came)
    (entry,) = history.entries(session)
    taking_back.take_back(session, entry.act_id, None)

    assert [each.act.name for each in history.entries(session, one.article)] == [
        "take_back", "import",
    ]  # fmt: skip
    assert past.as_of(session, one.article, entry.seq).article.id == one.article
    history.undo(session, None)
    assert listed(session) == 2


def entity(text: str, word: str, label: str, article: UUID) -> Entity:
    start = text.index(word)
    return Entity(uuid4(), article, Span(start, start + len(word)), label, DECIDED)


@pytest.fixture
def annotated() -> Arriving:
    """An article with three names, one under a label the scheme lacks, and a stance of that one."""
    text, new = "Ms Rook backs the Ferry Pact in Varn.", uuid4()
    names = [
        entity(text, "Ms Rook", "MINISTER", new),
        entity(text, "Ferry Pact", "law", new),
        entity(text, "Varn", "GPE", new),
    ]
    holder = Ref(RefKind.ENTITY, names[0].span, names[0].id)
    target = Ref(RefKind.ENTITY, names[1].span, names[1].id)
    stance = Stance(uuid4(), new, holder, target, Position.FAVOR, (Span(0, 37),), DECIDED)
    return arriving(text, "prodigy.jsonl:1", *names, stance)


def test_labels_the_scheme_lacks_are_added_in_the_same_act(
    session: Session, annotated: Arriving
) -> None:
    bringing = begin(session)
    bringing.take(batch(range(2)))
    bringing.take([annotated])

    labels = [label.name for label in schemes.current(session).labels]
    assert labels[-1] == "MINISTER"
    loaded = annotations.load(session, annotated.loaded.article.id)
    names = [one.label for one in loaded.decisions if isinstance(one, Entity)]
    assert names == ["MINISTER", "LAW", "GPE"]
    assert titles(session) == ["import 3 articles from reuters.jsonl"]
    history.undo(session, None)
    assert "MINISTER" not in [label.name for label in schemes.current(session).labels]
    history.redo(session, None)
    assert "MINISTER" in [label.name for label in schemes.current(session).labels]


def test_a_renamed_label_is_known_by_what_the_engine_calls_it(
    session: Session, annotated: Arriving
) -> None:
    law = next(one for one in schemes.current(session).labels if one.name == "LAW")
    change_label(session, replace(law, name="Statute"))
    begin(session).take([annotated])
    loaded = annotations.load(session, annotated.loaded.article.id)
    names = [one.label for one in loaded.decisions if isinstance(one, Entity)]
    assert names == ["MINISTER", "Statute", "GPE"]


def test_or_entities_under_them_stay_out_and_are_counted(
    session: Session, annotated: Arriving
) -> None:
    (came,) = begin(session, labels=UnknownLabels.SKIP).take([annotated])

    assert isinstance(came, Came)
    assert came.left_out == (("MINISTER", 1),)
    loaded = annotations.load(session, came.article)
    assert [one.label for one in loaded.decisions if isinstance(one, Entity)] == ["LAW", "GPE"]
    (stance,) = [one for one in loaded.decisions if isinstance(one, Stance)]
    assert stance.holder == Ref(RefKind.SPAN, Span(0, 7))


def test_annotations_whose_ids_are_taken_stay_out_with_their_article_and_the_rest_comes(
    session: Session, annotated: Arriving, open_session: Callable[[], Session]
) -> None:
    begin(session).take([annotated])
    loaded = annotated.loaded
    text = loaded.article.text + " Again."
    other = replace(loaded.article, id=uuid4(), text=text, sha256=text_sha256(text))
    double = replace(annotated, loaded=replace(loaded, article=other))

    first, second, third = begin(session).take([*batch(range(1)), double, *batch(range(1, 2))])

    assert isinstance(second, Clashed)
    assert "bears annotations whose ids" in second.why
    assert isinstance(first, Came)
    assert isinstance(third, Came)
    beside = open_session()
    assert articles.get(beside, third.article).text == "Article 1. Mr Holt said no."


def test_in_the_bin_an_undone_import_is_one_line_and_comes_back_whole(session: Session) -> None:
    came = begin(session).take(batch(range(40)))
    history.undo(session, None)

    assert waste.removed_articles(session) == []
    (gone,) = waste.removed_imports(session)
    assert gone.title == "import 40 articles from reuters.jsonl"

    act = waste.restore_import(session, gone.id, None)
    assert act.title == "restore 40 articles from reuters.jsonl"
    assert listed(session) == 40
    assert waste.removed_imports(session) == []
    with pytest.raises(waste.RestoreError, match="not in the bin any more"):
        waste.restore_import(session, gone.id, None)
    assert isinstance(came[0], Came)
    names = [entry.act.name for entry in history.entries(session, came[0].article)]
    assert names == ["restore", "import", "import"]


def test_what_was_removed_by_itself_is_a_line_of_its_own(session: Session) -> None:
    one, _ = begin(session).take(batch(range(2)))
    assert isinstance(one, Came)
    articles.remove(session, one.article, None)

    assert [gone.id for gone in waste.removed_articles(session)] == [one.article]
    assert waste.removed_imports(session) == []


def test_of_an_undone_import_that_is_not_whole_any_more_each_article_is_a_line(
    session: Session,
) -> None:
    one, other = begin(session).take(batch(range(2)))
    assert isinstance(one, Came)
    assert isinstance(other, Came)
    history.undo(session, None)
    waste.restore_article(session, one.article, None)

    assert waste.removed_imports(session) == []
    (gone,) = waste.removed_articles(session)
    assert (gone.id, gone.how) == (other.article, "undone")
