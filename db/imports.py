"""Very many articles brought in as one act, a batch at a time.

Each batch is one transaction: its articles, whole, and their act, which is written with the first
batch and grows with each. So whatever ends an import, what came is in the project and in the
history under its name, and one undo takes all of it out; the same import, begun again, goes on
with the same act.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum
from uuid import UUID, uuid4

from sqlalchemy import Connection, Select, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db import exchange, schemes
from db.acts import Act, Arrival, Change
from db.arrivals import stands, undone
from db.articles import article_to_row, zone_rows
from db.bin import settled
from db.full_text import add_to_full_text
from db.history import extend, perform
from db.incoming_labels import agree
from db.models import TABLES
from db.rows import Row
from db.transactions import snapshot, transaction
from db.values import Annotation, Entity, Issue, Loaded

_article, _text, _zone = TABLES["article"], TABLES["article_text"], TABLES["zone"]
_history, _import = TABLES["history"], TABLES["import"]


class TakenBack(Exception):  # noqa: N818 - it is not a mistake of anybody's
    """The import was undone while it was under way; nothing more of it comes in."""


class UnknownLabels(Enum):
    """What becomes of entities under a label that the scheme lacks."""

    ADD = "add"
    SKIP = "skip"


class Where(StrEnum):
    """Where a text is already."""

    IMPORT = "import"  # this very one brought it
    PROJECT = "project"
    BIN = "bin"


@dataclass(frozen=True, slots=True)
class Arriving:
    """An article about to come in, with all that is on it; ``place`` is where it stood.

    ``left_out`` counts the entities that were on it and do not come with it, by their label.
    """

    place: str
    loaded: Loaded
    issues: tuple[Issue, ...] = ()
    left_out: Counter[str] = field(default_factory=Counter[str])

    @property
    def bare(self) -> bool:
        """Whether nothing is on it."""
        loaded = self.loaded
        return not (loaded.decisions or loaded.suggestions or loaded.checked)


@dataclass(frozen=True, slots=True)
class Came:
    """It is in the project; ``left_out`` counts the entities that were not, by their label."""

    article: UUID
    left_out: Counter[str]


@dataclass(frozen=True, slots=True)
class Known:
    """It did not come in: its text is there already, or an article of its id."""

    where: Where
    title: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class Clashed:
    """It did not come in, and why."""

    why: str


Outcome = Came | Known | Clashed


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
        unfinished = _unfinished(session, self._sources)
        self.id = unfinished or uuid4()
        self._begun = unfinished is not None

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
            batch, changes = self._labelled(connection, batch)
            work = _Batch(self._session, connection, str(self.id), removed=not self._begun)
            outcomes = work.store(batch)
            came = sum(isinstance(outcome, Came) for outcome in outcomes)
            if came:
                self._record(connection, came, changes)
        self._begun = self._begun or came > 0
        return outcomes

    def finish(self) -> None:
        """Say that the sources were read to their end: the next import of them is another one."""
        if self._begun:
            with transaction(self._session) as connection:
                mine = _import.c.id == str(self.id)
                connection.execute(_import.update().where(mine).values(done=True))

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
        self, session: Session, connection: Connection, brought_by: str, *, removed: bool
    ) -> None:
        self._session, self._connection = session, connection
        self._own = {"import_id": brought_by, "removed": removed}
        self._by_text: dict[str, Row] = {}
        self._by_id: dict[str, Row] = {}
        self._undone: Collection[str] = ()
        self._rows: list[Row] = []
        self._texts: list[tuple[int, str | None, str]] = []
        self._zones: list[Row] = []
        self._back: list[str] = []
        self._number = connection.scalar(select(func.max(_article.c.number))) or 0

    def store(self, batch: Sequence[Arriving]) -> list[Outcome]:
        """Store what is new of it; return what became of each."""
        self._look_up(batch)
        outcomes = [self._one(arriving) for arriving in batch]
        connection = self._connection
        if self._rows:
            connection.execute(_article.insert(), self._rows)
        if self._texts:
            texts = [{"number": number, "text": text} for number, _, text in self._texts]
            connection.execute(_text.insert(), texts)
            # After all savepoints: at each, SQLite writes out what it holds of the index.
            add_to_full_text(connection, self._texts)
        if self._zones:
            connection.execute(_zone.insert(), self._zones)
        if self._back:
            these = _article.c.id.in_(_listed(self._back))
            connection.execute(_article.update().where(these).values(self._own))
        return outcomes

    def _look_up(self, batch: Sequence[Arriving]) -> None:
        articles = [arriving.loaded.article for arriving in batch]
        texts = _listed([article.sha256 for article in articles])
        ids = _listed([str(one.loaded.article.id) for one in batch if not one.bare])
        columns = (_article.c[name] for name in _KNOWN)
        found = self._connection.execute(
            select(*columns).where(or_(_article.c.sha256.in_(texts), _article.c.id.in_(ids)))
        ).mappings()
        # Of several with one text, one outside the bin tells more.
        for row in sorted(map(dict, found), key=lambda row: not row["removed"]):
            self._by_text[row["sha256"]] = self._by_id[row["id"]] = row
        if gone := [row["id"] for row in self._by_id.values() if row["removed"]]:
            self._undone = undone(self._connection, _listed(gone))

    def _one(self, arriving: Arriving) -> Outcome:
        article = arriving.loaded.article
        identifier = str(article.id)
        known = self._by_text.get(article.sha256) or self._by_id.get(identifier)
        if known is not None:
            return self._known(arriving, known)
        self._number += 1
        row = {
            **article_to_row(article, arriving.loaded.model),
            "number": self._number,
            "place": arriving.place,
            **self._own,
        }
        if not arriving.bare and not self._store_whole(arriving, row):
            return Clashed(exchange.clash(article.id))
        if arriving.bare:
            self._rows.append(row)
            self._zones += zone_rows(identifier, article.zones)
        self._texts.append((self._number, article.meta.title, article.text))
        self._by_text[article.sha256] = self._by_id[identifier] = row
        return Came(article.id, arriving.left_out)

    def _known(self, arriving: Arriving, known: Row) -> Outcome:
        annotated = known["decided"] or known["pending"]
        if known["id"] in self._undone and (arriving.bare or annotated):
            self._back.append(known["id"])
            self._undone = set(self._undone) - {known["id"]}
            known |= self._own
            return Came(UUID(known["id"]), arriving.left_out)
        if known["import_id"] == self._own["import_id"]:
            where = Where.IMPORT
        else:
            where = Where.BIN if known["removed"] else Where.PROJECT
        return Known(where, known["title"], known["place"])

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
            self._number -= 1
            return False
        return True


_KNOWN = ("id", "sha256", "removed", "title", "place", "import_id", "decided", "pending")


def _unfinished(session: Session, sources: list[str]) -> UUID | None:
    """Return the import of these sources that was cut short, if it still stands."""
    with snapshot(session) as connection:
        found = connection.scalars(
            select(_import.c.id).where(_import.c.sources == sources, _import.c.done.is_(False))
        ).all()
        return next((UUID(one) for one in found if stands(connection, UUID(one))), None)


def _decided(arriving: Arriving) -> list[Entity]:
    return [one for one in arriving.loaded.decisions if isinstance(one, Entity)]


def _under(arriving: Arriving, agreed: Mapping[str, str | None]) -> Arriving:
    """Put entities under other labels; those that get none stay out, slots keep their words."""
    loaded, there = arriving.loaded, _decided(arriving)
    if all(agreed[one.label] == one.label for one in there):
        return arriving
    left_out = Counter(one.label for one in there if agreed[one.label] is None)
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


def _listed(values: Sequence[str]) -> Select[tuple[str]]:
    """Return values as one parameter: a statement takes only so many."""
    members = func.json_each(json.dumps(values)).table_valued("value")
    return select(members.c.value)
