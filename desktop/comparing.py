"""The open article as it is on the desk, beside what the file or an act says of it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from db.acts import Act
from db.values import Annotation, Checked, Loaded, Status
from desktop.article.state import ArticleState


def same_article(state: ArticleState, loaded: Loaded) -> bool:
    """Tell whether the article itself and its checked stretches are the same in both."""
    return state.article == loaded.article and state.checked == _by_id(loaded.checked)


def decided_alike(state: ArticleState, loaded: Loaded) -> bool:
    """Tell whether decisions are the same in both."""
    return _by_id(state.decisions) == _by_id(loaded.decisions)


def standing(loaded: Loaded) -> set[UUID]:
    """Return what is to be seen of what was read: all that was not rejected."""
    annotations = (*loaded.suggestions, *loaded.decisions)
    return {one.id for one in annotations if one.decision.status is not Status.REJECTED}


def suggestions_gone(act: Act, state: ArticleState) -> list[UUID]:
    """Return what an act made undecided again, and is not among what was loaded as suggestions."""
    return [
        change.id
        for change in act.changes
        if change.before is not None
        and change.after is None
        and change.before.get("suggestion_id")
        and change.before.get("article_id") == str(state.article.id)
        and not state.suggests(change.id)
    ]


def _by_id(things: Iterable[Annotation | Checked]) -> dict[UUID, Annotation | Checked]:
    return {each.id: each for each in things}
