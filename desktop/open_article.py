"""The article of a project that is on the desk: how it gets there, and stays as the file has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from db.acts import Act
from db.values import Annotation, Loaded, Model, Span
from desktop.article.page import Place
from desktop.comparing import decided_alike, same_article, standing, suggestions_gone
from desktop.shell.turns import in_turns

if TYPE_CHECKING:
    from desktop.parts import Parts
    from desktop.shell.store import Store

_BATCH = 200  # suggestions shown in one turn of the event loop
_REST = 300  # ms without an act: the hands rest


class OpenArticle(QObject):
    """Lays articles on the desk, one at a time, and takes in what is written on the one there."""

    def __init__(
        self, parts: Parts, project: Path, store: Callable[[], Store], parent: QObject
    ) -> None:
        """``store`` gives the file of the ``project``, once there is more to do than to show it."""
        super().__init__(parent)
        self._parts = parts
        self._project = project
        self._store = store
        self._begun = False  # whether the engine may look at what is on the desk
        self._wanted: UUID | None = None  # the article that is, or soon will be, on the desk
        self._model: Model | None = None  # that suggested on it
        self._at_rest = QTimer(self, singleShot=True, interval=_REST)
        self._at_rest.timeout.connect(self.read)

    def open(self, article: UUID, focus: UUID | None = None, at: Span | None = None) -> None:
        """Lay an article of the project on the desk: of several asked for, the last one.

        ``focus``, or the words ``at``, are looked at there.
        """
        if article == self._wanted:
            return
        self._wanted = article
        self._parts.library.mark(article)
        self._store().remember_article(article)
        state = self._parts.session.state
        if state is None or state.article.id != article:
            self.remember_place()
            self._store().load_article(article, partial(self._lay, focus=focus, at=at))

    def show(self, loaded: Loaded) -> None:
        """Lay on the desk what was read of an article."""
        self._wanted = loaded.article.id
        self._lay(loaded)

    def begin(self) -> None:
        """Let the engine look at what is on the desk: it is painted."""
        self._begun = True
        if state := self._parts.session.state:
            self._parts.suggesting.look_at(state.article, self._model)

    def close(self) -> None:
        """Clear the desk."""
        self._wanted = None
        self._at_rest.stop()
        self._parts.session.close()

    def stay(self) -> None:
        """Give up what was wanted: it could not be read."""
        state = self._parts.session.state
        self._wanted = state.article.id if state else None
        self._parts.library.mark(self._wanted)

    def read(self) -> None:
        """Take in what is in the file now, without a jump, once all that was done is in it."""
        if state := self._parts.session.state:
            if self._is_in_file(state.article.id):
                self._store().load_article(state.article.id, self._reload)
            else:
                self._at_rest.start()

    def put_off(self) -> None:
        """An act is done: what is to be read would be old before it is here."""
        if self._at_rest.isActive():
            self._at_rest.start()

    def bring_back(self, act: Act) -> None:
        """Show the suggestions that were decided when the article was opened, and are no more."""
        session = self._parts.session
        if (state := session.state) is None:
            return
        gone = suggestions_gone(act, state)

        def show(suggestions: list[Annotation]) -> None:
            if session.state is state:
                session.take_suggestions(suggestions)
                session.set_focus(gone[0])

        if gone:
            self._store().load_suggestions(state.article.id, gone, show)

    def remember_place(self) -> None:
        """Keep where the analyst is, till the article is opened again."""
        if state := self._parts.session.state:
            place = self._parts.canvas.place
            self._parts.settings.set_place(self._project, state.article.id, place.caret, place.top)

    def hear_of_model(self, model: Model) -> None:
        """A pipeline is loaded: it may know more of the article than the last one did."""
        state = self._parts.session.state
        if state and self._model != model:
            self._parts.suggesting.look_at(state.article, self._model)

    def _lay(self, loaded: Loaded, focus: UUID | None = None, at: Span | None = None) -> None:
        article = loaded.article
        if article.id != self._wanted:
            return
        self._at_rest.stop()  # this is what the file has
        place = Place(*self._parts.settings.place(self._project, article.id))
        self._load(loaded, focus)
        if at is not None:
            self._parts.canvas.look_at(at)
        elif place != Place() and focus is None:
            self._go_on_from(place)
        self._parts.library.mark(article.id)
        self._model = loaded.model
        if self._begun:
            self._parts.suggesting.look_at(article, loaded.model)

    def _go_on_from(self, place: Place) -> None:
        """Go where the work was left: to what is undecided at the caret or next after it."""
        session = self._parts.session
        if session.state and (found := session.state.next(place.caret)):
            stop, wrapped = found
            session.set_focus(None if wrapped else stop)
        self._parts.canvas.place = place

    def _is_in_file(self, article: UUID) -> bool:
        """Tell whether the open article shows as the file has it."""
        return self._store().settled and not self._parts.suggesting.differs_from_file(article)

    def _reload(self, loaded: Loaded) -> None:
        session, article = self._parts.session, loaded.article
        state = session.state
        if state is None or state.article.id != article.id:
            return  # another article was opened meanwhile
        if not self._is_in_file(article.id):  # what came meanwhile was not read
            self._at_rest.start()
            return
        if article.zones:
            session.set_zones(article.zones)
        visible = {each.id for each in state.visible}
        there = standing(loaded)
        anew = not same_article(state, loaded)
        if anew:
            place = self._parts.canvas.place
            self._load(loaded, session.focus)
            self._parts.canvas.place = place
        elif not decided_alike(state, loaded) or visible - there:
            session.renew(loaded.suggestions, loaded.decisions)
        elif visible != there:
            self._add_in_turns(loaded.suggestions)
        if anew or self._model != loaded.model:
            self._model = loaded.model
            self._parts.suggesting.look_at(article, loaded.model)

    def _load(self, loaded: Loaded, focus: UUID | None = None) -> None:
        first, rest = loaded.suggestions[:_BATCH], loaded.suggestions[_BATCH:]
        self._parts.session.load(loaded.article, first, loaded.decisions, loaded.checked, focus)
        self._add_in_turns(rest)

    def _add_in_turns(self, suggestions: list[Annotation]) -> None:
        """Show many suggestions without holding the window up, until anything is loaded anew."""
        session, state = self._parts.session, self._parts.session.state

        def add(start: int) -> None:
            if session.state is state:
                session.take_suggestions(suggestions[start : start + _BATCH])

        in_turns(self, (partial(add, start) for start in range(0, len(suggestions), _BATCH)))
