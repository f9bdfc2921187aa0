"""One open project: its file, what is shown of it, and what is heard of it."""

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
from db.values import Loaded
from desktop.article.scheme import Scheme
from desktop.library.lines import Lines
from desktop.open_article import OpenArticle
from desktop.shell import trace
from desktop.shell.opened import Make, Opened

if TYPE_CHECKING:
    from desktop.bringing_in import BringingIn
    from desktop.parts import Parts
    from desktop.shell.company import Company
    from desktop.shell.listing import Listing
    from desktop.shell.store import Store
    from desktop.shell.twins import TwinSearch


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
        self._files: list[Path] = []  # to be taken in once there is a coder
        self._company: Company | None = None  # once it is open
        self._make, self._scheme = make, scheme
        self.article = OpenArticle(parts, path, lambda: self.store, self)
        parts.window.forget()
        parts.session.set_shut(False)

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
        store.saving.connect(self.article.put_off)
        store.saved.connect(footer.saved)
        store.failed.connect(self._on_failed)
        moment = self.tr("An undo or redo is still under way: one moment.")
        store.walking.connect(partial(parts.session.hold, moment))
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

        return BringingIn(self._parts, self.store, self._read_all, self)

    @cached_property
    def twins(self) -> TwinSearch:
        """What looks for twins."""
        from desktop.shell.twins import TwinSearch

        twins = TwinSearch(self.store, self)
        twins.found.connect(self._read_all)
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
            article = seen.article, seen.suggestions, seen.decisions
            self.article.show(Loaded(*article, [], [], None))
        return True

    def start(self) -> None:
        """Open the file for writing, and hear of later starts; the window is on screen by now."""
        from desktop.shell.company import Company

        self._company = Company(self.path, self)
        self._company.called.connect(self._on_called)
        self._parts.settings.opened(self.path)
        self.article.begin()
        self.store.start()

    @property
    def ready(self) -> bool:
        """Whether acts can be done: the file is open, and whoever does them has a name."""
        return self._parts.session.coder is not None

    def close(self) -> None:
        """Close the file, after everything is on the disk."""
        self.article.remember_place()
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

        window = self._parts.window
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
        self.article.read()
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
            self.article.close()
        if then and articles.get(then):
            self.article.open(then)
        elif session.state is None and articles.total:
            self.article.open(self._parts.library.neighbour(0) or articles.rows[0].id)
        self.changed.emit()

    # What is heard

    def _on_applied(self, act: Act) -> None:
        self._parts.window.toast.hide()  # what it tells may be no longer so
        session = self._parts.session
        here = session.state is not None and act.article in (None, session.state.article.id)
        if here:
            session.apply_act(act)
            self.article.bring_back(act)
        if act.sweeps:
            self.article.read()
        self.listing.hear(act, here=here)

    def _on_bulk(self, words: str) -> None:
        self._parts.window.toast.say(words, self.tr("Undo"), self.store.undo)
        self.article.read()

    def _on_history(self, undo: str | None, redo: str | None) -> None:
        self.undo_title, self.redo_title = undo, redo
        self.changed.emit()

    def _on_broken(self, why: str) -> None:
        self._parts.session.set_shut(True)
        self._parts.window.footer.read_only()
        self._parts.window.message.say(why)

    def _on_failed(self, message: str, lost: bool) -> None:
        self._parts.window.message.say(message)
        self.article.stay()
        if lost:
            self._parts.window.toast.hide()  # what it tells of has not come to pass
            self._parts.window.footer.not_saved()
            self.listing.read()
            self.article.read()

    def _on_changed_elsewhere(self) -> None:
        if self.bringing.busy or self.twins.busy:  # they are our own, and say so themselves
            return
        self.listing.read_what_others_write()
        self.article.read()

    def _on_listed_anew(self) -> None:
        self._parts.window.toast.say(self.tr("Changed by another program: list refreshed."))

    def _read_all(self, then: UUID | None = None) -> None:
        """Take in what ours wrote beside us, and others meanwhile; then go to an article."""
        self.listing.read(then)
        self.article.read()

    def _on_called(self, files: list[Path]) -> None:
        self._parts.window.bring_to_front()
        self.take_files(files)
