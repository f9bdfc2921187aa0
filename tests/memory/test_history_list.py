"""The history as a list: filtered, and a page at a time."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlmodel import Session

from db import articles, history, people
from db.acts import Act, Change
from db.history_list import Wanted, entry, neighbours, news, page
from db.values import Article, Metadata


def edit(session: Session, article: UUID, coder: UUID, author: str) -> history.Entry:
    """An act with a title of its own: the article's author becomes ``author``."""
    old = articles.get(session, article).meta.author
    change = Change("article", article, {"author": old}, {"author": author})
    return history.perform(session, Act("metadata", f"name {author}", article, (change,)), coder)


@pytest.fixture
def other(session: Session, coder: UUID) -> UUID:
    return articles.add(session, "Elsewhere.", Metadata(title="Élan of Grimsby"), coder=coder).id


def titles(session: Session, wanted: Wanted, **more: int) -> list[str]:
    return [act.title for act in page(session, wanted, **more).acts]


def test_acts_stand_newest_first_with_who_where_and_whether_they_are_undone(
    session: Session, coder: UUID, article: Article
) -> None:
    edit(session, article.id, coder, "Kim")
    edit(session, article.id, people.coder(session, "Grace"), "Lee")
    history.undo(session, coder)
    lee, kim, imported = page(session, Wanted()).acts
    assert (lee.title, lee.coder_name, lee.undone) == ("name Lee", "Grace", True)
    assert (kim.title, kim.coder_name, kim.undone) == ("name Kim", "Ada", False)
    assert (imported.name, imported.article_title) == ("import", "Ferry pact")
    history.redo(session, coder)
    assert not any(act.undone for act in page(session, Wanted()).acts)


def test_acts_are_found_by_article_coder_kind_and_words(
    session: Session, coder: UUID, article: Article, other: UUID
) -> None:
    grace = people.coder(session, "Grace")
    edit(session, article.id, coder, "Örn Ek")
    edit(session, other, grace, "Lee")
    assert titles(session, Wanted(article=other)) == ["name Lee", "import ‘Élan of Grimsby’"]
    assert titles(session, Wanted(coder=grace)) == ["name Lee"]
    assert len(titles(session, Wanted(names=frozenset({"import"})))) == 2
    assert titles(session, Wanted(names=frozenset({"import"}), beside=True)) == [
        "name Lee",
        "name Örn Ek",
    ]
    assert titles(session, Wanted(words=("örn", "NAME"))) == ["name Örn Ek"]
    assert titles(session, Wanted(words=("élan", "lee"))) == ["name Lee"]  # by its article
    assert titles(session, Wanted(words=("100%",))) == []


def test_pages_follow_one_another_without_a_gap(
    session: Session, coder: UUID, article: Article
) -> None:
    for number in range(7):
        edit(session, article.id, coder, f"A{number}")
    found, before = list[str](), None
    for _ in range(4):
        shown = page(session, Wanted(), before, limit=2)
        found += [act.title for act in shown.acts]
        before = shown.before
    assert found == [*(f"name A{n}" for n in reversed(range(7))), "import ‘Ferry pact’"]
    assert page(session, Wanted(), before, limit=2) == page(session, Wanted(), 1)


def test_a_page_reaches_only_so_far_and_says_where_to_go_on(
    session: Session, coder: UUID, article: Article
) -> None:
    for number in range(5):
        edit(session, article.id, coder, f"A{number}")
    shown = page(session, Wanted(words=("import",)), reach=4)
    assert (shown.acts, shown.before) == ([], 3)
    shown = page(session, Wanted(words=("import",)), shown.before, reach=4)
    assert [act.title for act in shown.acts] == ["import ‘Ferry pact’"]
    assert shown.before is None


def test_news_are_the_acts_since_and_what_was_undone(
    session: Session, coder: UUID, article: Article
) -> None:
    kim = edit(session, article.id, coder, "Kim")
    lee = edit(session, article.id, coder, "Lee")
    history.undo(session, coder)
    history.undo(session, coder)
    history.redo(session, coder)
    found = news(session, Wanted(), kim.seq)
    assert [act.title for act in found.acts] == ["name Lee"]
    assert found.turned == {lee.act_id: True, kim.act_id: False}
    assert news(session, Wanted(), found.seq).acts == []


def test_an_act_by_itself_tells_how_it_was_undone_and_redone(
    session: Session, coder: UUID, article: Article
) -> None:
    kim = edit(session, article.id, coder, "Kim")
    history.undo(session, people.coder(session, "Grace"))
    history.redo(session, coder)
    found, turns = entry(session, kim.seq)
    assert found == kim
    assert [(turn.kind, turn.coder_name) for turn in turns] == [("undo", "Grace"), ("redo", "Ada")]
    with pytest.raises(LookupError):
        entry(session, 99)


def test_the_acts_before_and_after_one_of_an_article(
    session: Session, coder: UUID, article: Article, other: UUID
) -> None:
    first = edit(session, article.id, coder, "Kim")
    edit(session, other, coder, "Lee")
    second = edit(session, article.id, coder, "Mo")
    assert neighbours(session, article.id, first.seq)[1] == second.seq
    assert neighbours(session, article.id, second.seq) == (first.seq, None)
