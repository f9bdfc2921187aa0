"""The project's actors as a table: filtered, in order, counted as the counts come in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from db.actor_book import ActorBook
from db.values import Actor
from desktop import theme

if TYPE_CHECKING:
    from db.registry import Uses

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """What each column shows; the first four can be written in."""

    NAME = 0
    KIND = 1
    ALIASES = 2
    AFFILIATION = 3
    ARTICLES = 4
    MENTIONS = 5
    STANCES = 6


_COUNTS = {Column.ARTICLES: "articles", Column.MENTIONS: "mentions", Column.STANCES: "stances"}


def tr(text: str) -> str:
    """Return a text in the analyst's language."""
    return QCoreApplication.translate("Registry", text)


class ActorsTable(QAbstractTableModel):
    """Rows are ids; what they show is read from the book as it is looked at."""

    asked = Signal(object)
    """An :class:`db.values.Actor` as an analyst wants it to be."""
    told = Signal(str)
    """Why what was written cannot be."""

    def __init__(self, book: ActorBook) -> None:
        super().__init__()
        self._book = book
        self._words: dict[UUID, str] = {}
        self._uses: dict[UUID, Uses] = {}
        self._doubted: set[UUID] = set()  # counted before the last change of what is counted
        self._rows: list[UUID] = []
        self._filter: list[str] = []
        self._order = (Column.NAME, Qt.SortOrder.AscendingOrder)
        self._read()

    # --- what is in it

    def follow(self, book: ActorBook, touched: set[UUID] | None) -> None:
        """Show the actors there are now; ``touched`` are other than before, None: any may be."""
        self._book = book
        for identifier in self._words.keys() if touched is None else touched:
            self._uses.pop(identifier, None)
        if touched is None:
            self._words.clear()
        else:
            for identifier in touched:
                self._words.pop(identifier, None)
        self._read()

    def filter(self, text: str) -> None:
        """Show the actors alone in which every word occurs."""
        self._filter = text.casefold().split()
        self._read()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put them in the order of a column."""
        self._order = (Column(column), order)
        self._read()

    def uncounted(self, most: int) -> list[UUID]:
        """Return actors whose counts are not known yet, the ones on top first."""
        known = self._uses.keys() - self._doubted
        found = (identifier for identifier in self._rows if identifier not in known)
        return [identifier for identifier, _ in zip(found, range(most), strict=False)]

    def doubt_uses(self) -> None:
        """Take no count for certain any more; each is shown until there is a newer one."""
        self._doubted = set(self._uses)

    def take_uses(self, uses: dict[UUID, Uses]) -> None:
        """Show how often some actors are met."""
        self._uses |= uses
        self._doubted -= uses.keys()
        if self._rows:
            last = len(self._rows) - 1
            self.dataChanged.emit(self.index(0, Column.ARTICLES), self.index(last, Column.STANCES))

    def actor(self, index: Index) -> Actor | None:
        """Return the actor of a row."""
        return self._book.get(self._rows[index.row()]) if index.isValid() else None

    def row_of(self, identifier: UUID) -> int | None:
        """Return where an actor is, if it is shown."""
        return self._rows.index(identifier) if identifier in self._words else None

    def uses(self, identifier: UUID) -> Uses | None:
        """Return how often an actor is met, if that is known."""
        return self._uses.get(identifier)

    @property
    def names(self) -> list[str]:
        """All names there are, in order."""
        return sorted((actor.name for actor in self._book.by_id.values()), key=str.casefold)

    # --- Qt's own

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in _COUNTS else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            tr("Name"),
            tr("Kind"),
            tr("Aliases"),
            tr("Belongs to"),
            tr("Articles"),
            tr("Mentions"),
            tr("Stances"),
        )[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        written = index.isValid() and index.column() not in _COUNTS
        return flags | Qt.ItemFlag.ItemIsEditable if written else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        actor = self.actor(index)
        if actor is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._text(actor, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._text(actor, column) if column not in _COUNTS else None
            case Qt.ItemDataRole.TextAlignmentRole if column in _COUNTS:
                return _RIGHT
            case Qt.ItemDataRole.ForegroundRole if column is not Column.NAME:
                return theme.current().muted
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        actor = self.actor(index)
        if actor is None or role != Qt.ItemDataRole.EditRole:
            return False
        wanted = self._written(actor, Column(index.column()), " ".join(str(value).split()))
        if wanted is None or wanted == actor:
            return False
        self.asked.emit(wanted)  # it is shown when it is so
        return True

    # --- within

    def _written(self, actor: Actor, column: Column, text: str) -> Actor | None:
        match column:
            case Column.NAME:
                if not text:
                    self.told.emit(tr("An actor has a name."))
                    return None
                aliases = actor.aliases if text == actor.name else (*actor.aliases, actor.name)
                return replace(actor, name=text, aliases=aliases)
            case Column.KIND:
                return replace(actor, kind=text or None)
            case Column.ALIASES:
                words = (" ".join(part.split()) for part in re.split(r"[,;]", text))
                return replace(actor, aliases=tuple(sorted({word for word in words if word})))
            case _:
                same = text.casefold()
                found = [a for a in self._book.by_id.values() if a.name.casefold() == same]
                if text and not found:
                    self.told.emit(tr("There is no actor called “{}”.").format(text))
                    return None
                return replace(actor, affiliation=found[0].id if text else None)

    def _text(self, actor: Actor, column: Column) -> str | int:
        match column:
            case Column.NAME:
                return actor.name
            case Column.KIND:
                return actor.kind or ""
            case Column.ALIASES:
                return ", ".join(actor.aliases)
            case Column.AFFILIATION:
                return self._book.name(actor.affiliation)
            case _:
                uses = self._uses.get(actor.id)
                return "…" if uses is None else getattr(uses, _COUNTS[column])

    def _read(self) -> None:
        self.beginResetModel()
        actors = self._book.by_id
        for gone in self._words.keys() - actors.keys():
            del self._words[gone]
        for identifier, actor in actors.items():
            if identifier not in self._words:
                words = (actor.name, *actor.aliases, self._book.name(actor.affiliation))
                self._words[identifier] = "\n".join(words).casefold()
        shown: Iterable[Actor] = actors.values()
        if self._filter:
            shown = (a for a in shown if all(w in self._words[a.id] for w in self._filter))
        column, order = self._order
        descending = order is Qt.SortOrder.DescendingOrder
        ordered = sorted(shown, key=self._key(column), reverse=descending)
        self._rows = [actor.id for actor in ordered]
        self.endResetModel()

    def _key(self, column: Column) -> Callable[[Actor], Any]:
        if column in _COUNTS:
            name = _COUNTS[column]
            return lambda actor: getattr(self._uses.get(actor.id), name, 0)
        if column is Column.NAME:
            return lambda actor: self._words[actor.id]
        return lambda actor: (str(self._text(actor, column)).casefold(), self._words[actor.id])
