"""Affiliations of actors, and ways to find what actors hold and what is held toward them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a project of '0003' to this revision."""
    # SQLite adds no column with a named constraint: the table is made anew.
    op.create_table(
        "actor_anew",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("affiliation_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["affiliation_id"], ["actor.id"], name="fk_actor_affiliation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_actor"),
    )
    op.execute("INSERT INTO actor_anew (id, name, kind) SELECT id, name, kind FROM actor")
    op.drop_table("actor")
    op.rename_table("actor_anew", "actor")
    for slot in ("holder", "target"):
        op.add_column(
            "stance",
            sa.Column(
                f"{slot}_actor",
                sa.String(),
                sa.Computed(f"json_extract({slot}, '$.actor')", persisted=False),
                nullable=True,
            ),
        )
        op.create_index(f"ix_stance_{slot}_actor", "stance", [f"{slot}_actor"])
    op.drop_index("ix_entity_actor_id", "entity")
    op.create_index(
        "ix_entity_actor_id_status_article_id", "entity", ["actor_id", "status", "article_id"]
    )
