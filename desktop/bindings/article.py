"""The article as a whole, and the way to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from db.values import ArticleStatus

if TYPE_CHECKING:
    from desktop.app import Standfirst


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return what the menu Article does."""
    session = app.session
    return {
        "done": partial(_done, app),
        "unsure": partial(session.set_status, ArticleStatus.FLAGGED),
        "todo": partial(session.set_status, ArticleStatus.IN_PROGRESS),
        "details": partial(_details, app),
        "remove": partial(_remove, app),
        "suggest": partial(_suggest, app),
        "next-article": partial(app.next_article, 1),
        "previous-article": partial(app.next_article, -1),
    }


def _done(app: Standfirst) -> None:
    after = app.library.neighbour(1) or app.library.neighbour(-1)
    app.session.mark_done()
    state = app.session.state
    if state and state.article.status is ArticleStatus.DONE and after:
        app.open_article(after)


def _details(app: Standfirst) -> None:
    from desktop.library.metadata_dialog import MetadataDialog

    if state := app.session.state:
        dialog = MetadataDialog(state.article.meta, app.window)
        dialog.accepted.connect(lambda: app.session.set_metadata(dialog.meta))
        dialog.open()


def _remove(app: Standfirst) -> None:
    if state := app.session.state:
        app.look_back().remove(state.article.id)


def _suggest(app: Standfirst) -> None:
    if state := app.session.state:
        app.suggesting.ask(state.article)
