"""Going through what lies over one place, from the smallest to the largest."""

from __future__ import annotations

from uuid import UUID

from db.values import Annotation, Layer, Span, layer_of
from desktop.article.painter import ringed
from desktop.article.places import in_text, main_span, start_of
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from desktop.article.wording import tr

_ORDER = list(Layer)


class Overlaps:
    """Cycles the focus: entities, then statements, then stances, each from small to large.

    The place is that of the caret, where somebody put it, or else that of what is in focus; it
    stays the same for as long as the analyst goes on cycling.
    """

    def __init__(self, session: ArticleSession) -> None:
        self._session = session
        self._ring: list[UUID] = []

    def next(self) -> bool:
        """Look at the next one here; False where nothing else lies here."""
        session, state = self._session, self._session.state
        if state is None:
            return False
        focus = session.focus
        if (
            session.caret is not None
            or focus not in self._ring
            or not _all_there(state, self._ring)
        ):
            self._ring = self._gather(state)
        others = [each for each in self._ring if each != focus]
        if not others:
            session.told.emit(tr("Nothing else lies here."))
            return False
        at = self._ring.index(focus) + 1 if focus and focus in self._ring else 0
        session.clear_selection()
        session.set_focus(self._ring[at % len(self._ring)])
        return True

    def _gather(self, state: ArticleState) -> list[UUID]:
        session = self._session
        if session.selection is not None:
            place = session.selection
        elif session.caret is not None:  # it touches what is on either side of it
            place = Span(max(session.caret - 1, 0), session.caret + 1)
        elif session.focused is not None and in_text(session.focused):
            place = main_span(session.focused)
        else:
            return []
        return [each.id for each in sorted(state.between(place.start, place.end), key=_rank)]


def _all_there(state: ArticleState, ring: list[UUID]) -> bool:
    return all(state.get(each) is not None for each in ring)


def _rank(annotation: Annotation) -> tuple[int, int, int]:
    length = sum(span.end - span.start for span in ringed(annotation))
    return _ORDER.index(layer_of(annotation)), length, start_of(annotation)
