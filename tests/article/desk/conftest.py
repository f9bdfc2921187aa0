"""The short article on the desk, and what is heard of the desk."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from db.acts import Act
from desktop.article.scheme import Scheme
from desktop.article.session import ArticleSession

AT = "2026-11-23T10:00:00.000Z"


@pytest.fixture
def session(qapp: QApplication, scheme: Scheme, coder: UUID, news) -> ArticleSession:
    session = ArticleSession(scheme, coder, clock=lambda: AT)
    session.load(news.article, news.suggestions)
    return session


@pytest.fixture
def acts(session: ArticleSession) -> list[Act]:
    done: list[Act] = []
    session.acted.connect(done.append)
    return done


@pytest.fixture
def told(session: ArticleSession) -> list[str]:
    words: list[str] = []
    session.told.connect(words.append)
    return words
