"""A changed version of a known article: it takes the older one's place, and its decisions.

It comes in as an article of its own. What was decided on the older one is put on it where it has
the same words; the older one goes to the bin with all that is on it, so nothing is lost. Both are
changes of the act that brings the newer one in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from sqlalchemy import Connection, select
from sqlmodel import Session

from db import annotations as saved
from db import articles
from db.acts import Change
from db.anchoring import Anchors
from db.models import TABLES
from db.rows import checked_to_row, to_row
from db.transactions import snapshot
from db.transplanting import stretches, transplanted
from db.values import Annotation, Article, ArticleStatus, Metadata, Span, layer_of

_article = TABLES["article"]
_WORD = re.compile(r"\w+")
_KEPT = 0.2  # of the runs of three words of the shorter text, at least: else it is another story
_KEPT_BY_TITLE = 0.5  # where nothing but the title says that it is the same one
_LOOKED_AT = 5  # articles of that title, the last ones


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of the decisions on an older version.

    ``vanished`` are the words of those that have no place in the newer one.
    """

    title: str | None
    kept: int
    moved: int
    vanished: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A decision on an older version, and the words it was on.

    ``now`` is it on the newer one, None where it vanished; ``near`` is where its words would be.
    """

    before: Annotation
    words: str
    now: Annotation | None
    near: int


class Known:
    """Which article came last with an address, or else with a publication, title and date."""

    def __init__(self, connection: Connection) -> None:
        columns = (_article.c[name] for name in ("id", "url", "publication", "title", "published"))
        rows = connection.execute(
            select(*columns).where(_article.c.removed.is_(False)).order_by(_article.c.number)
        )
        self._last: dict[int, str] = {}
        for row in rows:
            meta = Metadata(row.title, row.publication, url=row.url, published=row.published)
            self.add(row.id, meta)

    def add(self, article: str, meta: Metadata) -> str | None:
        """Know of an article; return the one before it that may be the same, if there is one."""
        key = _key(meta)
        if not all(key):
            return None
        # By its hash alone, which is small; who looks at the article sees if it is another one.
        before = self._last.get(hash(key))
        self._last[hash(key)] = article
        return before if before != article else None


def older(
    session: Session, identifier: str, new: Article, but: str | None = None
) -> Article | None:
    """Return the article an arriving one is a newer version of, if it is this and still stands.

    What one import brings, whose id is ``but``, stays side by side.
    """
    with snapshot(session) as connection:
        asked = select(_article.c.removed, _article.c.import_id).where(_article.c.id == identifier)
        row = connection.execute(asked).one_or_none()
        if row is None or row.removed or (but and row.import_id == but):
            return None
        old = articles.get(session, UUID(identifier))
    same = _key(old.meta) == _key(new.meta)
    return old if same and _alike(old.text, new.text, _KEPT) else None


def likely_older(session: Session, new: Article) -> Article | None:
    """Return the article that a text which came by itself is a newer version of.

    Nothing is known of it but its title, so it has to have more of the words.
    """
    if new.meta.title is None:
        return None
    titled = _article.c.title == new.meta.title, _article.c.removed.is_(False)
    asked = select(_article.c.id).where(*titled).order_by(_article.c.number.desc())
    with snapshot(session) as connection:
        found = connection.scalars(asked.limit(_LOOKED_AT)).all()
        olds = (articles.get(session, UUID(one)) for one in found)
        return next((old for old in olds if _alike(old.text, new.text, _KEPT_BY_TITLE)), None)


def supersede(session: Session, old: Article, new: Article) -> tuple[list[Change], Carried]:
    """Return the changes that put a newer version in an older one's place, and their sum."""
    on_it = saved.load(session, old.id)
    decided = [one for one in on_it.decisions if one.decision.decided]
    anchors = Anchors(old.text, new.text)
    found = _placed(anchors, decided, new.id)
    changes = [Change(layer_of(one).value, one.id, None, to_row(one)) for one in found.values()]
    for stretch in on_it.checked:
        anchor = anchors.place(Span(stretch.start, stretch.end))
        if anchor is not None:
            identifier, span = uuid5(new.id, str(stretch.id)), anchor.span
            at = {"article": new.id, "start": span.start, "end": span.end}
            row = checked_to_row(replace(stretch, id=identifier, **at))
            changes.append(Change("checked", identifier, None, row))
    changes.append(Change("article", old.id, {"removed": False}, {"removed": True}))
    moved = sum(_moved(anchors, one) for one in decided if one.id in found)
    vanished = tuple(_words(one, old.text) for one in decided if one.id not in found)
    return changes, Carried(old.meta.title, len(found), moved, vanished)


def status_after(status: ArticleStatus) -> ArticleStatus:
    """Return how far a newer version is: one that was done is to be looked at again."""
    return ArticleStatus.IN_PROGRESS if status is ArticleStatus.DONE else status


def older_version(session: Session, article: UUID) -> UUID | None:
    """Return which article this one is a newer version of."""
    with snapshot(session) as connection:
        found = connection.scalar(
            select(_article.c.version_of).where(_article.c.id == str(article))
        )
    return UUID(found) if found else None


def newer_version(session: Session, article: UUID) -> UUID | None:
    """Return the newest of the newer versions of an article."""
    newest = select(_article.c.id).where(_article.c.version_of == str(article))
    with snapshot(session) as connection:
        found = connection.scalar(newest.order_by(_article.c.number.desc()).limit(1))
    return UUID(found) if found else None


def moved_and_vanished(session: Session, article: UUID) -> list[Placed]:
    """Return the decisions on the older version that did not just stay where they were.

    What vanished comes first.
    """
    with snapshot(session):
        before = older_version(session, article)
        if before is None:
            return []
        old, new = articles.get(session, before), articles.get(session, article)
        decided = [one for one in saved.decisions(session, before) if one.decision.decided]
    anchors = Anchors(old.text, new.text)
    found = _placed(anchors, decided, article)
    told = [
        Placed(one, _words(one, old.text), found.get(one.id), anchors.near(_start(one)))
        for one in decided
        if one.id not in found or _moved(anchors, one)
    ]
    return sorted(told, key=lambda one: one.now is not None)


def _key(meta: Metadata) -> tuple[str | None, ...]:
    return (meta.url,) if meta.url else (meta.publication, meta.title, meta.published)


def _placed(anchors: Anchors, decided: Sequence[Annotation], new: UUID) -> dict[UUID, Annotation]:
    def place(span: Span) -> Span | None:
        anchor = anchors.place(span)
        return anchor.span if anchor else None

    alone = [
        replace(one, decision=replace(one.decision, suggestion=None))  # that was on the older text
        for one in decided
    ]
    return transplanted(alone, new, place, lambda one: uuid5(new, str(one.id)))


def _moved(anchors: Anchors, annotation: Annotation) -> bool:
    found = (anchors.place(span) for span in stretches(annotation))
    return any(anchor.moved for anchor in found if anchor)


def _words(annotation: Annotation, text: str) -> str:
    first = next(iter(stretches(annotation)), None)
    return first.of(text) if first else ""


def _start(annotation: Annotation) -> int:
    return next((span.start for span in stretches(annotation)), 0)


def _alike(old: str, new: str, share: float) -> bool:
    """Tell whether two texts have a share of the runs of the shorter one in common, at least."""
    mine, theirs = _runs(old), _runs(new)
    fewest = min(len(mine), len(theirs))
    return fewest > 0 and len(mine & theirs) >= share * fewest


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))
