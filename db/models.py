"""The tables. Identifiers are UUIDs as text, times UTC ISO 8601, offsets code points, half-open.

The columns of ``entity``, ``statement`` and ``stance`` are the keys of :func:`db.rows.to_row`,
so an act's changes (:mod:`db.acts`) are these tables' rows. Slots, spans and suggested values
are JSON: they refer to annotations by id, whether these are decided or still suggestions.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Computed,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Json(JSON):
    """JSON whose None is SQL's NULL, as in any other column."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(none_as_null=True)


def _half_open() -> CheckConstraint:
    return CheckConstraint('0 <= start AND start < "end"', name="half_open")


_NONE_YET = {"server_default": "[]"}  # for rows that were there before the column was


def _computed(slot: str, key: str) -> Any:
    """Return who or what is in a slot as a column that SQLite reads off the slot itself."""
    return Field(
        sa_column=Column(String, Computed(f"json_extract({slot}, '$.{key}')", persisted=False))
    )


class _Table(SQLModel):
    """A table named as its class is: ``IssueAliasRow`` is ``issue_alias``."""

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805  # pyright: ignore[reportIncompatibleVariableOverride]
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__.removesuffix("Row")).lower()


class SchemeRow(_Table, table=True):
    """A set of labels; ``unwanted`` are the engine's names whose suggestions are not shown."""

    id: str = Field(primary_key=True)
    name: str
    version: int
    unwanted: list[str] = Field(sa_type=Json, sa_column_kwargs=_NONE_YET)


class LabelRow(_Table, table=True):
    """A label: see :class:`db.values.Label`."""

    __table_args__ = (UniqueConstraint("scheme_id", "layer", "name"),)

    id: str = Field(primary_key=True)
    scheme_id: str = Field(foreign_key="scheme.id")
    layer: str
    name: str
    colour: str
    shortcut: str | None
    guideline: str
    position: int
    examples: list[str] = Field(sa_type=Json, sa_column_kwargs=_NONE_YET)
    engine_names: list[str] = Field(sa_type=Json, sa_column_kwargs=_NONE_YET)
    shown: str | None
    offered: bool = Field(sa_column_kwargs={"server_default": text("1")})


class ProjectRow(_Table, table=True):
    """The one row that says what this file is; ``pipeline`` is NULL for the bundled one."""

    id: str = Field(primary_key=True)
    name: str
    scheme_id: str = Field(foreign_key="scheme.id")
    pipeline: str | None
    last_article_id: str | None
    created_at: str


class CoderRow(_Table, table=True):
    """Who decides."""

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    created_at: str


class IssueRow(_Table, table=True):
    """A topic positions are taken on."""

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)


class IssueAliasRow(_Table, table=True):
    """Another name of an issue."""

    __table_args__ = (UniqueConstraint("issue_id", "alias"),)

    id: str = Field(primary_key=True)
    issue_id: str = Field(foreign_key="issue.id")
    alias: str


class IssueKeywordRow(_Table, table=True):
    """A word that shows that an issue is meant."""

    __table_args__ = (UniqueConstraint("issue_id", "keyword"),)

    id: str = Field(primary_key=True)
    issue_id: str = Field(foreign_key="issue.id")
    keyword: str


class ActorRow(_Table, table=True):
    """Somebody mentioned across the project; ``kind`` is a label, the affiliation an actor too."""

    id: str = Field(primary_key=True)
    name: str
    kind: str | None
    affiliation_id: str | None = Field(foreign_key="actor.id")


class ActorAliasRow(_Table, table=True):
    """Another name, or spelling, of an actor."""

    __table_args__ = (UniqueConstraint("actor_id", "alias"),)

    id: str = Field(primary_key=True)
    actor_id: str = Field(foreign_key="actor.id")
    alias: str


class ArticleRow(_Table, table=True):
    """What the library lists. The text lies apart, so that the list reads no bodies.

    ``number`` is how the full text knows the article; it never changes, and means nothing outside
    this file. ``model`` and ``model_version`` name the pipeline that last suggested, NULL while
    none has. ``decided``, ``pending`` and ``score``, the mean score of what is pending, are kept by
    :func:`db.counts.recount`. ``removed`` is the bin. ``place`` is where it stood, such as
    "reuters.jsonl:17"; ``import_id`` the import that brought it, NULL where it came by itself;
    ``version_of`` the article that it is a newer version of.
    """

    __table_args__ = (
        # All that the library shows, newest first: the list is read from this index alone.
        Index(
            "ix_article_library",
            "removed",
            "published",
            "imported_at",
            "id",
            "title",
            "publication",
            "status",
            "decided",
            "pending",
            "score",
        ),
    )

    number: int | None = Field(default=None, primary_key=True)
    id: str = Field(unique=True)
    sha256: str = Field(index=True)
    title: str | None
    publication: str | None
    author: str | None
    url: str | None
    published: str | None
    language: str | None
    section: str | None
    status: str
    removed: bool
    imported_at: str
    model: str | None
    model_version: str | None
    decided: int
    pending: int
    score: float | None
    place: str | None
    import_id: str | None = Field(index=True)
    version_of: str | None


