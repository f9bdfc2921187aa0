"""The same mention everywhere: what was decided on one name, decided on its equals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from db.acts import Act
from db.values import Entity
from desktop.article import commands
from desktop.article.commands.everywhere import (
    Verdict,
    decide_alike,
    mentions,
    title_of,
    verdict_on,
)
from desktop.article.many import Outcome, Step
from desktop.article.session import ArticleSession
from desktop.article.wording import contradicting, tr


@dataclass(frozen=True, slots=True)
class Alike:
    """How many mentions a verdict was carried out on, and how many were left as they were.

    Those ``contradicting`` would put another's name to a stance against one that is recorded.
    """

    verdict: Verdict
    changed: int
    left_alone: int
    contradicting: int = 0

    def words(self, where: str) -> str:
        """Say so; ``where`` is such as "in this article"."""
        form, label = self.verdict.form, self.verdict.label
        if not self.changed:
            said = tr("No “{}” is open {}.").format(form, where)
        elif self.verdict.refused:
            said = tr("“{}”: {} rejected {}.").format(form, self.changed, where)
        else:
            said = tr("“{}”: {} labelled {} {}.").format(form, self.changed, label, where)
        left = self.left_alone
        if left:
            alone = tr("1 decided otherwise is left alone.")
            said += " " + (
                alone if left == 1 else tr("{} decided otherwise are left alone.")
            ).format(left)
        if self.contradicting:
            said += " " + contradicting(self.contradicting)
        return said


class SameMention:
    """Does to all equal mentions what was done, or is to be done, to the one the analyst means."""

    def __init__(self, session: ArticleSession) -> None:
        self._session = session

    @property
    def meant(self) -> Entity | None:
        """The name that was rejected just now, while there are more like it, or that in focus."""
        session = self._session
        gone = session.just_rejected(unmoved=True)
        if isinstance(gone, Entity) and self.more_like(gone):
            return gone
        focused = session.focused
        return focused if isinstance(focused, Entity) else None

    def more_like(self, entity: Entity) -> int:
        """Return how many mentions here are open to what was decided on one."""
        state = self._session.state
        return len(mentions(state, verdict_on(state, entity)).open) if state else 0

    def here(self, then: Callable[[Alike], object]) -> bool:
        """Decide alike on the mentions in this article, as one act; an open one is accepted too."""
        session, meant = self._session, self.meant
        if session.state is None or meant is None:
            session.told.emit(tr("Go to a name first."))
            return False
        verdict, steps, left = self._steps(meant)
        focus, opened = session.focus, not meant.decision.decided

        def told(outcome: Outcome) -> None:
            if opened and session.focus == focus:
                session.step(1)
            then(Alike(verdict, outcome.done, left, outcome.contradicting))

        title = title_of(verdict, "here")
        return session.many.do("alike", title, steps, told)

    def here_at_once(self) -> tuple[Act, Alike] | None:
        """Do the same in memory alone, for an act that goes on beyond this article."""
        session, meant = self._session, self.meant
        if session.state is None or meant is None:
            session.told.emit(tr("Go to a name first."))
            return None
        verdict, steps, left = self._steps(meant)
        opened = not meant.decision.decided
        done = session.many.now("alike", title_of(verdict, "everywhere"), steps)
        if done is None:
            return None
        act, outcome = done
        if opened:
            session.step(1)
        changed = {change.id for change in act.changes if change.table == "entity"}
        return act, Alike(verdict, len(changed), left, outcome.contradicting)

    def _steps(self, meant: Entity) -> tuple[Verdict, list[Step], int]:
        state = self._session.state
        assert state is not None
        verdict = verdict_on(state, meant)
        found = mentions(state, verdict)
        steps: list[Step] = []
        if not meant.decision.decided:  # another name may stand in just this place
            steps.append(partial(commands.accept, identifier=meant.id))
        steps += [partial(decide_alike, span=span, verdict=verdict) for span in found.open]
        return verdict, steps, found.left_alone
