"""Who is named here, how often, and on which side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QWidget,
)

from desktop.article.actors import ActorHere
from desktop.article.inspector.actor_line import ACTOR, ActorLine, count
from desktop.article.inspector.ledger import actor_words
from desktop.article.session import ArticleSession
from desktop.article.wording import position_name, tr
from desktop.menu import Menu

Index = QModelIndex | QPersistentModelIndex
_PERSON = "PERSON"
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class ActorsModel(QAbstractListModel):
    """The actors of the article on the desk; a name written over another renames its actor."""

    def __init__(self, session: ArticleSession) -> None:
        super().__init__(session)
        self._session = session
        self._actors = list(session.people.here)
        session.people.gathered.connect(self._take)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._actors)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag, flags = Qt.ItemFlag, super().flags(index)
        if self._session.shut:
            return flags
        return flags | flag.ItemIsEditable | flag.ItemIsDragEnabled | flag.ItemIsDropEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        actor = self._actors[index.row()]
        match role:
            case Qt.ItemDataRole.EditRole:
                return actor.name
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                side = f", {position_name(actor.position)}" if actor.position else ""
                of = f", {actor.affiliation}" if actor.affiliation else ""
                return f"{actor.name}{of}, {count(actor)}{side}"
            case Qt.ItemDataRole.ToolTipRole:
                return actor_words(self._session, actor)
            case _:
                return actor if role == ACTOR else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        return self._session.people.rename(self._actors[index.row()], str(value))

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.LinkAction

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.LinkAction

    def _take(self) -> None:
        before, here = self._actors, list(self._session.people.here)
        if [each.mentions[0] for each in before] != [each.mentions[0] for each in here]:
            self.beginResetModel()
            self._actors = here
            self.endResetModel()
            return
        self._actors = here
        for row, (old, new) in enumerate(zip(before, here, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0))


class ActorsList(QListView):
    """One line an actor.

    A click or Return goes to its next mention. One dropped on another is the same; a person dropped
    on a body belongs to it. F2 renames; the keys P, I and J and the menu do the rest.
    """

    def __init__(self, session: ArticleSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actors = ActorsModel(session)
        self.setModel(self._actors)
        self.setItemDelegate(ActorLine(session, self))
        self.setAccessibleName(tr("Actors here"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(True)  # onto a line, not between two
        self._keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_P: self._ask_who,
            Qt.Key.Key_I: self._ask_affiliation,
            Qt.Key.Key_J: self.join,
        }
        self.clicked.connect(self._go)
        self.activated.connect(self._go)
        self._actors.modelAboutToBeReset.connect(self._remember)
        self._actors.modelReset.connect(self._find_again)
        self._chosen: set[UUID] = set()
        self._at: UUID | None = None

    @property
    def chosen(self) -> list[ActorHere]:
        """The actors that are chosen, the current one first."""
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        current = self.currentIndex().row()
        rows.sort(key=lambda row: (row != current, row))
        return [self._actors.index(row, 0).data(ACTOR) for row in rows]

    def join(self) -> None:
        """Make the chosen actors one, called what the first of them in the list is called."""
        chosen = sorted(self.chosen, key=self._session.people.here.index)
        if len(chosen) < 2:
            self._session.told.emit(tr("Choose two actors first, with Shift or Ctrl."))
            return
        self._session.people.join(chosen[0], chosen[1:])

    def drop_on(self, onto: ActorHere) -> None:
        """Let the chosen actors be the one they are dropped on, or people belong to that body."""
        dragged, people = self.chosen, self._session.people
        if onto in dragged:
            return
        if onto.label != _PERSON and all(each.label == _PERSON for each in dragged):
            for each in dragged:
                people.affiliate(each, onto)
        else:
            people.join(onto, dragged)

    # --- Qt's own

    def dataChanged(self, first: Index, last: Index, roles: Iterable[int] = ()) -> None:
        """Paint the line anew, and no other: a list would be laid out whole, but ours is even."""
        if self.state() is QAbstractItemView.State.EditingState:
            self.viewport().update()  # a name being written is not written over
        else:
            QAbstractItemView.dataChanged(self, first, last, list(roles))

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the window's actions."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            mine = event.key() in self._keys and not event.modifiers()
            event.setAccepted(mine)
            return mine or super().event(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        do = self._keys.get(Qt.Key(event.key()))
        if do is not None and not event.modifiers():
            do()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.chosen:
            return
        one = len(self.chosen) == 1
        menu = Menu(self)
        for words, key, do, offered in (
            (tr("&Rename"), "F2", lambda: self.edit(self.currentIndex()), one),
            (tr("This is…"), "P", self._ask_who, one),
            (tr("Belongs to…"), "I", self._ask_affiliation, one),
            (tr("Belongs to nothing"), "", self._free, one and bool(self.chosen[0].affiliation)),
            (tr("Join as one actor"), "J", self.join, not one),
            (tr("This mention is somebody else"), "", self._split_out, self._splits()),
        ):
            if offered:
                menu.addAction(f"{words}\t{key}" if key else words, do)
        menu.open_once(event.globalPos())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        onto = self._onto(event)
        event.setDropAction(Qt.DropAction.LinkAction)
        event.setAccepted(onto is not None and onto not in self.chosen)

    def dropEvent(self, event: QDropEvent) -> None:
        onto = self._onto(event)
        event.setDropAction(Qt.DropAction.LinkAction)
        event.accept()
        if onto is not None and event.source() is self:
            self.drop_on(onto)

    # --- within

    def _onto(self, event: QDropEvent) -> ActorHere | None:
        return self.indexAt(event.position().toPoint()).data(ACTOR)

    def _ask_who(self) -> None:
        if self.chosen:
            self._session.people.ask_who(self.chosen[0])

    def _ask_affiliation(self) -> None:
        if self.chosen:
            self._session.people.ask_affiliation(self.chosen[0])

    def _free(self) -> None:
        self._session.people.affiliate(self.chosen[0], None)

    def _splits(self) -> bool:
        """Tell whether the mention in focus is one of several of the one actor chosen."""
        chosen = self.chosen
        return (
            len(chosen) == 1
            and len(chosen[0].mentions) > 1
            and self._session.focus in chosen[0].mentions
        )

    def _split_out(self) -> None:
        if self._session.focus is not None:
            self._session.people.split_out(self._session.focus)

    def _go(self, index: QModelIndex) -> None:
        if QApplication.keyboardModifiers() & (_SHIFT | _CTRL):
            return  # more of them are being chosen
        actor: ActorHere = index.data(ACTOR)
        at = (
            actor.mentions.index(self._session.focus)
            if self._session.focus in actor.mentions
            else -1
        )
        self._session.set_focus(actor.mentions[(at + 1) % len(actor.mentions)])

    def _remember(self) -> None:
        """Before the list changes: know by a mention who was chosen, and where the keys were."""
        self._chosen = {each.mentions[0] for each in self.chosen}
        current: ActorHere | None = self.currentIndex().data(ACTOR)
        self._at = current.mentions[0] if current else None

    def _find_again(self) -> None:
        select = QItemSelectionModel.SelectionFlag
        for row, actor in enumerate(self._session.people.here):
            index = self._actors.index(row, 0)
            if self._at in actor.mentions:
                self.selectionModel().setCurrentIndex(index, select.NoUpdate)
            if self._chosen.intersection(actor.mentions):
                self.selectionModel().select(index, select.Select)
