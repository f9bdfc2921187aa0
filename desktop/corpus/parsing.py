"""Corpus records back to values: the inverse of :func:`desktop.corpus.records.record`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from db.rows import value_of
from db.values import (
    Actor,
    Annotation,
    Article,
    Checked,
    Decision,
    Entity,
    Issue,
    Loaded,
    Metadata,
    Model,
    Origin,
    Ref,
    RefKind,
    Span,
    Stance,
    Statement,
    Status,
    Zone,
)
from desktop.corpus.shape import (
    ArticleStanceRecord,
    ArticleStanceValue,
    CheckedRecord,
    DecisionRecord,
    EntityRecord,
    EntityValue,
    IssueRecord,
    Record,
    RefRecord,
    SpanRecord,
    StanceRecord,
    StanceValue,
    StatementRecord,
    StatementValue,
)

# What stands where a suggested value has no decision of its own.
_UNDECIDED = Decision(Status.SUGGESTED, Origin.IMPORTED)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a record says: an article with all that is on it, and the issues that mentions.

    ``place`` is where it stood, such as ``corpus.jsonl:17``; ``doubts`` say what of it could not
    come along, or is to be looked at.
    """

    loaded: Loaded
    issues: tuple[Issue, ...]
    place: str = ""
    doubts: tuple[str, ...] = ()


def parse(record: Record) -> Parsed:
    """Return what a proven record says, as values; ids and statuses are kept."""
    read = _Reader(UUID(record["id"]), record.get("issues", []))
    meta, model = record["meta"], record["model"]
    annotations: list[Annotation] = [
        *(read.entity(entity) for entity in record["entities"]),
        *(read.statement(statement) for statement in record["statements"]),
        *(read.stance(stance) for stance in record["stances"]),
        *(read.article_stance(stance) for stance in record["article_stances"]),
    ]
    loaded = Loaded(
        article=Article(
            id=read.article,
            text=record["text"],
            sha256=meta["sha256"],
            meta=Metadata(
                title=meta["title"],
                publication=meta["publication"],
                author=meta["author"],
                url=meta["url"],
                published=meta["published"],
                language=meta["language"],
                section=meta.get("section"),
            ),
            status=record["status"],
            zones=tuple(Zone(z["start"], z["end"], z["kind"]) for z in record["zones"]),
        ),
        suggestions=[a for a in annotations if not a.decision.decided],
        decisions=[a for a in annotations if a.decision.decided],
        checked=list({one.id: one for one in map(read.checked, record["checked"])}.values()),
        actors=[
            Actor(UUID(a["id"]), a["name"], a["kind"], tuple(a["aliases"]))
            for a in record["actors"]
        ],
        model=Model(model["name"], model["version"]) if model else None,
    )
    return Parsed(loaded, tuple(read.issues.values()))


class _Reader:
    """Reads what lies on one article."""

    def __init__(self, article: UUID, issues: Iterable[IssueRecord]) -> None:
        self.article = article
        self.issues = {UUID(issue["id"]): _issue(issue) for issue in issues}

    def entity(self, record: EntityRecord) -> Entity:
        identifier = UUID(record["id"])
        before = record["suggested"]
        suggested = self.entity_value(identifier, before, _UNDECIDED) if before else None
        return self.entity_value(identifier, record, _decision(record, suggested))

    def entity_value(self, identifier: UUID, value: EntityValue, decision: Decision) -> Entity:
        return Entity(
            id=identifier,
            article=self.article,
            span=Span(value["start"], value["end"]),
            label=value["label"],
            actor=_uuid(value["actor"]),
            decision=decision,
        )

    def statement(self, record: StatementRecord) -> Statement:
        identifier = UUID(record["id"])
        before = record["suggested"]
        suggested = self.statement_value(identifier, before, _UNDECIDED) if before else None
        return self.statement_value(identifier, record, _decision(record, suggested))

    def statement_value(
        self, identifier: UUID, value: StatementValue, decision: Decision
    ) -> Statement:
        return Statement(
            id=identifier,
            article=self.article,
            source=self.ref(value["source"]),
            cue=_spans(value["cue"]),
            content=_spans(value["content"]),
            attribution=value["attribution"],
            addressee=self.ref(value["addressee"]) if value["addressee"] else None,
            decision=decision,
        )

    def stance(self, record: StanceRecord) -> Stance:
        identifier = UUID(record["id"])
        before = record["suggested"]
        suggested = self.stance_value(identifier, before, _UNDECIDED) if before else None
        return self.stance_value(identifier, record, _decision(record, suggested))

    def stance_value(self, identifier: UUID, value: StanceValue, decision: Decision) -> Stance:
        return Stance(
            id=identifier,
            article=self.article,
            holder=self.ref(value["holder"]),
            nested=tuple(self.ref(ref) for ref in value["nested"]),
            target=self.ref(value["target"], negated=value["target"]["negated"]),
            position=value["stance"],
            evidence=_spans(value["evidence"]),
            cue=_spans(value["cue"]),
            statement=_uuid(value["statement"]),
            certainty=value["certainty"],
            why=value["why"],
            decision=decision,
        )

    def article_stance(self, record: ArticleStanceRecord) -> Stance:
        identifier = UUID(record["id"])
        before = record["suggested"]
        suggested = self.overall(identifier, before, _UNDECIDED) if before else None
        return self.overall(identifier, record, _decision(record, suggested))

    def overall(self, identifier: UUID, value: ArticleStanceValue, decision: Decision) -> Stance:
        return Stance(
            id=identifier,
            article=self.article,
            holder=Ref(RefKind.WRITER),
            target=self.ref(value["target"]),
            position=value["stance"],
            evidence=(),
            certainty=value["certainty"],
            why=value["why"],
            decision=decision,
        )

    def ref(self, record: RefRecord, negated: bool = False) -> Ref:
        start, end, issue = record["start"], record["end"], _uuid(record["issue"])
        if issue is not None and issue not in self.issues:  # of a line without a list of them
            self.issues[issue] = Issue(issue, record["text"] or str(issue))
        return Ref(
            kind=record["kind"],
            span=None if start is None or end is None else Span(start, end),
            entity=_uuid(record["entity"]),
            actor=_uuid(record["actor"]),
            issue=issue,
            negated=negated,
        )

    def checked(self, record: CheckedRecord) -> Checked:
        """Return a stretch; it has no id in the record, so it gets the same one at each reading."""
        layer, start, end, coder = record["layer"], record["start"], record["end"], record["coder"]
        return Checked(
            id=uuid5(self.article, f"checked:{layer}:{start}:{end}:{coder}"),
            article=self.article,
            start=start,
            end=end,
            layer=layer,
            coder=UUID(coder),
            at=record["at"],
        )


def _issue(record: IssueRecord) -> Issue:
    aliases, keywords = tuple(record["aliases"]), tuple(record["keywords"])
    return Issue(UUID(record["id"]), record["name"], aliases, keywords)


def _uuid(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


def _spans(records: Iterable[SpanRecord]) -> tuple[Span, ...]:
    return tuple(Span(record["start"], record["end"]) for record in records)


def _decision(record: DecisionRecord, suggested: Annotation | None) -> Decision:
    return Decision(
        status=record["status"],
        origin=record["origin"],
        score=record["score"],
        suggestion=_uuid(record["suggestion"]),
        suggested=value_of(suggested) if suggested else None,
        reason=record["reason"],
        note=record["note"],
        coder=_uuid(record["coder"]),
        decided_at=record["decided_at"],
    )
