"""The composition root: makes the parts, ties them together, and knows everyone.

The window may be on screen before (:mod:`desktop.first_paint`). What it shows at first comes from
:mod:`db.glance` alone. After that the project is opened for writing in the store's thread, and the
engine's process is started.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QAction

from db.acts import Act
from db.presence import Sole
from db.project_file import ProjectError, examine
from db.scheme_values import DEFAULT
from db.values import Model
from desktop import after_paint, first_paint, theme
from desktop.article.canvas import ArticleCanvas
from desktop.article.scheme import Scheme
from desktop.article.session import ArticleSession
from desktop.article.view_settings import ViewSettings
from desktop.facts import Facts
from desktop.library.intake import PROJECT_SUFFIX, files_in, text_in
from desktop.library.lines import Lines
from desktop.library.list_model import ArticleList
from desktop.library.view import LibraryPane
from desktop.open_project import OpenProject
from desktop.shell import trace
from desktop.shell.claim import claim
from desktop.shell.command_field import Choice
from desktop.shell.menus import key_name
from desktop.shell.opened import Make
from desktop.shell.settings import Settings
from desktop.shell.tidying import Tidying
from desktop.shell.turns import in_turns
from desktop.shell.window import MainWindow

if TYPE_CHECKING:
    from desktop.article.inspector import Inspector
    from desktop.first_paint import Begun
    from desktop.looking_back import LookingBack
    from desktop.shell.backlog import Backlog
    from desktop.shell.registry import ProjectActors
    from desktop.shell.suggesting import Suggesting

_AT_HAND = (
    ("accept", "reject", "why", "delete", "edit", "note"),
    ("alike", "everywhere", "overlap"),
    ("add", "relabel", "this-is", "affiliate", *(f"digit-{n}" for n in range(1, 10))),
    ("side-1", "side-2"),
    ("stance", "holder", "nested", "unreported", "target", "negate"),
    ("cue", "cue-more", "evidence", "evidence-more", "certainty"),
)


class Standfirst(QObject):
    """One window, on one project at a time."""

    at_hand = Signal()  # keys and clicks do what they are for
    settled = Signal()  # what could wait for the first paint is there

    def __init__(self, settings: Settings, window: MainWindow) -> None:
        super().__init__()
        self.settings = settings
        self.window = window
        self.session = ArticleSession(Scheme())
        self.articles = ArticleList()
        self.library = LibraryPane(self.articles)
        self.canvas = ArticleCanvas()
        self.canvas.set_session(self.session)
        self.canvas.context_actions = self._context_actions
        self.inspector: Inspector | None = None  # later: the article does without it
        self.looking_back: LookingBack | None = None
        self.project: OpenProject | None = None
        self._settled = False
        self.facts = Facts(self)
        self._tidying = Tidying(self.session, self)
        self._connect()
        self.canvas.zoom = settings.zoom
        self.canvas.view = ViewSettings.of_texts(settings.view)
        self.library.bar.field.show_key(key_name("Ctrl+Shift+F"))

    def _connect(self) -> None:
        window, session = self.window, self.session
        window.painted.connect(self._on_painted)
        window.closing.connect(self._close)
        window.dropped.connect(self.take)
        self.library.chosen.connect(self.open_article)
        self.library.left.connect(window.go_to_article)
        self.library.removed.connect(lambda article: self.look_back().remove(article))
        session.acted.connect(self._on_acted)
        session.told.connect(window.toast.say_why)
        for wanted in (session.slot_wanted, session.edit_wanted):  # the inspector hears it next
            wanted.connect(lambda *_: self.show_inspector())

    def begin(self, begun: Begun, files: list[Path]) -> None:
        """Fill the window, which may be on screen already, with a project; take in files."""
        self.fill_window()
        self.open_project(
            begun.project, Make.SAMPLE if begun.new else Make.NOTHING, sole=begun.sole
        )
        self.take_files(files)
        self.window.go_to_article()
        self.window.tell_when_painted()

    def fill_window(self) -> None:
        """Put library and article into their panes."""
        self.window.fill(self.library, self.canvas, self._article_choices)

    # Projects

    def open_project(
        self,
        path: Path,
        make: Make = Make.NOTHING,
        scheme: str = DEFAULT,
        sole: Sole | None = None,
    ) -> None:
        """Open a project in this window, or show the one that has it.

        Or ``make`` a new one, with the labels of a bundled ``scheme``. ``sole`` is the right to
        show it, where it was asked for before.
        """
        path = path.resolve()
        if self.project and self.project.path == path:
            return
        making = make is not Make.NOTHING
        if self.project and not making:
            try:
                examine(path)  # what cannot be opened does not close what is
            except ProjectError as error:
                self.window.message.say(str(error))
                return
        sole = sole or claim(path, [])
        if sole is None:
            self.window.toast.say(self.tr("That project is open in another window."))
            return
        if self.project:
            self.project.close()
            self.project = None
            self._tidying.all_again()
            self.session.close()
            self.articles.set_lines(Lines())
        self.window.show_project(path.stem)
        project = OpenProject(self, path, sole, make, scheme)
        project.changed.connect(self.facts.soon)
        if making or project.show_glance():
            self.project = project
            self.facts.count()
            if self._settled:
                project.start()
        else:
            sole.leave()
            self.window.show_project("")
            self.window.show_invitation(True, project=False)
        self.facts.soon()

    # What the first paint does without is made when it is first asked for.

    @cached_property
    def suggesting(self) -> Suggesting:
        """The way of a suggestion from the engine to the article."""
        from desktop.shell.suggesting import Suggesting

        suggesting = Suggesting(self.session, self)
        suggesting.state_changed.connect(self.window.footer.show_engine)
        suggesting.model_changed.connect(self._on_model)
        suggesting.told.connect(self.window.message.say)
        return suggesting

    @cached_property
    def backlog(self) -> Backlog:
        """The suggestions nobody waits for yet."""
        from desktop.shell.backlog import Backlog

        return Backlog(self.session, self.suggesting, self.library, self.settings, self)

    @cached_property
    def actors(self) -> ProjectActors:
        """The actors of the open project."""
        from desktop.shell.registry import ProjectActors

        actors = ProjectActors(self.session, self)
        actors.refused.connect(self.window.toast.say)
        undo = self.window.actions_table["undo"]
        actors.told.connect(lambda said: self.window.toast.say(said, self.tr("Undo"), undo.trigger))
        return actors

    def _on_painted(self) -> None:
        trace.mark("article_painted")
        gc.freeze()  # all that was imported stays: collecting it would be one long turn
        gc.enable()
        in_turns(self, (*after_paint.steps(self), self._start_project))

    def _start_project(self) -> None:
        self._settled = True
        if self.project:
            self.project.start()
        self.settled.emit()

    def look_back(self) -> LookingBack:
        """Return what shows the history, made when it is first asked for."""
        if self.looking_back is None:
            from desktop.looking_back import LookingBack

            self.looking_back = LookingBack(self)
        return self.looking_back

    def show_inspector(self) -> None:
        """Show the inspector, in the history's place too."""
        self.window.unfold(self.window.inspector_pane)
        if self.looking_back:
            self.looking_back.close()

    def edit_note(self) -> None:
        """Go to the note on what is in focus."""
        if self.inspector:
            self.show_inspector()
            self.inspector.edit_note()

    def _close(self) -> None:
        if self.project:
            self.project.close()
            self.project = None
        self.facts.stop()  # there is nothing left to show it on
        if self.looking_back:
            self.looking_back.stop()
        for name, blob in self.window.state().items():
            self.settings.set_blob(name, blob)
        self.settings.zoom = self.canvas.zoom
        self.settings.sync()

    # Articles

    def open_article(self, article: UUID) -> None:
        """Lay an article on the desk, and give it the keys."""
        if self.project:
            self.project.article.open(article)
        self.window.go_to_article()

    def next_article(self, step: int) -> None:
        """Open the article ``step`` rows further down the library."""
        if article := self.library.neighbour(step):
            self.open_article(article)

    def take(self, data: QMimeData) -> None:
        """Take in what was dropped or pasted."""
        if files := files_in(data):
            self.take_files(files)
        elif (article := text_in(data)) and self.project:
            self.project.bringing.add(article)
        elif article:
            self._ask_for_project()
        else:
            self.window.message.say(self.tr("There is no text to take in."))

    def take_files(self, files: Iterable[Path]) -> None:
        """Open a project, or take files and folders in."""
        files = list(files)
        projects = [file for file in files if file.suffix == PROJECT_SUFFIX]
        if projects:
            self.open_project(projects[0])
        elif self.project:
            self.project.take_files(files)
        elif files:
            self._ask_for_project()

    def _ask_for_project(self) -> None:
        self.window.message.say(
            self.tr("Nothing was taken in: no project is open. Open one, or begin a new one.")
        )

    # Acts

    def undo(self) -> None:
        """Take the newest act of the project back."""
        self.session.many.finish()
        if self.project:
            self.project.store.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.session.many.finish()
        if self.project:
            self.project.store.redo()

    def _on_acted(self, act: Act) -> None:
        self.window.toast.withdraw()
        if self.project:
            self.project.store.perform(act)

    def _on_model(self, model: Model) -> None:
        self.window.footer.show_model(self.tr("Model {}").format(model.version))
        if self.project:
            self.project.article.hear_of_model(model)

    # What is offered

    def _context_actions(self, _offset: int) -> list[QAction | None]:
        """Return what a click with the other button offers."""
        self.facts.show()
        offered: list[QAction | None] = []
        for group in _AT_HAND:
            actions = (self.window.actions_table[name] for name in group)
            offered += [action for action in actions if action.isEnabled()] + [None]
        return offered

    def show_appearance(self, appearance: str) -> None:
        """Be light or dark, or as the system is."""
        self.settings.appearance = appearance
        theme.choose(appearance)
        self.window.actions_table.check("appearance", appearance)

    def _article_choices(self, words: Sequence[str]) -> Iterable[Choice]:
        for row in self.articles.named(words):
            yield Choice(
                row.title or "", row.publication or "", "", partial(self.open_article, row.id)
            )


def start(project: Path, files: list[Path], settings: Settings) -> Standfirst | None:
    """Make the window and open a project in it; None if another window took that over.

    The sample project is made if it is not there yet.
    """
    begun = first_paint.begin(project, files, settings)
    if begun is None:
        return None
    standfirst = Standfirst(settings, begun.window)
    standfirst.begin(begun, files)
    begun.window.show()
    return standfirst
