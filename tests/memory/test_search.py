"""Finding articles: by words, by fields, in order, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlmodel import Session

from db import annotations, articles, history, saved_searches
from db import engine as door
from db.acts import Act, Change
from db.article_bulks import bin_articles, mark_articles
from db.bin import removed_articles, restore_article
from db.contexts import contexts
from db.past import as_of
from db.query import QueryError, parse, words_in
from db.rows import to_row
from db.search import clause, facet, find
from db.search_values import Search
from db.statement_table import COLUMNS, statement_rows
from db.values import (
    ArticleStatus,
    Decision,
    Entity,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
    now,
)

PACT = "Lindqvist rejects the border pact. The minister spoke in Varn."
PORT = "Dockers close the harbour.\n\nThe Minister of Ports regrets the strike at the port."
CAFE = "A café opens on the quay. Nobody was against it."


@dataclass
class Library:
    """Three articles: the newest is about the port, the oldest about the pact, one is undated."""

    session: Session
    coder: UUID
    pact: UUID
    port: UUID
    cafe: UUID

    def found(self, text: str, **more: object) -> list[str]:
        numbers = find(self.session, replace(Search(text), **more))
        rows = {row.number: row.title or "" for row in articles.list_rows(self.session)}
        return [rows[number] for number in numbers]

    def numbers(self, text: str = "") -> list[int]:
        return find(self.session, Search(text))

    def counted(self, name: str, text: str = "", **more: object) -> dict[str, int]:
        search = replace(Search(text), **more)
        return {one.value: one.count for one in facet(self.session, search, name)}


@pytest.fixture
def library(session: Session, coder: UUID) -> Library:
    added = [
        articles.add(session, text, Metadata(title, paper, published=day), coder=coder).id
        for text, title, paper, day in (
            (PACT, "Pact", "The Ellery Courier", "2025-03-01"),
            (PORT, "Strike", "Le Phare", "2026-08-23T10:00:00+02:00"),
            (CAFE, "Quay", None, None),
        )
    ]
    return Library(session, coder, *added)


@pytest.fixture
def decided(library: Library) -> Library:
    """Lindqvist, a person of the registry, is against the pact; the strike is a suggestion."""
    session, coder = library.session, library.coder
    actor = {"id": str(uuid4()), "name": "Ella Lindqvist", "kind": "PERSON"}
    body = {"id": str(uuid4()), "name": "Varn Council", "kind": "ORG"}
    holder = UUID(actor["id"])
    done = Decision(Status.ADDED, Origin.CODER, coder=coder, decided_at=now())
    name = Entity(uuid4(), library.pact, Span(0, 9), "PERSON", done, actor=holder)
    stance = Stance(
        uuid4(),
        library.pact,
        Ref(RefKind.ENTITY, Span(0, 9), entity=name.id, actor=holder),
        Ref(RefKind.SPAN, Span(18, 33), negated=True),
        Position.AGAINST,
        (Span(0, 17), Span(18, 34)),
        done,
    )
    changes = (
        Change("actor", UUID(body["id"]), None, {**body, "affiliation_id": None}),
        Change("actor", holder, None, {**actor, "affiliation_id": body["id"]}),
        Change("entity", name.id, None, to_row(name)),
        Change("stance", stance.id, None, to_row(stance)),
    )
    history.perform(session, Act("add", "add all", library.pact, changes), coder)
    loaded = articles.get(session, library.port)
    guess = Decision(Status.SUGGESTED, Origin.MODEL, 0.4)
    strike = Entity(uuid4(), library.port, Span(0, 7), "NORP", guess)
    annotations.set_suggestions(session, library.port, loaded.sha256, [strike], "m", "1")
    return library


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Strike", "Pact", "Quay"]),
        ("minister", ["Strike", "Pact"]),
        ("MINISTER lindqvist", ["Pact"]),
        ("cafe", ["Quay"]),
        ('"border pact"', ["Pact"]),
        ('"pact border"', []),
        ("harb*", ["Strike"]),
        ("minister -lindqvist", ["Strike"]),
        ("-minister", ["Quay"]),
        ("café OR pact", ["Pact", "Quay"]),
        ("(café OR pact) -varn", ["Quay"]),
        ("title:strike", ["Strike"]),
        ("text:strike -title:strike", []),
        ("publication:COURIER", ["Pact"]),
        ('publication:"courier"', []),
        ('publication:"the ellery courier"', ["Pact"]),
        ("-publication:courier", ["Strike", "Quay"]),
        ("date:2026", ["Strike"]),
        ("from:2025-03 until:2025-03", ["Pact"]),
        ("until:2026-08-23", ["Strike", "Pact"]),
        ("from:2025-03-02", ["Strike"]),
        ("status:todo minister", ["Strike", "Pact"]),
        ("status:done", []),
        ("score:none", ["Strike", "Pact", "Quay"]),
    ],
)
def test_articles_are_found(library: Library, query: str, titles: list[str]) -> None:
    assert library.found(query) == titles


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("label:PERSON", ["Pact"]),
        ("label:NORP", []),  # suggested, not decided
        ("actor:lindqvist", ["Pact"]),
        ('actor:"Ella Lindqvist" minister', ["Pact"]),
        ("actor:nobody", []),
        ("stance:against", ["Pact"]),
        ("stance:for", []),
        ("-stance:against", ["Strike", "Quay"]),
        ("coder:ada", ["Pact"]),
        ("score:<0.5", ["Strike"]),
        ("score:0.5-0.9", []),
    ],
)
def test_articles_are_found_by_what_was_decided_on_them(
    decided: Library, query: str, titles: list[str]
) -> None:
    assert decided.found(query) == titles


def test_what_is_in_the_bin_is_never_found(library: Library) -> None:
    articles.remove(library.session, library.port, library.coder)
    assert library.found("minister") == ["Pact"]
    assert library.found("") == ["Pact", "Quay"]
    assert library.counted("publication") == {"The Ellery Courier": 1}
    assert library.found("minister", sort="relevance") == ["Pact"]


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        ("newest", ["Strike", "Pact", "Quay"]),
        ("oldest", ["Pact", "Strike", "Quay"]),
        ("title", ["Pact", "Quay", "Strike"]),
        ("publication", ["Strike", "Pact", "Quay"]),
        ("uncertain", ["Strike", "Pact", "Quay"]),
    ],
)
def test_they_come_in_the_order_asked_for(decided: Library, sort: str, titles: list[str]) -> None:
    assert decided.found("", sort=sort) == titles
    first = find(decided.session, Search(sort=sort))[:1]
    assert find(decided.session, Search(sort=sort), limit=1) == first


def test_the_most_relevant_says_it_most_often(library: Library) -> None:
    assert library.found("strike OR port OR minister", sort="relevance") == ["Strike", "Pact"]


def test_a_seed_gives_one_order_whatever_else_is_found(library: Library) -> None:
    for number in range(40):
        articles.add(library.session, f"Text {number}", Metadata(title=f"{number:02}"))
    orders = {seed: library.found("", sort="random", seed=seed) for seed in (1, 2)}
    assert orders[1] != orders[2]
    assert sorted(orders[1]) == sorted(orders[2])
    assert library.found("", sort="random", seed=1) == orders[1]
    few = library.found("text", sort="random", seed=1)
    assert few == [title for title in orders[1] if title in set(few)]


def test_facets_count_articles_and_leave_aside_what_is_chosen_of_them(decided: Library) -> None:
    assert decided.counted("publication") == {"Le Phare": 1, "The Ellery Courier": 1}
    assert decided.counted("publication", "pact") == {"The Ellery Courier": 1}
    chosen = (("publication", "Le Phare"),)
    assert decided.found("", chosen=chosen) == ["Strike"]
    assert decided.counted("publication", chosen=chosen) == decided.counted("publication")
    assert decided.counted("date", chosen=chosen) == {"2026": 1}
    both = (*chosen, ("publication", "The Ellery Courier"))
    assert decided.found("", chosen=both) == ["Strike", "Pact"]
    assert list(decided.counted("date")) == ["2026", "2025"]
    assert decided.counted("label") == {"PERSON": 1}
    assert decided.counted("actor") == {"Ella Lindqvist": 1}
    assert decided.counted("stance") == {"against": 1}
    assert decided.counted("coder") == {"Ada": 1}
    assert decided.counted("target") == {}
    assert decided.counted("score") == {"none": 2, "<0.5": 1}


@pytest.mark.parametrize(
    "name", ["publication", "label", "actor", "stance", "coder", "score", "date"]
)
def test_what_a_facet_counts_is_found_by_choosing_it(decided: Library, name: str) -> None:
    counted = decided.counted(name)
    assert counted
    for value, count in counted.items():
        assert len(decided.found("", chosen=((name, value),))) == count


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A project that nothing is in: what its full text does not understand fails there too."""
    path = tmp_path_factory.mktemp("empty") / "empty.standfirst"
    door.create(path, name="Empty")
    engine = door.open_project(path, read_only=True)
    with door.session(engine) as own, door.snapshot(own) as opened:
        yield opened
    engine.dispose()