class ImportRow(_Table, table=True):
    """An import: its id is its act's. One that is not ``done`` goes on with the same sources."""

    id: str = Field(primary_key=True)
    sources: list[str] = Field(sa_type=Json)
    articles: int
    done: bool


class ArticleTextRow(_Table, table=True):
    """An article's text, which never changes; whoever adds one adds it to :mod:`db.full_text`."""

    number: int = Field(primary_key=True, foreign_key="article.number")
    text: str


class SketchRow(_Table, table=True):
    """What a text is like: see :mod:`db.sketches`; ``compared`` once its twins were sought."""

    number: int = Field(primary_key=True, foreign_key="article.number")
    signature: bytes
    compared: bool


class TwinRow(_Table, table=True):
    """An article that has twins: all with the same ``first``, which is one of them, are twins."""

    number: int = Field(primary_key=True, foreign_key="article.number")
    first: int = Field(index=True)


class SavedSearchRow(_Table, table=True):
    """A search of the library that was given a name: see :class:`db.search_values.Search`."""

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    search: dict[str, Any] = Field(sa_type=Json)


class ZoneRow(_Table, table=True):
    """One part of an article's text."""

    __table_args__ = (_half_open(),)

    article_id: str = Field(primary_key=True, foreign_key="article.id")
    start: int = Field(primary_key=True)
    end: int
    kind: str


class SuggestionRow(_Table, table=True):
    """What a pipeline suggested; a decision on it is a row of its layer's table, of the same id."""

    __table_args__ = (Index(None, "article_id", "layer", "id"),)

    id: str = Field(primary_key=True)
    article_id: str = Field(foreign_key="article.id")
    layer: str
    value: dict[str, Any] = Field(sa_type=Json)
    origin: str
    score: float | None
    model: str
    version: str
    created_at: str


class _Decided(_Table):
    """What every decided annotation has beside its value."""

    id: str = Field(primary_key=True)
    article_id: str = Field(foreign_key="article.id", index=True)
    status: str
    origin: str
    score: float | None
    suggestion_id: str | None
    suggested: dict[str, Any] | None = Field(sa_type=Json)
    reason: str | None
    note: str | None
    coder_id: str | None = Field(foreign_key="coder.id")
    decided_at: str | None


class EntityRow(_Decided, table=True):
    """A decided mention."""

    # Each of these is counted from its index alone.
    __table_args__ = (
        _half_open(),
        Index(None, "actor_id", "status", "article_id"),
        Index(None, "label", "status", "article_id"),
        Index(None, "coder_id", "status", "article_id"),
    )

    start: int
    end: int
    label: str
    actor_id: str | None = Field(foreign_key="actor.id")


class StatementRow(_Decided, table=True):
    """A decided statement: who said what, through which cue."""

    source: dict[str, Any] = Field(sa_type=Json)
    cue: list[list[int]] = Field(sa_type=Json)
    content: list[list[int]] = Field(sa_type=Json)
    attribution: str
    addressee: dict[str, Any] | None = Field(sa_type=Json)


class StanceRow(_Decided, table=True):
    """A decided stance frame; whom its slots name is in columns too, so that it is found."""

    __table_args__ = (
        Index(None, "holder_actor", "status", "article_id"),
        Index(None, "target_actor", "status", "article_id"),
        Index(None, "target_issue", "status", "article_id"),
        Index(None, "position", "status", "article_id"),
        Index(None, "coder_id", "status", "article_id"),
    )

    holder: dict[str, Any] = Field(sa_type=Json)
    nested: list[dict[str, Any]] = Field(sa_type=Json)
    target: dict[str, Any] = Field(sa_type=Json)
    position: str
    evidence: list[list[int]] = Field(sa_type=Json)
    cue: list[list[int]] = Field(sa_type=Json)
    statement_id: str | None
    certainty: str | None
    why: str | None
    holder_actor: str | None = _computed("holder", "actor")
    target_actor: str | None = _computed("target", "actor")
    target_issue: str | None = _computed("target", "issue")


class CheckedRow(_Table, table=True):
    """A stretch somebody looked at; ``layer`` is "entities" or "stances"."""

    __table_args__ = (_half_open(),)

    id: str = Field(primary_key=True)
    article_id: str = Field(foreign_key="article.id", index=True)
    start: int
    end: int
    layer: str
    coder_id: str = Field(foreign_key="coder.id")
    at: str


class HistoryRow(_Table, table=True):
    """Every act, undo and redo, in order; rows are only ever added. See :mod:`db.history`."""

    __table_args__ = (
        Index(None, "act_id", "seq"),
        Index(None, "article_id", "seq"),
        Index(None, "kind", "seq"),
    )

    seq: int = Field(primary_key=True)
    id: str = Field(unique=True)
    at: str
    coder_id: str | None = Field(foreign_key="coder.id")
    article_id: str | None
    kind: str
    act_id: str
    name: str
    title: str
    changes: list[dict[str, Any]] = Field(sa_type=Json)


class HistoryArticleRow(_Table, table=True):
    """An article that an act changed without being its own: one over several articles."""

    article_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True, foreign_key="history.seq")


TABLES = SQLModel.metadata.tables
"""The tables by name, for statements that work on rows."""
