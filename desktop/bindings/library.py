"""Searching the library, and what is done with all that was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import randrange
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from db.search_values import Search
from db.values import ArticleStatus
from desktop.menu import Menu
from desktop.shell.backlog import Wish
from desktop.shell.command_field import Choice
from desktop.shell.menus import plain

if TYPE_CHECKING:
    from db.saved_searches import SavedSearch
    from desktop.app import Standfirst

_SEEDS = 1_000_000


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Bindings", text)


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return what the menu Library does."""
    bar = app.library.bar
    return {
        "search": partial(_shown, app, bar.begin),
        "filters": partial(_shown, app, partial(_filters, app)),
        "sort": partial(_sort, app),
        "search-clear": lambda: bar.look_for(Search()),
        "save-search": partial(_save, app),
        "saved-searches": partial(_saved, app),
        "contexts": partial(_contexts, app),
        "statements": partial(_statements, app),
        "mark-shown": lambda status: (
            app.project and app.project.listing.mark(ArticleStatus(status))
        ),
        "suggest-all": app.backlog.turn,
        "remove-shown": lambda: app.project and app.project.listing.remove(),
    }


def begin(app: Standfirst) -> None:
    """Fill the menus of the pane's buttons."""
    bar, table = app.library.bar, app.window.actions_table
    bar.sort.menu().addActions(table["sort"].menu().actions())  # type: ignore[union-attr]
    bar.saved.menu().aboutToShow.connect(partial(_offer_saved, app, bar.saved.menu()))
    bar.wanted.connect(partial(_follow, app))
    _follow(app, bar.search)
    backlog, footer = app.backlog, app.window.footer
    backlog.state_changed.connect(footer.show_backlog)
    backlog.wish_changed.connect(partial(_name_backlog, app))
    backlog.told.connect(app.window.toast.say)
    backlog.failed.connect(app.window.message.say)
    footer.backlog_pressed.connect(backlog.turn)


def _name_backlog(app: Standfirst, wish: Wish) -> None:
    """Call the action what it does now."""
    name = {
        Wish.NONE: tr("Suggest on the &whole library"),
        Wish.RUNNING: tr("Pause suggesting on the &whole library"),
        Wish.PAUSED: tr("Go on suggesting on the &whole library"),
    }[wish]
    app.window.actions_table["suggest-all"].setText(name)
    app.window.footer.name_backlog(plain(name))


def _follow(app: Standfirst, search: Search) -> None:
    """Show the order that is in force."""
    app.window.actions_table.check("sort", search.sort)


def _shown(app: Standfirst, do: Callable[[], object]) -> None:
    """Do something in the pane, which may be folded away."""
    app.window.unfold(app.library)
    do()


def _filters(app: Standfirst) -> None:
    pane = app.library
    pane.show_facets(not pane.facets.isVisible())
    if pane.facets.isVisible():
        pane.facets.begin()


def _sort(app: Standfirst, order: str) -> None:
    if order != "random":
        _sort_by(app, order)
        return
    _follow(app, app.library.bar.search)  # no seed is chosen yet

    def typed(text: str) -> Choice | None:
        if not text.strip().isdecimal():
            return None
        seed = int(text) % _SEEDS
        return Choice(tr("Seed {}").format(seed), "", "", partial(_sort_by, app, "random", seed))

    new = Choice(tr("A new one"), "", "", partial(_sort_by, app, "random", randrange(_SEEDS)))
    question = tr("Which seed? One seed always gives the same order")
    app.window.field.ask(question, [new], written=typed)


def _sort_by(app: Standfirst, order: str, seed: int = 1) -> None:
    bar = app.library.bar
    bar.look_for(replace(bar.search, sort=order, seed=seed))


# --- saved searches


def _save(app: Standfirst) -> None:
    project, bar = app.project, app.library.bar
    if project is None:
        return
    listing = project.listing

    def named(text: str) -> Choice | None:
        name = " ".join(text.split())
        if not name:
            return None
        known = any(one.name == name for one in listing.saved)
        words = tr("Replace “{}”") if known else tr("Save as “{}”")
        return Choice(words.format(name), "", "", partial(listing.save, name))

    known = [
        Choice(
            tr("Replace “{}”").format(one.name),
            one.search.written(),
            "",
            partial(listing.save, one.name),
        )
        for one in listing.saved
    ]
    words = bar.search.written().replace('"', "")
    first = [Choice(tr("Save as “{}”").format(words), "", "", partial(listing.save, words))]
    app.window.field.ask(tr("A name for this search?"), [*(first if words else []), *known], named)


def _saved(app: Standfirst) -> None:
    if app.project:
        choices = [
            Choice(one.name, one.search.written(), "", partial(_look_for, app, one.search))
            for one in app.project.listing.saved
        ]
        app.window.field.ask(tr("Which search?"), choices)


def _look_for(app: Standfirst, search: Search) -> None:
    app.window.unfold(app.library)
    app.library.bar.look_for(search)


def _offer_saved(app: Standfirst, menu: QMenu) -> None:
    """Fill the menu of the pane's button: each search can be looked for, renamed and deleted."""
    menu.clear()
    if app.project is None:
        return
    listing = app.project.listing
    for one in listing.saved:
        menu.addAction(one.name.replace("&", "&&"), partial(_look_for, app, one.search))
    if listing.saved:
        menu.addSeparator()
    menu.addAction(app.window.actions_table["save-search"])
    if listing.saved:
        rename, delete = Menu(tr("Rename"), menu), Menu(tr("Delete"), menu)
        for more in (rename, delete):
            menu.addMenu(more)
        for one in listing.saved:
            name = one.name.replace("&", "&&")
            rename.addAction(name, partial(_rename, app, one))
            delete.addAction(name, partial(listing.delete, one))


def _rename(app: Standfirst, saved: SavedSearch) -> None:
    project = app.project
    if project is None:
        return

    def named(text: str) -> Choice | None:
        name = " ".join(text.split())
        rename = partial(project.listing.rename, saved, name)
        return Choice(tr("Call it “{}”").format(name), "", "", rename) if name else None

    app.window.field.ask(tr("A new name for “{}”?").format(saved.name), [], written=named)


# --- what is done with all that was found


def _contexts(app: Standfirst) -> None:
    from desktop.bindings.contexts import show

    show(app)


def _statements(app: Standfirst) -> None:
    from desktop.bindings.statements import ask

    ask(app)
