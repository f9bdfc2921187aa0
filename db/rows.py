"""Values to flat rows and back: what the tables, the history and the engine's messages hold.

A row is a JSON-able dict whose keys are column names. A value row (:func:`value_of`) is an
annotation's row without its id, its article and its decision: the part a model can suggest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

from db.scheme_values import Label
from db.values import (
    Annotation,
    Article,
    ArticleStatus,
    Attribution,
    Certainty,
    Checked,
    Decision,
    Entity,
    Layer,
    Metadata,
    Origin,
    Position,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
    Zone,
    ZoneKind,
    layer_of,
)

Row = dict[str, Any]

METADATA = tuple(field.name for field in fields(Metadata))
LISTED = ("number", "id", "title", "publication", "published", "status", "decided", "pending")
"""The columns of :class:`db.values.ArticleRow`."""
LISTING = f"SELECT {', '.join(LISTED)} FROM article WHERE removed = 0"
NEWEST_FIRST = "published DESC, imported_at DESC, id DESC"
"""The order of the library, which its index holds."""


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _uuid(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


def spans_to_row(spans: Iterable[Span]) -> list[list[int]]:
    """Return spans as ``[[start, end], …]``."""
    return [[span.start, span.end] for span in spans]


def spans_from_row(pairs: Iterable[Iterable[int]]) -> tuple[Span, ...]:
    """Read what :func:`spans_to_row` wrote."""
    return tuple(Span(*pair) for pair in pairs)


def ref_to_row(ref: Ref) -> Row:
    """Return a slot as ``{kind, start, end, entity, actor, issue, negated}``."""
    return {
        "kind": ref.kind.value,
        "start": ref.span.start if ref.span else None,
        "end": ref.span.end if ref.span else None,
        "entity": _id(ref.entity),
        "actor": _id(ref.actor),
        "issue": _id(ref.issue),
        "negated": ref.negated,
    }


def ref_from_row(row: Row) -> Ref:
    """Read what :func:`ref_to_row` wrote."""
    start = row.get("start")
    return Ref(
        kind=RefKind(row["kind"]),
        span=None if start is None else Span(start, row["end"]),
        entity=_uuid(row.get("entity")),
        actor=_uuid(row.get("actor")),
        issue=_uuid(row.get("issue")),
        negated=bool(row.get("negated")),
    )


def value_of(annotation: Annotation) -> Row:
    """Return the part of an annotation a model can suggest and an analyst can correct."""
    match annotation:
        case Entity():
            return {
                "start": annotation.span.start,
                "end": annotation.span.end,
                "label": annotation.label,
                "actor_id": _id(annotation.actor),
            }
        case Statement():
            return {
                "source": ref_to_row(annotation.source),
                "cue": spans_to_row(annotation.cue),
                "content": spans_to_row(annotation.content),
                "attribution": annotation.attribution.value,
                "addressee": ref_to_row(annotation.addressee) if annotation.addressee else None,
            }
        case Stance():
            return {
                "holder": ref_to_row(annotation.holder),
                "nested": [ref_to_row(ref) for ref in annotation.nested],
                "target": ref_to_row(annotation.target),
                "position": annotation.position.value,
                "evidence": spans_to_row(annotation.evidence),
                "cue": spans_to_row(annotation.cue),
                "statement_id": _id(annotation.statement),
                "certainty": annotation.certainty.value if annotation.certainty else None,
                "why": annotation.why,
            }


def decision_to_row(decision: Decision) -> Row:
    """Return the decision columns every annotation table has."""
    return {
        "status": decision.status.value,
        "origin": decision.origin.value,
        "score": decision.score,
        "suggestion_id": _id(decision.suggestion),
        "suggested": decision.suggested,
        "reason": decision.reason,
        "note": decision.note,
        "coder_id": _id(decision.coder),
        "decided_at": decision.decided_at,
    }


def decision_from_row(row: Row) -> Decision:
    """Read what :func:`decision_to_row` wrote; columns that are absent are unknown."""
    return Decision(
        status=Status(row["status"]),
        origin=Origin(row["origin"]),
        score=row.get("score"),
        suggestion=_uuid(row.get("suggestion_id")),
        suggested=row.get("suggested"),
        reason=row.get("reason"),
        note=row.get("note"),
        coder=_uuid(row.get("coder_id")),
        decided_at=row.get("decided_at"),
    )


def to_row(annotation: Annotation) -> Row:
    """Return an annotation as the whole row of its table (see :func:`db.values.layer_of`)."""
    return {
        "id": str(annotation.id),
        "article_id": str(annotation.article),
        **value_of(annotation),
        **decision_to_row(annotation.decision),
    }


def suggestion_from_row(article: str, row: Row) -> Annotation:
    """Read a row of the table ``suggestion`` as the undecided annotation it is."""
    return from_row(
        Layer(row["layer"]),
        {
            "id": row["id"],
            "article_id": article,
            **row["value"],
            "status": Status.SUGGESTED.value,
            "origin": row["origin"],
            "score": row["score"],
        },
    )


def from_row(layer: Layer, row: Row) -> Annotation:
    """Read what :func:`to_row` wrote."""
    identifier, article = UUID(row["id"]), UUID(row["article_id"])
    decision = decision_from_row(row)
    match layer:
        case Layer.ENTITY:
            return Entity(
                id=identifier,
                article=article,
                span=Span(row["start"], row["end"]),
                label=row["label"],
                actor=_uuid(row.get("actor_id")),
                decision=decision,
            )
        case Layer.STATEMENT:
            addressee = row.get("addressee")
            return Statement(
                id=identifier,
                article=article,
                source=ref_from_row(row["source"]),
                cue=spans_from_row(row["cue"]),
                content=spans_from_row(row["content"]),
                attribution=Attribution(row["attribution"]),
                addressee=ref_from_row(addressee) if addressee else None,
                decision=decision,
            )
        case Layer.STANCE:
            certainty = row.get("certainty")
            return Stance(
                id=identifier,
                article=article,
                holder=ref_from_row(row["holder"]),
                nested=tuple(ref_from_row(ref) for ref in row["nested"]),
                target=ref_from_row(row["target"]),
                position=Position(row["position"]),
                evidence=spans_from_row(row["evidence"]),
                cue=spans_from_row(row["cue"]),
                statement=_uuid(row.get("statement_id")),
                certainty=Certainty(certainty) if certainty else None,
                why=row.get("why"),
                decision=decision,
            )


def in_reading_order(annotations: Iterable[Annotation]) -> list[Annotation]:
    """Sort by where annotations begin; at one place entities, then statements, then stances."""
    return sorted(annotations, key=lambda one: (_begin(one), _LAYERS.index(layer_of(one))))


_LAYERS = list(Layer)


def _begin(annotation: Annotation) -> Span:
    match annotation:
        case Entity(span=span):
            return span
        case Statement(cue=cue, content=content):
            return min((*content, *cue), default=Span(0, 0))
        case Stance(evidence=evidence, cue=cue):
            return min(evidence or cue, default=Span(0, 0))


def article_from_row(row: Row, zones: Iterable[tuple[int, int, str]]) -> Article:
    """Read a row of the table ``article`` with its ``text``, and its zones in order."""
    return Article(
        id=UUID(row["id"]),
        text=row["text"],
        sha256=row["sha256"],
        meta=Metadata(**{name: row[name] for name in METADATA}),
        status=ArticleStatus(row["status"]),
        zones=tuple(Zone(start, end, ZoneKind(kind)) for start, end, kind in zones),
    )


def with_article_columns(article: Article, row: Row) -> Article:
    """Return an article with those columns that a row has: its status, its details."""
    meta = {name: row[name] for name in METADATA if name in row}
    status = ArticleStatus(row.get("status", article.status))
    return replace(article, status=status, meta=replace(article.meta, **meta))


def checked_to_row(stretch: Checked) -> Row:
    """Return a checked stretch as its table's row."""
    return {
        "id": str(stretch.id),
        "article_id": str(stretch.article),
        "start": stretch.start,
        "end": stretch.end,
        "layer": stretch.layer,
        "coder_id": str(stretch.coder),
        "at": stretch.at,
    }


def checked_from_row(row: Row) -> Checked:
    """Read what :func:`checked_to_row` wrote."""
    return Checked(
        UUID(row["id"]),
        UUID(row["article_id"]),
        row["start"],
        row["end"],
        row["layer"],
        UUID(row["coder_id"]),
        row["at"],
    )


def label_from_row(row: Row) -> Label:
    """Read a row of the table ``label``, or one of a file, which may lack what is mostly empty."""
    return Label(
        id=UUID(row["id"]),
        layer=Layer(row["layer"]),
        name=row["name"],
        colour=row["colour"],
        shortcut=row["shortcut"],
        guideline=row["guideline"],
        examples=tuple(row.get("examples", ())),
        engine_names=tuple(row.get("engine_names", ())),
        shown=row.get("shown"),
        offered=bool(row.get("offered", True)),
    )


def label_to_row(label: Label) -> Row:
    """Return a label as its table's row, without its scheme and its place in it."""
    return {
        "id": str(label.id),
        "layer": label.layer.value,
        "name": label.name,
        "colour": label.colour,
        "shortcut": label.shortcut,
        "guideline": label.guideline,
        "examples": list(label.examples),
        "engine_names": list(label.engine_names),
        "shown": label.shown,
        "offered": label.offered,
    }
