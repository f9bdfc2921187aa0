"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table of an empty project."""
    _make("scheme", _id(), _text("name"), _number("version"))
    _make(
        "label",
        _id(),
        _text("scheme_id"),
        _text("layer"),
        _text("name"),
        _text("colour"),
        _text("shortcut", nullable=True),
        _text("guideline"),
        _number("position"),
        _unique("label", "scheme_id", "layer", "name"),
        _refers("label", "scheme"),
    )
    _make(
        "project",
        _id(),
        _text("name"),
        _text("scheme_id"),
        _text("pipeline", nullable=True),
        _text("last_article_id", nullable=True),
        _text("created_at"),
        _refers("project", "scheme"),
    )
    _make("coder", _id(), _text("name"), _text("created_at"), _unique("coder", "name"))
    _make("issue", _id(), _text("name"), _unique("issue", "name"))
    _make("actor", _id(), _text("name"), _text("kind", nullable=True))
    for named in ("issue", "actor"):
        _make(
            f"{named}_alias",
            _id(),
            _text(f"{named}_id"),
            _text("alias"),
            _unique(f"{named}_alias", f"{named}_id", "alias"),
            _refers(f"{named}_alias", named),
        )
    _make_articles()
    _make_annotations()
    _make(
        "history",
        _number("seq"),
        _text("id"),
        _text("at"),
        _text("coder_id", nullable=True),
        _text("article_id", nullable=True),
        _text("kind"),
        _text("act_id"),
        _text("name"),
        _text("title"),
        _json("changes"),
        _unique("history", "id"),
        _refers("history", "coder"),
        key=("seq",),
    )
    for column in ("act_id", "article_id", "kind"):
        _index("history", column, "seq")


def _make_articles() -> None:
    _make(
        "article",
        _id(),
        _text("sha256"),
        *(
            _text(name, nullable=True)
            for name in ("title", "publication", "author", "url", "published", "language")
        ),
        _text("status"),
        sa.Column("removed", sa.Boolean(), nullable=False),
        _text("imported_at"),
        _text("model", nullable=True),
        _text("model_version", nullable=True),
        _number("decided"),
        _number("pending"),
    )
    _index("article", "sha256")
    listed = "removed published imported_at id title publication status decided pending"
    op.create_index("ix_article_library", "article", listed.split())
    _make(
        "article_text",
        _text("article_id"),
        _text("text"),
        _refers("article_text", "article"),
        key=("article_id",),
    )
    _make(
        "zone",
        _text("article_id"),
        _number("start"),
        _number("end"),
        _text("kind"),
        _half_open("zone"),
        _refers("zone", "article"),
        key=("article_id", "start"),
    )
    _make(
        "suggestion",
        _id(),
        _text("article_id"),
        _text("layer"),
        _json("value"),
        _text("origin"),
        sa.Column("score", sa.Float()),
        _text("model"),
        _text("version"),
        _text("created_at"),
        _refers("suggestion", "article"),
    )
    _index("suggestion", "article_id", "layer", "id")


def _make_annotations() -> None:
    _make_decided(
        "entity",
        _number("start"),
        _number("end"),
        _text("label"),
        _text("actor_id", nullable=True),
        _half_open("entity"),
        _refers("entity", "actor"),
    )
    _index("entity", "actor_id")
    _make_decided(
        "statement",
        _json("source"),
        _json("cue"),
        _json("content"),
        _text("attribution"),
        _json("addressee", nullable=True),
    )
    _make_decided(
        "stance",
        _json("holder"),
        _json("nested"),
        _json("target"),
        _text("position"),
        _json("evidence"),
        _json("cue"),
        _text("statement_id", nullable=True),
        _text("certainty", nullable=True),
        _text("why", nullable=True),
    )
    _make(
        "checked",
        _id(),
        _text("article_id"),
        _number("start"),
        _number("end"),
        _text("layer"),
        _text("coder_id"),
        _text("at"),
        _half_open("checked"),
        _refers("checked", "article"),
        _refers("checked", "coder"),
    )
    _index("checked", "article_id")


def _make_decided(table: str, *own: sa.Column[Any] | sa.Constraint) -> None:
    _make(
        table,
        _id(),
        _text("article_id"),
        _text("status"),
        _text("origin"),
        sa.Column("score", sa.Float()),
        _text("suggestion_id", nullable=True),
        _json("suggested", nullable=True),
        _text("reason", nullable=True),
        _text("note", nullable=True),
        _text("coder_id", nullable=True),
        _text("decided_at", nullable=True),
        *own,
        _refers(table, "article"),
        _refers(table, "coder"),
    )
    _index(table, "article_id")


def _make(
    table: str, *parts: sa.Column[Any] | sa.Constraint, key: tuple[str, ...] = ("id",)
) -> None:
    op.create_table(table, *parts, sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _id() -> sa.Column[Any]:
    return _text("id")


def _text(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _json(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=nullable)


def _unique(table: str, *columns: str) -> sa.Constraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _refers(table: str, other: str) -> sa.Constraint:
    name = f"fk_{table}_{other}_id"
    return sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=name)


def _half_open(table: str) -> sa.Constraint:
    name = op.f(f"ck_{table}_half_open")  # as it is: the convention would prefix it again
    return sa.CheckConstraint('0 <= start AND start < "end"', name=name)
