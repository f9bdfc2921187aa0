"""From quotation to quotation, each decided with the side that is taken in it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from db.values import Position, Ref, Stance, Statement
from desktop.article import commands

if TYPE_CHECKING:
    from desktop.article.session import ArticleSession


class Quotes:
    """Knows whether the analyst goes through the quotations, and what a side would make here."""

    def __init__(self, session: ArticleSession) -> None:
        self._session = session
        self._came_to: UUID | None = None

    @property
    def hopping(self) -> bool:
        """Whether the analyst came to what is in focus by going from quotation to quotation."""
        return self._came_to is not None and self._came_to == self._session.focus

    @property
    def undecided(self) -> bool:
        """Whether what is in focus, or on a hop the stance on it, is still to be decided."""
        stance = self.stance if self.hopping else None
        both = (self._session.focused, stance)
        return any(each is not None and not each.decision.decided for each in both)

    @property
    def here(self) -> Statement | None:
        """The quotation in focus."""
        focused = self._session.focused
        return focused if isinstance(focused, Statement) else None

    @property
    def stance(self) -> Stance | None:
        """The stance on the quotation in focus that a side is meant for: the first undecided."""
        state, here = self._session.state, self.here
        if state is None or here is None:
            return None
        found = state.stances_on(here.id)
        return next((each for each in found if not each.decision.decided), next(iter(found), None))

    @property
    def draft(self) -> commands.Draft | None:
        """The stance that a side would make of the quotation in focus, where there is none yet."""
        state, here, session = self._session.state, self.here, self._session
        if state is None or here is None or self.stance is not None:
            return None
        return commands.draft(state, here, session.actor_labels, session.scheme.things)

    @property
    def target(self) -> Ref | None:
        """What that stance is, or would be, toward."""
        found = self.stance or self.draft
        return found.target if found else None

    def hop(self, step: int = 1) -> bool:
        """Go to the next (1) or previous (-1) quotation, decided or not."""
        if not self._session.next_quote(step):
            return False
        self._came_to = self._session.focus
        return True

    def came_to(self, statement: UUID | None) -> None:
        """Go on from a quotation as if it had been hopped to."""
        self._session.set_focus(statement)
        self._came_to = self._session.focus

    def accept_and_hop(self) -> None:
        """Accept the quotation in focus with the stances suggested on it, and go on."""
        if self.here is not None:
            self._session.do(commands.accept_statement, self.here.id)
        if not self._session.people.warned:
            self.hop(1)

    def take_side(self, position: Position) -> bool:
        """Say which side is taken in the quotation in focus; the quotation is accepted with it."""
        session = self._session
        if (stance := self.stance) is not None:
            set_now = session.do(commands.set_position, stance.id, position)
            return set_now or (not session.people.warned and session.accept())
        frame = self.draft
        return frame is not None and session.do(commands.add_stance, frame, position=position)
