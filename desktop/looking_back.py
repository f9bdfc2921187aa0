"""Looking back: the history's pane, the bin and the page of the past, tied to the open project."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from db.bin import Discarded, RemovedArticle, RemovedImport
from db.history_list import Done, News, Page, Turn, Wanted
from desktop.article.commands import name_of
from desktop.article.state import ArticleState
from desktop.history.bin_model import Row
from desktop.history.pane import HistoryPane, View
from desktop.history.wording import Sides, told, tr
from desktop.shell.history import ProjectHistory
from desktop.shell.past import Moment, PastPage

if TYPE_CHECKING:
    from db.history import Entry
    from db.past import Past
    from desktop.app import Standfirst
    from desktop.open_project import OpenProject


class LookingBack(QObject):
    """Made when the history is first asked for; from then on it follows the window."""

    def __init__(self, app: Standfirst) -> None:
        super().__init__(app)
        self._app = app
        self._project: OpenProject | None = None
        self._history: ProjectHistory | None = None
        self._moment: tuple[UUID, int] | None = None  # article and entry looked at
        self._around: tuple[int | None, int | None] = None, None
        self._going: tuple[UUID, list[UUID]] | None = None
        self.pane = HistoryPane()
        self.page = PastPage(app.session)
        self.pane.hide()
        beside = app.window.inspector_pane.layout()
        assert beside is not None  # it is there before anything can be done
        beside.addWidget(self.pane)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read_news)
        self._connect()
        self._follow()

    @property
    def in_the_past(self) -> bool:
        """Whether an article is looked at as it was."""
        return self._moment is not None

    def stop(self) -> None:
        """Hear no more: the window is about to go."""
        if self._history:
            self._history.stop()
        self._history = None
        self._soon.stop()

    def toggle(self) -> None:
        """Show the history with the keys in it, or fold it away."""
        if self.pane.isVisible() and self.pane.view is not View.BIN:
            self.close()
        else:
            self._show(View.ARTICLE if self._app.session.state else View.PROJECT)

    def toggle_bin(self) -> None:
        """Show the bin with the keys in it, or fold it away."""
        if self.pane.isVisible() and self.pane.view is View.BIN:
            self.close()
        else:
            self._show(View.BIN)

    def close(self) -> None:
        """Fold the history away, and come back to now."""
        self.now()
        had = self.pane.isAncestorOf(self._app.window.focusWidget() or self.pane)
        self.pane.hide()
        if self._app.inspector:
            self._app.inspector.show()
        if had:
            self._app.window.go_to_article()

    def now(self) -> None:
        """Show the article as it is."""
        if self._moment is None:
            return
        self._moment = None
        self._app.window.show_instead(None)
        self.page.forget()
        self.pane.show_past(False)
        self._app.facts.show()
        if not self.pane.isAncestorOf(self._app.window.focusWidget() or self._app.window):
            self._app.window.go_to_article()

    def _show(self, view: View) -> None:
        self._follow()
        app = self._app
        app.window.unfold(app.window.inspector_pane)
        if app.inspector:
            app.inspector.hide()
        self.pane.show()
        if self._history:
            self._history.coders(self.pane.filters.show_coders)
        self.pane.show_view(view)
        self.pane.take_keys()

    # What is followed

    def _connect(self) -> None:
        app, pane, page = self._app, self.pane, self.page
        app.session.article_changed.connect(self._follow)
        app.articles.modelReset.connect(self._follow)
        pane.acts.page_wanted.connect(self._read_page)
        pane.view_changed.connect(self._on_view)
        pane.chosen.connect(self._go)
        pane.details_wanted.connect(self._on_details)
        pane.look_wanted.connect(lambda act: self._look(act.article, act.seq))
        pane.preview_wanted.connect(self._preview)
        pane.undo_wanted.connect(self._undo)
        pane.take_back_wanted.connect(self._take_back)
        pane.restore_wanted.connect(self._restore)
        pane.export_wanted.connect(self._export)
        pane.left.connect(self._on_left)
        pane.closed.connect(self.close)
        page.left.connect(self.now)
        page.step_wanted.connect(self._step)
        page.told.connect(app.window.toast.say)

    def _follow(self) -> None:
        """Know the project and the article that are open now."""
        app = self._app
        if app.project is not self._project:
            if self._history:
                self._history.stop()
            self._history = None
            self.now()
            self.pane.forget()
            self._project = app.project
            if app.project:
                history = self._history = ProjectHistory(app.project.store, self)
                history.changed.connect(self._soon.start)
                history.refused.connect(self._on_refused)
                if self.pane.isVisible():
                    history.coders(self.pane.filters.show_coders)
                    self.pane.start()
        article = app.session.state.article.id if app.session.state else None
        if self._moment and self._moment[0] != article:
            self.now()
        self.pane.show_article(article)
        if self._going and self._going[0] == article:
            QTimer.singleShot(0, self._arrive)  # when it has found its own place

    def _on_left(self) -> None:
        if self.in_the_past:
            self.now()
        self._app.window.go_to_article()

    # Reading

    def _read_page(self, number: int, wanted: Wanted, before: int | None) -> None:
        def take(found: tuple[Page, int]) -> None:
            self.pane.acts.take_page(number, *found)

        if self._history:
            self._history.page(wanted, before, take)

    def _read_news(self) -> None:
        if not self._history or not self.pane.isVisible():
            return
        self._history.coders(self.pane.filters.show_coders)
        if self.pane.view is View.BIN:
            self._read_bin()
        elif not self.pane.acts.looking:
            acts = self.pane.acts

            def take(news: News, number: int = acts.number) -> None:
                acts.take_news(number, news)

            self._history.news(acts.wanted, acts.newest, take)
        else:
            self._soon.start(50)  # behind what is read

    def _on_view(self) -> None:
        if self.pane.view is View.BIN:
            self._read_bin()

    def _read_bin(self) -> None:
        if self._history:
            state = self._app.session.state
            self._history.bin(state.article.id if state else None, self._show_bin)

    def _show_bin(
        self, found: tuple[list[RemovedArticle | RemovedImport], list[Discarded]]
    ) -> None:
        gone, discarded = found
        state = self._app.session.state
        here = [one for one in discarded if state and one.annotation.article == state.article.id]
        self.pane.bin.show(gone, here, state)

    def _on_details(self, act: Done) -> None:
        def take(found: tuple[Entry, list[Turn], Past | None, dict[UUID, str]]) -> None:
            entry, turns, past, actors = found
            sides = Sides(actors=actors)
            if past is not None:
                sides = Sides(_state(past), _state(past), actors)
                sides.before.apply(entry.act.inverse().changes)  # type: ignore[union-attr]
                for state in (sides.before, sides.after):
                    if state is not None:
                        state.issue_names = {one.id: one.name for one in self._app.session.issues}
            self.pane.show_details(act, told(entry.act, sides), turns)

        if self._history:
            self._history.details(act, take)
            if self._moment and self.pane.list.hasFocus():
                article, seq = self._moment  # the moment follows the chosen act
                if act.seq != seq and act.article in (None, article):
                    self._look(article, act.seq)

    # Going

    def _go(self, act: Done, keys: bool) -> None:
        """Go to what an act was done on: its article, and the annotation there."""
        project = self._project
        if act.article is None or project is None or self._history is None:
            self._app.window.toast.say(tr("This act is on the project, not on one article."))
            return
        if self._app.articles.get(act.article) is None:
            words = tr("The article is in the bin: Ctrl+Shift+B shows it.")
            self._app.window.toast.say(words)
            return
        article = act.article
        if self.in_the_past:
            return  # the moment follows the chosen act

        def take(found: tuple[Entry, object, object, object]) -> None:
            self._going = article, [change.id for change in found[0].act.changes]
            state = self._app.session.state
            if state and state.article.id == article:
                self._arrive()
            elif self._project is project:
                project.article.open(article)
            if keys:
                self._app.window.go_to_article()

        self._history.details(act, take)

    def _arrive(self) -> None:
        session, going = self._app.session, self._going
        self._going = None
        if going is None or session.state is None:
            return
        there = next((each for each in going[1] if session.state.get(each)), None)
        if there is not None:
            session.set_focus(there)

    # The past

    def _look(self, article: UUID | None, seq: int) -> None:
        """Look at an article, or at the open one, as an act left it."""
        state = self._app.session.state
        article = article or (state.article.id if state else None)
        if article is None or self._history is None:
            return
        if self._app.articles.get(article) is None:
            self._app.window.toast.say(tr("The article is in the bin: Ctrl+Shift+B shows it."))
            return
        if state is None or state.article.id != article:
            if self._project:
                self._project.article.open(article)
            self._look_when_there(article, seq)
            return
        self._history.moment(article, seq, self._show_moment)

    def _look_when_there(self, article: UUID, seq: int) -> None:
        session = self._app.session

        def look() -> None:
            if session.state and session.state.article.id == article:
                session.article_changed.disconnect(look)
                self._look(article, seq)

        session.article_changed.connect(look)

    def _show_moment(self, moment: Moment) -> None:
        app, state, past = self._app, self._app.session.state, moment.past
        if state is None or state.article.id != past.article.id:
            return  # another article was opened meanwhile
        self._moment, self._around = (past.article.id, past.seq), moment.around
        app.window.toast.hide()
        self.page.show_moment(moment, app.canvas.zoom)
        app.window.show_instead(self.page)
        self.pane.show_past(True)
        self.pane.select(past.seq)
        app.facts.show()
        if not self.pane.isAncestorOf(app.window.focusWidget() or app.window):
            self.page.setFocus()

    def _step(self, step: int) -> None:
        seq = self._around[int(step > 0)]
        if self._moment and seq is not None:
            self._look(self._moment[0], seq)

    # Acting

    def _preview(self, act: Done) -> None:
        scope = self.pane.acts.wanted.article
        if self._history:
            self._history.standing_since(act.seq, scope, self.pane.show_preview)

    def _undo(self, acts: list[UUID]) -> None:
        def then(count: int) -> None:
            words = tr("Undid 1 act.") if count == 1 else tr("Undid {} acts.").format(count)
            self._app.window.toast.say(words)
            self.pane.look_again()

        if self._may_act() and self._history:
            self._history.undo_these(acts, then)

    def _take_back(self, act: Done) -> None:
        def then(_: int) -> None:
            self._offer_undo(tr("Took back: {}").format(act.title))
            self.pane.look_again()

        if self._may_act() and self._history:
            self._history.take_back(act.id, then)

    def _restore(self, row: Row) -> None:
        state = self._app.session.state

        def then(_: int) -> None:
            self._offer_undo(tr("Restored: {}").format(row.title))

        if not self._may_act() or self._history is None:
            return
        match row.item:
            case RemovedArticle(id=article):
                self._history.restore_article(article, then)
            case RemovedImport(id=brought):
                self._history.restore_import(brought, then)
            case Discarded(annotation=gone) if state:
                title = name_of(state, gone)
                self._history.restore_annotation(gone.article, gone.id, title, then)
            case _:
                pass

    def remove(self, article: UUID) -> None:
        """Put an article into the bin, and say so, with a way back."""
        self._follow()
        row, project = self._app.articles.get(article), self._project
        if row is None or project is None or self._history is None or not self._may_act():
            return

        def then(_: object) -> None:
            project.listing.read(after)
            self._offer_undo(tr("Removed “{}”").format(row.title or tr("an article")))

        library = self._app.library
        state = self._app.session.state
        is_open = state is not None and state.article.id == article
        after = library.neighbour(1) or library.neighbour(-1) if is_open else None
        self._history.remove_article(article, then)

    def _may_act(self) -> bool:
        if self.in_the_past:
            self._app.window.toast.say(tr("This is the past: go back to now first (Esc)."))
            return False
        return self._project is not None and self._project.ready

    def _offer_undo(self, words: str) -> None:
        self._app.window.toast.say(words, tr("Undo"), self._app.undo)

    def _on_refused(self, why: str) -> None:
        if self.pane.isVisible():
            self.pane.details.say(why)
        else:
            self._app.window.toast.say(why)

    def _export(self) -> None:
        from desktop.history.exporting import ask_and_export

        if project := self._project:
            path = project.path
            say = self._app.window.toast.say
            # Behind all that is still to be written.
            project.store.ask(lambda _: None, lambda _: ask_and_export(path, self._app.window, say))


def _state(past: Past) -> ArticleState:
    return ArticleState(past.article, past.suggestions, past.decisions, past.checked)
