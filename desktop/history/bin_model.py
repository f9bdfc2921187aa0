"""What is in the bin as a Qt list: removed articles, then what was taken off the open one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from db.bin import Discarded, RemovedArticle, RemovedImport
from desktop.article.state import ArticleState
from desktop.history.wording import discarded_words, named, tr, when

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Row:
    """One line: ``item`` is None for a heading."""

    title: str
    about: str
    item: RemovedArticle | RemovedImport | Discarded | None = None


class BinModel(QAbstractListModel):
    """Rows of what can be restored, under headings."""

    ROW = Qt.ItemDataRole.UserRole
    ABOUT = Qt.ItemDataRole.UserRole + 1

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def show(
        self,
        articles: Iterable[RemovedArticle | RemovedImport],
        discarded: Iterable[Discarded],
        state: ArticleState | None,
    ) -> None:
        """Show what is in the bin; ``state`` is the article that ``discarded`` lies on."""
        self.beginResetModel()
        here = [_of_article(one, state) for one in discarded] if state else []
        gone = [_of_project(one) for one in articles]
        self._rows = [
            *([Row(tr("Rejected and deleted here"), ""), *here] if here else []),
            *([Row(tr("Removed articles"), ""), *gone] if gone else []),
        ]
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        """Return the line at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def first(self) -> QModelIndex:
        """Return the first thing that can be restored."""
        at = next((at for at, row in enumerate(self._rows) if row.item is not None), None)
        return QModelIndex() if at is None else self.index(at)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index)
        heading = row is None or row.item is None
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.title}, {row.about}" if row.about else row.title
            case self.ROW:
                return row
            case self.ABOUT:
                return row.about
            case _:
                return None


def _of_article(one: Discarded, state: ArticleState) -> Row:
    words = discarded_words(one.how, one.reason, one.annotation)
    return Row(named(state, one.annotation), _about(words, one.at, one.coder_name), one)


def _of_project(one: RemovedArticle | RemovedImport) -> Row:
    if isinstance(one, RemovedImport):
        title = one.title.removeprefix("import ")
        return Row(title, _about(tr("import undone"), one.at, one.coder_name), one)
    words = {"undone": tr("import undone"), "superseded": tr("a newer version came")}
    how = words.get(one.how, tr("removed"))
    title = one.title or tr("An article without a title")
    return Row(title, _about(how, one.at, one.coder_name), one)


def _about(how: str, at: str | None, coder: str | None) -> str:
    return " · ".join(part for part in (how, when(at) if at else "", coder) if part)
