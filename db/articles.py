"""Articles: a text that never changes, what is known of it, and its zones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID, uuid4

from sqlalchemy import Connection, select
from sqlmodel import Session

from db.acts import Act, Change
from db.full_text import add_to_full_text
from db.history import perform
from db.models import TABLES
from db.rows import LISTING, NEWEST_FIRST, Row, article_from_row
from db.transactions import snapshot, transaction
from db.values import Article, ArticleRow, Metadata, Model, Zone, now

_article, _text, _zone = TABLES["article"], TABLES["article_text"], TABLES["zone"]


class TextError(ValueError):
    """A text that is no sequence of Unicode characters: half a surrogate pair stands alone."""

    def __init__(self, position: int) -> None:
        super().__init__(
            f"The text holds half a character (a lone surrogate) at position {position}: the file "
            "was read in the wrong encoding."
        )
        self.position = position


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8, as hexadecimal digits.

    Raises:
        TextError: if the text holds a lone surrogate.
    """
    try:
        return hashlib.sha256(text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError as error:
        raise TextError(error.start) from error


def add(
    session: Session,
    text: str,
    meta: Metadata,
    zones: Iterable[Zone] = (),
    coder: UUID | None = None,
) -> Article:
    """Store an article, exactly as it is, as an act: undo puts it in the bin.

    Raises:
        TextError: if the text holds a lone surrogate.
    """
    article = Article(uuid4(), text, text_sha256(text), meta, zones=tuple(zones))
    with transaction(session) as connection:
        store(connection, article)
        perform(session, importing(article), coder)
    return article


def store(
    connection: Connection,
    article: Article,
    model: Model | None = None,
    version_of: UUID | None = None,
) -> None:
    """Write an article into the bin; the act :func:`importing` takes it out.

    So the history holds no texts, and undoing an import is no loss.
    """
    identifier = str(article.id)
    row = article_to_row(article, model) | {"removed": True}
    if version_of is not None:
        row["version_of"] = str(version_of)
    stored = connection.execute(_article.insert(), row)
    assert stored.inserted_primary_key is not None
    number: int = stored.inserted_primary_key[0]
    connection.execute(_text.insert(), {"number": number, "text": article.text})
    add_to_full_text(connection, [(number, article.meta.title, article.text)])
    _write_zones(connection, identifier, article.zones)


def article_to_row(article: Article, model: Model | None = None, at: str | None = None) -> Row:
    """Return an article that comes in, now or ``at``, as its table's row: nothing is on it yet."""
    meta = article.meta
    return {
        "id": str(article.id),
        "sha256": article.sha256,
        "title": meta.title,
        "publication": meta.publication,
        "author": meta.author,
        "url": meta.url,
        "published": meta.published,
        "language": meta.language,
        "section": meta.section,
        "status": article.status.value,
        "removed": False,
        "imported_at": at or now(),
        "model": model.name if model else None,
        "model_version": model.version if model else None,
        "decided": 0,
        "pending": 0,
        "score": None,
        "place": None,
        "import_id": None,
        "version_of": None,
    }


def importing(article: Article) -> Act:
    """Return the act that takes a stored article out of the bin."""
    return _move(article.id, "import", f"import {_named(article.meta.title)}", removed=False)


def remove(session: Session, article: UUID, coder: UUID | None) -> None:
    """Put an article in the bin, as an act that can be undone.

    Raises:
        Conflict: if it is there already.
    """
    title = get(session, article).meta.title
    act = _move(article, "remove", f"remove {_named(title)}", removed=True)
    perform(session, act, coder)


def restoring(article: UUID, title: str | None) -> Act:
    """Return the act that takes an article out of the bin again."""
    return _move(article, "restore", f"restore {_named(title)}", removed=False)


def get(session: Session, article: UUID) -> Article:
    """Return an article, be it in the bin or not.

    Raises:
        LookupError: if there is none of that id.
    """
    identifier = str(article)
    with snapshot(session) as connection:
        row = (
            connection.execute(
                select(_article, _text.c.text).join(_text).where(_article.c.id == identifier)
            )
            .mappings()
            .one_or_none()
        )
        if row is None:
            raise LookupError(f"no article {article} in this project")
        zones = connection.execute(
            select(_zone.c.start, _zone.c.end, _zone.c.kind)
            .where(_zone.c.article_id == identifier)
            .order_by(_zone.c.start)
        ).all()
    return article_from_row(dict(row), [tuple(zone) for zone in zones])


def list_rows(session: Session) -> list[ArticleRow]:
    """Return the library's lines, newest publication first; the bin is left out."""
    with snapshot(session) as connection:
        plain = connection.connection.cursor()  # a hundred thousand rows, as they are
        plain.execute(f"{LISTING} ORDER BY {NEWEST_FIRST}")
        return list(map(ArticleRow._make, plain.fetchall()))


def row(session: Session, article: UUID) -> ArticleRow | None:
    """Return one of the library's lines; None if the article is in the bin, or nowhere."""
    with snapshot(session) as connection:
        found = connection.exec_driver_sql(f"{LISTING} AND id = ?", (str(article),)).one_or_none()
    return None if found is None else ArticleRow._make(found)


def find_by_sha256(session: Session, sha256: str) -> UUID | None:
    """Return the article with this text, the newest of several; one in the bin does not count."""
    with snapshot(session) as connection:
        found = connection.scalar(
            select(_article.c.id)
            .where(_article.c.sha256 == sha256, _article.c.removed.is_(False))
            .order_by(_article.c.imported_at.desc())
            .limit(1)
        )
    return None if found is None else UUID(found)


def set_zones(session: Session, article: UUID, zones: Iterable[Zone]) -> None:
    """Replace an article's zones."""
    identifier = str(article)
    with transaction(session) as connection:
        connection.execute(_zone.delete().where(_zone.c.article_id == identifier))
        _write_zones(connection, identifier, zones)


def _write_zones(connection: Connection, article: str, zones: Iterable[Zone]) -> None:
    if rows := zone_rows(article, zones):
        connection.execute(_zone.insert(), rows)


def zone_rows(article: str, zones: Iterable[Zone]) -> list[Row]:
    """Return an article's zones as rows of their table."""
    return [
        {"article_id": article, "start": zone.start, "end": zone.end, "kind": zone.kind.value}
        for zone in zones
    ]


def _named(title: str | None) -> str:
    return f"‘{title}’" if title else "an article"


def _move(article: UUID, name: str, title: str, *, removed: bool) -> Act:
    change = Change("article", article, before={"removed": not removed}, after={"removed": removed})
    return Act(name, title, article, (change,))
