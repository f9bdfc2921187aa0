"""Acts are performed, undone and redone here; the history they leave is what undo works from.

Each call is one transaction: the changes and their history row. The history only grows: an undo
is a row of its own that names the act it takes back, so undo works after a restart, and with
several programs at one project all of them share one linear history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, RowMapping, Select, Table, exists, func, select, union_all
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db import arrivals
from db.acts import Act, Change
from db.counts import COUNTED, recount
from db.models import TABLES
from db.rows import Row
from db.sweeps import articles_of, grow, sweep_from_row, sweep_over, sweep_to_row
from db.transactions import snapshot, transaction
from db.values import now

_history, _history_article = TABLES["history"], TABLES["history_article"]
_CHANGEABLE = frozenset(
    {
        "article",
        "entity",
        "statement",
        "stance",
        "checked",
        "actor",
        "actor_alias",
        "issue",
        "issue_alias",
        "issue_keyword",
        "label",
        "saved_search",
        "scheme",
    }
)
_COUNTED = frozenset(layer.value for layer in COUNTED)
_TOGETHER = 400  # rows made or taken away in one statement: a database takes only so many values


class Conflict(Exception):  # noqa: N818 - it is not a mistake of anybody's
    """An act that no longer fits: another program changed what it starts from. Nothing done."""

    def __init__(self, act: Act, table: str, row: UUID) -> None:
        super().__init__(f"Could not {act.title}: it was changed by another program meanwhile.")
        self.act, self.table, self.row = act, table, row


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the history: ``kind`` is "act", "undo" or "redo", ``act`` the changes it made.

    ``act_id`` is the id of the act performed, taken back or made again.
    """

    seq: int
    id: UUID
    at: str
    coder: UUID | None
    kind: str
    act_id: UUID
    act: Act


def perform(
    session: Session, act: Act, coder: UUID | None, identifier: UUID | None = None
) -> Entry:
    """Make the act's changes and write them into the history, durably, or do nothing at all.

    It gets a new id, unless it is an import's, which has one before its first article.

    Raises:
        Conflict: if a row is not as the act says it was before.
        ValueError: if the act is malformed, or changes a table that is not for acts to change.
        ProjectBusyError: if another program kept writing.
    """
    identifier = identifier or uuid4()
    with transaction(session) as connection:
        touched = _apply(connection, act, identifier)
        return _record(connection, identifier, "act", identifier, act, coder, touched)


def undo(session: Session, coder: UUID | None) -> Act | None:
    """Take back the newest act not undone yet, whoever performed it; None if there is none.

    Returns the act as applied now: the inverse of the one taken back.

    Raises:
        Conflict: if the rows it would restore were changed otherwise since.
    """
    return _turn(session, "undo", _undoable(), coder)


def redo(session: Session, coder: UUID | None) -> Act | None:
    """Make the act undone last again; None if none was undone since the last new act.

    Raises:
        Conflict: as for :func:`undo`.
    """
    return _turn(session, "redo", _redoable(), coder)


def undo_title(session: Session) -> str | None:
    """Return the title of what :func:`undo` would take back."""
    with snapshot(session) as connection:
        return connection.scalar(_undoable().with_only_columns(_history.c.title))


def redo_title(session: Session) -> str | None:
    """Return the title of what :func:`redo` would make again."""
    with snapshot(session) as connection:
        return connection.scalar(_redoable().with_only_columns(_history.c.title))


def entries(session: Session, article: UUID | None = None, limit: int = 100) -> list[Entry]:
    """Return the newest entries, newest first, of one article or of the whole project."""
    newest = select(_history).order_by(_history.c.seq.desc()).limit(limit)
    if article is not None:
        newest = newest.where(_history.c.seq.in_(touching(article)))
    with snapshot(session) as connection:
        return [read_entry(row) for row in connection.execute(newest).mappings()]


def touching(article: UUID, after: int = 0) -> Select[Any]:
    """Select the numbers of the entries after one that changed an article, as its own or not."""
    identifier = str(article)
    own = select(_history.c.seq).where(_history.c.article_id == identifier, _history.c.seq > after)
    among = select(_history_article.c.seq).where(
        _history_article.c.article_id == identifier, _history_article.c.seq > after
    )
    moved = arrivals.entries_that_moved(identifier).where(_history.c.seq > after)
    return select(union_all(own, among, moved).subquery().c.seq)


def turn(connection: Connection, kind: str, entry: Entry, coder: UUID | None) -> Act:
    """Take an act back ("undo") or make it again ("redo"), in a transaction; return what was done.

    Raises:
        Conflict: if a row is not as this act, or its undo, left it.
    """
    act = entry.act.inverse() if kind == "undo" else entry.act
    touched = _apply(connection, act, entry.act_id)
    _record(connection, uuid4(), kind, entry.act_id, act, coder, touched)
    return act


