"""Searches that were given a name; each change of them is an act, so that it can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlmodel import Session

from db.acts import Act, Change
from db.history import perform
from db.models import TABLES
from db.search_values import Search
from db.transactions import snapshot, transaction

_saved = TABLES["saved_search"]


class SavedSearchError(ValueError):
    """A name that cannot be given; the message says why. Nothing was done."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search by its name."""

    id: UUID
    name: str
    search: Search


def saved_searches(session: Session) -> list[SavedSearch]:
    """Return the saved searches by name."""
    with snapshot(session) as connection:
        rows = connection.execute(select(_saved)).mappings()
        found = [
            SavedSearch(UUID(row["id"]), row["name"], Search.from_row(row["search"]))
            for row in rows
        ]
    return sorted(found, key=lambda one: one.name.casefold())


def save_search(session: Session, name: str, search: Search, coder: UUID | None) -> None:
    """Keep a search under a name; what had this name before is replaced.

    Raises:
        SavedSearchError: if the name is empty.
    """
    name = _tidied(name)
    with transaction(session):
        old = next((one for one in saved_searches(session) if one.name == name), None)
        if old is None:
            identifier = uuid4()
            row = {"id": str(identifier), "name": name, "search": search.to_row()}
            change = Change("saved_search", identifier, before=None, after=row)
        elif old.search == search:
            return
        else:
            before, after = {"search": old.search.to_row()}, {"search": search.to_row()}
            change = Change("saved_search", old.id, before=before, after=after)
        perform(session, Act("save_search", f"save the search ‘{name}’", None, (change,)), coder)


def rename_search(session: Session, saved: SavedSearch, name: str, coder: UUID | None) -> None:
    """Give a saved search another name.

    Raises:
        SavedSearchError: if the name is empty, or another one's.
        Conflict: if it was changed meanwhile.
    """
    name = _tidied(name)
    if name == saved.name:
        return
    with transaction(session):
        if any(one.name == name for one in saved_searches(session)):
            raise SavedSearchError(f"There is a search called “{name}” already.")
        change = Change("saved_search", saved.id, {"name": saved.name}, {"name": name})
        title = f"rename the search ‘{saved.name}’"
        perform(session, Act("rename_search", title, None, (change,)), coder)


def delete_search(session: Session, saved: SavedSearch, coder: UUID | None) -> None:
    """Forget a saved search.

    Raises:
        Conflict: if it was changed meanwhile.
    """
    row = {"id": str(saved.id), "name": saved.name, "search": saved.search.to_row()}
    change = Change("saved_search", saved.id, before=row, after=None)
    title = f"delete the search ‘{saved.name}’"
    perform(session, Act("delete_search", title, None, (change,)), coder)


def _tidied(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise SavedSearchError("Give the search a name.")
    return tidy
