"""Whole articles out of a project and into one: what the corpus is made from, and read back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db import articles
from db.annotations import load, set_suggestions
from db.counts import recount
from db.history import perform
from db.models import TABLES
from db.rows import to_row
from db.transactions import snapshot, transaction
from db.values import Issue, Layer, Loaded, Model, layer_of, now

_article = TABLES["article"]


class ClashError(Exception):
    """An article that cannot come in: what lies on it has ids that are taken."""


def outgoing(session: Session) -> Iterator[Loaded]:
    """Yield every article that is not in the bin, oldest import first, one at a time in memory.

    All are read from one state of the project, whatever others write meanwhile.
    """
    with snapshot(session) as connection:
        ids = connection.scalars(
            select(_article.c.id)
            .where(_article.c.removed.is_(False))
            .order_by(_article.c.imported_at, _article.c.number)
        ).all()
        for identifier in ids:
            yield load(session, UUID(identifier))


def bring_in(session: Session, loaded: Loaded, issues: Iterable[Issue] = ()) -> bool:
    """Store an article with all that is on it, ids and decisions kept, as one act.

    Coders the project does not know get a name made of their id; actors and issues it knows stay
    as they are. Returns False, and does nothing, if the project has an article of this id.

    Raises:
        ClashError: an annotation on it has the id of one on another article. Nothing was stored.
    """
    article = loaded.article
    identifier = str(article.id)
    with transaction(session) as connection:
        if _known(connection, "article", identifier):
            return False
        try:
            articles.store(connection, article, loaded.model)
            annotate(session, connection, loaded, issues)
        except IntegrityError as error:
            raise ClashError(clash(article.id)) from error
        perform(session, articles.importing(article), None)
    return True


def clash(article: UUID) -> str:
    """Say why an article cannot come in whose annotations have ids that are taken."""
    return (
        f"article {article} bears annotations whose ids the project has on another article; "
        "give them new ids, or take the article out"
    )


def annotate(
    session: Session, connection: Connection, loaded: Loaded, issues: Iterable[Issue]
) -> None:
    """Store all that lies on an article that is stored by now, in a transaction.

    Raises:
        sqlalchemy.exc.IntegrityError: an annotation has the id of one on another article.
    """
    article = loaded.article
    _add_people(connection, loaded, issues)
    for layer in Layer:
        rows = [to_row(one) for one in loaded.decisions if layer_of(one) is layer]
        _insert(connection, layer.value, rows)
    _insert(
        connection,
        "checked",
        [
            {
                "id": str(one.id),
                "article_id": str(article.id),
                "start": one.start,
                "end": one.end,
                "layer": one.layer,
                "coder_id": str(one.coder),
                "at": one.at,
            }
            for one in loaded.checked
        ],
    )
    if loaded.suggestions:
        model = loaded.model or Model("imported", "")
        set_suggestions(
            session, article.id, article.sha256, loaded.suggestions, model.name, model.version
        )
    recount(connection, [str(article.id)])


def _add_people(connection: Connection, loaded: Loaded, issues: Iterable[Issue]) -> None:
    decided = {one.decision.coder for one in loaded.decisions}
    for coder in {*decided, *(one.coder for one in loaded.checked)} - {None}:
        if not _known(connection, "coder", str(coder)):
            row = {"id": str(coder), "name": f"Coder {str(coder)[:8]}", "created_at": now()}
            _insert(connection, "coder", [row])
    for actor in loaded.actors:
        if not _known(connection, "actor", str(actor.id)):
            row = {"id": str(actor.id), "name": actor.name, "kind": actor.kind}
            _insert(connection, "actor", [row])
            _add_words(connection, "actor", actor.id, "alias", actor.aliases)
    for issue in issues:
        if not _known(connection, "issue", str(issue.id)):
            taken = _known(connection, "issue", issue.name, column="name")
            name = f"{issue.name} ({str(issue.id)[:8]})" if taken else issue.name
            _insert(connection, "issue", [{"id": str(issue.id), "name": name}])
            _add_words(connection, "issue", issue.id, "alias", issue.aliases)
            _add_words(connection, "issue", issue.id, "keyword", issue.keywords)


def _add_words(
    connection: Connection, table: str, owner: UUID, column: str, words: Iterable[str]
) -> None:
    rows = [
        {"id": str(uuid4()), f"{table}_id": str(owner), column: word}
        for word in dict.fromkeys(words)
    ]
    _insert(connection, f"{table}_{column}", rows)


def _known(connection: Connection, table: str, value: str, column: str = "id") -> bool:
    own = TABLES[table].c[column]
    return connection.scalar(select(own).where(own == value)) is not None


def _insert(connection: Connection, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        connection.execute(TABLES[table].insert(), rows)