@cache  # it takes longer to put together than to run
def _undoable() -> Select[Any]:
    """Select the newest act that is not undone."""
    later = _history.alias("later")
    last_turn = (
        select(later.c.kind)
        .where(later.c.act_id == _history.c.act_id)
        .order_by(later.c.seq.desc())
        .limit(1)
        .correlate(_history)
        .scalar_subquery()
    )
    return (
        select(_history)
        .where(_history.c.kind == "act", last_turn != "undo")
        .order_by(_history.c.seq.desc())
        .limit(1)
    )


@cache
def _redoable() -> Select[Any]:
    """Select the act undone last and not redone since; a new act ends what could be redone."""
    act, undo, later = (_history.alias(name) for name in ("newest", "undo", "later"))
    newest_act = select(func.max(act.c.seq)).where(act.c.kind == "act").scalar_subquery()
    redone_since = exists().where(later.c.act_id == undo.c.act_id, later.c.seq > undo.c.seq)
    undone_last = (
        select(undo.c.act_id)
        .where(undo.c.kind == "undo", undo.c.seq > newest_act, ~redone_since)
        .order_by(undo.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    return select(_history).where(_history.c.kind == "act", _history.c.act_id == undone_last)


def _turn(session: Session, kind: str, which: Select[Any], coder: UUID | None) -> Act | None:
    with transaction(session) as connection:
        row = connection.execute(which).mappings().one_or_none()
        if row is None:
            return None
        return turn(connection, kind, read_entry(row), coder)


def _apply(connection: Connection, act: Act, act_id: UUID) -> set[str]:
    """Make the changes; return the articles they were on, but for those an import is known by."""
    touched, counted = set[str](), set[str]()
    for run in _runs(act.changes):
        first = run[0]
        if first.table not in _CHANGEABLE:
            raise ValueError(f"no act may change the table {first.table!r}")
        try:
            if len(run) > 1:
                _apply_run(connection, act, run, TABLES[first.table])
                articles = {_article_of(change, {}) for change in run}
            else:
                articles = {_apply_change(connection, act, first, TABLES[first.table])}
        except IntegrityError as error:  # such as an actor that is gone, or in use elsewhere
            raise Conflict(act, first.table, first.id) from error
        on = {article for article in articles if article is not None}
        touched |= on
        if _counts(first):
            counted |= on
    for sweep in act.sweeps:
        if sweep.table not in _CHANGEABLE:
            raise ValueError(f"no act may change the table {sweep.table!r}")
        if not sweep_over(connection, sweep):
            raise Conflict(act, sweep.table, UUID(sweep.rows[0]))
        touched |= articles_of(connection, sweep)
    for arrival in act.arrivals:
        if (there := arrivals.move(connection, arrival)) is not None:
            raise Conflict(act, "article", there)
        if arrival.brought_by != act_id:
            touched |= arrivals.articles_brought(connection, arrival)
    if any(change.table in ("label", "scheme") for change in act.changes):
        grow(connection)
    recount(connection, counted)
    # What nobody is to decide on any more is counted no more, wherever it is.
    decided = any(s.table in _COUNTED and s.column == "status" for s in act.sweeps)
    if decided or any(change.table == "scheme" for change in act.changes):
        recount(connection)
    return touched


def _runs(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Yield changes in their order, those together that can be made together.

    That is whole rows of one table that come, or that go, each of them once.
    """
    run: list[Change] = []
    ids: set[UUID] = set()
    for change in changes:
        whole = (change.before is None) is not (change.after is None)
        fits = (
            run
            and whole
            and change.table == run[0].table
            and (change.before is None) is (run[0].before is None)
            and (change.after is None) is (run[0].after is None)
            and (change.after or {}).keys() == (run[0].after or {}).keys()
            and change.id not in ids
            and len(run) < _TOGETHER
        )
        if not fits:
            if run:
                yield run
            run, ids = [], set()
        run.append(change)
        ids.add(change.id)
    if run:
        yield run


def _apply_run(connection: Connection, act: Act, run: list[Change], table: Table) -> None:
    """Make the changes of a run, all of whole rows."""
    these = table.c.id.in_([str(change.id) for change in run])
    rows = {row["id"]: row for row in connection.execute(select(table).where(these)).mappings()}
    for change in run:
        if not _fits(rows.get(str(change.id)), change.before):
            raise Conflict(act, change.table, change.id)
        if change.after is not None and change.after.get("id") != str(change.id):
            raise ValueError(f"a new row of {change.table!r} must hold its own id")
    if run[0].after is None:
        connection.execute(table.delete().where(these))
    else:
        connection.execute(table.insert(), [change.after for change in run if change.after])


def _apply_change(connection: Connection, act: Act, change: Change, table: Table) -> str | None:
    """Make one change; return the article its row belongs to, if it does to any."""
    this = table.c.id == str(change.id)
    row = connection.execute(select(table).where(this)).mappings().one_or_none()
    if not _fits(row, change.before):
        raise Conflict(act, change.table, change.id)
    if change.after is None:
        connection.execute(table.delete().where(this))
    elif change.before is None:
        if change.after.get("id") != str(change.id):
            raise ValueError(f"a new row of {change.table!r} must hold its own id")
        connection.execute(table.insert(), change.after)
    else:
        connection.execute(table.update().where(this), change.after)
    return _article_of(change, dict(row) if row is not None else {})


def _article_of(change: Change, row: Row) -> str | None:
    """Return the article a changed row belongs to, if it does to any; ``row`` is as it was."""
    if change.table == "article":
        return str(change.id)
    return {**(change.after or {}), **(change.before or {}), **row}.get("article_id")


def _fits(row: RowMapping | None, before: Row | None) -> bool:
    if row is None or before is None:
        return row is None and before is None
    return all(row[column] == value for column, value in before.items())


def _counts(change: Change) -> bool:
    """Tell whether a decision is made or taken back, or what bore a note alone becomes one."""
    whole = change.before is None or change.after is None
    return change.table in _COUNTED and (whole or "status" in (change.after or {}))


def _record(
    connection: Connection,
    identifier: UUID,
    kind: str,
    act_id: UUID,
    act: Act,
    coder: UUID | None,
    touched: set[str],
) -> Entry:
    row: Row = {
        "id": str(identifier),
        "at": now(),
        "coder_id": None if coder is None else str(coder),
        "article_id": None if act.article is None else str(act.article),
        "kind": kind,
        "act_id": str(act_id),
        "name": act.name,
        "title": act.title,
        "changes": _changes_to_rows(act),
    }
    result = connection.execute(_history.insert(), row)
    assert result.inserted_primary_key is not None
    seq: int = result.inserted_primary_key[0]
    others = [{"article_id": one, "seq": seq} for one in sorted(touched - {row["article_id"]})]
    if others:
        connection.execute(_history_article.insert(), others)
    return Entry(seq, identifier, row["at"], coder, kind, act_id, act)


def extend(connection: Connection, act: UUID, title: str, changes: Sequence[Change]) -> None:
    """Let an act that is still under way grow, in a transaction: an import, by a batch.

    Raises:
        Conflict: if a row is not as a change says it was before. Nothing was done.
    """
    row = _history.c.act_id == str(act), _history.c.kind == "act"
    connection.execute(_history.update().where(*row).values(title=title))
    if not changes:
        return
    more = Act("import", title, None, tuple(changes))
    touched = _apply(connection, more, act)
    seq, before = connection.execute(select(_history.c.seq, _history.c.changes).where(*row)).one()
    changed = {"changes": [*before, *_changes_to_rows(more)]}
    connection.execute(_history.update().where(*row).values(changed))
    others = [{"article_id": one, "seq": seq} for one in sorted(touched)]
    if others:
        connection.execute(_history_article.insert().prefix_with("OR IGNORE"), others)


def _changes_to_rows(act: Act) -> list[Row]:
    """Return what an act changes as the history holds it."""
    return [
        *({**asdict(change), "id": str(change.id)} for change in act.changes),
        *map(sweep_to_row, act.sweeps),
        *map(arrivals.arrival_to_row, act.arrivals),
    ]


def read_entry(row: RowMapping) -> Entry:
    """Read a row of the table ``history``."""
    return Entry(
        seq=row["seq"],
        id=UUID(row["id"]),
        at=row["at"],
        coder=None if row["coder_id"] is None else UUID(row["coder_id"]),
        kind=row["kind"],
        act_id=UUID(row["act_id"]),
        act=Act(
            name=row["name"],
            title=row["title"],
            article=None if row["article_id"] is None else UUID(row["article_id"]),
            changes=tuple(
                Change(c["table"], UUID(c["id"]), before=c["before"], after=c["after"])
                for c in row["changes"]
                if "id" in c
            ),
            sweeps=tuple(sweep_from_row(c) for c in row["changes"] if "rows" in c),
            arrivals=tuple(arrivals.arrival_from_row(c) for c in row["changes"] if "import" in c),
        ),
    )
