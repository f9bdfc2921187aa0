"""An act is one transaction; the history it leaves is what undo works from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from searching import examples
from sqlmodel import Session

from db import annotations, articles, history, people
from db import engine as door
from db.acts import Act, Change
from db.issues import issues
from db.rows import to_row
from db.values import Article, ArticleStatus, Entity, Metadata, Status

Suggest = Callable[[str], Entity]
Decide = Callable[..., Act]


def _set_status(article: Article, before: str, after: str) -> Act:
    change = Change("article", article.id, before={"status": before}, after={"status": after})
    return Act("status", f"mark {after}", article.id, (change,))


def _labels(session: Session, article: Article) -> list[str]:
    loaded = annotations.load(session, article.id)
    return [one.label for one in loaded.decisions if isinstance(one, Entity)]


def test_an_act_is_stored_with_who_when_and_what(
    session: Session, coder: UUID, suggest: Suggest, decide: Decide
) -> None:
    act = decide(suggest("Lindqvist"))
    entry = history.perform(session, act, coder)
    assert history.entries(session, act.article, limit=1) == [entry]
    assert (entry.kind, entry.coder, entry.act, entry.act_id) == ("act", coder, act, entry.id)
    assert entry.at.endswith("Z")


def test_undo_and_redo_walk_through_acts_one_by_one(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    name = suggest("Lindqvist")
    accept = decide(name)
    relabel = Act(
        "relabel",
        "relabel ‘Lindqvist’",
        article.id,
        (Change("entity", name.id, before={"label": "PERSON"}, after={"label": "ORG"}),),
    )
    history.perform(session, accept, coder)
    history.perform(session, relabel, coder)
    assert _labels(session, article) == ["ORG"]
    assert history.undo_title(session) == "relabel ‘Lindqvist’"

    assert history.undo(session, coder) == relabel.inverse()
    assert _labels(session, article) == ["PERSON"]
    assert history.undo(session, coder) == accept.inverse()
    assert _labels(session, article) == []
    assert history.redo_title(session) == accept.title

    assert history.redo(session, coder) == accept
    assert history.redo(session, coder) == relabel
    assert _labels(session, article) == ["ORG"]
    assert history.redo(session, coder) is None
    assert history.redo_title(session) is None


def test_nothing_to_undo_in_an_empty_project(session: Session, coder: UUID) -> None:
    assert history.undo_title(session) is None
    assert history.undo(session, coder) is None
    assert history.entries(session) == []


def test_undo_works_after_a_restart(
    path: Path, open_session: Callable[[], Session], suggest: Suggest, decide: Decide, coder: UUID
) -> None:
    before = open_session()
    act = decide(suggest("Lindqvist"))
    history.perform(before, act, coder)
    before.close()
    before.get_bind().engine.dispose()

    after = open_session()
    assert history.undo_title(after) == act.title
    assert history.undo(after, coder) == act.inverse()


def test_two_programs_share_one_history(
    open_session: Callable[[], Session],
    session: Session,
    coder: UUID,
    article: Article,
    suggest: Suggest,
    decide: Decide,
) -> None:
    other = open_session()
    first, second = decide(suggest("Lindqvist")), decide(suggest("Oyelaran"))
    history.perform(session, first, coder)
    history.perform(other, second, people.coder(other, "Grace"))
    assert history.undo(session, coder) == second.inverse()
    assert history.undo(other, coder) == first.inverse()
    assert history.redo(session, coder) == first
    assert [entry.kind for entry in history.entries(other, article.id)] == [
        "redo", "undo", "undo", "act", "act", "act",
    ]  # fmt: skip


def test_a_read_left_open_does_not_hold_an_act_back(
    open_session: Callable[[], Session],
    session: Session,
    coder: UUID,
    suggest: Suggest,
    decide: Decide,
) -> None:
    session.connection().exec_driver_sql("SELECT count(*) FROM entity").scalar_one()
    history.perform(open_session(), decide(suggest("Oyelaran")), coder)
    mine = decide(suggest("Lindqvist"))
    history.perform(session, mine, coder)
    assert history.entries(session, limit=1)[0].act == mine


def test_an_act_on_what_another_program_changed_is_refused_whole(
    open_session: Callable[[], Session],
    session: Session,
    coder: UUID,
    article: Article,
    suggest: Suggest,
    decide: Decide,
) -> None:
    history.perform(open_session(), _set_status(article, "todo", "flagged"), coder)
    accept, done = decide(suggest("Lindqvist")), _set_status(article, "todo", "done")
    both = replace(accept, changes=accept.changes + done.changes)
    newest = history.entries(session, limit=1)
    with pytest.raises(history.Conflict) as caught:
        history.perform(session, both, coder)
    assert (caught.value.table, caught.value.row) == ("article", article.id)
    loaded = annotations.load(session, article.id)
    assert loaded.article.status is ArticleStatus.FLAGGED
    assert loaded.decisions == []
    assert history.entries(session, limit=1) == newest


@pytest.mark.parametrize("kind", ["insert twice", "delete what is gone", "update what is gone"])
def test_a_row_that_is_there_or_gone_unexpectedly_is_a_conflict(
    session: Session, coder: UUID, suggest: Suggest, decide: Decide, kind: str
) -> None:
    accept = decide(suggest("Lindqvist"))
    change = accept.changes[0]
    if kind == "insert twice":
        history.perform(session, accept, coder)
        again = accept
    elif kind == "delete what is gone":
        again = accept.inverse()
    else:
        update = Change("entity", change.id, before={"label": "PERSON"}, after={"label": "ORG"})
        again = replace(accept, changes=(update,))
    with pytest.raises(history.Conflict):
        history.perform(session, again, coder)


def test_an_entity_cannot_name_an_actor_that_is_gone(
    session: Session, coder: UUID, suggest: Suggest, decide: Decide
) -> None:
    with pytest.raises(history.Conflict):
        history.perform(session, decide(replace(suggest("Lindqvist"), actor=uuid4())), coder)


def test_the_history_and_the_texts_are_out_of_reach_of_acts(
    session: Session, coder: UUID, article: Article
) -> None:
    for table in ("history", "article_text", "suggestion", "no such table"):
        act = Act("forge", "forge", article.id, (Change(table, uuid4(), None, {"text": "x"}),))
        with pytest.raises(ValueError, match=table):
            history.perform(session, act, coder)


def test_an_act_keeps_every_column_it_does_not_name(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    name = suggest("Lindqvist")
    act = decide(name)
    history.perform(session, act, coder)
    noted = Change("entity", name.id, before={"note": None}, after={"note": "sic 👍 \u2028"})
    history.perform(session, Act("note", "note", article.id, (noted,)), coder)
    (decided,) = annotations.load(session, article.id).decisions
    assert to_row(decided) == {**(act.changes[0].after or {}), "note": "sic 👍 \u2028"}


@settings(max_examples=examples(25))
@given(steps=st.lists(st.sampled_from(["act", "undo", "redo"]), max_size=14), data=st.data())
def test_history_is_two_stacks_however_many_programs_walk_it(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("walk") / "walk.standfirst"
    door.create(path, name="walk")
    sessions = [door.session(door.open_project(path)) for _ in range(2)]
    done, undone = list[Act](), list[Act]()
    for number, step in enumerate(steps):
        session = data.draw(st.sampled_from(sessions))
        if step == "act":
            identifier = uuid4()
            row = {"id": str(identifier), "name": f"issue {number}"}
            act = Act("add", f"add {number}", None, (Change("issue", identifier, None, row),))
            history.perform(session, act, None)
            done, undone = [*done, act], []
        elif step == "undo":
            assert history.undo(session, None) == (done[-1].inverse() if done else None)
            undone += done[-1:]
            done = done[:-1]
        else:
            assert history.redo(session, None) == (undone[-1] if undone else None)
            done += undone[-1:]
            undone = undone[:-1]
        assert history.undo_title(session) == (done[-1].title if done else None)
        assert history.redo_title(session) == (undone[-1].title if undone else None)
        assert len(issues(session)) == len(done)
    for session in sessions:
        session.close()
        session.get_bind().engine.dispose()


def test_importing_is_an_act_and_undo_puts_the_article_in_the_bin(
    session: Session, coder: UUID
) -> None:
    article = articles.add(session, "Text.", Metadata(title="T"), coder=coder)
    assert history.undo_title(session) == "import ‘T’"
    history.undo(session, coder)
    assert articles.list_rows(session) == []
    assert articles.get(session, article.id).text == "Text."
    history.redo(session, coder)
    assert [row.id for row in articles.list_rows(session)] == [article.id]


def test_a_decision_that_was_rejected_can_be_undone_too(
    session: Session, coder: UUID, article: Article, suggest: Suggest, decide: Decide
) -> None:
    name = suggest("Lindqvist")
    annotations.set_suggestions(session, article.id, article.sha256, [name], "m", "1")
    history.perform(session, decide(name, Status.REJECTED), coder)
    assert annotations.load(session, article.id).suggestions == []
    history.undo(session, coder)
    assert annotations.load(session, article.id).suggestions == [name]


def test_of_many_rows_one_that_does_not_fit_stops_all(
    session: Session,
    article: Article,
    coder: UUID,
    suggest: Callable[[str], Entity],
    decide: Callable[..., Act],
) -> None:
    """Rows that come or go together are written together, and checked one by one all the same."""
    acts = [decide(suggest(name)) for name in ("Lindqvist", "Oyelaran", "Varn")]
    changes = tuple(change for act in acts for change in act.changes)
    everything = Act("accept_all", "accept three", article.id, changes)
    taken = replace(acts[1], changes=acts[1].changes)
    history.perform(session, taken, coder)
    with pytest.raises(history.Conflict) as stopped:
        history.perform(session, everything, coder)
    assert stopped.value.row == acts[1].changes[0].id
    assert len(annotations.decisions(session, article.id)) == 1

    history.undo(session, coder)
    history.perform(session, everything, coder)
    assert len(annotations.decisions(session, article.id)) == 3
    history.undo(session, coder)
    assert annotations.decisions(session, article.id) == []
    history.redo(session, coder)
    assert len(annotations.decisions(session, article.id)) == 3
