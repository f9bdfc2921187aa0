"""Who is named here, how often, and on which side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop import theme
from desktop.article.actors import ActorHere, actors_here, facts
from desktop.article.session import ArticleSession
from desktop.article.wording import POSITION_MARKS, position_name, tr

Index = QModelIndex | QPersistentModelIndex
_ACTOR = Qt.ItemDataRole.UserRole
_HEIGHT = 30
_MOMENT = 60  # ms


class ActorsModel(QAbstractListModel):
    """The actors of the article on the desk, gathered again a moment after anybody new is named.

    A moment, since the suggestions for a long article come in a hundred batches.
    """

    def __init__(self, session: ArticleSession) -> None:
        super().__init__(session)
        self._session = session
        self._actors: list[ActorHere] = []
        self._facts: dict[UUID, object] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_MOMENT)
        self._soon.timeout.connect(self.gather)
        session.article_changed.connect(self._start)
        session.annotations_changed.connect(self._gather_soon)
        session.scheme_changed.connect(self._start)
        self._start()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._actors)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        actor = self._actors[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            side = f", {position_name(actor.position)}" if actor.position else ""
            return f"{actor.name}, {_count(actor)}{side}"
        return actor if role == _ACTOR else None

    def gather(self) -> None:
        """Read the actors off the article."""
        state = self._session.state
        self._facts = {one.id: facts(one) for one in state.visible} if state else {}
        labels = self._session.actor_labels
        found = actors_here(state, labels, self._session.actor_names) if state else []
        if found != self._actors:
            self.beginResetModel()
            self._actors = found
            self.endResetModel()

    def _gather_soon(self, touched: set[UUID]) -> None:
        """Gather again, but not for a mere acceptance: that names nobody new."""
        state = self._session.state
        if state and any(facts(state.get(one)) != self._facts.get(one) for one in touched):
            self._start()

    def _start(self) -> None:
        if not self._soon.isActive():  # a restart would put it off for as long as batches come
            self._soon.start()


class ActorsList(QListView):
    """One line an actor; a click or Return goes to its next mention."""

    def __init__(self, session: ArticleSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._actors = ActorsModel(session)
        self.setModel(self._actors)
        self.setItemDelegate(_ActorDelegate(session, self))
        self.setAccessibleName(tr("Actors here"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(self._go)
        self.activated.connect(self._go)

    def _go(self, index: QModelIndex) -> None:
        actor: ActorHere = index.data(_ACTOR)
        at = (
            actor.mentions.index(self._session.focus)
            if self._session.focus in actor.mentions
            else -1
        )
        self._session.set_focus(actor.mentions[(at + 1) % len(actor.mentions)])


class _ActorDelegate(QStyledItemDelegate):
    def __init__(self, session: ArticleSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(100, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        actor: ActorHere = index.data(_ACTOR)
        colours = theme.current()
        box: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        token = self._session.scheme.label(actor.label).token
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colours.card)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.focus, 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(colours.rule)
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setBrush(colours.line(token))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(box.left() + 2, box.center().y() - 3, 7, 7)
        side = QRect(box.right() - 18, box.top(), 18, box.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        if actor.position is not None:
            painter.setPen(colours.line(self._session.scheme.stance(actor.position).token))
            mark = POSITION_MARKS[actor.position]
            painter.drawText(side, middle | Qt.AlignmentFlag.AlignHCenter, mark)
        count = _count(actor)
        metrics = QFontMetrics(painter.font())
        wide = metrics.horizontalAdvance(count)
        numbers = QRect(side.left() - wide - 6, box.top(), wide, box.height())
        painter.setPen(colours.muted)
        painter.drawText(numbers, middle, count)
        name = QRect(box.left() + 18, box.top(), numbers.left() - box.left() - 26, box.height())
        painter.setPen(colours.ink)
        bold = QFont(painter.font())
        bold.setBold(True)
        painter.setFont(bold)
        metrics = QFontMetrics(bold)
        shown = metrics.elidedText(actor.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, middle, shown)
        also = [form for form in actor.forms if form != actor.name]
        if also:
            name.setLeft(name.left() + metrics.horizontalAdvance(shown + " "))
            bold.setBold(False)
            painter.setFont(bold)
            painter.setPen(colours.muted)
            words = " ".join(f"+ “{form}”" for form in also)
            elided = QFontMetrics(bold).elidedText(words, Qt.TextElideMode.ElideRight, name.width())
            painter.drawText(name, middle, elided)
        painter.restore()


def _count(actor: ActorHere) -> str:
    mentions = len(actor.mentions)
    return tr("1 mention") if mentions == 1 else tr("{} mentions").format(mentions)
