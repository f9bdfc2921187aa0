"""What can be done to the article as a whole: its status, its details, what was looked at."""

from __future__ import annotations

from typing import Literal
from uuid import UUID, uuid4

from db import rows
from db.acts import Act, Change
from db.values import ArticleStatus, Checked, Layer, Metadata, Span
from desktop.article.commands.deciding import act
from desktop.article.state import ArticleState
from desktop.article.trim import clamp

CheckedLayer = Literal["entities", "stances"]
_TITLES = {
    ArticleStatus.TODO: "mark to do",
    ArticleStatus.IN_PROGRESS: "mark in progress",
    ArticleStatus.DONE: "mark done",
    ArticleStatus.FLAGGED: "mark unsure",  # as the window calls it
}
LAYERS: dict[CheckedLayer, Layer] = {"entities": Layer.ENTITY, "stances": Layer.STANCE}


def set_status(state: ArticleState, status: ArticleStatus, coder: UUID, at: str) -> Act | None:
    """Say how far the article is.

    Done says too that the whole text was looked at, for each layer with nothing left undecided:
    what bears no label there is empty, not overlooked.
    """
    article = state.article
    if article.status is status:
        return None
    before, after = {"status": article.status.value}, {"status": status.value}
    changes = [Change("article", article.id, before, after)]
    if status is ArticleStatus.DONE:
        whole = Span(0, len(state.text))
        for layer in LAYERS:
            if not _open(state, layer) and not is_checked(state, whole, layer):
                changes.append(_checked(state, whole, layer, coder, at))
    return Act("status", _TITLES[status], article.id, tuple(changes))


def set_metadata(state: ArticleState, meta: Metadata, coder: UUID, at: str) -> Act | None:
    """Correct what is known of the article beside its text."""
    del coder, at  # the history says who and when; the article's row does not
    old = state.article.meta
    differ = [
        name for name in Metadata.__dataclass_fields__ if getattr(meta, name) != getattr(old, name)
    ]
    if not differ:
        return None
    before = {name: getattr(old, name) for name in differ}
    after = {name: getattr(meta, name) for name in differ}
    change = Change("article", state.article.id, before, after)
    return Act("metadata", "edit details", state.article.id, (change,))


def mark_checked(
    state: ArticleState, span: Span, layer: CheckedLayer, coder: UUID, at: str
) -> Act | None:
    """Say that a stretch was looked at, so that what bears no label there is empty."""
    span = clamp(state.text, span)
    if span.start == span.end or is_checked(state, span, layer):
        return None
    title = f"mark {layer} checked"
    return act(state, "checked", title, [_checked(state, span, layer, coder, at)])


def _open(state: ArticleState, layer: CheckedLayer) -> bool:
    within = state.between(0, len(state.text), LAYERS[layer])
    return any(not annotation.decision.decided for annotation in within)


def is_checked(state: ArticleState, span: Span, layer: CheckedLayer) -> bool:
    """Tell whether a stretch was looked at as a whole."""
    stretches = [Span(c.start, c.end) for c in state.checked.values() if c.layer == layer]
    return any(stretch.covers(span) for stretch in stretches)


def _checked(state: ArticleState, span: Span, layer: CheckedLayer, coder: UUID, at: str) -> Change:
    stretch = Checked(uuid4(), state.article.id, span.start, span.end, layer, coder, at)
    return Change("checked", stretch.id, None, rows.checked_to_row(stretch))
