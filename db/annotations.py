"""Suggestions and decisions of an article: written apart, read together."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlmodel import Session

from db import articles, schemes
from db.counts import recount
from db.models import TABLES
from db.people import actors
from db.rows import Row, from_row, in_reading_order, suggestion_from_row, value_of
from db.transactions import snapshot, transaction
from db.values import (
    Annotation,
    Checked,
    Entity,
    Layer,
    Loaded,
    Model,
    Ref,
    Stance,
    Statement,
    layer_of,
    now,
)

_article, _suggestion, _checked = TABLES["article"], TABLES["suggestion"], TABLES["checked"]


def set_suggestions(
    session: Session,
    article: UUID,
    sha256: str,
    annotations: Iterable[Annotation],
    model: str,
    version: str,
) -> bool:
    """Replace an article's undecided suggestions by what a model found in its text.

    A suggestion that was decided stays as it was, and so does an undecided one that a decision
    refers to (the holder of an accepted stance). What was found in another text is dropped. They
    are stored in the engine's words (:mod:`db.engine_names`).

    Returns whether the suggestions were stored.
    """
    identifier = str(article)
    with transaction(session) as connection:
        if _sha256(connection, identifier) != sha256:
            return False
        kept = _kept(connection, identifier)
        connection.execute(
            _suggestion.delete().where(
                _suggestion.c.article_id == identifier,
                _suggestion.c.id.not_in([str(one) for one in kept]),
            )
        )
        new = [_suggestion_row(one, model, version) for one in annotations if one.id not in kept]
        if new:
            connection.execute(_suggestion.insert(), new)
        connection.execute(
            _article.update()
            .where(_article.c.id == identifier)
            .values(model=model, model_version=version)
        )
        recount(connection, [identifier])
        return True


def set_overall(
    session: Session,
    article: UUID,
    sha256: str,
    stances: Iterable[Stance],
    model: str,
    version: str,
) -> bool:
    """Replace an article's undecided overall stances by these; see :func:`set_suggestions`.

    Returns whether they were stored: not where they were summed up from another text.
    """
    identifier = str(article)
    with transaction(session) as connection:
        if _sha256(connection, identifier) != sha256:
            return False
        kept = _kept(connection, identifier)
        before = [one for one in _suggestions(connection, identifier) if _is_overall(one)]
        gone = [str(one.id) for one in before if one.id not in kept]
        connection.execute(_suggestion.delete().where(_suggestion.c.id.in_(gone)))
        new = [_suggestion_row(one, model, version) for one in stances if one.id not in kept]
        if new:
            connection.execute(_suggestion.insert(), new)
        recount(connection, [identifier])
        return True


def decisions(session: Session, article: UUID) -> list[Annotation]:
    """Return what was decided on an article, in reading order."""
    with snapshot(session) as connection:
        return _decisions(connection, str(article))


def suggested(connection: Connection, article: UUID) -> list[Annotation]:
    """Return what was suggested on an article, decided or not, in reading order."""
    return _suggestions(connection, str(article))


def suggested_as(session: Session, article: UUID, wanted: Iterable[UUID]) -> list[Annotation]:
    """Return some of an article's suggestions, decided or not, under the project's labels.

    Those that are not stored, or not to be shown, are left out.
    """
    with snapshot(session) as connection:
        found = _suggestions(connection, str(article), only=[str(one) for one in wanted])
        return schemes.engine_names(session).shown(found)


def load(session: Session, article: UUID) -> Loaded:
    """Return an article with all that is on it, as it is at one moment, under the project's labels.

    Raises:
        LookupError: if there is none of that id.
    """
    identifier = str(article)
    with snapshot(session) as connection:
        value = articles.get(session, article)
        decided = _decisions(connection, identifier)
        known = {one.id for one in decided}
        found = [one for one in _suggestions(connection, identifier) if one.id not in known]
        suggestions = schemes.engine_names(session).shown(found)
        checked = connection.execute(
            select(_checked).where(_checked.c.article_id == identifier).order_by(_checked.c.start)
        ).all()
        model, version = connection.execute(
            select(_article.c.model, _article.c.model_version).where(_article.c.id == identifier)
        ).one()
        return Loaded(
            article=value,
            suggestions=suggestions,
            decisions=decided,
            checked=[
                Checked(
                    id=UUID(row.id),
                    article=article,
                    start=row.start,
                    end=row.end,
                    layer=row.layer,
                    coder=UUID(row.coder_id),
                    at=row.at,
                )
                for row in checked
            ],
            actors=actors(session, mentioned_in(*suggestions, *decided)),
            model=None if model is None else Model(model, version),
        )


def refs_of(annotation: Annotation) -> tuple[Ref, ...]:
    """Return what fills an annotation's slots."""
    match annotation:
        case Entity():
            return ()
        case Statement(source=source, addressee=addressee):
            return (source,) if addressee is None else (source, addressee)
        case Stance(holder=holder, nested=nested, target=target):
            return (holder, *nested, target)


def mentioned_in(*annotations: Annotation) -> set[UUID]:
    """Return the actors that annotations name, as mentions or in a slot."""
    own = (one.actor for one in annotations if isinstance(one, Entity))
    slots = (ref.actor for one in annotations for ref in refs_of(one))
    return {actor for actor in chain(own, slots) if actor is not None}


def _sha256(connection: Connection, article: str) -> str | None:
    return connection.scalar(select(_article.c.sha256).where(_article.c.id == article))


def _is_overall(annotation: Annotation) -> bool:
    return isinstance(annotation, Stance) and annotation.overall


def _kept(connection: Connection, article: str) -> set[UUID]:
    """Return the suggestions that were decided, and all that decisions lean on."""
    kept: set[UUID] = set()
    reached = _decisions(connection, article)
    if not reached:
        return kept
    by_id: dict[UUID | None, Annotation] = {
        one.id: one for one in _suggestions(connection, article)
    }
    while reached:
        one = reached.pop()
        if one.id in by_id:
            kept.add(one.id)
        leans_on = [ref.entity for ref in refs_of(one)]
        if isinstance(one, Stance):
            leans_on.append(one.statement)
        reached += [by_id[id_] for id_ in leans_on if id_ in by_id and id_ not in kept]
    return kept


def _suggestions(
    connection: Connection, article: str, only: list[str] | None = None
) -> list[Annotation]:
    query = select(
        _suggestion.c.id,
        _suggestion.c.layer,
        _suggestion.c.value,
        _suggestion.c.origin,
        _suggestion.c.score,
    ).where(_suggestion.c.article_id == article)
    if only is not None:
        members = func.json_each(json.dumps(only)).table_valued("value")
        query = query.where(_suggestion.c.id.in_(select(members.c.value)))
    rows = connection.execute(query)
    return in_reading_order(suggestion_from_row(article, dict(row)) for row in rows.mappings())


def _decisions(connection: Connection, article: str) -> list[Annotation]:
    return in_reading_order(
        from_row(layer, dict(row))
        for layer in Layer
        for row in connection.execute(
            select(TABLES[layer.value]).where(TABLES[layer.value].c.article_id == article)
        ).mappings()
    )


def _suggestion_row(annotation: Annotation, model: str, version: str) -> Row:
    return {
        "id": str(annotation.id),
        "article_id": str(annotation.article),
        "layer": layer_of(annotation).value,
        "value": value_of(annotation),
        "origin": annotation.decision.origin.value,
        "score": annotation.decision.score,
        "model": model,
        "version": version,
        "created_at": now(),
    }
