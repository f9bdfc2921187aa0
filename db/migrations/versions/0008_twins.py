"""Near duplicates are known, and which article is a newer version of which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a project of '0007' to this revision: twins are looked for when it is next open."""
    op.add_column("article", sa.Column("version_of", sa.String(), nullable=True))
    op.create_table(
        "sketch",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("compared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["article.number"], name="fk_sketch_number"),
        sa.PrimaryKeyConstraint("number", name="pk_sketch"),
    )
    op.create_table(
        "twin",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["article.number"], name="fk_twin_number"),
        sa.PrimaryKeyConstraint("number", name="pk_twin"),
    )
    op.create_index("ix_twin_first", "twin", ["first"])
