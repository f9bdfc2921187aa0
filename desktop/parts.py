"""The parts of the window that a project is shown in, and that outlive it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.article.canvas import ArticleCanvas
from desktop.article.session import ArticleSession
from desktop.library.list_model import ArticleList
from desktop.library.view import LibraryPane
from desktop.shell.backlog import Backlog
from desktop.shell.settings import Settings
from desktop.shell.suggesting import Suggesting
from desktop.shell.window import MainWindow

if TYPE_CHECKING:
    from desktop.shell.registry import ProjectActors


@dataclass(frozen=True)
class Parts:
    """The window and what is in it."""

    settings: Settings
    session: ArticleSession
    articles: ArticleList
    library: LibraryPane
    canvas: ArticleCanvas
    window: MainWindow
    suggesting: Suggesting
    backlog: Backlog
    actors: Callable[[], ProjectActors]  # made when it is first asked for
