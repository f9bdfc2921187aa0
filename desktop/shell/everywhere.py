"""A verdict on one name, carried out in all articles of the project: in the store's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from db.acts import Act, Change
from db.values import now
from desktop.article.commands.everywhere import Verdict, decide_alike, mentions, title_of
from desktop.article.state import ArticleState

if TYPE_CHECKING:
    from sqlmodel import Session

    from desktop.shell.store import Store


@dataclass(frozen=True, slots=True)
class _Done:
    act: Act | None  # what was done beyond the open article
    changed: int
    left_alone: int
    articles: int


def decide_everywhere(
    store: Store, verdict: Verdict, here: Act, then: Callable[[int, int, int], object]
) -> None:
    """Store ``here``, an act on the open article, with the like of it in all other articles.

    All of it is one act, so that one undo takes it back. ``then`` gets how many mentions were
    changed and left alone in the others, and in how many articles something changed in all.
    """

    def run(session: Session, coder: UUID) -> _Done:
        from db import history

        found = _elsewhere(session, verdict, here.article, coder)
        changes = (*here.changes, *(found.act.changes if found.act else ()))
        if changes:
            whole = Act("alike", title_of(verdict, "everywhere"), None, changes)
            history.perform(session, whole, coder)
        return found

    def told(done: _Done) -> None:
        # The library, and what counts decisions, hear of it as of any act from elsewhere.
        store.applied.emit(done.act or Act(here.name, here.title, None, ()))
        then(done.changed, done.left_alone, done.articles + bool(here.changes))

    store.act(run, told)


def _elsewhere(session: Session, verdict: Verdict, but: UUID | None, coder: UUID) -> _Done:
    from db import annotations
    from db.propagation import articles_with

    changes: list[Change] = []
    changed = left_alone = articles = 0
    at = now()
    for article in articles_with(session, verdict.form):
        if article == but:
            continue
        loaded = annotations.load(session, article)
        state = ArticleState(loaded.article, loaded.suggestions, loaded.decisions, loaded.checked)
        found = mentions(state, verdict)
        left_alone += found.left_alone
        before = changed
        for span in found.open:
            if act := decide_alike(state, span, verdict, coder, at):
                state.apply(act.changes)
                # An article nobody has begun with is not begun by what was done to another.
                changes += [change for change in act.changes if change.table != "article"]
                changed += 1
        articles += changed > before
    act = Act("alike", title_of(verdict, "everywhere"), None, tuple(changes)) if changes else None
    return _Done(act, changed, left_alone, articles)
