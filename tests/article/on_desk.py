"""What is read off the desk."""

from __future__ import annotations

from desktop.article.places import main_span


def focused(session, news):
    """Return the words in focus."""
    return news.at(main_span(session.focused)) if session.focused else None


def status(session, annotation):
    return session.state.get(annotation.id).decision.status
