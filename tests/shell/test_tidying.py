"""Garbage is collected while the hands rest, not while they work."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from uuid import uuid4

import pytest

from desktop.article.scheme import Scheme
from desktop.article.session import ArticleSession
from desktop.shell.tidying import Tidying


class Ring:
    """What holds itself, so that the collector alone can take it away."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def tidying(qapp) -> Iterator[Tidying]:
    gc.disable()  # nobody else shall collect
    yield Tidying(ArticleSession(Scheme()))
    gc.unfreeze()
    gc.enable()


def lost() -> weakref.ref[Ring]:
    return weakref.ref(Ring())


def test_what_nobody_holds_is_gone_after_a_rest(tidying: Tidying, qtbot):
    gone = lost()
    tidying.session.focus_changed.emit(uuid4())
    assert gone() is not None
    qtbot.waitUntil(lambda: gone() is None)


def test_what_lived_at_the_last_rest_is_looked_at_again_when_the_project_is_closed(
    tidying: Tidying, qtbot
):
    ring = Ring()
    gone = weakref.ref(ring)
    before = lost()
    tidying.session.focus_changed.emit(None)
    qtbot.waitUntil(lambda: before() is None)
    del ring
    tidying.all_again()
    tidying.session.article_changed.emit()
    qtbot.waitUntil(lambda: gone() is None)
