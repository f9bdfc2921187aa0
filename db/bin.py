"""The bin: articles that were removed, annotations that were rejected or deleted; out of it again.

Nothing is moved for it. A removed article is marked, a rejected annotation keeps its row, and a
deleted one is in the history, whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select
from sqlmodel import Session

from db.acts import Act, Arrival, Change
from db.annotations import decisions, suggested
from db.arrivals import last_undoings
from db.articles import restoring
from db.history import Conflict, perform, touching
from db.models import TABLES
from db.rows import Row, from_row, to_row
from db.transactions import snapshot, transaction
from db.values import (
    Annotation,
    Decision,
    Entity,
    Layer,
    Ref,
    RefKind,
    Stance,
    Statement,
    Status,
    layer_of,
    now,
)

_history, _article, _coder = TABLES["history"], TABLES["article"], TABLES["coder"]
# Each article in the bin with the last act that may have put it there, alone or with others.
_REMOVED = """
WITH gone AS (SELECT id, title, publication FROM article WHERE removed),
told AS (
    SELECT article_id, seq FROM history WHERE article_id IN (SELECT id FROM gone)
    UNION ALL
    SELECT article_id, seq FROM history_article WHERE article_id IN (SELECT id FROM gone)
    UNION ALL
    SELECT article.id, seq FROM article JOIN history ON act_id = import_id WHERE removed
),
last AS (
    SELECT told.article_id, max(told.seq) AS seq FROM told JOIN history USING (seq)
    WHERE name IN ('import', 'remove', 'bin_articles', 'restore', 'take_back')
    GROUP BY told.article_id
)
SELECT gone.id, gone.title, gone.publication, history.name AS act, history.kind, history.at,
    coder.name AS coder_name
