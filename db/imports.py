"""Very many articles brought in as one act, a batch at a time.

Each batch is one transaction: its articles, whole, and their act, which is written with the first
batch and grows with each. So whatever ends an import, what came is in the project and in the
history under its name, and one undo takes all of it out; the same import, begun again, goes on
with the same act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from operator import itemgetter
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db import exchange, schemes, versions
from db.acts import Act, Arrival, Change
from db.arrivals import stands
from db.arriving import Arriving, Came, Clashed, Lookup, Outcome, known, listed
from db.articles import article_to_row, zone_rows
from db.bin import settled
from db.full_text import add_all_above, merge_seldom
from db.history import extend, perform
from db.incoming_labels import agree
from db.models import TABLES
from db.rows import Row
from db.transactions import snapshot, transaction
from db.values import Annotation, Article, Entity, now

_article, _zone, _import = TABLES["article"], TABLES["zone"], TABLES["import"]
_history = TABLES["history"]
_COLUMNS = tuple(_article.c.keys())
_ADD_ARTICLE = (
    f"INSERT INTO article ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' for _ in _COLUMNS)})"
)
_IN_ORDER = cast("Callable[[Row], tuple[Any, ...]]", itemgetter(*_COLUMNS))
_ADD_TEXT = "INSERT INTO article_text (number, text) VALUES (?, ?)"
_PAGES = -16 * 1024  # of the file that are held in memory, in KiB, as SQLite counts them
_LOGGED = 16 * 1024  # pages of SQLite's log, of 4 KiB, before they are put in their places


class TakenBack(Exception):  # noqa: N818 - it is not a mistake of anybody's
    """The import was undone while it was under way; nothing more of it comes in."""


class UnknownLabels(Enum):
    """What becomes of entities under a label that the scheme lacks."""

    ADD = "add"
    SKIP = "skip"


class Import:
    """One import into a project; ``sources`` say what of, and ``named`` is that in a word or two.

    If these sources were being imported before and the import was cut short, this one goes on.
    """

    def __init__(
        self,
        session: Session,
        sources: Sequence[str],
        named: str,
        coder: UUID | None = None,
        labels: UnknownLabels = UnknownLabels.ADD,
    ) -> None:
        self._session, self._sources, self._named = session, list(sources), named
        self._coder, self._labels = coder, labels
        mine = (one.id for one in unfinished(session) if list(one.sources) == self._sources)
        before = next(mine, None)
        self.id = before or uuid4()
        self._begun = before is not None
        self._known: versions.Known | None = None
        with snapshot(session) as connection:  # new rows touch pages all over the indexes
            connection.exec_driver_sql(f"PRAGMA cache_size = {_PAGES}")
            connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {_LOGGED}")

    def take(self, batch: Sequence[Arriving]) -> list[Outcome]:
        """Bring articles in, all of these durably or none; return what became of each.

        A text that is there already stays out, unless it is in the bin because its import was
        undone: then it comes out again, with this one.

        Raises:
            TakenBack: if the import was undone meanwhile. Nothing was brought in.
            ProjectError: if the file cannot be written.
        """
        with transaction(self._session) as connection:
            if self._begun and not stands(connection, self.id):
                raise TakenBack(f"The import from {self._named} was undone while it was under way.")
            if not self._begun:
                merge_seldom(connection)
            batch, changes = self._labelled(connection, batch)
            known = self._known = self._known or versions.Known(connection)
            work = _Batch(self._session, connection, str(self.id), known, removed=not self._begun)
            outcomes = work.store(batch)
            came = sum(isinstance(outcome, Came) for outcome in outcomes)
            if came:
                self._record(connection, came, [*changes, *work.changes])
        self._begun = self._begun or came > 0
        return outcomes

    def finish(self) -> tuple[()]:
        """Say that the sources were read to their end: the next import of them is another one.

        Twins are looked for later.
        """
        if self._begun:
            leave(self._session, self.id)
        return ()

    def _labelled(
        self, connection: Connection, batch: Sequence[Arriving]
    ) -> tuple[Sequence[Arriving], list[Change]]:
        """Return what arrives under the scheme's labels, and what that adds to the scheme."""
        names = dict.fromkeys(entity.label for one in batch for entity in _decided(one))
        if not names:
            return batch, []
        scheme = schemes.current(self._session)
        add = self._labels is UnknownLabels.ADD
        agreed, changes = agree(connection, scheme, names, add=add)
        return [_under(one, agreed) for one in batch], changes

    def _record(self, connection: Connection, came: int, changes: list[Change]) -> None:
        """Write the act, or let it grow by what came."""
        if not self._begun:
            row = {"id": str(self.id), "sources": self._sources, "articles": came, "done": False}
            connection.execute(_import.insert(), row)
            arrivals = (Arrival(self.id, removed=False),)
            act = Act("import", self._title(connection, came), None, tuple(changes), (), arrivals)
            perform(self._session, act, self._coder, self.id)
            return
        mine = _import.c.id == str(self.id)
        connection.execute(_import.update().where(mine).values(articles=_import.c.articles + came))
        count = connection.scalar(select(_import.c.articles).where(mine)) or came
        extend(connection, self.id, self._title(connection, count), changes)

    def _title(self, connection: Connection, count: int) -> str:
        if count > 1:
            return f"import {count:,} articles from {self._named}"
        mine = _article.c.import_id == str(self.id)
        title = connection.scalar(select(_article.c.title).where(mine).limit(1))
        return f"import ‘{title}’" if title else f"import an article from {self._named}"


