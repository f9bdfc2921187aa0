"""The parts of the window that outlive a project, as whatever works on a project sees them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desktop.article.canvas import ArticleCanvas
    from desktop.article.session import ArticleSession
    from desktop.library.list_model import ArticleList
    from desktop.library.view import LibraryPane
    from desktop.shell.backlog import Backlog
    from desktop.shell.registry import ProjectActors
    from desktop.shell.settings import Settings
    from desktop.shell.suggesting import Suggesting
    from desktop.shell.window import MainWindow


class Parts(Protocol):
    """What outlives a project: the window and what is in it."""

    settings: Settings
    session: ArticleSession
    articles: ArticleList
    library: LibraryPane
    canvas: ArticleCanvas
    window: MainWindow

    # Made when they are first asked for, which is after the first paint.
    @cached_property
    def suggesting(self) -> Suggesting: ...
    @cached_property
    def backlog(self) -> Backlog: ...
    @cached_property
    def actors(self) -> ProjectActors: ...
