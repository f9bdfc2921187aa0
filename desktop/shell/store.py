"""The window's way to the project file: what it has read there, and written down.

Each act is one transaction, and ``saved`` comes only after its commit.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from db.scheme_values import DEFAULT
from desktop.shell.file_thread import FileThread
from desktop.shell.opened import Make, Opened
from desktop.suggest.reconcile import with_offers, worth_keeping

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from db.acts import Act
    from db.taking_in import Taken
    from db.values import Annotation, ArticleRow, Loaded, Metadata, Model, Stance, Zone

_AT_ONCE = 12_000  # code points, that is 2,000 words: their zones take some 40 ms
_PATIENCE = 2_000  # ms that keys and clicks wait for what is taken back


class Store(FileThread):
    """One open project, from the window's side: what can be read there and written."""

    applied = Signal(object)  # db.acts.Act, as undo or redo applied it
    row_changed = Signal(object)  # db.values.ArticleRow, after an act or suggestions
    walking = Signal(bool)
    """Whether something is being taken back or done again: an act would be upon what is gone."""

    def __init__(
        self,
        path: Path,
        coder: str | None,
        *,
        make: Make,
        scheme: str = DEFAULT,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(path, parent)
        self._make, self._scheme = make, scheme
        self._coder_name = coder
        self._coder: UUID | None = None
        self._meanwhile = QEventLoop(self)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._walks = 0
        for end in (self.failed, self.closing):
            end.connect(self._end_walks)
        self._patience.timeout.connect(self._meanwhile.quit)

    def name_coder(self, name: str, then: Callable[[UUID], object]) -> None:
        """Sign what comes with this name from now on."""

        def run(session: Session) -> UUID:
            from db import people

            self._coder = people.coder(session, name)
            return self._coder

        self.ask(run, then)

    def perform(self, act: Act) -> None:
        """Write an act of the analyst down."""

        def run(session: Session) -> ArticleRow | None:
            from db import articles, history

            history.perform(session, act, self._signed())
            return articles.row(session, act.article) if act.article else None

        self._act(run, self._tell_row)

    def act(self, run: Callable[[Session, UUID], Any], then: Callable[[Any], object]) -> None:
        """Do an act that only the file can tell the changes of; ``run`` gets the coder, too."""
        self._act(lambda session: run(session, self._signed()), then)

    def undo(self) -> None:
        """Take the newest act back, whoever did it and whenever; keys and clicks wait for it."""
        self._walk("undo")

    def redo(self) -> None:
        """Do the act again that was taken back last."""
        self._walk("redo")

    def add_article(self, text: str, meta: Metadata, then: Callable[[Taken], object]) -> None:
        """Take a text in; ``then`` hears of what became of it."""

        def run(session: Session) -> Taken:
            from db.taking_in import take_in

            return take_in(session, text, meta, self._signed())

        self._act(run, then)

    def load_article(self, article: UUID, then: Callable[[Any], object]) -> None:
        """Read an article with all that is on it, and what twins offer.

        ``then`` gets ``db.values.Loaded``.
        """
        self.ask(lambda session: self._load(session, article), then)

    def load_suggestions(
        self, article: UUID, wanted: Collection[UUID], then: Callable[[list[Annotation]], object]
    ) -> None:
        """Read some suggestions of an article again, those that twins offer among them."""

        def run(session: Session) -> list[Annotation]:
            from db import annotations, twins

            if twins.twins_of(session, article):  # an offer may stand in a suggestion's place
                every = self._load(session, article).suggestions
                return [one for one in every if one.id in wanted]
            return annotations.suggested_as(session, article, wanted)

        self.ask(run, then)

    def remember_article(self, article: UUID) -> None:
        """Keep which article to show when the project is opened again."""

        def run(session: Session) -> None:
            from db import projects

            projects.set_last_article(session, article)

        self.ask(run, self._nothing)

    def choose_pipeline(self, pipeline: str | None) -> None:
        """Keep which spaCy pipeline suggests in this project."""

        def run(session: Session) -> None:
            from db import projects

            projects.set_pipeline(session, pipeline)

        self.ask(run, self._nothing)

    def save_suggestions(
        self, article: UUID, sha256: str, found: list[Annotation], model: Model
    ) -> None:
        """Keep what the engine suggested, in place of what was undecided before."""

        def run(session: Session) -> ArticleRow | None:
            from db import annotations, articles, schemes
            from db.transactions import transaction

            with transaction(session):
                names = schemes.engine_names(session)
                decided = annotations.decisions(session, article)
                new = names.unnamed(worth_keeping(names.renamed(found), decided), found)
                annotations.set_suggestions(
                    session, article, sha256, new, model.name, model.version
                )
            return articles.row(session, article)

        self._keep(run, self._tell_row)

    def save_overall(self, article: UUID, sha256: str, stances: list[Stance], model: Model) -> None:
        """Keep what an article's frames come to, in place of what they came to before."""

        def run(session: Session) -> None:
            from db import annotations

            annotations.set_overall(session, article, sha256, stances, model.name, model.version)

        self._keep(run, self._nothing)

    def save_zones(self, article: UUID, zones: list[Zone]) -> None:
        """Keep the zones the engine found."""

        def run(session: Session) -> None:
            from db import articles

            articles.set_zones(session, article, zones)

        self._keep(run, self._nothing)

    def _walk(self, direction: str) -> None:
        def run(session: Session) -> Act | None:
            from db import history

            return getattr(history, direction)(session, self._signed())

        def then(act: Act | None) -> None:
            if act:
                self.applied.emit(act)
            self._end_walks(one=True)

        self._walks += 1
        self.walking.emit(True)
        self._act(run, then)
        # Until the window knows what is taken back, a key would be meant for what is no more. Where
        # the file keeps one waiting long, the window must at least be seen, moved and closed.
        if not self._meanwhile.isRunning():
            self._patience.start()
            self._meanwhile.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _end_walks(self, *_why: object, one: bool = False) -> None:
        if self._walks:
            self._walks = self._walks - 1 if one else 0
            self.walking.emit(self._walks > 0)
        if not self._walks:
            self._meanwhile.quit()

    def _tell_row(self, row: ArticleRow | None) -> None:
        if row:
            self.row_changed.emit(row)

    def _signed(self) -> UUID:
        if self._coder is None:
            raise RuntimeError("acts need a coder's name")
        return self._coder

    @staticmethod
    def _nothing(_: object) -> None:
        pass

    # In the thread

    @staticmethod
    def _load(session: Session, article: UUID) -> Loaded:
        from db import annotations, twins

        loaded = annotations.load(session, article)
        if not loaded.article.zones and len(loaded.article.text) <= _AT_ONCE:
            from desktop.suggest.text.zones import find_zones

            # Before the engine comes to it: a headline that grew later would move all below it.
            zones = tuple(find_zones(loaded.article.text))
            loaded = replace(loaded, article=replace(loaded.article, zones=zones))
        return with_offers(loaded, twins.offers(session, loaded.article))

    def _open(self) -> tuple[Opened, Engine]:
        # Half the cost of these imports is collecting their garbage, with the window frozen.
        gc.disable()
        try:
            from desktop.shell import opening
        finally:
            gc.freeze()
            gc.enable()
        if self._make is not Make.NOTHING:
            opening.make(self.path, self._make, self._scheme)
        opened, engine = opening.open_for_writing(self.path, self._coder_name)
        self._coder = opened.coder
        return opened, engine
