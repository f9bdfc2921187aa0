"""Shows the tour in the window, and tells it what the analyst does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.shell.places import sample_project
from desktop.shell.tour import TourBar

if TYPE_CHECKING:
    from db.acts import Act
    from desktop.app import Standfirst

_ACTIONS = ("next", "undo", "export", "new")


class Touring(QObject):
    """The tour that is under way, if any."""

    def __init__(self, app: Standfirst) -> None:
        super().__init__(app)
        self._app = app
        self.bar: TourBar | None = None
        app.session.acted.connect(self._on_act)
        app.session.article_changed.connect(self._on_article)
        for name in _ACTIONS:
            action = app.window.actions_table[name]
            action.triggered.connect(lambda _=False, name=name: self._hear(name))

    def begin_on_first_day(self) -> None:
        """Begin by itself, once, when the sample project can be worked on."""
        project, settings = self._app.project, self._app.settings
        if project is None or project.path != sample_project().resolve() or settings.toured:
            return
        if project.ready:
            self.go_on()
        else:
            project.changed.connect(self._when_ready)

    def go_on(self) -> None:
        """Begin, or show the next step."""
        if self.bar:
            self.bar.go_on()
            return
        self._app.settings.toured = True
        self.bar = TourBar()
        self.bar.ended.connect(self._on_ended)
        self._app.window.show_below(self.bar)

    def _on_article(self) -> None:
        """Wait unseen while there is no article to take the steps in."""
        if self.bar:
            self.bar.setVisible(self._app.session.state is not None)

    def skip(self) -> None:
        """End it."""
        if self.bar:
            self.bar.end()

    def _when_ready(self) -> None:
        project = self._app.project
        if project and project.ready:
            project.changed.disconnect(self._when_ready)
            self.go_on()

    def _on_ended(self) -> None:
        self.bar = None
        self._app.window.go_to_article()

    def _on_act(self, act: Act) -> None:
        self._hear(act.name)

    def _hear(self, event: str) -> None:
        if self.bar:
            self.bar.heard(event)
