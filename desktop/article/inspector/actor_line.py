"""How a line of the list of actors is drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.article.actors import ActorHere
from desktop.article.session import ArticleSession
from desktop.article.wording import POSITION_MARKS, tr

Index = QModelIndex | QPersistentModelIndex
ACTOR = Qt.ItemDataRole.UserRole
"""The role an :class:`ActorHere` is under."""
_HEIGHT = 30
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ActorLine(QStyledItemDelegate):
    """Name, other forms and affiliation; how often, and on which side."""

    def __init__(self, session: ArticleSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(100, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        actor: ActorHere = index.data(ACTOR)
        colours = theme.current()
        box: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        token = self._session.scheme.label(actor.label).token
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, colours.fill("focus"))
        elif state & QStyle.StateFlag.State_MouseOver:
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
        if actor.position is not None:
            painter.setPen(colours.line(actor.position.value))
            mark = POSITION_MARKS[actor.position]
            painter.drawText(side, _MIDDLE | Qt.AlignmentFlag.AlignHCenter, mark)
        box.setRight(side.left())
        self._draw_words(painter, actor, box)
        painter.restore()

    def _draw_words(self, painter: QPainter, actor: ActorHere, box: QRect) -> None:
        colours = theme.current()
        mentions = count(actor)
        metrics = QFontMetrics(painter.font())
        wide = metrics.horizontalAdvance(mentions)
        numbers = QRect(box.right() - wide - 6, box.top(), wide, box.height())
        painter.setPen(colours.muted)
        painter.drawText(numbers, _MIDDLE, mentions)
        name = QRect(box.left() + 18, box.top(), numbers.left() - box.left() - 26, box.height())
        painter.setPen(colours.ink)
        bold = QFont(painter.font())
        bold.setBold(True)
        painter.setFont(bold)
        metrics = QFontMetrics(bold)
        shown = metrics.elidedText(actor.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, _MIDDLE, shown)
        words = [f"→ {actor.affiliation}"] if actor.affiliation else []
        words += [f"+ “{form}”" for form in actor.forms if form != actor.name]
        words += [f"+ “{form}”" for form in actor.also]
        if words:
            name.setLeft(name.left() + metrics.horizontalAdvance(shown + " "))
            bold.setBold(False)
            painter.setFont(bold)
            painter.setPen(colours.muted)
            metrics = QFontMetrics(bold)
            elide = Qt.TextElideMode.ElideRight
            # A long article has a hundred words for its minister; measuring them all takes longer
            # than painting the line, and no letter is narrower than a pixel.
            rest = " ".join(words)[: max(name.width(), 0)]
            painter.drawText(name, _MIDDLE, metrics.elidedText(rest, elide, name.width()))


def count(actor: ActorHere) -> str:
    """Return in words how often an actor is mentioned."""
    mentions = len(actor.mentions)
    return tr("1 mention") if mentions == 1 else tr("{} mentions").format(mentions)