@given(text=st.text(alphabet="ab é\"()-*:OR'0<>+^{}\\,;") | st.text(max_size=20))
def test_no_query_that_is_understood_fails(connection: Connection, text: str) -> None:
    try:
        asked = clause(connection, parse(text))
    except QueryError:
        return
    sql = f"SELECT count(*) FROM article WHERE {asked.sql}"
    assert connection.exec_driver_sql(sql, asked.values).scalar() == 0


# --- saved searches


def test_a_search_is_saved_renamed_and_deleted_and_each_can_be_undone(
    session: Session, coder: UUID
) -> None:
    def saved() -> dict[str, Search]:
        return {one.name: one.search for one in saved_searches.saved_searches(session)}

    saved_searches.save_search(session, " Ports ", Search("port"), coder)
    assert saved() == {"Ports": Search("port")}
    saved_searches.save_search(session, "Ports", Search("port*"), coder)
    assert saved() == {"Ports": Search("port*")}
    history.undo(session, coder)
    assert saved() == {"Ports": Search("port")}
    (one,) = saved_searches.saved_searches(session)
    saved_searches.save_search(session, "Pacts", Search("pact"), coder)
    with pytest.raises(saved_searches.SavedSearchError, match="already"):
        saved_searches.rename_search(session, one, "Pacts", coder)
    with pytest.raises(saved_searches.SavedSearchError, match="a name"):
        saved_searches.rename_search(session, one, " ", coder)
    saved_searches.rename_search(session, one, "Harbours", coder)
    assert set(saved()) == {"Harbours", "Pacts"}
    saved_searches.delete_search(session, replace(one, name="Harbours"), coder)
    assert set(saved()) == {"Pacts"}
    history.undo(session, coder)
    assert set(saved()) == {"Harbours", "Pacts"}


