"""What lies on the page and where, as a reader sees it."""

from uuid import UUID, uuid5

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication

from db.values import Article, Decision, Entity, Origin, Span, Status, Zone
from desktop.article.canvas import ArticleCanvas

_ID = UUID("a0000000-0000-4000-8000-000000000002")


def article_of(text: str, *zones: Zone) -> Article:
    return Article(_ID, text, "0" * 64, zones=zones)


def entity_on(text: str, words: str, label: str = "GPE", status: Status = Status.SUGGESTED):
    start = text.index(words)
    decision = Decision(status, Origin.MODEL, 0.9)
    return Entity(uuid5(_ID, words), _ID, Span(start, start + len(words)), label, decision)


def middle(canvas: ArticleCanvas, span: Span) -> QPoint:
    return canvas.lines().pieces(span)[0].letters().center().toPoint()


def edges(canvas: ArticleCanvas, span: Span) -> tuple[QPoint, QPoint]:
    pieces = canvas.lines().pieces(span)
    first, last = pieces[0].letters(), pieces[-1].letters()
    return (
        QPointF(first.left(), first.center().y()).toPoint(),
        QPointF(last.right(), last.center().y()).toPoint(),
    )


def format_at(canvas: ArticleCanvas, offset: int) -> QTextCharFormat:
    cursor = QTextCursor(canvas.document())
    cursor.setPosition(canvas.offsets.to_qt(offset) + 1)  # the format left of the cursor
    return cursor.charFormat()


def fill_at(canvas: ArticleCanvas, offset: int) -> str | None:
    while canvas.fills.busy or not canvas.typesetter.done:
        QApplication.processEvents()
    brush = format_at(canvas, offset).background()
    return None if brush.style() is Qt.BrushStyle.NoBrush else brush.color().name()


_FOLLOWERS = 5  # inspector, issues, header and footer, sums: one in a turn


def a_turn() -> None:
    """Let the event loop come round as often as it takes what lies beside the text to follow it."""
    for _ in range(_FOLLOWERS):
        behind = QTimer(singleShot=True, interval=0)
        behind.start()
        while behind.isActive():
            QApplication.processEvents()


def inked(canvas: ArticleCanvas) -> list[QRectF]:
    """Return the boxes of all that is written on screen, letter by letter."""
    lines = canvas.lines()
    text = len(canvas.session.state.text) if canvas.session and canvas.session.state else 0
    found = {piece.baseline: lines.ink(piece) for piece in lines.pieces(Span(0, text))}
    return [
        QRectF(QPointF(each.left, each.top), QPointF(each.right, each.bottom))
        for line in found.values()
        for each in line
    ]
