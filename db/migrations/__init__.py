"""How older projects become today's: Alembic revisions, run by :mod:`db.update`."""
