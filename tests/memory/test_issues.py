"""The issues of a project: added, changed and removed in one act each, and taken back in one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlmodel import Session

from db import engine as door
from db import history
from db.acts import Act, Change
from db.issues import IssueError, add_issue, change_issue, issues, remove_issue
from db.rows import to_row
from db.values import (
    Article,
    Decision,
    Issue,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Status,
)

FROZEN = Path(__file__).parent / "frozen"


@pytest.fixture
def pact(session: Session, coder: UUID) -> Issue:
    return add_issue(session, "Sound Crossing Pact", ["the pact"], ["ferr*", "crossing"], coder)


def take_back_and_redo(session: Session, coder: UUID, title: str) -> list[Issue]:
    """Undo the act of that title, see that redo brings it back, and return what undo left."""
    after = issues(session)
    assert history.undo_title(session) == title
    history.undo(session, coder)
    before = issues(session)
    history.redo(session, coder)
    assert issues(session) == after
    return before


def test_an_issue_is_added_as_one_act(session: Session, coder: UUID, pact: Issue) -> None:
    assert pact == Issue(pact.id, "Sound Crossing Pact", ("the pact",), ("crossing", "ferr*"))
    assert issues(session) == [pact]
    assert take_back_and_redo(session, coder, "add issue ‘Sound Crossing Pact’") == []


def test_issues_come_by_name(session: Session, pact: Issue) -> None:
    fares = add_issue(session, "Fares")
    assert issues(session) == [fares, pact]


def test_a_name_stands_for_one_issue_whatever_its_case(session: Session, pact: Issue) -> None:
    with pytest.raises(IssueError, match="an issue “Sound Crossing Pact” already"):
        add_issue(session, "sound crossing pact ")
    fares = add_issue(session, "Fares")
    with pytest.raises(IssueError, match="already"):
        change_issue(session, Issue(fares.id, pact.name))
    for blank in ("", " \n"):
        with pytest.raises(IssueError, match="has a name"):
            add_issue(session, blank)
    assert issues(session) == [fares, pact]
    assert change_issue(session, Issue(fares.id, "FARES")).name == "FARES"


def test_name_aliases_and_keywords_change_in_one_act(
    session: Session, coder: UUID, pact: Issue
) -> None:
    new = Issue(
        pact.id, "The  pact", (" Sound pact ", "the pact", "THE PACT", ""), ("ferr*", "sail")
    )
    changed = change_issue(session, new, coder)
    assert changed == Issue(pact.id, "The pact", ("Sound pact", "THE PACT"), ("ferr*", "sail"))
    assert issues(session) == [changed]
    assert take_back_and_redo(session, coder, "change issue ‘Sound Crossing Pact’") == [pact]


def test_what_is_as_it_was_is_no_act(session: Session, coder: UUID, pact: Issue) -> None:
    assert change_issue(session, pact, coder) == pact
    assert history.undo_title(session) == "add issue ‘Sound Crossing Pact’"


def test_an_issue_goes_with_all_its_words_and_comes_back_with_them(
    session: Session, coder: UUID, pact: Issue
) -> None:
    remove_issue(session, pact.id, coder)
    assert issues(session) == []
    assert take_back_and_redo(session, coder, "remove issue ‘Sound Crossing Pact’") == [pact]
    for gone in (pact.id, uuid4()):
        with pytest.raises(IssueError, match="is gone"):
            remove_issue(session, gone, coder)
        with pytest.raises(IssueError, match="is gone"):
            change_issue(session, Issue(gone, "Back"), coder)


def test_an_issue_that_a_stance_has_as_target_stays(
    session: Session, coder: UUID, pact: Issue, article: Article
) -> None:
    def decide(status: Status) -> None:
        stance = Stance(
            uuid4(),
            article.id,
            Ref(RefKind.WRITER),
            Ref(RefKind.ISSUE, Span(0, 10), issue=pact.id),
            Position.FAVOR,
            (Span(0, 41),),
            Decision(status, Origin.CODER, coder=coder),
        )
        change = Change("stance", stance.id, None, to_row(stance))
        history.perform(session, Act("add", "add one", article.id, (change,)), coder)

    decide(Status.REJECTED)
    with pytest.raises(IssueError, match="“Sound Crossing Pact” cannot be removed: a stance has"):
        remove_issue(session, pact.id, coder)
    decide(Status.ACCEPTED)
    with pytest.raises(IssueError, match="2 stances have it as target"):
        remove_issue(session, pact.id, coder)
    assert issues(session) == [pact]
    for _ in range(2):
        history.undo(session, coder)
    remove_issue(session, pact.id, coder)
    assert issues(session) == []


def test_another_program_sees_them(
    session: Session, pact: Issue, open_session: Callable[[], Session]
) -> None:
    assert issues(open_session()) == [pact]


def test_a_project_of_the_first_version_takes_keywords_once_it_is_updated(tmp_path: Path) -> None:
    path = tmp_path / "old.standfirst"
    shutil.copyfile(FROZEN / "version 0001.standfirst", path)
    engine = door.open_project(path)
    with door.session(engine) as session:
        toll = add_issue(session, "Toll", keywords=["toll*"])
        assert issues(session) == [toll]
    engine.dispose()
