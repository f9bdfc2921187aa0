"""From the engine to the article on the desk and into the project: the way of a suggestion."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from db.scheme_values import Scheme
from db.twin_offers import is_offer
from db.values import Annotation, Article, Issue, Model, Stance, Zone
from desktop.article.session import ArticleSession
from desktop.article.state import ArticleState
from desktop.shell import trace
from desktop.shell.doubting import Doubting
from desktop.shell.engine import EngineClient
from desktop.shell.issues import ProjectIssues
from desktop.shell.remembering import Remembering
from desktop.shell.renewing import Renewing
from desktop.shell.scheme import ProjectScheme
from desktop.shell.store import Store
from desktop.shell.summing import Summing
from desktop.suggest.protocol import marked
from desktop.suggest.reconcile import reconcile

if TYPE_CHECKING:
    from db.forms import Learnt
    from desktop.suggest.names.precedents import Precedents


class Suggesting(QObject):
    """Asks for suggestions where they are missing, shows them, and has them kept.

    Onto an article without suggestions they stream as they come. Where there are some, those of
    another model take their place page by page once all have come, so that nothing vanishes and
    comes back under the reader's eyes.
    """

    state_changed = Signal(str)  # what the footer says; nothing when at rest
    model_changed = Signal(object)  # db.values.Model
    told = Signal(str)  # something the analyst must know
    through = Signal(object, bool)  # an article's id; whether its suggestions came, or it failed

    def __init__(self, session: ArticleSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store: Store | None = None
        self._wanted: Article | None = None
        self._found: dict[UUID, list[Annotation]] = {}
        self._streaming: set[UUID] = set()
        self._again: set[UUID] = set()  # asked about once more when they are through
        self._ahead: set[UUID] = set()  # asked about before anybody waits for them
        self._precedents: Precedents | None = None
        self._made_by: dict[UUID, Model] = {}  # what is under way, by the one that was asked
        self.model: Model | None = None
        self._announced: Model | None = None
        self.issues = ProjectIssues(self)
        self.issues.changed.connect(self._on_issues)
        self.scheme = ProjectScheme(session, self)
        self.scheme.changed.connect(self._on_scheme)
        self.remembering = Remembering(session, self)
        self.remembering.learnt.connect(self._on_learnt)
        self._doubting = Doubting(session, self)
        self._doubting.outdated.connect(self._ask_anew)
        self._summing = Summing(session, self._is_under_way, self)
        self._summing.summed.connect(self._on_summed)
        self._renewing = Renewing(session, self)
        self._renewing.done.connect(self._summing.start)
        self.engine = EngineClient(self)
        self.engine.ready.connect(self._on_ready)
        self.engine.zones_found.connect(self._on_zones)
        self.engine.suggestions_found.connect(self._on_suggestions)
        self.engine.failed.connect(self._on_failed)
        self.engine.died.connect(
            lambda: self._say_that(self.tr("Suggestions stopped working: restarting…"))
        )
        self.engine.restarted.connect(self._say)

    @property
    def busy(self) -> bool:
        """Whether suggestions are being made that somebody waits for, or may yet be."""
        return self.maker is None or self._awaited

    @property
    def maker(self) -> Model | None:
        """Who suggests here: the pipeline, its version marked with the issues it looks for.

        None until both are known. Where it is not the one that an article's suggestions are by,
        they are made anew.
        """
        if self.model is None or self.issues.known is None:
            return None
        return marked(self.model, self.issues.known)

    def differs_from_file(self, article: UUID) -> bool:
        """Tell whether what was found on an article shows before it is in the file, or not yet."""
        return article in self._streaming or self._renewing.busy

    def use(self, store: Store, pipeline: str | None, scheme: Scheme | None = None) -> None:
        """Work for an open project, with its pipeline and its labels."""
        self._forget()
        self._store = store
        if scheme is not None:
            self.scheme.use(store, scheme)
        self.remembering.use(store)
        self.issues.use(store)
        self._say_that(self.tr("Loading the model…"))
        self.engine.start(pipeline)

    def stop(self) -> None:
        """End the engine."""
        self._forget()
        self._ahead.clear()
        self._store = None
        self.remembering.stop()
        self.issues.stop()
        self.scheme.stop()
        self._session.set_issues(())
        self.engine.stop()

    def _forget(self) -> None:
        self._doubting.stop()
        self.model = self._announced = None
        self._found.clear()
        self._made_by.clear()
        self._again.clear()
        self._streaming.clear()

    def look_at(self, article: Article, model: Model | None) -> None:
        """An article was opened that ``model`` last suggested on: ask, if that is another one.

        So it is if something was decided since that its suggestions go against. What was found
        before the analyst came back to it is shown at once.
        """
        self._wanted = None
        state, found = self._session.state, self._found.get(article.id)
        if state and found and not _has_any(state):
            self._streaming.add(article.id)
            self._show(found)
        if self.maker is None:
            self._wanted = article if model is None else None
        elif model != self.maker:
            self.ask(article)
        elif self._precedents is not None:
            self._doubting.look(self._precedents)

    def ask(self, article: Article) -> None:
        """Ask for suggestions, before those on other articles; anew unless they are under way."""
        maker = self.maker
        self._wanted = article if maker is None else None
        if maker is not None:
            self._found.setdefault(article.id, [])  # the engine says nothing twice
            self._made_by.setdefault(article.id, maker)
            self._ahead.discard(article.id)
            self.engine.request(article)
            self._say()

    def prepare(self, article: Article) -> None:
        """Ask for suggestions behind all others, for whoever may open the article."""
        maker = self.maker
        if maker is not None and article.id not in self._found:
            self._found[article.id] = []
            self._made_by[article.id] = maker
            self._ahead.add(article.id)
            self.engine.request(article, front=False)

    def leave(self, article: UUID) -> None:
        """Ask no more about an article that was only to be prepared."""
        if article in self._ahead:
            self._ahead.discard(article)
            self._found.pop(article, None)
            self._made_by.pop(article, None)
            self.engine.cancel(article)

    def _on_learnt(self, forms: dict[str, Learnt], anew: bool) -> None:
        """Keep to what was decided before, from now on and on the open article."""
        # Imported late: the first paint needs no lists of countries.
        from desktop.suggest.names.precedents import Precedents

        self._precedents = self._precedents or Precedents()
        self._precedents.learn(forms, anew=anew)
        self.engine.remember(self.scheme.names.said(forms), anew=anew)
        self._doubting.look(self._precedents, None if anew else forms)

    def _on_issues(self, issues: list[Issue]) -> None:
        """Look for the issues there are now, from now on and on the open article."""
        self._session.set_issues(issues)
        self.engine.use_issues(issues)
        if self._announced:
            self._ask_anew()
        else:
            self._announce()

    def _ask_anew(self) -> None:
        """Ask about the open article once more, after what may be under way."""
        state = self._session.state
        if state is None or self.maker is None:
            return
        if state.article.id in self._found:
            self._again.add(state.article.id)
        else:
            self.ask(state.article)

    def _on_ready(self, model: dict[str, str]) -> None:
        self.model = Model(model["name"], model["version"])
        self._announce()

    def _announce(self) -> None:
        """Tell of the model once it is known what it looks for, and begin."""
        if self.maker is None:
            return
        if self.model != self._announced:  # not the same one, back after it died
            self._announced = self.model
            self.model_changed.emit(self.model)
        if self._wanted is not None:
            self.ask(self._wanted)
        self._summing.start()
        self._say()

    def _on_zones(self, article: UUID, sha256: str, zones: list[Zone]) -> None:
        if self._store:
            self._store.save_zones(article, zones)
        if self._is_open(article):
            self._session.set_zones(zones)

    def _on_suggestions(
        self, article: UUID, sha256: str, found: list[Annotation], done: bool
    ) -> None:
        gathered = self._found.setdefault(article, [])
        first = not gathered
        gathered.extend(found)
        if self._is_open(article) and (state := self._session.state):
            streams = first and not _has_any(state)
            if streams or article in self._streaming:
                self._streaming.add(article)
                self._show(found)
            elif done:
                self._renewing.begin(gathered, self.scheme.names.shown)
        if done:
            self._streaming.discard(article)
            self._ahead.discard(article)
            del self._found[article]
            maker = self._made_by.pop(article, self.maker)
            if self._store and maker:
                self._store.save_suggestions(article, sha256, gathered, maker)
            self._summing.start()
            if article in self._again:
                self._again.discard(article)
                if self._is_open(article) and self._session.state:
                    self.ask(self._session.state.article)
            self._say()
            self.through.emit(article, True)
            QTimer.singleShot(0, partial(trace.mark, "suggestions_shown", count=len(gathered)))

    def _show(self, found: list[Annotation]) -> None:
        """Show what the engine found on the open article, under the project's labels.

        What twins offer stays, and stands in front of it.
        """
        if state := self._session.state:
            shown = self.scheme.names.shown(found)
            offers = [one for one in state.visible if is_offer(one) and not one.decision.decided]
            stand = [*state.decisions, *offers]
            self._session.take_suggestions(reconcile(shown, stand))

    def _on_scheme(self, _: Scheme) -> None:
        """Have the engine keep to decisions under the names their labels have for it now."""
        self.remembering.ask()
        state = self._session.state
        if state and state.article.id in self._streaming:
            self._show(self._found[state.article.id])  # what is not in the file yet

    def _on_failed(self, article: UUID | None, message: str) -> None:
        if article is not None:
            self._found.pop(article, None)
            self._made_by.pop(article, None)
            self._again.discard(article)
            self._streaming.discard(article)
            self._summing.start()
        else:
            self._forget()
        self._say()
        if article not in self._ahead:
            self.told.emit(message)
        if article is not None:
            self._ahead.discard(article)
            self.through.emit(article, False)

    def _on_summed(self, article: Article, stances: list[Stance]) -> None:
        if self._store and (maker := self.maker):
            self._store.save_overall(article.id, article.sha256, stances, maker)

    def _is_under_way(self) -> bool:
        """Tell whether suggestions on the open article are still to come, or may be."""
        state = self._session.state
        if self.maker is None or state is None or self._renewing.busy:
            return True
        return state.article.id in self._found

    def _is_open(self, article: UUID) -> bool:
        return self._session.state is not None and self._session.state.article.id == article

    @property
    def _awaited(self) -> bool:
        return not self._found.keys() <= self._ahead

    def _say(self) -> None:
        self._say_that(self.tr("Suggesting…") if self._awaited else "")

    def _say_that(self, words: str) -> None:
        self._session.set_doing(words)
        self.state_changed.emit(words)


def _has_any(state: ArticleState) -> bool:
    """Tell whether the engine suggested anything that is open; what twins offer does not count."""
    found = (state.get(stop) for stop in state.stops())
    return any(one is not None and not is_offer(one) for one in found)
