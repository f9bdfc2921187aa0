"""The sentence and the paragraph where the analyst is: to select, to decide, to call empty."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from uuid import UUID

from db.values import Span
from desktop.article import commands
from desktop.article.bounds import Unit
from desktop.article.commands.article import LAYERS
from desktop.article.many import Outcome
from desktop.article.places import in_text, paragraph, start_of
from desktop.article.session import ArticleSession
from desktop.article.wording import tr

NOTHING = "nothing here"
"""The reason of a suggestion that was rejected because its stretch was said to hold nothing."""


class Stretch(Enum):
    """How much of the text is meant."""

    SENTENCE = auto()
    PARAGRAPH = auto()
    ARTICLE = auto()


class Stretches:
    """Does what is done to a stretch round the caret, or round what is in focus."""

    def __init__(self, session: ArticleSession) -> None:
        self._session = session

    def around(self, stretch: Stretch) -> Span | None:
        """Return a stretch of the article, or None where there are no words.

        It is round the caret if somebody put it somewhere, else round what is in focus, else at
        the text's start.
        """
        session, state = self._session, self._session.state
        if state is None:
            return None
        if stretch is Stretch.ARTICLE:
            return Span(0, len(state.text))
        at = session.selection.start if session.selection else session.caret
        if at is None:
            focused = session.focused
            at = start_of(focused) if focused is not None and in_text(focused) else 0
        if stretch is Stretch.SENTENCE:
            found = session.bounds.around(at, Unit.SENTENCE) if session.bounds else None
            return found and _within(paragraph(state.text, at), found)
        found = paragraph(state.text, at)
        return found if found.of(state.text).strip() else None

    def select(self) -> bool:
        """Select the sentence here; where it is selected, its paragraph, and then it again."""
        sentence, whole = self.around(Stretch.SENTENCE), self.around(Stretch.PARAGRAPH)
        if sentence is None or whole is None:
            self._session.told.emit(tr("There are no words here."))
            return False
        wider = whole if self._session.selection == sentence else sentence
        self._session.set_selection(wider)
        return True

    def accept_paragraph(self, then: Callable[[Outcome], object]) -> bool:
        """Accept all that is undecided in the paragraph, as one act, and go on after it."""
        session, span = self._session, self.around(Stretch.PARAGRAPH)
        if session.state is None or span is None:
            return False
        found = commands.starting_in(session.state, span)
        if not found:
            session.told.emit(tr("Nothing is left to decide in this paragraph."))
            return self._go_on(span)

        def told(done: Outcome) -> None:
            self._go_on(span)
            then(done)

        return self.accept(found, told)

    def accept(self, found: list[UUID], then: Callable[[Outcome], object]) -> bool:
        """Accept suggestions as one act, but those that contradict a recorded stance."""
        title = f"accept {len(found)} suggestions" if len(found) > 1 else "accept a suggestion"
        steps = (partial(commands.accept, identifier=each) for each in found)
        return self._session.many.do("accept_all", title, steps, then)

    def nothing_here(self, stretch: Stretch, then: Callable[[int], object]) -> bool:
        """Say that a stretch, or what is selected, was looked at and holds nothing more.

        What is suggested there is rejected with it: a stretch cannot be empty and have open
        questions. ``then`` gets how many suggestions that were.
        """
        session, state = self._session, self._session.state
        selected = session.selection if stretch is Stretch.PARAGRAPH else None
        span = selected or self.around(stretch)
        if state is None or span is None:
            return False
        found = commands.within(state, span)
        rejected = [partial(commands.reject, identifier=each, reason=NOTHING) for each in found]
        marked = [partial(commands.mark_checked, span=span, layer=layer) for layer in LAYERS]
        gone = session.focus in found

        def told(_done: Outcome) -> None:
            session.clear_selection()
            if gone:
                self._go_on(span)
            then(len(found))

        if not found and all(commands.is_checked(state, span, layer) for layer in LAYERS):
            session.clear_selection()
            session.told.emit(tr("That was looked at already."))
            return False
        title = {
            Stretch.SENTENCE: "check a sentence",
            Stretch.PARAGRAPH: "check a paragraph",
            Stretch.ARTICLE: "check the article",
        }[stretch]
        title = "check what is selected" if selected else title
        return session.many.do("nothing_here", title, (*rejected, *marked), told)

    def _go_on(self, span: Span) -> bool:
        """Look at the first open question behind a stretch."""
        session = self._session
        session.clear_selection()
        session.set_focus(None)
        session.look_from(span.end)
        return session.step(1)


def _within(paragraph: Span, sentence: Span) -> Span:
    """Return a sentence without what lies beyond its paragraph."""
    start, end = max(sentence.start, paragraph.start), min(sentence.end, paragraph.end)
    return Span(start, end) if start < end else sentence