FROM gone
LEFT JOIN last ON last.article_id = gone.id
LEFT JOIN history ON history.seq = last.seq
LEFT JOIN coder ON coder.id = history.coder_id
ORDER BY coalesce(history.at, '') DESC, gone.title
"""
_LAYERS = {layer.value: layer for layer in Layer}


@dataclass(frozen=True, slots=True)
class RemovedArticle:
    """An article in the bin; ``how`` is "removed", "undone" or "superseded".

    Its import was taken back, then, or a newer version took its place.
    """

    id: UUID
    title: str | None
    publication: str | None
    how: str
    at: str | None
    coder_name: str | None


@dataclass(frozen=True, slots=True)
class RemovedImport:
    """The articles of an import that was undone: one line of the bin, however many they are.

    ``title`` is what the history calls it: "import 10,000 articles from reuters.jsonl".
    """

    id: UUID
    title: str
    at: str
    coder_name: str | None


@dataclass(frozen=True, slots=True)
class Discarded:
    """An annotation in the bin, as it was; ``how`` is "rejected" or "deleted".

    ``seq``, ``at`` and ``coder_name`` say by which act; None where the history does not tell.
    """

    annotation: Annotation
    how: str
    reason: str | None
    seq: int | None
    at: str | None
    coder_name: str | None


class RestoreError(Exception):
    """What is to be restored is not in the bin any more, and why. Nothing was done."""


def removed_articles(session: Session) -> list[RemovedArticle]:
    """Return the articles in the bin, removed last first; not those of :func:`removed_imports`."""
    with snapshot(session) as connection:
        whole = [str(one.id) for one in removed_imports(session)]
        brought = select(_article.c.id).where(_article.c.import_id.in_(whole))
        with_import = set(connection.scalars(brought))
        rows = connection.exec_driver_sql(_REMOVED).all()
    return [
        RemovedArticle(
            UUID(row.id),
            row.title,
            row.publication,
            _how(row.act, row.kind),
            row.at,
            row.coder_name,
        )
        for row in rows
        if row.id not in with_import
    ]


def _how(act: str | None, kind: str | None) -> str:
    if act != "import":
        return "removed"
    return "undone" if kind == "undo" else "superseded"


def removed_imports(session: Session) -> list[RemovedImport]:
    """Return the imports whose articles are in the bin because they were undone, last first."""
    with snapshot(session) as connection:
        rows = connection.execute(
            select(_history.c.act_id, _history.c.title, _history.c.at, _coder.c.name)
            .join(_coder, _coder.c.id == _history.c.coder_id, isouter=True)
            .where(_history.c.seq.in_(last_undoings()))
            .order_by(_history.c.seq.desc())
        )
        return [RemovedImport(UUID(row[0]), *row[1:]) for row in rows]


def discarded(session: Session, article: UUID) -> list[Discarded]:
    """Return what was rejected or deleted on an article, newest first."""
    with snapshot(session) as connection:
        there = {one.id: one for one in decisions(session, article)}
        found = _last_seen(connection, article, there)
        imported = [
            Discarded(one, "rejected", one.decision.reason, None, one.decision.decided_at, None)
            for one in there.values()
            if one.decision.status is Status.REJECTED and one.id not in found
        ]
    return sorted([*found.values(), *imported], key=lambda one: one.seq or 0, reverse=True)


def article_with(session: Session, sha256: str) -> UUID | None:
    """Return the article in the bin with this text, the one imported last of several."""
    with snapshot(session) as connection:
        found = connection.scalar(
            select(_article.c.id)
            .where(_article.c.sha256 == sha256, _article.c.removed.is_(True))
            .order_by(_article.c.imported_at.desc())
            .limit(1)
        )
    return None if found is None else UUID(found)


def restore_article(session: Session, article: UUID, coder: UUID | None) -> Act:
    """Take an article out of the bin, as an act.

    Raises:
        RestoreError: if it is not there.
    """
    with transaction(session) as connection:
        row = connection.execute(
            select(_article.c.title, _article.c.removed).where(_article.c.id == str(article))
        ).one_or_none()
        if row is None or not row.removed:
            raise RestoreError("The article is not in the bin any more.")
        act = restoring(article, row.title)
        perform(session, act, coder)
    return act


def restore_import(session: Session, identifier: UUID, coder: UUID | None) -> Act:
    """Take all articles of an undone import out of the bin again, as an act.

    Raises:
        RestoreError: if they are not all there.
    """
    with transaction(session):
        found = next((one for one in removed_imports(session) if one.id == identifier), None)
        if found is None:
            raise RestoreError("The articles are not in the bin any more.")
        title = f"restore {found.title.removeprefix('import ')}"
        act = Act("restore", title, None, (), (), (Arrival(identifier, removed=False),))
        try:
            perform(session, act, coder)
        except Conflict as conflict:
            words = "Some of them are out of the bin already: restore the others one by one."
            raise RestoreError(words) from conflict
    return act


def restore_annotation(
    session: Session, article: UUID, identifier: UUID, title: str, coder: UUID | None
) -> Act:
    """Bring a rejected or deleted annotation back as it was, as an act; ``title`` names it.

    A rejected suggestion is one again; if the model no longer makes it, it comes back accepted.
    Slots that named what is gone keep its words.

    Raises:
        RestoreError: if it is not in the bin.
    """
    with transaction(session) as connection:
        there = {one.id: one for one in decisions(session, article)}
        gone = _last_seen(connection, article, there).get(identifier)
        row = there.get(identifier)
        if gone is None and (row is None or row.decision.status is not Status.REJECTED):
            raise RestoreError("That is not in the bin any more.")
        offered = {one.id for one in suggested(connection, article)}
        known = {id_ for id_, one in there.items() if one.decision.status is not Status.REJECTED}
        known |= offered - there.keys()
        old = gone.annotation if gone is not None else None
        if row is None:
            assert old is not None
            change = _change(None, to_row(settled(old, known)), layer_of(old), identifier)
        elif identifier in offered and (old is None or not old.decision.decided):
            change = _change(to_row(row), None, layer_of(row), identifier)
        else:
            back = old if old is not None and old.decision.decided else _accepted(row, coder)
            change = _change(to_row(row), to_row(settled(back, known)), layer_of(row), identifier)
        act = Act("restore", f"restore {title}", article, (change,))
        perform(session, act, coder)
    return act


def _last_seen(
    connection: Connection, article: UUID, there: Mapping[UUID, Annotation]
) -> dict[UUID, Discarded]:
    """Return what an act took away and nothing brought back, as it was before, by id.

    What went with the undo of the act that made it is not in the bin: it was never meant.
    """
    rows = {id_: to_row(one) for id_, one in there.items()}
    done = {id_ for id_, one in there.items() if one.decision.status is not Status.REJECTED}
    done |= {one.id for one in suggested(connection, article)} - there.keys()
    found: dict[UUID, Discarded] = {}
    entries = connection.execute(
        select(_history.c.seq, _history.c.at, _history.c.kind, _history.c.changes, _coder.c.name)
        .join(_coder, _coder.c.id == _history.c.coder_id, isouter=True)
        .where(_history.c.seq.in_(touching(article)))
        .order_by(_history.c.seq.desc())
    )
    for entry in entries:
        for change in reversed(entry.changes):
            if "id" not in change:  # a label was changed: nobody threw away what bore it
                continue
            layer, identifier = _LAYERS.get(change["table"]), UUID(change["id"])
            if layer is None or identifier in done:
                continue
            before, after = change["before"], change["after"]
            row = rows.get(identifier)
            if after is None:
                done.add(identifier)
                here = before["article_id"] == str(article) and entry.kind != "undo"
                if here and from_row(layer, before).decision.decided:
                    one = from_row(layer, before)
                    found[identifier] = Discarded(one, "deleted", None, *_by(entry))
            elif row is None:  # a row of another article
                continue
            elif after.get("status") == Status.REJECTED:
                done.add(identifier)
                old = (
                    from_row(layer, {**row, **before}) if before else _undecided(there[identifier])
                )
                reason = there[identifier].decision.reason
                found[identifier] = Discarded(old, "rejected", reason, *_by(entry))
            else:
                rows[identifier] = {**row, **(before or {})}
    return found


def _by(entry: Any) -> tuple[int, str, str | None]:
    return entry.seq, entry.at, entry.name


def _undecided(annotation: Annotation) -> Annotation:
    old = annotation.decision
    return replace(annotation, decision=Decision(Status.SUGGESTED, old.origin, old.score))


def _accepted(annotation: Annotation, coder: UUID | None) -> Annotation:
    old = annotation.decision
    new = replace(old, status=Status.ACCEPTED, reason=None, coder=coder, decided_at=now())
    return replace(annotation, decision=new)


def settled(annotation: Annotation, known: set[UUID]) -> Annotation:
    """Return an annotation whose slots keep the words of what is not among the ``known``."""

    def kept(ref: Ref) -> Ref:
        if ref.entity is None or ref.entity in known:
            return ref
        return replace(ref, kind=RefKind.SPAN, entity=None)

    match annotation:
        case Entity():
            return annotation
        case Statement(addressee=addressee):
            source = kept(annotation.source)
            return replace(annotation, source=source, addressee=addressee and kept(addressee))
        case Stance(statement=statement):
            return replace(
                annotation,
                holder=kept(annotation.holder),
                target=kept(annotation.target),
                nested=tuple(kept(ref) for ref in annotation.nested),
                statement=statement if statement in known else None,
            )


def _change(before: Row | None, after: Row | None, layer: Layer, identifier: UUID) -> Change:
    """Return a row's change, with those columns alone that differ where there is one before it."""
    if before is not None and after is not None:
        differ = [column for column in after if after[column] != before[column]]
        before = {column: before[column] for column in differ}
        after = {column: after[column] for column in differ}
    return Change(layer.value, identifier, before, after)
