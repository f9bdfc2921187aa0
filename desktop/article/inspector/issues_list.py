"""The issues of the project, with the sides that this article takes on each."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from db.positions import plain
from db.values import Issue, Position, Stance
from desktop import theme
from desktop.article.session import ArticleSession
from desktop.article.wording import POSITION_MARKS, position_name, tr

Index = QModelIndex | QPersistentModelIndex
_LINE = Qt.ItemDataRole.UserRole
_HEIGHT = 30

_Line = tuple[Issue, Counter[Position], list[UUID]]


class IssuesHere(QWidget):
    """One line an issue; a click goes to its next frame. The list itself is edited elsewhere."""

    edit_wanted = Signal()

    def __init__(self, session: ArticleSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines = _Lines()
        self.list = QListView()
        self.list.setModel(self._lines)
        self.list.setItemDelegate(_LinePainter(self.list))
        self.list.setAccessibleName(tr("Issues"))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(_HEIGHT)
        self.edit = QPushButton(tr("Edit the issues…"))
        self.edit.setProperty("flat", True)
        self.edit.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.edit.clicked.connect(self.edit_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.list, 1)
        column.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignLeft)
        for signal in (self.list.clicked, self.list.activated):
            signal.connect(self._go)
        session.annotations_changed.connect(self._later)
        session.article_changed.connect(self._later)
        session.issues_changed.connect(self._later)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._show()

    def _later(self) -> None:
        if self.isVisible():  # a long article has thousands of annotations, and mostly nobody looks
            self._session.spare.soon(self._show, self)

    def _show(self) -> None:
        state = self._session.state
        frames: dict[UUID, list[Stance]] = {}
        for each in state.stances if state else ():
            if each.target.issue is not None:
                frames.setdefault(each.target.issue, []).append(each)
        self._lines.set([_line(issue, frames.get(issue.id, [])) for issue in self._session.issues])

    def _go(self, index: QModelIndex) -> None:
        frames: list[UUID] = index.data(_LINE)[2]
        if frames:
            focus = self._session.focus
            at = frames.index(focus) + 1 if focus and focus in frames else 0
            self._session.set_focus(frames[at % len(frames)])


def _line(issue: Issue, frames: list[Stance]) -> _Line:
    sides = Counter(
        plain(each.position, negated=each.target.negated) for each in frames if not each.overall
    )
    return issue, sides, [each.id for each in frames]


class _Lines(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._lines: list[_Line] = []

    def set(self, lines: list[_Line]) -> None:
        if lines != self._lines:
            same = [line[0] for line in lines] == [line[0] for line in self._lines]
            if not same:
                self.beginResetModel()
            self._lines = lines
            if same:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, 0))
            else:
                self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        issue, sides, _ = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            found = [f"{position_name(side)} {many}" for side, many in _in_order(sides)]
            return f"{issue.name}: {', '.join(found) or tr('no position')}"
        return self._lines[index.row()] if role == _LINE else None


class _LinePainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(100, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        issue, sides, frames = index.data(_LINE)
        colours = theme.current()
        box: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_MouseOver and frames:
            painter.fillRect(box, colours.card)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.focus, 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(colours.rule)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        metrics = QFontMetrics(painter.font())
        right = box.right() - 2
        for side, many in reversed(_in_order(sides)):
            words = f"{POSITION_MARKS[side]} {many}"
            right -= metrics.horizontalAdvance(words)
            painter.setPen(colours.line(side.value))
            painter.drawText(right, box.top(), 80, box.height(), _MIDDLE, words)
            right -= 10
        name = QRect(box.left() + 2, box.top(), right - box.left() - 4, box.height())
        painter.setPen(colours.ink if frames else colours.muted)
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(name, _MIDDLE, metrics.elidedText(issue.name, elide, name.width()))
        painter.restore()


_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _in_order(sides: Counter[Position]) -> list[tuple[Position, int]]:
    return [(side, sides[side]) for side in Position if sides[side]]