class _Batch:
    """Stores one batch in a transaction, knowing what is there already."""

    def __init__(
        self,
        session: Session,
        connection: Connection,
        brought_by: str,
        known: versions.Known,
        *,
        removed: bool,
    ) -> None:
        self._session, self._connection, self._known = session, connection, known
        self.changes: list[Change] = []
        """What newer versions take over from older ones."""
        self._own: Row = {"import_id": brought_by, "removed": removed}
        self._there, self._at = Lookup(), now()
        self._rows: list[Row] = []
        self._texts: list[tuple[int, str]] = []
        self._zones: list[Row] = []
        self._back: list[str] = []
        self._last = self._number = connection.scalar(select(func.max(_article.c.number))) or 0

    def store(self, batch: Sequence[Arriving]) -> list[Outcome]:
        """Store what is new of it; return what became of each."""
        connection = self._connection
        there = self._there = Lookup.of(connection, batch)
        outcomes = list(map(self._one, batch, there.ids))
        # As SQLite takes them: SQLAlchemy would spend as long on the rows as SQLite does.
        if self._rows:
            connection.exec_driver_sql(_ADD_ARTICLE, list(map(_IN_ORDER, self._rows)))
        if self._texts:
            connection.exec_driver_sql(_ADD_TEXT, self._texts)
            # After all savepoints: at each, SQLite writes out what it holds of the index.
            add_all_above(connection, self._last)
        if self._zones:
            connection.execute(_zone.insert(), self._zones)
        if self._back:
            these = _article.c.id.in_(listed(self._back))
            connection.execute(_article.update().where(these).values(self._own))
        return outcomes

    def _one(self, arriving: Arriving, identifier: str) -> Outcome:
        article, there = arriving.loaded.article, self._there
        row = there.find(article.sha256, identifier)
        if row is not None and there.comes_back(row, arriving):
            self._back.append(row["id"])
            there.add({**row, **self._own})
            there.came_back(row)
            back = replace(article, id=UUID(row["id"]))
            carried = None if row["decided"] else self._superseded(arriving, back, dict(row))
            return Came(back.id, arriving.left_out, carried)
        if row is not None:
            return known(row, self._own["import_id"])
        row = article_to_row(article, arriving.loaded.model, self._at)
        row |= {"number": self._number + 1, "place": arriving.place, **self._own}
        carried = self._superseded(arriving, article, row)
        if arriving.bare:
            self._rows.append(row)
            self._zones += zone_rows(row["id"], article.zones)
        elif not self._store_whole(arriving, row):
            return Clashed(exchange.clash(article.id))
        self._number += 1
        self._texts.append((self._number, article.text))
        there.add(row)
        return Came(article.id, arriving.left_out, carried)

    def _superseded(
        self, arriving: Arriving, article: Article, row: Row
    ) -> versions.Carried | None:
        """Put an article in the place of the version there is, if it is newer; ``row`` is its own.

        What one import brings stays side by side, and what comes with decisions keeps to them.
        """
        before = self._known.add(row["id"], article.meta)
        if before is None or not arriving.bare:
            return None
        old = versions.older(self._session, before, article, but=self._own["import_id"])
        if old is None:
            return None
        changes, carried = versions.supersede(self._session, old, article)
        self.changes += changes
        row |= {"version_of": str(old.id), "status": versions.status_after(old.status).value}
        return carried

    def _store_whole(self, arriving: Arriving, row: Row) -> bool:
        """Store an article with what is on it; False, and nothing done, if that has ids taken."""
        connection, loaded = self._connection, arriving.loaded
        try:
            with connection.begin_nested():
                connection.execute(_article.insert(), row)
                if zones := zone_rows(row["id"], loaded.article.zones):
                    connection.execute(_zone.insert(), zones)
                exchange.annotate(self._session, connection, loaded, arriving.issues)
        except IntegrityError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An import that was cut short: what of, and how many articles it had brought by then."""

    id: UUID
    sources: tuple[str, ...]
    articles: int


def unfinished(session: Session) -> list[Unfinished]:
    """Return the imports that were cut short and still stand, last first."""
    with snapshot(session) as connection:
        rows = connection.execute(
            select(_import.c.id, _import.c.sources, _import.c.articles)
            .join(_history, (_history.c.act_id == _import.c.id) & (_history.c.kind == "act"))
            .where(_import.c.done.is_(False))
            .order_by(_history.c.seq.desc())
        ).all()
        found = [Unfinished(UUID(row[0]), tuple(row[1]), row[2]) for row in rows]
        return [one for one in found if stands(connection, one.id)]


def leave(session: Session, identifier: UUID) -> None:
    """Let an import be as far as it came: the same sources will be another one."""
    with transaction(session) as connection:
        mine = _import.c.id == str(identifier)
        connection.execute(_import.update().where(mine).values(done=True))


def _decided(arriving: Arriving) -> list[Entity]:
    return [one for one in arriving.loaded.decisions if isinstance(one, Entity)]


def _under(arriving: Arriving, agreed: Mapping[str, str | None]) -> Arriving:
    """Put entities under other labels; those that get none stay out, slots keep their words."""
    loaded, there = arriving.loaded, _decided(arriving)
    if all(agreed[one.label] == one.label for one in there):
        return arriving
    left_out = tuple(Counter(o.label for o in there if agreed[o.label] is None).items())
    kept = list[Annotation]()
    for one in loaded.decisions:
        label = agreed[one.label] if isinstance(one, Entity) else None
        if not isinstance(one, Entity):
            kept.append(one)
        elif label is not None:
            kept.append(replace(one, label=label))
    known = {one.id for one in (*kept, *loaded.suggestions)}
    kept = [settled(one, known) for one in kept]
    return replace(arriving, loaded=replace(loaded, decisions=kept), left_out=left_out)
