"""Values to corpus records: what an article's line says, whatever file it stands in.

A record is whole in itself: a slot never points at what the record does not hold, nor at an
entity that was rejected; it keeps its stretch of text instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from db.rows import from_row
from db.scheme_values import Scheme
from db.values import (
    Actor,
    Annotation,
    Article,
    Checked,
    Decision,
    Entity,
    Issue,
    Loaded,
    Model,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
    Zone,
    layer_of,
)
from desktop.corpus.shape import (
    SCHEMA,
    ActorRecord,
    ArticleStanceRecord,
    ArticleStanceValue,
    CheckedRecord,
    DecisionRecord,
    EntityRecord,
    EntityValue,
    IssueRecord,
    MetaRecord,
    ModelRecord,
    Record,
    RefRecord,
    SpanRecord,
    StanceRecord,
    StanceValue,
    StatementRecord,
    StatementValue,
    TargetRecord,
    ZoneRecord,
)


def record(loaded: Loaded, scheme: Scheme, issues: Iterable[Issue] = ()) -> Record:
    """Return the record of an article: pending suggestions and decisions, in reading order.

    ``issues`` are those of the project; the record names the ones it mentions.
    """
    return _Writer(loaded, issues).record(scheme)


class _Writer:
    """Writes one article's values, knowing what its slots may point at."""

    def __init__(self, loaded: Loaded, issues: Iterable[Issue]) -> None:
        self.loaded = loaded
        self.text = loaded.article.text
        self.annotations = sorted((*loaded.suggestions, *loaded.decisions), key=_place)
        standing = [a for a in self.annotations if a.decision.status is not Status.REJECTED]
        self.entities = {a.id: a for a in standing if isinstance(a, Entity)}
        self.statements = {a.id for a in standing if isinstance(a, Statement)}
        self.issues = {issue.id: issue for issue in issues}
        self.actors = {actor.id for actor in loaded.actors}
        self.mentioned = set[UUID]()  # actors and issues

    def record(self, scheme: Scheme) -> Record:
        article, annotations = self.loaded.article, self.annotations
        entities = [self.entity(a) for a in annotations if isinstance(a, Entity)]
        statements = [self.statement(a) for a in annotations if isinstance(a, Statement)]
        frames = [a for a in annotations if isinstance(a, Stance)]
        stances = [self.stance(frame) for frame in frames if not frame.overall]
        # One that was suggested before its issue was taken out of the project is on nothing.
        overall = [f for f in frames if f.overall and f.target.issue in self.issues]
        article_stances = [self.article_stance(frame) for frame in overall]
        return {
            "schema": SCHEMA,
            "id": str(article.id),
            "text": article.text,
            "meta": _meta(article),
            "scheme": {"id": str(scheme.id), "version": scheme.version},
            "model": _model(self.loaded.model),
            "status": article.status,
            "zones": [_zone(zone) for zone in article.zones],
            "actors": [_actor(a) for a in self.loaded.actors if a.id in self.mentioned],
            "issues": [_issue(i) for i in self.issues.values() if i.id in self.mentioned],
            "entities": entities,
            "statements": statements,
            "stances": stances,
            "article_stances": article_stances,
            "checked": [_checked(stretch) for stretch in self.loaded.checked],
        }

    def entity(self, entity: Entity) -> EntityRecord:
        before = self.before(entity)
        return {
            "id": str(entity.id),
            **self.entity_value(entity),
            **_decision(entity.decision),
            "suggested": self.entity_value(before) if isinstance(before, Entity) else None,
        }

    def entity_value(self, entity: Entity) -> EntityValue:
        return {
            **self.span(entity.span),
            "label": entity.label,
            "actor": self.actor(entity.actor),
        }

    def statement(self, statement: Statement) -> StatementRecord:
        before = self.before(statement)
        return {
            "id": str(statement.id),
            **self.statement_value(statement),
            **_decision(statement.decision),
            "suggested": self.statement_value(before) if isinstance(before, Statement) else None,
        }

    def statement_value(self, statement: Statement) -> StatementValue:
        return {
            "source": self.ref(statement.source),
            "cue": self.spans(statement.cue),
            "content": self.spans(statement.content),
            "attribution": statement.attribution,
            "addressee": self.ref(statement.addressee) if statement.addressee else None,
        }

    def stance(self, stance: Stance) -> StanceRecord:
        before = self.before(stance)
        return {
            "id": str(stance.id),
            **self.stance_value(stance),
            **_decision(stance.decision),
            "suggested": self.stance_value(before) if isinstance(before, Stance) else None,
        }

    def stance_value(self, stance: Stance) -> StanceValue:
        target: TargetRecord = {**self.ref(stance.target), "negated": stance.target.negated}
        return {
            "holder": self.ref(stance.holder),
            "nested": [self.ref(ref) for ref in stance.nested],
            "target": target,
            "stance": stance.position,
            "evidence": self.spans(stance.evidence),
            "cue": self.spans(stance.cue),
            "statement": str(stance.statement) if stance.statement in self.statements else None,
            "certainty": stance.certainty,
            "why": stance.why,
        }

    def article_stance(self, stance: Stance) -> ArticleStanceRecord:
        before = self.before(stance)
        return {
            "id": str(stance.id),
            **self.article_stance_value(stance),
            **_decision(stance.decision),
            "suggested": self.article_stance_value(before) if isinstance(before, Stance) else None,
        }

    def article_stance_value(self, stance: Stance) -> ArticleStanceValue:
        return {
            "target": self.ref(stance.target),
            "stance": stance.position,
            "certainty": stance.certainty,
            "why": stance.why,
        }

    def before(self, annotation: Annotation) -> Annotation | None:
        """Return the annotation as it was suggested."""
        value = annotation.decision.suggested
        if value is None:
            return None
        undecided = {"status": Status.SUGGESTED, "origin": annotation.decision.origin}
        ids = {"id": str(annotation.id), "article_id": str(annotation.article)}
        return from_row(layer_of(annotation), {**ids, **undecided, **value})

    def span(self, span: Span) -> SpanRecord:
        return {"start": span.start, "end": span.end, "text": span.of(self.text)}

    def spans(self, spans: Iterable[Span]) -> list[SpanRecord]:
        return [self.span(span) for span in spans]

    def actor(self, actor: UUID | None) -> str | None:
        if actor is None or actor not in self.actors:
            return None
        self.mentioned.add(actor)
        return str(actor)

    def ref(self, ref: Ref) -> RefRecord:
        """Return a slot; one that points at what does not stand keeps only its span."""
        kind, span, actor = ref.kind, ref.span, ref.actor
        entity = self.entities.get(ref.entity) if ref.entity and kind is RefKind.ENTITY else None
        if entity is not None:
            span, actor = entity.span, actor or entity.actor
        elif kind is RefKind.ENTITY:
            kind = RefKind.SPAN if span else RefKind.IMPLICIT
        issue = self.issues.get(ref.issue) if ref.issue and kind is RefKind.ISSUE else None
        if issue is not None:
            self.mentioned.add(issue.id)
        elif kind is RefKind.ISSUE:
            kind = RefKind.SPAN if span else RefKind.IMPLICIT
        name = issue.name if issue else None
        return {
            "kind": kind,
            "start": span.start if span else None,
            "end": span.end if span else None,
            "text": span.of(self.text) if span else name,
            "entity": str(entity.id) if entity else None,
            "actor": self.actor(actor),
            "issue": str(issue.id) if issue else None,
        }


