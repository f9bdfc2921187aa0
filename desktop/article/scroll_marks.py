"""A slim strip beside the scroll bar: where something is undecided, found, or in focus."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from time import perf_counter
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from db.values import Annotation, Span, Statement
from desktop import theme
from desktop.article.canvas import ArticleCanvas
from desktop.article.places import in_text, main_span
from desktop.article.session import ArticleSession

_WIDTH = 7  # pixels, as all below
_NEAR = 5  # a click so near a mark means it
_LATER = 120  # ms without change after which the text is looked through anew
_SLICE = 0.002  # seconds


class ScrollMarks(QWidget):
    """Marks the whole article's height; where each paragraph lies is looked up once a layout."""

    def __init__(self, canvas: ArticleCanvas, session: ArticleSession) -> None:
        super().__init__(canvas)
        self.setAccessibleName(self.tr("Where something is undecided"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._canvas, self._session = canvas, session
        self._starts: list[int] = []  # Qt positions of paragraphs, and where they are
        self._tops: list[float] = []
        self._height = 0.0  # of the whole text, in pixels
        self._rows: dict[UUID, int] = {}
        self._marked: Counter[int] = Counter()
        self._found: set[int] = set()
        self._focus: int | None = None  # the row of what is in focus
        self._soon = QTimer(self, singleShot=True, interval=_LATER)
        self._soon.timeout.connect(self._begin)
        self._rest: Iterator[None] = iter(())
        canvas.installEventFilter(self)
        canvas.document().documentLayout().documentSizeChanged.connect(self._later)
        canvas.found_changed.connect(self._show_found)
        bar = canvas.verticalScrollBar()
        bar.rangeChanged.connect(self._lie_beside)
        session.article_changed.connect(self._forget)
        session.annotations_changed.connect(self._follow)
        session.focus_changed.connect(self._show_focus)
        self._lie_beside()
        self._soon.start()

    @property
    def busy(self) -> bool:
        """Tell whether the text is still to be looked through."""
        return self._soon.isActive() or self._session.spare.has(self._slice)

    def rows(self) -> list[int]:
        """Return the heights in pixels at which something undecided is marked."""
        return sorted(self._marked)

    # --- where paragraphs lie

    def _forget(self) -> None:
        self._starts, self._tops = [], []
        self._rows.clear()
        self._marked.clear()
        self._found.clear()
        self._focus = None
        self.update()
        self._later()

    def _later(self) -> None:
        self._session.spare.end(self._slice)
        self._soon.start()

    def _begin(self) -> None:
        if not self._canvas.typesetter.done:
            self._soon.start()
            return
        self._rest = self._look_through()
        self._session.spare.begin(self._slice, self)

    def _slice(self) -> bool:
        until = perf_counter() + _SLICE
        return any(perf_counter() > until for _ in self._rest)

    def _look_through(self) -> Iterator[None]:
        document, layout = self._canvas.document(), self._canvas.document().documentLayout()
        starts, tops = list[int](), list[float]()
        block = document.firstBlock()
        while block.isValid():
            if block.isVisible():
                starts.append(block.position())
                tops.append(layout.blockBoundingRect(block).top())
            block = block.next()
            yield
        self._height = document.size().height()
        self._starts, self._tops = starts, tops
        rows, marked = dict[UUID, int](), Counter[int]()
        state = self._session.state
        for identifier in state.stops() if state else ():
            annotation = state.get(identifier) if state else None
            if annotation is not None and _is_marked(annotation):
                rows[identifier] = row = self._row(main_span(annotation).start)
                marked[row] += 1
            yield
        self._rows, self._marked = rows, marked
        self._show_focus()
        self._show_found()
        self.update()

    def _y(self, offset: int) -> float:
        """Return how far down in the text an offset is, in pixels."""
        at = max(bisect_right(self._starts, position := self._canvas.offsets.to_qt(offset)) - 1, 0)
        if not self._tops:
            return 0
        last = at + 1 == len(self._tops)
        top, bottom = self._tops[at], self._height if last else self._tops[at + 1]
        end = self._canvas.document().characterCount() if last else self._starts[at + 1]
        share = (position - self._starts[at]) / max(end - self._starts[at], 1)
        return top + (bottom - top) * min(share, 1)

    def _row(self, offset: int) -> int:
        return round(self._y(offset) / max(self._height, 1) * max(self.height() - 2, 1))

    def _offset(self, row: float) -> int:
        """Return the offset at a row: the other way round than :meth:`_row`."""
        y = row / max(self.height() - 2, 1) * self._height
        at = max(bisect_right(self._tops, y) - 1, 0)
        last = at + 1 == len(self._tops)
        bottom = self._height if last else self._tops[at + 1]
        end = self._canvas.document().characterCount() if last else self._starts[at + 1]
        share = (y - self._tops[at]) / max(bottom - self._tops[at], 1)
        position = self._starts[at] + round((end - self._starts[at]) * max(min(share, 1), 0))
        return self._canvas.offsets.to_code_point(position)

    # --- what is marked

    def _follow(self, identifiers: Iterable[UUID]) -> None:
        """Mark and unmark what has changed, and nothing else."""
        state = self._session.state
        if self._session.spare.has(self._slice):
            self._later()
        if state is None or not self._tops:
            return
        for identifier in identifiers:
            annotation = state.get(identifier)
            row = self._rows.pop(identifier, None)
            if row is not None:
                self._marked[row] -= 1
                if not self._marked[row]:
                    del self._marked[row]
                self._repaint(row)
            if annotation is not None and _is_marked(annotation):
                self._rows[identifier] = row = self._row(main_span(annotation).start)
                self._marked[row] += 1
                self._repaint(row)
        self._show_focus()

    def _repaint(self, row: int) -> None:
        self.update(QRect(0, row - 2, self.width(), 6))

    def _show_focus(self) -> None:
        focused = self._session.focused
        seen = focused is not None and in_text(focused) and self._tops
        row = self._row(main_span(focused).start) if focused and seen else None
        for stale in {self._focus, row}:
            if stale is not None:
                self._repaint(stale)
        self._focus = row

    def _show_found(self) -> None:
        hits, height = self._canvas.found, self.height()
        if not self._tops:
            self._found = set()
        elif len(hits) < height:
            self._found = {self._row(hits[n].start) for n in range(len(hits))}
        else:  # a letter is found everywhere: each row asks whether there is one
            before = [hits.after(self._offset(row)) for row in range(height + 1)]
            self._found = {row for row in range(height) if before[row] < before[row + 1]}
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a short stroke for each place."""
        colours, painter, box = theme.current(), QPainter(self), event.rect()
        rows = range(box.top() - 3, box.bottom() + 4)
        quiet = QColor(colours.muted)
        quiet.setAlphaF(0.55)
        for row in self._marked.keys() if len(self._marked) < len(rows) else rows:
            if row in self._marked and row in rows:
                painter.fillRect(2, row, _WIDTH - 3, 2, quiet)
        found = colours.line("found")
        for row in self._found:
            if row in rows:
                painter.fillRect(0, row, _WIDTH, 2, found)
        if self._focus is not None:
            painter.fillRect(0, self._focus - 1, _WIDTH, 3, colours.focus)
        painter.end()

    # --- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to what is marked here, or to this part of the text."""
        y = round(event.position().y())
        by_row = ((abs(row - y), identifier) for identifier, row in self._rows.items())
        away, nearest = min(by_row, default=(_NEAR + 1, None))
        if hit := self._hit_at(y, away):
            self._session.set_selection(hit, finished=False)
            self._canvas.reveal(hit)
        elif away <= _NEAR:
            self._session.set_focus(nearest)
        else:
            bar = self._canvas.verticalScrollBar()
            there = y / max(self.height(), 1) * self._height
            bar.setValue(round(there - self._canvas.viewport().height() / 2))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the click: it is not the text's."""
        event.accept()

    def _hit_at(self, y: int, nearer_than: int) -> Span | None:
        row = min(self._found, key=lambda row: abs(row - y), default=None)
        if row is None or abs(row - y) > min(nearer_than, _NEAR):
            return None
        hits = self._canvas.found
        return hits[min(hits.after(self._offset(row - 0.5)), len(hits) - 1)]

    # --- Qt's own

    def _lie_beside(self) -> None:
        bar, canvas = self._canvas.verticalScrollBar(), self._canvas
        wide = bar.sizeHint().width() if bar.maximum() > 0 else 0
        top = canvas.viewport().y()
        box = QRect(canvas.width() - wide - _WIDTH, top, _WIDTH, canvas.viewport().height())
        if box != self.geometry():
            taller = box.height() != self.height()
            self.setGeometry(box)
            if taller:
                self._later()
        self.setVisible(bar.maximum() > 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the scroll bar."""
        if event.type() == QEvent.Type.Resize and watched is self._canvas:
            self._lie_beside()
        return False


def _is_marked(annotation: Annotation) -> bool:
    undecided = not annotation.decision.decided and not isinstance(annotation, Statement)
    return undecided and in_text(annotation)
