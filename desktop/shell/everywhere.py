"""A verdict on one name, carried out in all articles of the project: in the store's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from db.actor_book import ActorBook
from db.acts import Act, Change
from db.rows import ref_from_row
from db.values import Layer, Span, Stance, now
from desktop.article.commands.everywhere import Verdict, decide_alike, mentions, title_of
from desktop.article.commands.resolving import resolved
from desktop.article.ledger import Ledger
from desktop.article.scheme import Scheme
from desktop.article.state import ArticleState
from desktop.article.who import Who

if TYPE_CHECKING:
    from sqlmodel import Session

    from desktop.shell.store import Store


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was done beyond the open article: ``act``, None where nothing was, and how many.

    ``left_alone`` were decided otherwise, ``contradicting`` would contradict a recorded stance.
    """

    act: Act | None
    changed: int
    left_alone: int
    contradicting: int
    articles: int


def decide_everywhere(
    store: Store,
    verdict: Verdict,
    here: Act,
    scheme: Scheme,
    then: Callable[[Elsewhere], object],
) -> None:
    """Store ``here``, an act on the open article, with the like of it in all other articles.

    All of it is one act, so that one undo takes it back; mentions get the project's actors there as
    they do here.
    """

    def run(session: Session, coder: UUID) -> Elsewhere:
        from db import history

        found = _Others(session, verdict, here, scheme, coder).decide()
        changes = (*here.changes, *(found.act.changes if found.act else ()))
        if changes:
            whole = Act("alike", title_of(verdict, "everywhere"), None, changes)
            history.perform(session, whole, coder)
        return found

    def told(found: Elsewhere) -> None:
        # The library, and what counts decisions, hear of it as of any act from elsewhere.
        store.applied.emit(found.act or Act(here.name, here.title, None, ()))
        then(found)

    store.act(run, told)


class _Others:
    """All articles but the one on the desk, decided on one after another."""

    def __init__(
        self, session: Session, verdict: Verdict, here: Act, scheme: Scheme, coder: UUID
    ) -> None:
        from db import people

        self._session, self._verdict, self._coder, self._at = session, verdict, coder, now()
        self._but = here.article
        self._meanings, self._labels = scheme.meanings, scheme.actors | scheme.things
        self._who = Who(ActorBook(people.actors(session)))
        self._who.book.apply(here.changes)  # whoever was made here is known there

    def decide(self) -> Elsewhere:
        from db import annotations
        from db.propagation import articles_with

        changes: list[Change] = []
        changed = left_alone = contradicting = articles = 0
        for article in articles_with(self._session, self._verdict.form):
            if article == self._but:
                continue
            loaded = annotations.load(self._session, article)
            state = ArticleState(
                loaded.article, loaded.suggestions, loaded.decisions, loaded.checked
            )
            state.meanings = self._meanings
            found = mentions(state, self._verdict)
            left_alone += found.left_alone
            before = changed
            for span in found.open:
                if (act := self._decided(state, span)) is None:
                    continue
                if self._contradicts(state, act):
                    contradicting += 1
                    continue
                state.apply(act.changes)
                self._who.book.apply(act.changes)
                # An article nobody has begun with is not begun by what was done to another.
                changes += [change for change in act.changes if change.table != "article"]
                changed += 1
            articles += changed > before
        title = title_of(self._verdict, "everywhere")
        act = Act("alike", title, None, tuple(changes)) if changes else None
        return Elsewhere(act, changed, left_alone, contradicting, articles)

    def _decided(self, state: ArticleState, span: Span) -> Act | None:
        act = decide_alike(state, span, self._verdict, self._coder, self._at)
        return act and resolved(state, act, self._who, self._labels)

    def _contradicts(self, state: ArticleState, act: Act) -> bool:
        """Tell whether another name in a slot makes a stance contradict what is recorded."""
        from db.ledger import positions

        stances = [change for change in act.changes if change.table == Layer.STANCE.value]
        holders = {holder for each in stances if (holder := _holder(state, each))}
        ledger = Ledger()
        ledger.take(holders, positions(self._session, holders))
        return ledger.contradicted(state, act) is not None


def _holder(state: ArticleState, change: Change) -> UUID | None:
    """Return who holds a stance after a change of its row."""
    row = state.row(change.id)
    if change.after and "holder" in change.after:
        return ref_from_row(change.after["holder"]).actor
    return row.holder.actor if isinstance(row, Stance) else None
