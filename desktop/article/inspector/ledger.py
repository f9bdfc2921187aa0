"""What the actor in focus holds, all over the project: one line a position."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from db.positions import Recorded
from db.values import Stance
from desktop import theme
from desktop.article.actors import ActorHere
from desktop.article.session import ArticleSession
from desktop.article.wording import POSITION_MARKS, position_name, shortened, tr

Index = QModelIndex | QPersistentModelIndex
RECORDED = Qt.ItemDataRole.UserRole
_HEIGHT, _SHOWN = 40, 3  # pixels of a line; lines before it scrolls
_IN_TIP = 6


class LedgerView(QWidget):
    """Positions of whoever is in focus; hidden where nothing is recorded. A click goes there."""

    chosen = Signal(object)
    """A :class:`Recorded` to be looked at, here or in another article."""

    def __init__(self, session: ArticleSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.heading = QLabel()
        self.heading.setProperty("role", "section")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self._positions = _Positions()
        self.list = QListView()
        self.list.setModel(self._positions)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.list)
        for signal in (self.list.clicked, self.list.activated):
            signal.connect(lambda index: self.chosen.emit(index.data(RECORDED)))
        self.hide()

    @property
    def shown(self) -> list[Recorded]:
        """The positions on screen."""
        return self._positions.found

    def show_focus(self) -> None:
        """Show what is known of whoever is in focus."""
        people, focused = self._session.people, self._session.focused
        actor = people.of(self._session.focus)
        found = positions_of(self._session, actor, focused if isinstance(focused, Stance) else None)
        if found == self._positions.found:
            return
        if actor is not None:
            name = shortened(actor.name, 28)
            self.heading.setText(tr("Positions of {} · {}").format(name, len(found)).upper())
            self.list.setAccessibleName(tr("Positions of {}").format(actor.name))
        self._positions.set(found)
        self.list.setFixedHeight(min(len(found), _SHOWN) * _HEIGHT)
        self.setVisible(bool(found))


def positions_of(
    session: ArticleSession, actor: ActorHere | None, stance: Stance | None = None
) -> list[Recorded]:
    """Return what an actor holds; where a stance is in focus, not itself, its target's first."""
    state = session.state
    if state is None or actor is None or actor.actor is None:
        return []
    found = session.people.ledger.held_by(state, actor.actor, stance.id if stance else None)
    if stance is not None:
        on = session.people.ledger.on(state, stance)
        found.sort(key=lambda each: each.on != on)
    return found


def actor_words(session: ArticleSession, actor: ActorHere) -> str:
    """Return what there is to know of an actor, as shown where the pointer rests on it."""
    forms = [form for form in (*actor.forms, *actor.also) if form != actor.name]
    lines = [f"<b>{escape(actor.name)}</b>"]
    if actor.affiliation:
        lines.append(escape(f"→ {actor.affiliation}"))
    if forms:
        lines.append(escape(tr("also {}").format(", ".join(f"“{form}”" for form in forms))))
    found = positions_of(session, actor)
    for each in found[:_IN_TIP]:
        words = f"{_what(each)} · {where(each)}"
        lines.append(escape(words))
    if len(found) > _IN_TIP:
        lines.append(tr("and {} more").format(len(found) - _IN_TIP))
    return "<br>".join(lines)


def where(recorded: Recorded) -> str:
    """Return the date and the outlet of a position, or what is known of them."""
    day = QDate.fromString((recorded.published or "")[:10], Qt.DateFormat.ISODate)
    date = QLocale().toString(day, "d MMM yyyy") if day.isValid() else ""
    found = (date, recorded.publication or "" or shortened(recorded.title or "", 30))
    return ", ".join(part for part in found if part) or tr("another article")


def _what(recorded: Recorded) -> str:
    mark, name = POSITION_MARKS[recorded.position], position_name(recorded.position)
    return f"{mark} {name} {shortened(recorded.words, 40)}".rstrip()


class _Positions(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Recorded] = []

    def set(self, found: list[Recorded]) -> None:
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        each = self.found[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{_what(each)}, {where(each)}: “{each.excerpt}”"
            case Qt.ItemDataRole.ToolTipRole:
                title = f"<b>{escape(each.title)}</b><br>" if each.title else ""
                return f"{title}{escape(_what(each))}<br>“{escape(each.excerpt)}”"
            case _:
                return each if role == RECORDED else None


class _Line(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(100, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        each: Recorded = index.data(RECORDED)
        colours = theme.current()
        box: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colours.card)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.focus, 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        left, elide = Qt.AlignmentFlag.AlignLeft, Qt.TextElideMode.ElideRight
        middle = left | Qt.AlignmentFlag.AlignVCenter
        top = QRect(box.left() + 2, box.top() + 3, box.width() - 6, 18)
        painter.setPen(colours.line(each.position.value))
        painter.drawText(top, middle, POSITION_MARKS[each.position])
        top.setLeft(box.left() + 18)
        metrics = QFontMetrics(painter.font())
        place = metrics.elidedText(where(each), elide, top.width() * 3 // 5)
        room = top.width() - metrics.horizontalAdvance(place) - 10
        words = metrics.elidedText(each.words or position_name(each.position), elide, room)
        painter.setPen(colours.ink)
        painter.drawText(top, middle, words)
        painter.setPen(colours.muted)
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, place)
        small = QFont(painter.font())
        small.setPixelSize(12)
        painter.setFont(small)
        below = QRect(top.left(), box.top() + 20, top.width(), 17)
        excerpt = f"“{each.excerpt}”"
        painter.drawText(
            below, middle, QFontMetrics(small).elidedText(excerpt, elide, below.width())
        )
        painter.restore()
