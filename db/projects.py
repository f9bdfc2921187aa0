"""What a project says of itself. Switching articles or pipelines is no act: there is no undo."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session

from db.models import TABLES
from db.transactions import snapshot, transaction
from db.values import Project

_project = TABLES["project"]


def get(session: Session) -> Project:
    """Return the project's own row."""
    with snapshot(session) as connection:
        row = connection.execute(select(_project)).one()
    return Project(
        id=UUID(row.id),
        name=row.name,
        scheme=UUID(row.scheme_id),
        pipeline=row.pipeline,
        last_article=None if row.last_article_id is None else UUID(row.last_article_id),
        created_at=row.created_at,
    )


def set_name(session: Session, name: str) -> None:
    """Give the project another name; the file keeps its own."""
    with transaction(session) as connection:
        connection.execute(_project.update().values(name=name))


def set_pipeline(session: Session, pipeline: str | None) -> None:
    """Choose the spaCy pipeline that suggests: its name or folder, or None for the bundled one."""
    with transaction(session) as connection:
        connection.execute(_project.update().values(pipeline=pipeline))


def set_last_article(session: Session, article: UUID | None) -> None:
    """Remember the article to show when the project is opened again."""
    with transaction(session) as connection:
        connection.execute(
            _project.update().values(last_article_id=None if article is None else str(article))
        )
