"""Imports of many articles as one act; where each article stood, and in which section."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a project of '0006' to this revision: until then, each article came by itself."""
    for column in ("section", "place", "import_id"):
        op.add_column("article", sa.Column(column, sa.String(), nullable=True))
    op.create_index("ix_article_import_id", "article", ["import_id"])
    op.create_table(
        "import",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import"),
    )
