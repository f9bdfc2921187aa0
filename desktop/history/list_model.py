"""The project's acts as a Qt list that is read as far as somebody looks."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from db.history_list import Done, News, Page, Wanted
from desktop.history.wording import tr, when

Index = QModelIndex | QPersistentModelIndex
_ENOUGH = 40  # acts found, after which it is not looked for more until somebody scrolls


class HistoryModel(QAbstractListModel):
    """Acts, newest first; it asks for pages by ``wanted`` and takes what is read in any order."""

    ACT = Qt.ItemDataRole.UserRole
    ABOUT = Qt.ItemDataRole.UserRole + 1

    page_wanted = Signal(int, object, object)
    """A number to answer with, ``Wanted``, and the entry before which the page begins, or None."""
    looked = Signal()
    """More was found, or nothing more is there."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted = Wanted()
        self.number = 0
        self.newest = 0
        """The newest entry that is known of."""
        self._acts: list[Done] = []
        self._before: int | None = None
        self._asked = False

    @property
    def looking(self) -> bool:
        """Whether a page is still to come."""
        return self._asked

    def start(self, wanted: Wanted) -> None:
        """Begin anew, with other acts."""
        self.forget()
        self.wanted = wanted
        self._ask()

    def forget(self) -> None:
        """Know no acts: what is still read for it goes nowhere."""
        self.beginResetModel()
        self._acts = []
        self._before, self._asked = None, False
        self.number += 1
        self.newest = 0
        self.endResetModel()

    def take_page(self, number: int, page: Page, newest: int) -> None:
        """Take a page in, and ask for the next where too little was found."""
        if number != self.number:
            return
        self._asked = False
        self.newest = self.newest or newest
        self._before = page.before
        if page.acts:
            first = len(self._acts)
            self.beginInsertRows(QModelIndex(), first, first + len(page.acts) - 1)
            self._acts += page.acts
            self.endInsertRows()
        if self.canFetchMore(QModelIndex()) and len(self._acts) < _ENOUGH:
            self._ask()
        self.looked.emit()

    def take_news(self, number: int, news: News) -> None:
        """Take in what was done since."""
        if number != self.number or news.seq <= self.newest:
            return
        fresh = [act for act in news.acts if act.seq > self.newest]
        self.newest = news.seq
        if fresh:
            self.beginInsertRows(QModelIndex(), 0, len(fresh) - 1)
            self._acts = [*fresh, *self._acts]
            self.endInsertRows()
        for row, act in enumerate(self._acts if news.turned else ()):
            undone = news.turned.get(act.id)
            if undone is not None and undone != act.undone:
                self._acts[row] = replace(act, undone=undone)
                self.dataChanged.emit(self.index(row), self.index(row))
        self.looked.emit()

    def act(self, index: Index) -> Done | None:
        """Return the act at an index, None where there is none."""
        return self._acts[index.row()] if index.isValid() else None

    def index_of(self, seq: int) -> QModelIndex:
        """Return where an act is, if it is read by now."""
        row = next((row for row, act in enumerate(self._acts) if act.seq == seq), None)
        return QModelIndex() if row is None else self.index(row)

    def about(self, act: Done) -> str:
        """Return when an act was and by whom; and on what article, unless that goes for all."""
        return about(act, article=self.wanted.article is None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._acts)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._before is not None and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._ask()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        act = self.act(index)
        if act is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return act.title
            case Qt.ItemDataRole.AccessibleTextRole:
                state = tr("{}, undone").format(act.title) if act.undone else act.title
                return f"{state}, {self.about(act)}"
            case self.ACT:
                return act
            case self.ABOUT:
                return self.about(act)
            case _:
                return None

    def _ask(self) -> None:
        self._asked = True
        self.page_wanted.emit(self.number, self.wanted, self._before)


def about(act: Done, *, article: bool = True) -> str:
    """Return when an act was, by whom, and on what article."""
    parts = (when(act.at), act.coder_name, act.article_title if article else None)
    return " · ".join(part for part in parts if part)
