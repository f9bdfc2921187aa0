"""Keywords of issues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a project of '0001' to this revision."""
    op.create_table(
        "issue_keyword",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("issue_id", sa.String(), nullable=False),
        sa.Column("keyword", sa.String(), nullable=False),
        sa.UniqueConstraint("issue_id", "keyword", name="uq_issue_keyword_issue_id_keyword"),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_issue_keyword_issue_id"),
        sa.PrimaryKeyConstraint("id", name="pk_issue_keyword"),
    )
