"""The report of an import as a Qt table, one outcome at a time, or all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt

from desktop.importing.report import Line, Outcome

Index = QModelIndex | QPersistentModelIndex
_HEIGHT = 26  # pixels


class ReportModel(QAbstractTableModel):
    """Rows of :class:`desktop.importing.report.Line`: where it stood, what became of it, why."""

    LINE = Qt.ItemDataRole.UserRole

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[Outcome] = Counter()
        self._all: list[Line] = []
        self._shown: list[Line] = []
        self._only: Outcome | None = None
        self._words = ""

    def add(self, lines: Iterable[Line]) -> None:
        """Take more lines up, as they come."""
        new = list(lines)
        self._all += new
        self.counts.update(line.outcome for line in new)
        shown = [line for line in new if self._wanted(line)]
        if shown:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(shown) - 1)
            self._shown += shown
            self.endInsertRows()

    def choose(self, only: Outcome | None, words: str) -> None:
        """Show the lines of one outcome, or all, that have these words in them."""
        self.beginResetModel()
        self._only, self._words = only, words.casefold()
        self._shown = [line for line in self._all if self._wanted(line)]
        self.endResetModel()

    @property
    def only(self) -> Line | None:
        """The one line there is, if it is one."""
        return self._all[0] if len(self._all) == 1 else None

    def line(self, index: Index) -> Line | None:
        """Return the line at an index."""
        return self._shown[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        told = (line.place, self.outcome_name(line.outcome), line.why)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return told[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in told if part)
            case Qt.ItemDataRole.SizeHintRole:
                return QSize(0, _HEIGHT)
            case self.LINE:
                return line
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Where"), self.tr("What"), self.tr("Why"))[section]
        return None

    def outcome_name(self, outcome: Outcome) -> str:
        """Return what an outcome is called in the window."""
        return {
            Outcome.TAKEN: self.tr("Taken"),
            Outcome.DOUBTFUL: self.tr("To look at"),
            Outcome.KNOWN: self.tr("Here already"),
            Outcome.PASSED: self.tr("Passed over"),
            Outcome.REFUSED: self.tr("Not taken"),
        }[outcome]

    def _wanted(self, line: Line) -> bool:
        if self._only not in (None, line.outcome):
            return False
        if not self._words:
            return True
        return self._words in f"{line.place}\n{line.why}\n{line.title}".casefold()
