"""Labels with examples, colours of their own, and what the engine calls them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a project to this revision: until now the engine's names were the labels'."""
    op.add_column("scheme", _listed("unwanted"))
    op.add_column("label", _listed("examples"))
    op.add_column("label", _listed("engine_names"))
    op.add_column("label", sa.Column("shown", sa.String(), nullable=True))
    offered = sa.Column("offered", sa.Boolean(), nullable=False, server_default=sa.text("1"))
    op.add_column("label", offered)
    op.execute("UPDATE label SET engine_names = json_array(name) WHERE layer = 'entity'")


def _listed(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON(), nullable=False, server_default="[]")
