"""Boilerplate folded away: its paragraphs are hidden, and one quiet line says that they are there.

The text keeps all its characters, so that offsets stay what they are. The quiet line is painted in
room made above the paragraph that follows. Where boilerplate shares a paragraph with body text,
nothing is folded.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QTextBlock, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from db.values import Span, Zone, ZoneKind
from desktop.article.offsets import Offsets
from desktop.article.typesetting import PAD
from desktop.theme import Theme

_LINE = 34  # pixels, at 100 %: room for the line that stands for a folded stretch
_INDENT = 12


class Stretch(NamedTuple):
    """Paragraphs that are nothing but boilerplate, next to one another."""

    span: Span
    lines: int
    """How many of its paragraphs say something."""


def foldable(text: str, zones: Sequence[Zone]) -> list[Stretch]:
    """Return the stretches of an article that can be folded away; some text is always left."""
    found: list[Stretch] = []
    parts = (zone for zone in zones if zone.kind == ZoneKind.BOILERPLATE)
    joined: list[Span] = []
    for zone in sorted(parts, key=lambda each: each.start):
        if joined and not text[joined[-1].end : zone.start].strip():
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, zone.end))
        else:
            joined.append(Span(zone.start, zone.end))
    for span in joined:
        paragraphs = list(_whole_paragraphs(text, span))
        if paragraphs:
            inside = Span(paragraphs[0].start, paragraphs[-1].end)
            found.append(Stretch(inside, sum(each.start < each.end for each in paragraphs)))
    ends = [0, *(each.span.end for each in found)]
    starts = [*(each.span.start for each in found), len(text)]
    rest = (text[end:start] for end, start in zip(ends, starts, strict=True))
    return found if any(each.strip() for each in rest) else []


def _whole_paragraphs(text: str, span: Span) -> Iterator[Span]:
    """Yield the paragraphs that lie wholly in a span, blank ones between them too."""
    start = span.start
    if start and text[start - 1] != "\n":
        start = text.find("\n", start, span.end) + 1 or span.end
    while start < span.end:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > span.end and text[span.end : end].strip():
            return
        yield Span(start, end)
        start = end + 1


class Folds:
    """Which stretches of the article on a page are folded, and where that can be clicked."""

    def __init__(self, page: QTextEdit) -> None:
        self._page = page
        self._offsets = Offsets("")
        self._stretches: list[Stretch] = []
        self._starts: list[int] = []
        self._folded: list[bool] = []
        self._done: list[bool] = []
        """Whether the document shows a stretch as ``_folded`` has it."""
        self._zoom = 1.0
        self._length = self._set_to = 0

    def begin(
        self, text: str, zones: Sequence[Zone], offsets: Offsets, zoom: float, *, folded: bool
    ) -> None:
        """Begin with a text set anew, all of it unfolded; the same stretches stay as they were."""
        stretches = foldable(text, zones)
        self._length, self._set_to = len(text), 0
        if stretches != self._stretches:
            self._stretches = stretches
            self._starts = [each.span.start for each in stretches]
            self._folded = [folded] * len(stretches)
        self._offsets, self._zoom = offsets, zoom
        self._done = [not each for each in self._folded]

    # --- asking

    def __bool__(self) -> bool:
        return bool(self._stretches)

    def at(self, offset: int) -> int | None:
        """Return the number of the stretch an offset lies in, if it lies in one."""
        number = bisect_right(self._starts, offset) - 1
        return number if number >= 0 and offset <= self._stretches[number].span.end else None

    def hides(self, offset: int) -> bool:
        """Tell whether the paragraph at an offset is folded away."""
        number = self.at(offset)
        return number is not None and self._folded[number] and self._done[number]

    def shown(self, offset: int, *, forwards: bool = True) -> int:
        """Return an offset, or the nearest one after (or before) it that is not folded away."""
        number = self.at(offset)
        if number is None or not self.hides(offset):
            return offset
        span = self._stretches[number].span
        if span.start > 0 and (not forwards or span.end >= self._length):
            return span.start - 1
        return span.end + 1

    def after(self, number: int) -> int:
        """Return the offset right after a stretch, or before it if it is the last of the text."""
        span = self._stretches[number].span
        return span.end + 1 if span.end < self._length else max(span.start - 1, 0)

    def is_folded(self, number: int) -> bool:
        """Tell whether a stretch is folded."""
        return self._folded[number]

    # --- folding

    def fold_all(self, folded: bool, *, but: Iterable[int] = ()) -> None:
        """Fold or unfold all stretches, leaving some open."""
        self._set({n: folded and n not in but for n in range(len(self._stretches))})

    def fold(self, number: int, folded: bool) -> None:
        """Fold or unfold one stretch."""
        self._set({number: folded})

    def open_at(self, span: Span) -> None:
        """Unfold what hides a part of a span."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = bisect_right(self._starts, max(span.end - 1, span.start))
        hits = {n: False for n in range(first, last) if self._meets(n, span)}
        if any(self._folded[number] for number in hits):
            self._set(hits)

    def _meets(self, number: int, span: Span) -> bool:
        other = self._stretches[number].span
        return span.start <= other.end and span.end >= other.start

    def _set(self, wanted: dict[int, bool]) -> None:
        for number, folded in wanted.items():
            if self._folded[number] != folded:
                self._folded[number] = folded
                self._done[number] = not self._done[number]
        self.follow(self._set_to)

    def follow(self, set_to: int) -> None:
        """Bring the document in line, as far as the text is set."""
        self._set_to = set_to
        if all(self._done):
            return
        cursor = QTextCursor(self._page.document())
        cursor.beginEditBlock()
        for number, stretch in enumerate(self._stretches):
            if stretch.span.end < set_to and not self._done[number]:
                self._fold(cursor, number)
                self._done[number] = True
        cursor.endEditBlock()

    def _fold(self, cursor: QTextCursor, number: int) -> None:
        folded, document = self._folded[number], self._page.document()
        blocks = list(self._blocks(number))
        for block in blocks:
            block.setVisible(not folded)
            document.markContentsDirty(block.position(), block.length())
        after = blocks[-1].next()
        if after.isValid():
            fmt = QTextBlockFormat(after.blockFormat())
            fmt.setTopMargin(_LINE * self._zoom if folded else 0)
            cursor.setPosition(after.position())
            cursor.setBlockFormat(fmt)

    def _blocks(self, number: int) -> Iterator[QTextBlock]:
        span = self._stretches[number].span
        block = self._page.document().findBlock(self._offsets.to_qt(span.start))
        end = self._offsets.to_qt(span.end)
        while block.isValid() and block.position() <= end:
            yield block
            block = block.next()

    # --- what stands for it

    def hit(self, place: QPointF, at: int, left: float) -> int | None:
        """Return the stretch whose quiet line, or whose rule left of ``left``, is at a place.

        ``at`` is the offset nearest to the place.
        """
        for number, box in self._notices(Span(at, at)):
            if box.contains(place):
                return number
        number = self.at(at)
        beside = place.x() < left and number is not None and not self._folded[number]
        return number if beside else None

    def _notices(self, seen: Span) -> Iterator[tuple[int, QRectF]]:
        """Yield the quiet lines on screen, of stretches in a part of the text or next to it."""
        layout = self._page.document().documentLayout()
        scroll = self._page.verticalScrollBar().value()
        height = self._page.viewport().height()
        first = max(bisect_right(self._starts, seen.start) - 2, 0)
        last = min(bisect_right(self._starts, seen.end) + 1, len(self._starts))
        for number in range(first, last):
            if not (self._folded[number] and self._done[number]):
                continue
            blocks = list(self._blocks(number))
            after, before = blocks[-1].next(), blocks[0].previous()
            line = _LINE * self._zoom
            if after.isValid() and after.isVisible():
                y = layout.blockBoundingRect(after).top() - line
            else:
                y = layout.blockBoundingRect(before).bottom()
            x = PAD * self._zoom
            box = QRectF(x, y - scroll, self._page.viewport().width() - 2 * x, line)
            if box.top() < height and box.bottom() > 0:
                yield number, box

    def draw(self, painter: QPainter, theme: Theme, seen: Span) -> None:
        """Draw the quiet lines in a part of the text that is on screen, and next to it."""
        font = QFont(self._page.font())
        font.setPixelSize(round(12 * self._zoom))
        for number, box in self._notices(seen):
            rule = QRectF(box.left(), box.top() + 6 * self._zoom, 2 * self._zoom, 0)
            rule.setBottom(box.bottom() - 6 * self._zoom)
            painter.fillRect(rule, theme.rule)
            painter.setFont(font)
            painter.setPen(theme.muted)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(
                box.adjusted(_INDENT * self._zoom, 0, 0, 0), middle, self._says(number)
            )

    def _says(self, number: int) -> str:
        lines = self._stretches[number].lines
        if lines == 1:
            return QCoreApplication.translate("Folds", "… 1 line of boilerplate")
        return QCoreApplication.translate("Folds", "… {} lines of boilerplate").format(lines)
