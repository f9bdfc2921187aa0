"""The issues of a project: the topics positions are taken on, with what shows that they are meant.

Adding, changing and removing one is an act each, whatever number of aliases and keywords it has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID, uuid4

from sqlalchemy import Connection, String, cast, func, select
from sqlmodel import Session

from db.acts import Act, Change
from db.history import perform
from db.models import TABLES
from db.transactions import snapshot, transaction
from db.values import Issue

_issue, _stance = TABLES["issue"], TABLES["stance"]
_WORDS = {"alias": TABLES["issue_alias"], "keyword": TABLES["issue_keyword"]}


class IssueError(ValueError):
    """What was asked of an issue cannot be done; the message says why. Nothing was done."""


def issues(session: Session) -> list[Issue]:
    """Return the project's issues by name."""
    with snapshot(session) as connection:
        return _issues(connection)


def add_issue(
    session: Session,
    name: str,
    aliases: Iterable[str] = (),
    keywords: Iterable[str] = (),
    coder: UUID | None = None,
) -> Issue:
    """Make an issue known to the project, as an act.

    Raises:
        IssueError: if the name is blank, or another issue has it.
    """
    issue = _tidied(Issue(uuid4(), name, tuple(aliases), tuple(keywords)))
    with transaction(session) as connection:
        _check_name(connection, issue)
        named = Change("issue", issue.id, None, {"id": str(issue.id), "name": issue.name})
        changes = (named, *_words_changed(connection, issue))
        perform(session, Act("add_issue", f"add issue ‘{issue.name}’", None, changes), coder)
    return issue


def change_issue(session: Session, issue: Issue, coder: UUID | None = None) -> Issue:
    """Give an issue this name and these aliases and keywords, as an act; none if it has them.

    Raises:
        IssueError: if the name is blank, or another issue has it; or if the issue is gone.
    """
    issue = _tidied(issue)
    with transaction(session) as connection:
        old = _known(connection, issue.id)
        _check_name(connection, issue)
        changes = _words_changed(connection, issue)
        if issue.name != old.name:
            changes.append(Change("issue", issue.id, {"name": old.name}, {"name": issue.name}))
        if changes:
            act = Act("change_issue", f"change issue ‘{old.name}’", None, tuple(changes))
            perform(session, act, coder)
    return issue


def remove_issue(session: Session, identifier: UUID, coder: UUID | None = None) -> None:
    """Take an issue out of the project, as an act.

    Raises:
        IssueError: if stances that were decided have it as their target; or if it is gone.
    """
    with transaction(session) as connection:
        issue = _known(connection, identifier)
        if many := _uses(connection, identifier):
            stances = "a stance has" if many == 1 else f"{many} stances have"
            raise IssueError(
                f"“{issue.name}” cannot be removed: {stances} it as target. Give them another "
                "target first."
            )
        changes = _words_changed(connection, replace(issue, aliases=(), keywords=()))
        row = {"id": str(identifier), "name": issue.name}
        changes.append(Change("issue", identifier, row, None))
        act = Act("remove_issue", f"remove issue ‘{issue.name}’", None, tuple(changes))
        perform(session, act, coder)


def _issues(connection: Connection) -> list[Issue]:
    words: dict[str, defaultdict[str, list[str]]] = {}
    for column, table in _WORDS.items():
        words[column] = defaultdict(list)
        rows = connection.execute(
            select(table.c.issue_id, table.c[column]).order_by(table.c[column])
        )
        for owner, word in rows:
            words[column][owner].append(word)
    rows = connection.execute(select(_issue.c.id, _issue.c.name).order_by(_issue.c.name))
    return [
        Issue(UUID(id_), name, tuple(words["alias"][id_]), tuple(words["keyword"][id_]))
        for id_, name in rows
    ]


def _known(connection: Connection, identifier: UUID) -> Issue:
    found = next((one for one in _issues(connection) if one.id == identifier), None)
    if found is None:
        raise IssueError("The issue is gone: another program has removed it meanwhile.")
    return found


def _check_name(connection: Connection, issue: Issue) -> None:
    if not issue.name:
        raise IssueError("An issue has a name.")
    same = issue.name.casefold()
    for other in _issues(connection):
        if other.id != issue.id and other.name.casefold() == same:
            raise IssueError(f"There is an issue “{other.name}” already.")


def _words_changed(connection: Connection, issue: Issue) -> list[Change]:
    """Return the changes that leave an issue with just its aliases and keywords."""
    changes: list[Change] = []
    for column, table in _WORDS.items():
        wanted = issue.aliases if column == "alias" else issue.keywords
        rows = connection.execute(select(table).where(table.c.issue_id == str(issue.id)))
        there = {row[column]: dict(row) for row in rows.mappings()}
        for word in sorted(there.keys() - set(wanted)):
            row = there[word]
            changes.append(Change(table.name, UUID(row["id"]), row, None))
        for word in sorted(set(wanted) - there.keys()):
            own = uuid4()
            row = {"id": str(own), "issue_id": str(issue.id), column: word}
            changes.append(Change(table.name, own, None, row))
    return changes


def _uses(connection: Connection, identifier: UUID) -> int:
    """Count the decided stances, the rejected among them, that have an issue as their target."""
    named = cast(_stance.c.target, String).contains(str(identifier))
    return connection.scalar(select(func.count()).select_from(_stance).where(named)) or 0


def _tidied(issue: Issue) -> Issue:
    """Return an issue without stray blanks, its words in order and none twice."""
    name = " ".join(issue.name.split())
    return replace(issue, name=name, aliases=_once(issue.aliases), keywords=_once(issue.keywords))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    tidy = (" ".join(word.split()) for word in words)
    return tuple(sorted({word.casefold(): word for word in tidy if word}.values()))
