"""The shape of one corpus record, ``standfirst/1``: the one place it is written down.

The type checker holds the writer (:mod:`desktop.corpus.records`) to it, :func:`validate` holds the
file on disk to it, and ``resources/schema/standfirst-1.schema.json`` is generated from it (run
this module). Every key is always written; readers ignore keys they don't know.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, NotRequired

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema
from typing_extensions import TypedDict

from db.values import (
    ArticleStatus,
    Attribution,
    Certainty,
    Origin,
    Position,
    RefKind,
    Status,
    ZoneKind,
)

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaMode, JsonSchemaValue
    from pydantic_core import CoreSchema

SCHEMA = "standfirst/1"

Id = Annotated[
    str,
    Field(
        pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        description="A UUID in lower case.",
    ),
]
Offset = Annotated[
    int, Field(ge=0, description="Unicode code points from the start of the record's text.")
]
Time = Annotated[str, Field(description="UTC, ISO 8601.", examples=["2026-11-23T10:42:07Z"])]
Score = Annotated[
    float,
    Field(ge=0, le=1, allow_inf_nan=False, description="The model's confidence, 0 to 1."),
]


class SpanRecord(TypedDict):
    """A stretch of the text, half-open; ``text`` is what the offsets cut out."""

    start: Offset
    end: Offset
    text: str


class RefRecord(TypedDict):
    """What fills a slot: a mention, a free stretch, an issue, the writer, or nobody named.

    ``start``, ``end`` and ``text`` are set for ``entity`` and ``span``, and for an ``issue`` where
    the text names it; the ``text`` of one that it does not name is the issue's name.
    """

    kind: RefKind
    start: Offset | None
    end: Offset | None
    text: str | None
    entity: Annotated[Id | None, Field(description="The id of one of the record's entities.")]
    actor: Annotated[Id | None, Field(description="The id of one of the record's actors.")]
    issue: Annotated[Id | None, Field(description="The id of one of the record's issues.")]


class TargetRecord(RefRecord):
    """What a stance is toward; ``negated`` for "removing the controls" with "the controls"."""

    negated: bool


class EntityValue(TypedDict):
    """A named thing in the text: the part that can be suggested and corrected."""

    start: Offset
    end: Offset
    text: str
    label: Annotated[str, Field(description="A label of the scheme.")]
    actor: Annotated[Id | None, Field(description="The id of one of the record's actors.")]


class StatementValue(TypedDict):
    """Something said, and who said it: the part that can be suggested and corrected."""

    source: RefRecord
    cue: Annotated[list[SpanRecord], Field(description="The words that show that it was said.")]
    content: Annotated[list[SpanRecord], Field(description="What was said.")]
    attribution: Attribution
    addressee: RefRecord | None


class StanceValue(TypedDict):
    """A holder is for or against a target: the part that can be suggested and corrected."""

    holder: RefRecord
    nested: Annotated[
        list[RefRecord], Field(description="The sources between the writer and the holder.")
    ]
    target: TargetRecord
    stance: Annotated[Position, Field(description="The stance toward the target as negated.")]
    evidence: Annotated[list[SpanRecord], Field(description="The stretches that show the stance.")]
    cue: Annotated[list[SpanRecord], Field(description="The words that carry it.")]
    statement: Annotated[Id | None, Field(description="The id of one of the record's statements.")]
    certainty: Annotated[Certainty | None, Field(description="The analyst's own.")]
    why: Annotated[str | None, Field(description="The model's reason, in one line.")]


class ArticleStanceValue(TypedDict):
    """The stance of an article as a whole: the part that can be suggested and corrected."""

    target: Annotated[RefRecord, Field(description="An issue, named nowhere in particular.")]
    stance: Position
    certainty: Annotated[Certainty | None, Field(description="The analyst's own.")]
    why: Annotated[str | None, Field(description="The model's reason, in one line.")]


class DecisionRecord(TypedDict):
    """Where an annotation stands, where it came from, and who decided on it when."""

    status: Status
    origin: Origin
    score: Score | None
    suggestion: Annotated[Id | None, Field(description="The suggestion that was decided on.")]
    reason: Annotated[str | None, Field(description="Why it was rejected.")]
    note: str | None
    coder: Annotated[Id | None, Field(description="An id, so that no name leaves the project.")]
    decided_at: Time | None


class EntityRecord(EntityValue, DecisionRecord):
    """A named thing in the text, and what was decided on it."""

    id: Id
    suggested: Annotated[EntityValue | None, Field(description="Its value before correction.")]


class StatementRecord(StatementValue, DecisionRecord):
    """Something said, who said it, and what was decided on it."""

    id: Id
    suggested: Annotated[StatementValue | None, Field(description="Its value before correction.")]


class StanceRecord(StanceValue, DecisionRecord):
    """A stance frame, and what was decided on it."""

    id: Id
    suggested: Annotated[StanceValue | None, Field(description="Its value before correction.")]


class ArticleStanceRecord(ArticleStanceValue, DecisionRecord):
    """The stance of the article as a whole, and what was decided on it."""

    id: Id
    suggested: Annotated[
        ArticleStanceValue | None, Field(description="Its value before correction.")
    ]


class ZoneRecord(TypedDict):
    """A part of the page; nothing is suggested in ``boilerplate``."""

    start: Offset
    end: Offset
    kind: ZoneKind


class ActorRecord(TypedDict):
    """One person, body or place of the project, whatever the text calls it."""

    id: Id
    name: str
    kind: Annotated[str | None, Field(description="A label of the scheme.")]
    aliases: list[str]


class IssueRecord(TypedDict):
    """A topic of the project that positions are taken on; ``keywords`` show that it is meant."""

    id: Id
    name: str
    aliases: list[str]
    keywords: Annotated[list[str], Field(description="A trailing * stands for any ending.")]


class CheckedRecord(TypedDict):
    """A stretch a coder looked at: without annotations it is empty, not overlooked."""

    start: Offset
    end: Offset
    layer: Literal["entities", "stances"]
    coder: Id
    at: Time


class MetaRecord(TypedDict):
    """What is known of the article beside its text."""

    title: str | None
    publication: str | None
    author: str | None
    url: str | None
    published: Annotated[str | None, Field(description="A date or time, ISO 8601.")]
    language: Annotated[str | None, Field(description="A BCP 47 tag.", examples=["en"])]
    section: Annotated[
        NotRequired[str | None],
        Field(description="The part of the paper. Absent in lines written before it was."),
    ]
    sha256: Annotated[
        str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of the text's UTF-8.")
    ]


class SchemeRecord(TypedDict):
    """The labels the annotations were made with."""

    id: Id
    version: int


class ModelRecord(TypedDict):
    """What made the suggestions."""

    name: str
    version: str


class Record(TypedDict):
    """One news article with its annotations: one line of a Standfirst corpus.

    Offsets are Unicode code points, half-open: ``text[start:end]`` is the ``text`` of every span.
    """

    schema: Literal["standfirst/1"]
    id: Id
    text: str
    meta: MetaRecord
    scheme: SchemeRecord
    model: ModelRecord | None
    status: ArticleStatus
    zones: list[ZoneRecord]
    actors: list[ActorRecord]
    issues: Annotated[
        NotRequired[list[IssueRecord]], Field(description="Absent in lines written before it was.")
    ]
    entities: list[EntityRecord]
    statements: list[StatementRecord]
    stances: list[StanceRecord]
    article_stances: list[ArticleStanceRecord]
    checked: list[CheckedRecord]


@cache
def _adapter() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


def validate(line: bytes | str) -> Record:
    """Read one line; keys that are not of the schema are dropped.

    Raises:
        ValueError: it is not JSON, or not of this shape; the message names the first fault and
            where it lies, such as ``entities.3.label: Input should be a valid string``.
    """
    try:
        return _adapter().validate_json(line, strict=True)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(step) for step in fault["loc"])
        raise ValueError(f"{place}: {fault['msg']}" if place else fault["msg"]) from error


class _Plain(GenerateJsonSchema):
    """JSON Schema without the titles that only repeat the keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def generate(self, schema: CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        body = super().generate(schema, mode)
        for definition in body["$defs"].values():
            definition.pop("title", None)
        head = {
            "$schema": self.schema_dialect,
            "$id": f"urn:{SCHEMA.replace('/', ':')}",
            "title": f"Standfirst corpus record, {SCHEMA}",
        }
        return {**head, **{key: value for key, value in body.items() if key != "title"}}


def json_schema() -> str:
    """Return the JSON Schema (2020-12) of one record, as it is published."""
    schema = _adapter().json_schema(schema_generator=_Plain)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    from resources import path

    (path("schema") / "standfirst-1.schema.json").write_text(json_schema(), "utf-8")