def _place(annotation: Annotation) -> tuple[Span, str]:
    """Return what reading order sorts by."""
    match annotation:
        case Entity():
            span = annotation.span
        case Statement():
            span = min((*annotation.content, *annotation.cue), default=Span(0, 0))
        case Stance():
            span = min(annotation.evidence, default=Span(0, 0))
    return span, str(annotation.id)


def _meta(article: Article) -> MetaRecord:
    meta = article.meta
    return {
        "title": meta.title,
        "publication": meta.publication,
        "author": meta.author,
        "url": meta.url,
        "published": meta.published,
        "language": meta.language,
        "section": meta.section,
        "sha256": article.sha256,
    }


def _model(model: Model | None) -> ModelRecord | None:
    return {"name": model.name, "version": model.version} if model else None


def _zone(zone: Zone) -> ZoneRecord:
    return {"start": zone.start, "end": zone.end, "kind": zone.kind}


def _actor(actor: Actor) -> ActorRecord:
    return {
        "id": str(actor.id),
        "name": actor.name,
        "kind": actor.kind,
        "aliases": list(actor.aliases),
    }


def _issue(issue: Issue) -> IssueRecord:
    return {
        "id": str(issue.id),
        "name": issue.name,
        "aliases": list(issue.aliases),
        "keywords": list(issue.keywords),
    }


def _checked(checked: Checked) -> CheckedRecord:
    return {
        "start": checked.start,
        "end": checked.end,
        "layer": "entities" if checked.layer == "entities" else "stances",
        "coder": str(checked.coder),
        "at": checked.at,
    }


def _decision(decision: Decision) -> DecisionRecord:
    return {
        "status": decision.status,
        "origin": decision.origin,
        "score": decision.score,
        "suggestion": str(decision.suggestion) if decision.suggestion else None,
        "reason": decision.reason,
        "note": decision.note,
        "coder": str(decision.coder) if decision.coder else None,
        "decided_at": decision.decided_at,
    }