# --- many at once


def test_many_are_marked_in_one_act(library: Library, session: Session, coder: UUID) -> None:
    def states() -> dict[str, str]:
        return {row.title or "": row.state for row in articles.list_rows(session)}

    assert mark_articles(session, library.numbers("port"), ArticleStatus.FLAGGED, coder) == 1
    assert mark_articles(session, library.numbers(), ArticleStatus.DONE, coder) == 3
    assert set(states().values()) == {"done"}
    assert mark_articles(session, library.numbers(), ArticleStatus.DONE, coder) == 0
    assert history.undo_title(session) == "mark 3 articles done"
    history.undo(session, coder)
    assert states() == {"Strike": "flagged", "Pact": "todo", "Quay": "todo"}
    then = history.entries(session)[1]
    assert as_of(session, library.port, then.seq).article.status is ArticleStatus.DONE


def test_many_go_into_the_bin_in_one_act_and_come_back_one_by_one(
    library: Library, session: Session, coder: UUID
) -> None:
    assert bin_articles(session, library.numbers("minister"), coder) == 2
    assert library.found("") == ["Quay"]
    gone = removed_articles(session)
    assert {one.title for one in gone} == {"Strike", "Pact"}
    assert {(one.how, one.coder_name) for one in gone} == {("removed", "Ada")}
    restore_article(session, library.port, coder)
    assert library.found("") == ["Strike", "Quay"]
    history.undo(session, coder)
    history.undo(session, coder)
    assert library.found("") == ["Strike", "Pact", "Quay"]


# --- keywords in context


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("minister", [(PORT, "Minister"), (PACT, "minister")]),
        ("port*", [(PORT, "Ports"), (PORT, "port")]),
        ("cafe", [(CAFE, "café")]),
        ('"border pact" OR varn', [(PACT, "border pact"), (PACT, "Varn")]),
        ("title:strike", []),
        ("-minister", []),
    ],
)
def test_words_are_found_where_they_stand(
    library: Library, query: str, places: list[tuple[str, str]]
) -> None:
    numbers = library.numbers(query)
    found = contexts(library.session, numbers, words_in(parse(query)))
    texts = {library.pact: PACT, library.port: PORT, library.cafe: CAFE}
    assert [(texts[one.article], one.keyword) for one in found] == places
    for one in found:
        text = texts[one.article]
        assert one.span.of(text) == one.keyword
        line = (one.left + one.keyword + one.right).replace("\n", " ")
        assert line in text.replace("\n", " ")


# --- the statements table


def test_a_decided_stance_is_one_row(decided: Library, session: Session) -> None:
    (row,) = statement_rows(session, decided.numbers())
    assert dict(zip(COLUMNS, row, strict=True)) == {
        "date": "2025-03-01",
        "publication": "The Ellery Courier",
        "headline": "Pact",
        "holder": "Ella Lindqvist",
        "affiliation": "Varn Council",
        "target": "not the border pact",
        "stance": "against",
        "quote": "Lindqvist rejects […] the border pact.",
        "certainty": "",
        "coder": "Ada",
    }
    assert list(statement_rows(session, decided.numbers("port"))) == []
