"""From an article to its twins and its other versions, and to what a newer version changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from db.values import ArticleRow, Entity, Span, layer_of
from desktop.article.wording import one_line, shortened
from desktop.library.list_view import short_date
from desktop.shell.command_field import Choice

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.versions import Placed
    from desktop.app import Standfirst

_LONG = 60  # code points of words in a list
Found = TypeVar("Found")


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Bindings", text)


def handlers(app: Standfirst) -> dict[str, Callable[..., object]]:
    """Return what the menu Article does beyond the one that is open."""
    return {
        "twins": partial(_ask, app, _read_kin, _offer_kin),
        "moved": partial(_ask, app, _read_moved, _offer_moved),
    }


@dataclass(frozen=True, slots=True)
class _Kin:
    """The twins of an article, and its older and newer version where there is one."""

    twins: list[ArticleRow]
    older: UUID | None
    newer: UUID | None


def _ask(
    app: Standfirst,
    read: Callable[[Session, UUID], Found],
    offer: Callable[[Standfirst, Found], None],
) -> None:
    """Read something of the open article, and offer it while that is still open."""
    state, project = app.session.state, app.project
    if state is None or project is None:
        return

    def then(found: Found) -> None:
        if app.session.state is state:
            offer(app, found)

    project.store.ask(lambda session: read(session, state.article.id), then)


def _read_kin(session: Session, article: UUID) -> _Kin:
    from db import twins, versions

    older, newer = (
        versions.older_version(session, article),
        versions.newer_version(session, article),
    )
    return _Kin(twins.twins_of(session, article), older, newer)


def _offer_kin(app: Standfirst, kin: _Kin) -> None:
    choices = [
        Choice(
            row.title or tr("An article without a title"),
            " · ".join(part for part in (row.publication, short_date(row.published)) if part),
            "",
            partial(app.open_article, row.id),
        )
        for row in kin.twins
    ]
    for version, words in (
        (kin.newer, tr("The newer version")),
        (kin.older, tr("The older version")),
    ):
        if version is None:
            continue
        if app.articles.get(version) is None:
            choices.append(Choice(words, tr("in the bin"), "", app.look_back().toggle_bin))
        else:
            choices.append(Choice(words, "", "", partial(app.open_article, version)))
    if choices:
        app.window.field.ask(tr("Which twin, or version?"), choices)
    else:
        app.window.toast.say(tr("No twins of this article are known, and no other version."))


def _read_moved(session: Session, article: UUID) -> list[Placed] | None:
    from db import versions

    if versions.older_version(session, article) is None:
        return None
    return versions.moved_and_vanished(session, article)


def _offer_moved(app: Standfirst, found: list[Placed] | None) -> None:
    if found is None:
        app.window.toast.say(tr("No older version of this article is known."))
    elif not found:
        app.window.toast.say(tr("Nothing moved or vanished: all decisions stand where they were."))
    else:
        question = tr("Moved or vanished with the newer version: go to…")
        app.window.field.ask(question, [_choice(app, one) for one in found])


def _choice(app: Standfirst, placed: Placed) -> Choice:
    before, now = placed.before, placed.now
    kind = before.label if isinstance(before, Entity) else layer_of(before).value
    words = shortened(one_line(placed.words), _LONG)
    if now is not None:
        text = tr("Moved: “{}”").format(words)
        return Choice(text, kind, "", partial(app.session.set_focus, now.id))
    text = tr("Vanished: “{}”").format(words)
    return Choice(text, kind, "", partial(_look_near, app, placed.near))


def _look_near(app: Standfirst, offset: int) -> None:
    """Show the paragraph where words would stand that have gone."""
    if state := app.session.state:
        start = state.text.rfind("\n", 0, offset) + 1
        end = state.text.find("\n", offset)
        app.canvas.look_at(Span(start, len(state.text) if end < 0 else end))
