"""One open project: its file, its articles on the desk, and what is heard of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.acts import Act
from db.glance import glance
from db.presence import Sole
from db.project_file import ProjectError
from db.scheme_values import DEFAULT
from db.values import Annotation, Loaded, Model, Span
from desktop.article.page import Place
from desktop.article.scheme import Scheme
from desktop.comparing import decided_alike, standing, suggestions_gone
from desktop.library.lines import Lines
from desktop.shell import trace
from desktop.shell.opened import Make, Opened
from desktop.shell.turns import in_turns

if TYPE_CHECKING:
    from desktop.bringing_in import BringingIn
    from desktop.parts import Parts
    from desktop.shell.company import Company
    from desktop.shell.listing import Listing
    from desktop.shell.store import Store
    from desktop.shell.twins import TwinSearch

_BATCH = 200  # suggestions shown in one turn of the event loop


class OpenProject(QObject):
    """A project from its first glance until it is closed."""

    changed = Signal()  # what can be done now

    def __init__(
        self, parts: Parts, path: Path, sole: Sole, make: Make, scheme: str = DEFAULT
    ) -> None:
        super().__init__()
        self.path = path
        self._sole = sole  # the right to show it, held until it is closed
        self.pipeline: str | None = None
        self.undo_title: str | None = None
        self.redo_title: str | None = None
        self._parts = parts
        self._wanted: UUID | None = None  # the article that is, or soon will be, on the desk
        self._model: Model | None = None  # that suggested on the open article
        self._files: list[Path] = []  # to be taken in once there is a coder
        self._company: Company | None = None  # once it is open
        self._make, self._scheme = make, scheme
        parts.window.forget()
        parts.session.shut = False

    # What is done with it; the first paint does without.

    @cached_property
    def store(self) -> Store:
        """Its file, opened by :meth:`start`."""
        from desktop.shell.store import Store

        parts, make, scheme = self._parts, self._make, self._scheme
        store = Store(self.path, parts.settings.coder, make=make, scheme=scheme, parent=self)
        footer = parts.window.footer
        store.opened.connect(self._on_opened)
        store.broken.connect(self._on_broken)
        store.saving.connect(footer.saving)
        store.saved.connect(footer.saved)
        store.failed.connect(self._on_failed)
        store.failed.connect(parts.backlog.pause_on_failure)
        store.row_changed.connect(lambda _: self.changed.emit())
        store.applied.connect(self._on_applied)
        store.history_changed.connect(self._on_history)
        store.changed_elsewhere.connect(self._on_changed_elsewhere)
        return store

    @cached_property
    def listing(self) -> Listing:
        """What fills the library."""
        from desktop.shell.listing import Listing

        listing = Listing(self.store, self._parts.articles, self._parts.library, self)
        listing.listed.connect(self._on_listed)
        listing.listed.connect(lambda _: self.twins.soon())
        listing.told.connect(self._on_bulk)
        listing.refused.connect(self._parts.window.toast.say)
        listing.changed_elsewhere.connect(self._on_listed_anew)
        return listing

    @cached_property
    def bringing(self) -> BringingIn:
        """What takes texts in."""
        from desktop.bringing_in import BringingIn

        return BringingIn(self._parts, self.store, self.listing.read, self)

    @cached_property
    def twins(self) -> TwinSearch:
        """What looks for twins."""
        from desktop.shell.twins import TwinSearch

        twins = TwinSearch(self.store, self)
        twins.found.connect(self._on_twins)
        return twins

    # From first glance to close

    def show_glance(self) -> bool:
        """Show what a quick look finds; False, with a message, if there is no way to open it."""
        window, session = self._parts.window, self._parts.session
        try:
            seen = glance(self.path)
        except ProjectError as error:
            window.message.say(str(error))
            return False
        if seen is None:  # of an older version: it is shown once it is updated
            return True
        window.header.show_project(seen.project_name)
        session.set_scheme(Scheme.read(seen.labels))
        self._parts.articles.set_lines(Lines(seen.rows, whole=seen.whole))
        window.show_invitation(not seen.rows)
        if seen.article:
            self._wanted = seen.article.id
            self._lay(Loaded(seen.article, seen.suggestions, seen.decisions, [], [], None))
        return True

    def start(self) -> None:
        """Open the file for writing, and hear of later starts; the window is on screen by now."""
        from desktop.shell.company import Company

        self._company = Company(self.path, self)
        self._company.called.connect(self._on_called)
        self._parts.settings.opened(self.path)
        if state := self._parts.session.state:
            self._parts.suggesting.look_at(state.article, self._model)
        self.store.start()

    @property
    def ready(self) -> bool:
        """Whether acts can be done: the file is open, and whoever does them has a name."""
        return self._parts.session.coder is not None

    def close(self) -> None:
        """Close the file, after everything is on the disk."""
        self._remember_place()
        self._parts.session.coder = None
        self.bringing.stop()
        self.twins.stop()
        self._parts.actors.stop()
        self._parts.backlog.stop()
        self._parts.suggesting.stop()
        self.listing.close()
        self.store.close()
        if self._company:
            self._company.close()
        self._sole.leave()
        self.deleteLater()

    def _on_opened(self, opened: Opened) -> None:
        import getpass

        window, session = self._parts.window, self._parts.session
        if self._company and self._company.others():
            window.message.say(
                self.tr(
                    "Another program works on this project too. Nothing is lost: what it changes "
                    "shows here, and what you change shows there."
                )
            )
        window.header.show_project(opened.project.name)
        self.pipeline = opened.project.pipeline
        self._parts.actors.use(self.store, opened.actors)
        self._parts.suggesting.use(self.store, self.pipeline, opened.scheme)
        self._parts.backlog.use(self.store)
        self._parts.suggesting.scheme.rewritten.connect(self.listing.read)
        self.listing.begin()
        if session.state:
            self.store.load_article(session.state.article.id, self._reload)
        if opened.coder:
            self._on_named(opened.coder)
        else:
            window.ask_name(getpass.getuser(), self._name)

    def _name(self, name: str) -> None:
        self._parts.settings.coder = name
        self.store.name_coder(name, self._on_named)

    def _on_named(self, coder: UUID) -> None:
        self._parts.session.coder = coder
        self.changed.emit()
        trace.mark("ready")
        files, self._files = self._files, []
        if files:
            self.take_files(files)
        elif not (self._company and self._company.others()):  # one of them may be importing
            self.bringing.look_for_unfinished()

    def use_pipeline(self, pipeline: str | None) -> None:
        """Let another pipeline suggest in this project."""
        if pipeline != self.pipeline:
            self.pipeline = pipeline
            self.store.choose_pipeline(pipeline)
            self._parts.suggesting.use(self.store, pipeline, self._parts.suggesting.scheme.known)

    # Articles

    def open_article(
        self, article: UUID, focus: UUID | None = None, at: Span | None = None
    ) -> None:
        """Lay an article of the project on the desk: of several asked for, the last one.

        ``focus``, or the words ``at``, are looked at there.
        """
        if article == self._wanted:
            return
        self._wanted = article
        self._parts.library.mark(article)
        self.store.remember_article(article)
        state = self._parts.session.state
        if state is None or state.article.id != article:
            self._remember_place()
            self.store.load_article(article, partial(self._lay, focus=focus, at=at))

    def take_files(self, files: Iterable[Path]) -> None:
        """Take files and folders in; what is none is told of."""
        files = list(files)
        if self.ready:
            self.bringing.take(files)
        else:
            self._files += files

    def _on_listed(self, then: UUID | None) -> None:
        """Open ``then`` or else some article, if there is one, now that the library is read."""
        articles, session = self._parts.articles, self._parts.session
        self._parts.window.show_invitation(not articles.total)
        if session.state and not articles.get(session.state.article.id):
            self._wanted = None
            session.close()
        if then and articles.get(then):
            self.open_article(then)
        elif session.state is None and articles.total:
            self.open_article(self._parts.library.neighbour(0) or articles.rows[0].id)
        self.changed.emit()

    def _lay(self, loaded: Loaded, focus: UUID | None = None, at: Span | None = None) -> None:
        article = loaded.article
        if article.id != self._wanted:
            return
        place = Place(*self._parts.settings.place(self.path, article.id))
        self._load(loaded, focus)
        if at is not None:
            self._parts.canvas.look_at(at)
        elif place != Place() and focus is None:
            self._go_on_from(place)
        self._parts.library.mark(article.id)
        self._model = loaded.model
        if self._company:  # the engine is no part of the first paint
            self._parts.suggesting.look_at(article, loaded.model)

    def _go_on_from(self, place: Place) -> None:
        """Go where the work was left: to what is undecided at the caret or next after it."""
        session = self._parts.session
        if session.state and (found := session.state.next(place.caret)):
            stop, wrapped = found
            session.set_focus(None if wrapped else stop)
        self._parts.canvas.place = place

    def _reload(self, loaded: Loaded) -> None:
        """Take in what is in the file now, without a jump where it is what is on screen."""
        session, article = self._parts.session, loaded.article
        state = session.state
        if state is None or state.article.id != article.id:
            return  # another article was opened meanwhile
        if not self.store.settled:  # what came meanwhile is not in it: read again behind that
            self.store.load_article(article.id, self._reload)
            return
        visible = {each.id for each in state.visible}
        there = standing(loaded)
        if not decided_alike(state, loaded) or visible - there:
            place = self._parts.canvas.place
            self._load(loaded, session.focus)
            self._parts.canvas.place = place
        elif visible != there:
            self._add_in_turns(loaded.suggestions)
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

    def _remember_place(self) -> None:
        if state := self._parts.session.state:
            place = self._parts.canvas.place
            self._parts.settings.set_place(self.path, state.article.id, place.caret, place.top)

    # What is heard

    def hear_of_model(self, model: Model) -> None:
        """A pipeline is loaded: it may know more of the open article than the last one did."""
        state = self._parts.session.state
        if state and self._model != model:
            self._parts.suggesting.look_at(state.article, self._model)

    def _on_applied(self, act: Act) -> None:
        self._parts.window.toast.hide()  # what it tells may be no longer so
        session = self._parts.session
        here = session.state is not None and act.article in (None, session.state.article.id)
        if here:
            session.apply_act(act)
            self._bring_back(act)
        if act.sweeps:
            self._read_article()
        self.listing.hear(act, here=here)

    def _bring_back(self, act: Act) -> None:
        """Show the suggestions that were decided when the article was opened, and are no more."""
        session = self._parts.session
        if (state := session.state) is None:
            return
        gone = suggestions_gone(act, state)

        def show(loaded: Loaded) -> None:
            if session.state is state:
                session.take_suggestions(one for one in loaded.suggestions if one.id in gone)
                session.set_focus(gone[0])

        if gone:
            self.store.load_article(state.article.id, show)

    def _on_bulk(self, words: str) -> None:
        self._parts.window.toast.say(words, self.tr("Undo"), self.store.undo)
        self._read_article()

    def _on_history(self, undo: str | None, redo: str | None) -> None:
        self.undo_title, self.redo_title = undo, redo
        self.changed.emit()

    def _on_broken(self, why: str) -> None:
        self._parts.session.shut = True
        self._parts.window.message.say(why)

    def _on_failed(self, message: str, lost: bool) -> None:
        self._parts.window.message.say(message)
        state = self._parts.session.state
        self._wanted = state.article.id if state else None
        self._parts.library.mark(self._wanted)
        if lost:
            self._parts.window.toast.hide()  # what it tells of has not come to pass
            self._parts.window.footer.not_saved()
            self._read_again()

    def _on_changed_elsewhere(self) -> None:
        if self.bringing.busy or self.twins.busy:  # they are our own, and say so themselves
            return
        self.listing.read_what_others_write()
        self._read_article()

    def _on_listed_anew(self) -> None:
        self._parts.window.toast.say(self.tr("Changed by another program: list refreshed."))

    def _on_twins(self) -> None:
        """Show the twins that were found, and what they offer on the open article."""

        def read(_: object) -> None:
            state = self._parts.session.state
            if state and self._parts.articles.twins(state.article.id):
                self._read_article()

        self.listing.read()
        self.store.ask(lambda _: None, read)

    def _read_again(self) -> None:
        self.listing.read()
        self._read_article()

    def _read_article(self) -> None:
        if state := self._parts.session.state:
            self.store.load_article(state.article.id, self._reload)

    def _on_called(self, files: list[Path]) -> None:
        self._parts.window.bring_to_front()
        self.take_files(files)
