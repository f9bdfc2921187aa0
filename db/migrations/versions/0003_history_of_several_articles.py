"""Which articles an act over several of them changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a project of '0002' to this revision: until then, no act changed several articles."""
    op.create_table(
        "history_article",
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["history.seq"], name="fk_history_article_seq"),
        sa.PrimaryKeyConstraint("article_id", "seq", name="pk_history_article"),
    )
