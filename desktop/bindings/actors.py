"""Actors: who is meant, what they belong to, what they hold elsewhere, and their registry."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.shell.command_field import Choice

if TYPE_CHECKING:
    from uuid import UUID

    from db.positions import Recorded
    from db.values import Actor
    from desktop.app import Standfirst
    from desktop.article.actors import ActorHere


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Bindings", text)


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return what is done to actors by key and from the menus."""
    return {
        "this-is": lambda: app.session.people.ask_who(),
        "affiliate": lambda: app.session.people.ask_affiliation(),
        "actors": partial(_registry, app),
    }


def listen(app: Standfirst) -> None:
    """Answer what the article and the inspector ask for."""
    people, inspector = app.session.people, app.inspector
    assert inspector is not None
    people.who_wanted.connect(partial(_who, app))
    people.affiliation_wanted.connect(partial(_affiliation, app))
    people.contradicted.connect(partial(_contradicted, app))
    people.withdrawn.connect(app.window.toast.hide)
    inspector.ledger.chosen.connect(partial(_look, app))
    inspector.issues.edit_wanted.connect(app.window.actions_table["issues"].trigger)
    _show_on_hover(app)


# --- asking for an actor


def _who(app: Standfirst, here: ActorHere) -> None:
    """Ask who an actor of the article, or a mention in focus, is."""
    people = app.session.people
    mention = people.mention()
    # A mention is asked about by itself; in the list, an actor with all its mentions.
    alone = mention is not None and mention in here.mentions and not _in_list(app)
    mentions = (mention,) if alone and mention else here.mentions
    name = people.called(mention) if alone else here.name

    def choose(actor: Actor | str) -> None:
        people.is_(mentions, actor, here.label)

    guesses = people.guesses(here)
    known = people.book.get(here.actor)
    first = [known] if known else []
    choices = [
        *(Choice(each.name, _detail(app, each), "", partial(choose, each)) for each in first),
        *(Choice(each.name, _detail(app, each), "", partial(choose, each)) for each in guesses),
    ]
    new = Choice(tr("New actor: {}").format(name), "", "", partial(choose, name))
    rest = _others(app, {each.id for each in (*first, *guesses)}, choose)
    question = tr("Who is “{}”?").format(name) if name else tr("Who holds this?")
    offered = [*choices, *([new] if name else []), *rest]
    app.window.field.ask(question, offered, written=partial(_written, choose))


def _affiliation(app: Standfirst, here: ActorHere) -> None:
    """Ask what an actor belongs to."""
    people = app.session.people

    def choose(to: Actor | ActorHere | str | None) -> None:
        people.affiliate(here, to)

    bodies = [each for each in people.here if each.label != "PERSON" and each != here]
    choices = [Choice(each.name, tr("named here"), "", partial(choose, each)) for each in bodies]
    if here.affiliation:
        choices.append(Choice(tr("Nothing any more"), here.affiliation, "", partial(choose, None)))
    taken = {each.actor for each in (*bodies, here) if each.actor}
    choices += _others(app, taken, choose)
    question = tr("What does {} belong to?").format(here.name)
    app.window.field.ask(question, choices, written=partial(_written, choose))


def _written(choose: Callable[[str], None], text: str) -> Choice | None:
    """Offer what was typed as a new actor."""
    name = " ".join(text.split())
    return Choice(tr("New actor: {}").format(name), "", "", partial(choose, name)) if name else None


def _others(
    app: Standfirst, but: Container[UUID | None], choose: Callable[[Actor], None]
) -> Iterator[Choice]:
    actors = app.session.people.book.by_id.values()
    for actor in sorted(actors, key=lambda actor: actor.name.casefold()):
        if actor.id not in but:
            yield Choice(actor.name, _detail(app, actor), "", partial(choose, actor))


def _detail(app: Standfirst, actor: Actor) -> str:
    of = app.session.people.book.name(actor.affiliation)
    return " · ".join(part for part in (of, ", ".join(actor.aliases)) if part)


def _in_list(app: Standfirst) -> bool:
    return app.inspector is not None and app.inspector.actors.hasFocus()


# --- what they hold elsewhere


def _contradicted(app: Standfirst, earlier: Recorded) -> None:
    """Say quietly that what was asked for contradicts what is recorded; the key again does it."""
    from desktop.article.inspector.ledger import where
    from desktop.article.wording import position_name

    said = tr("{} is recorded {} this: {}. Press again to keep both.").format(
        app.session.people.book.name(earlier.holder),
        position_name(earlier.position).lower(),
        where(earlier),
    )
    app.window.toast.say(said, tr("Look"), partial(_look, app, earlier))


def _look(app: Standfirst, recorded: Recorded) -> None:
    """Go to a position, in whichever article it is."""
    state = app.session.state
    if state is not None and state.article.id == recorded.article:
        app.session.set_focus(recorded.stance)
        app.window.go_to_article()
    elif app.project:
        app.project.article.open(recorded.article, recorded.stance)
        app.window.go_to_article()


def _show_on_hover(app: Standfirst) -> None:
    from desktop.shell.hover import HoverCard

    HoverCard(app.canvas, app.session)


# --- the registry


def _registry(app: Standfirst) -> None:
    from desktop.registry.dialog import ActorsDialog

    window, actors = app.window, app.actors
    dialog = window.findChild(ActorsDialog)
    if dialog is None:
        dialog = ActorsDialog(lambda: actors.book, window)
        for name in ("undo", "redo"):
            dialog.addAction(window.actions_table[name])
        dialog.changed.connect(actors.change)
        dialog.merged.connect(actors.merge)
        dialog.split.connect(actors.split)
        dialog.removed.connect(actors.remove)
        dialog.uses_wanted.connect(actors.count)
        actors.counted.connect(dialog.take_uses)
        actors.changed.connect(dialog.follow)
        actors.met_otherwise.connect(dialog.count_anew)
        actors.refused.connect(dialog.say)
        actors.closing.connect(dialog.close)
        dialog.begin()
    dialog.show()
    dialog.activateWindow()
