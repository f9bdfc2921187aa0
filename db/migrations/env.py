"""Alembic's entry: runs the revisions on the connection :mod:`db.update` hands over."""

from alembic import context

from db.models import SQLModel

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite changes a column by making the table anew
)
with context.begin_transaction():
    context.run_migrations()
