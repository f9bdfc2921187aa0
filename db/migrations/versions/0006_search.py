"""Articles are numbered and their words indexed; searches can be saved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_KEPT = (
    "id, sha256, title, publication, author, url, published, language, status, removed,"
    " imported_at, model, model_version, decided, pending"
)
_LISTED = "removed published imported_at id title publication status decided pending score"


def upgrade() -> None:
    """Bring a project of '0005' to this revision, and index what is in it."""
    _number_articles()
    _index_words()
    op.create_table(
        "saved_search",
        _text("id"),
        _text("name"),
        sa.Column("search", sa.JSON(), nullable=False),
        sa.UniqueConstraint("name", name="uq_saved_search_name"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_search"),
    )
    for column in ("label", "coder_id"):
        _index("entity", column)
    op.add_column(
        "stance",
        sa.Column(
            "target_issue",
            sa.String(),
            sa.Computed("json_extract(target, '$.issue')", persisted=False),
            nullable=True,
        ),
    )
    for slot in ("holder", "target"):
        op.drop_index(f"ix_stance_{slot}_actor", "stance")
    for column in ("holder_actor", "target_actor", "target_issue", "position", "coder_id"):
        _index("stance", column)


def _number_articles() -> None:
    # What refers to an article by its id goes on doing so. The oldest import comes first.
    op.create_table(
        "article_anew",
        sa.Column("number", sa.Integer(), nullable=False),
        _text("id"),
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
        sa.Column("decided", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.UniqueConstraint("id", name="uq_article_id"),
        sa.PrimaryKeyConstraint("number", name="pk_article"),
    )
    op.execute(
        f"INSERT INTO article_anew ({_KEPT}) SELECT {_KEPT} FROM article"
        " ORDER BY imported_at, rowid"
    )
    op.create_table(
        "article_text_anew",
        sa.Column("number", sa.Integer(), nullable=False),
        _text("text"),
        sa.ForeignKeyConstraint(["number"], ["article.number"], name="fk_article_text_number"),
        sa.PrimaryKeyConstraint("number", name="pk_article_text"),
    )
    op.execute(
        "INSERT INTO article_text_anew (number, text) SELECT number, text"
        " FROM article_anew JOIN article_text ON article_id = id ORDER BY number"
    )
    for table in ("article", "article_text"):
        op.drop_table(table)
        op.rename_table(f"{table}_anew", table)
    op.create_index("ix_article_sha256", "article", ["sha256"])
    op.create_index("ix_article_library", "article", _LISTED.split())
    # The mean score of what is undecided; what the scheme does not want shown is counted out when
    # the article is next worked on.
    op.execute(
        "UPDATE article SET score = (SELECT avg(score) FROM suggestion"
        " WHERE article_id = article.id AND layer IN ('entity', 'stance')"
        " AND id NOT IN (SELECT id FROM entity WHERE article_id = article.id"
        " UNION ALL SELECT id FROM stance WHERE article_id = article.id))"
    )


def _index_words() -> None:
    op.execute(
        "CREATE VIEW full_text_source AS SELECT article.number, title, text"
        " FROM article JOIN article_text ON article_text.number = article.number"
    )
    op.execute(
        "CREATE VIRTUAL TABLE full_text USING fts5(title, text, content='full_text_source',"
        " content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute(
        "CREATE TRIGGER full_text_title AFTER UPDATE OF title ON article"
        " WHEN old.title IS NOT new.title BEGIN"
        " INSERT INTO full_text (full_text, rowid, title, text) SELECT 'delete', number, old.title,"
        " text FROM article_text WHERE number = old.number;"
        " INSERT INTO full_text (rowid, title, text) SELECT number, new.title, text"
        " FROM article_text WHERE number = old.number; END"
    )
    op.execute("INSERT INTO full_text (full_text, rank) VALUES ('hashsize', 16777216)")
    op.execute("INSERT INTO full_text (full_text) VALUES ('rebuild')")


def _text(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _index(table: str, column: str) -> None:
    op.create_index(
        f"ix_{table}_{column}_status_article_id", table, [column, "status", "article_id"]
    )
