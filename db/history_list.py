"""The history as a list to look through: newest acts first, a page at a time.

A page reads a bounded stretch of the history, found or not, so that the thread that reads it is
soon free for the next act; whoever wants more asks again from where it ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select
from sqlmodel import Session

from db.history import Entry, read_entry, touching
from db.models import TABLES
from db.transactions import snapshot

_history, _article, _coder = TABLES["history"], TABLES["article"], TABLES["coder"]


@dataclass(frozen=True, slots=True)
class Done:
    """One act: ``id`` is its own, ``at`` UTC ISO 8601, ``undone`` whether it is taken back now."""

    seq: int
    id: UUID
    at: str
    coder: UUID | None
    coder_name: str | None
    article: UUID | None
    article_title: str | None
    name: str
    title: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts: of an article, with all these words in title or article's title, by a coder.

    ``names`` are the acts' names; ``beside`` turns that round: all but those.
    """

    article: UUID | None = None
    words: tuple[str, ...] = ()
    coder: UUID | None = None
    names: frozenset[str] = frozenset()
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Acts, newest first; ``before`` is where the next page begins, None if there is none."""

    acts: list[Done]
    before: int | None


@dataclass(frozen=True, slots=True)
class News:
    """What came since: acts, newest first, and which acts were undone (True) or redone (False)."""

    seq: int
    acts: list[Done]
    turned: dict[UUID, bool]


@dataclass(frozen=True, slots=True)
class Turn:
    """An undo or redo of an act: when, and by whom."""

    kind: str
    at: str
    coder_name: str | None


def page(
    session: Session,
    wanted: Wanted,
    before: int | None = None,
    limit: int = 200,
    reach: int = 8_000,
) -> Page:
    """Return the newest acts that are wanted, of those before an entry.

    At most ``limit`` acts are returned, from at most ``reach`` entries.
    """
    with snapshot(session) as connection:
        top = before if before is not None else newest(connection) + 1
        bottom = top - reach if wanted.article is None else 0
        found = _acts(connection, wanted, _history.c.seq < top, _history.c.seq >= bottom, limit)
    if len(found) == limit:
        return Page(found, found[-1].seq)
    return Page(found, bottom if bottom > 1 else None)


def news(session: Session, wanted: Wanted, seq: int) -> News:
    """Return what was written into the history after the entry ``seq``."""
    with snapshot(session) as connection:
        last = newest(connection)
        acts = _acts(connection, wanted, _history.c.seq > seq, _history.c.seq <= last, None)
        turns = connection.execute(
            select(_history.c.act_id, _history.c.kind)
            .where(_history.c.seq > seq, _history.c.kind != "act")
            .order_by(_history.c.seq)
        ).all()
    return News(last, acts, {UUID(row.act_id): row.kind == "undo" for row in turns})


def standing_since(session: Session, seq: int, article: UUID | None = None) -> list[Done]:
    """Return the acts after an entry that are not undone: what going back to it would take back."""
    with snapshot(session) as connection:
        found = _acts(connection, Wanted(article), _history.c.seq > seq, None, None)
    return [one for one in found if not one.undone]


def entry(session: Session, seq: int) -> tuple[Entry, list[Turn]]:
    """Return an act with its changes, and how it was undone and redone since.

    Raises:
        LookupError: if there is none of that number.
    """
    with snapshot(session) as connection:
        row = connection.execute(select(_history).where(_history.c.seq == seq)).mappings().first()
        if row is None:
            raise LookupError(f"no entry {seq} in this history")
        turns = connection.execute(
            select(_history.c.kind, _history.c.at, _coder.c.name)
            .join(_coder, _coder.c.id == _history.c.coder_id, isouter=True)
            .where(_history.c.act_id == row["act_id"], _history.c.kind != "act")
            .order_by(_history.c.seq)
        ).all()
        return read_entry(row), [Turn(*turn) for turn in turns]


def neighbours(session: Session, article: UUID, seq: int) -> tuple[int | None, int | None]:
    """Return the acts of an article right before and right after an entry."""
    here = select(_history.c.seq).where(
        _history.c.seq.in_(touching(article)), _history.c.kind == "act"
    )
    with snapshot(session) as connection:
        return (
            connection.scalar(
                here.where(_history.c.seq < seq).order_by(_history.c.seq.desc()).limit(1)
            ),
            connection.scalar(here.where(_history.c.seq > seq).order_by(_history.c.seq).limit(1)),
        )


def newest(connection: Connection) -> int:
    """Return the number of the newest entry, 0 in an empty history."""
    return connection.scalar(select(func.max(_history.c.seq))) or 0


def _acts(
    connection: Connection,
    wanted: Wanted,
    above: ColumnElement[bool],
    below: ColumnElement[bool] | None,
    limit: int | None,
) -> list[Done]:
    which = [_history.c.kind == "act", above]
    if below is not None:
        which.append(below)
    if wanted.article is not None:
        which.append(_history.c.seq.in_(touching(wanted.article)))
    if wanted.coder is not None:
        which.append(_history.c.coder_id == str(wanted.coder))
    if wanted.names or wanted.beside:
        named = _history.c.name.in_(sorted(wanted.names))
        which.append(~named if wanted.beside else named)
    which += [_holds(word) for word in wanted.words]
    rows = connection.execute(_listed().where(*which).order_by(_history.c.seq.desc()))
    found: list[Done] = []
    for row in rows:
        if _has(wanted.words, row.title, row.article_title):
            found.append(_done(row))
        if limit is not None and len(found) == limit:
            break
    rows.close()
    return found


def _listed() -> Select[*tuple[Any, ...]]:
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
        select(
            _history.c.seq,
            _history.c.act_id,
            _history.c.at,
            _history.c.coder_id,
            _coder.c.name.label("coder_name"),
            _history.c.article_id,
            _article.c.title.label("article_title"),
            _history.c.name,
            _history.c.title,
            last_turn.label("last_turn"),
        )
        .join(_coder, _coder.c.id == _history.c.coder_id, isouter=True)
        .join(_article, _article.c.id == _history.c.article_id, isouter=True)
    )


def _holds(word: str) -> ColumnElement[bool]:
    """Select roughly what has a word: SQLite knows no case beyond ASCII, :func:`_has` does."""
    pattern = "".join(c if c.isascii() and c not in "%_" else "%" for c in word)
    return or_(_history.c.title.like(f"%{pattern}%"), _article.c.title.like(f"%{pattern}%"))


def _has(words: Sequence[str], title: str, article_title: str | None) -> bool:
    where = f"{title}\n{article_title or ''}".casefold()
    return all(word.casefold() in where for word in words)


def _done(row: Any) -> Done:
    return Done(
        seq=row.seq,
        id=UUID(row.act_id),
        at=row.at,
        coder=None if row.coder_id is None else UUID(row.coder_id),
        coder_name=row.coder_name,
        article=None if row.article_id is None else UUID(row.article_id),
        article_title=row.article_title,
        name=row.name,
        title=row.title,
        undone=row.last_turn == "undo",
    )
