"""What can be done now: the facts that enable actions, and what the digits mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaObject, QObject
from PySide6.QtWidgets import QApplication

from db.values import Entity, Layer, Stance, Statement, Status, layer_of
from desktop.article.places import in_text
from desktop.article.wording import position_name
from desktop.library.list_model import twins_name

if TYPE_CHECKING:
    from desktop.app import Standfirst


class Facts(QObject):
    """Tells the window's actions, footer and header what holds, whenever that may have changed."""

    def __init__(self, app: Standfirst) -> None:
        super().__init__(app)
        self._app = app
        self._at: tuple[Layer | None, bool, bool] | None = None  # what keys were told to work on
        session = app.session
        for change in (
            session.annotations_changed,
            session.details_changed,
            session.article_changed,
            session.scheme_changed,
        ):
            change.connect(lambda *_: self.soon())
        session.focus_changed.connect(self._follow)
        session.selection_changed.connect(self._follow)
        self._begun = False
        self._following: QMetaObject.Connection | None = None

    def begin(self) -> None:
        """Tell from now on what can be done; the first paint does without."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._following = application.focusChanged.connect(self._app.window.show_keys)
        self._begun = True
        self.show()

    def soon(self) -> None:
        """Look again when the event loop comes round."""
        if self._begun:
            self._app.session.spare.soon(self.show, self)

    def stop(self) -> None:
        """Look no more: there is nothing left to show it on."""
        self._app.session.spare.end(self.show)
        if self._following is not None:
            QObject.disconnect(self._following)
            self._following = None

    def _follow(self) -> None:
        """Know at once what a key right behind this one may do; what is shown can wait a turn."""
        session, project = self._app.session, self._app.project
        focused = session.focused
        layer, words = (layer_of(focused), in_text(focused)) if focused else (None, False)
        at = layer, words, session.selection is not None
        if at != self._at and project and project.ready:
            self._at = at
            self._know()
        self.soon()

    def show(self) -> None:
        """Look, and tell."""
        self._know()
        self._app.window.show_keys()
        self.count()

    def _know(self) -> None:
        """Enable what can be done, and give the digits their meaning."""
        app = self._app
        session, project, facts = app.session, app.project, set[str]()
        if project:
            known = {"ready": project.ready, "undo": project.undo_title, "redo": project.redo_title}
            facts |= {fact for fact, holds in known.items() if holds}
            app.window.show_history(project.undo_title, project.redo_title)
        if session.state:
            facts.add("article")
        if focused := session.focused:
            facts |= {"focus", layer_of(focused).value}
            if focused.decision.status is Status.ADDED:
                facts.add("added")
            if session.quotes.undecided:
                facts.add("undecided")
            if in_text(focused):
                facts |= {"words"} if isinstance(focused, Entity) else {"words", "frame"}
        if isinstance(focused, Entity) or isinstance(session.just_rejected(unmoved=True), Entity):
            facts.add("mention")
        if session.selection:
            facts.add("selection")
        if session.selection or isinstance(focused, Entity):
            facts.add("pointed")
        past = app.looking_back is not None and app.looking_back.in_the_past
        app.window.actions_table.name_labels({} if past else self._digits())
        sides = [] if past else [position_name(each) for each in session.scheme.positions]
        app.window.actions_table.name_sides(sides)
        app.window.know({"past"} if past else facts)  # nothing is decided in the past

    def count(self) -> None:
        """Tell how far the article is, and the project."""
        articles, header, twins = self._app.articles, self._app.window.header, 0
        if state := self._app.session.state:
            article = state.article
            articles.progress(article.id, article.status, state.decided(), state.left())
            twins = articles.twins(article.id)
        header.show_twins(twins_name(twins))
        header.show_progress(articles.done, articles.total if articles.whole else 0)

    def _digits(self) -> dict[str, str]:
        """Return what the labels' keys do now, by key."""
        session = self._app.session
        if not session.selection:
            if isinstance(session.focused, Stance | Statement):
                keys = session.scheme.position_keys
                return {key: position_name(position) for key, position in keys.items()}
            if not isinstance(session.focused, Entity):
                return {}
        labels = session.scheme.entities
        return {label.shortcut: label.name for label in labels if label.shortcut}
