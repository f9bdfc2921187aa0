"""Setting an article into a document: how each zone looks, and loading in slices.

A long article goes in piece by piece, the first screenful at once, so that the window answers all
the while. What is already set never moves: everything else is put in below it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import ceil
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
)

from db.values import Zone, ZoneKind
from desktop.article.offsets import Offsets, paragraphs
from desktop.article.view_settings import ViewSettings
from desktop.theme import ARTICLE_SIZE, Theme, article_font

SIZE = ARTICLE_SIZE
PAD = 14  # pixels kept left and right of the text for rings and handles, at 100 %
_ABOVE, _BELOW = 28, 96  # pixels above the first and below the last line, at 100 %

_SLICE_SECONDS = 0.005
_PIECE = 3_000  # code points put in between two looks at the clock
_NARROW = 0.9  # how wide letters are, where they are narrow, beside the mean of their font
_BLANK = "blank"  # an empty line between paragraphs


class _Face(NamedTuple):
    """How one kind of zone is set: pixels at 100 %."""

    size: float = SIZE
    line: float = round(SIZE * 1.8)
    above: float = 0
    below: float = 13
    indent: float = 0
    bold: bool = False
    muted: bool = False


_FACES: dict[str, _Face] = {
    ZoneKind.BODY: _Face(),
    ZoneKind.HEADLINE: _Face(size=25, line=40, below=6, bold=True),
    ZoneKind.STANDFIRST: _Face(size=18, line=30, below=16, muted=True),
    ZoneKind.BYLINE: _Face(size=14, line=26, below=10, muted=True),
    ZoneKind.CAPTION: _Face(size=14, line=26, below=13, muted=True),
    ZoneKind.BOILERPLATE: _Face(size=12.5, line=23, below=5, indent=12, muted=True),
    _BLANK: _Face(size=4, line=5, below=0),
}


class Style:
    """Formats for a zoom (1.0 is 100 %), a theme, and what the analyst likes."""

    def __init__(self, zoom: float, theme: Theme, view: ViewSettings) -> None:
        self.zoom = zoom
        self.font = article_font(view.family, SIZE * zoom)
        self._letter = _NARROW * QFontMetricsF(self.font).averageCharWidth()
        self._leading = view.leading
        self._width = view.width * zoom
        self._muted = theme.muted
        # Nearer to ink, so that the names in a standfirst or byline can be read on their fills too.
        self._subdued = _toward(theme.ink, theme.muted)

    def fits(self, page: QSize) -> int:
        """Return how many code points of body text fit on a page at most."""
        lines = page.height() / (_FACES[ZoneKind.BODY].line * self.zoom * self._leading)
        return round(lines * min(page.width(), self._width) / self._letter)

    def least_height(self, kind: str, length: int, width: int) -> float:
        """Return how high a paragraph of so many code points is, at least, on so wide a page."""
        face = _FACES[kind]
        letter = self._letter * face.size / SIZE
        lines = max(ceil(length * letter / min(width, self._width)), 1)
        return (face.above + face.below + face.line * lines * self._leading) * self.zoom

    def frame(self) -> QTextFrameFormat:
        """Return the format of the page round the text."""
        fmt = QTextFrameFormat()
        fmt.setLeftMargin(PAD * self.zoom)
        fmt.setRightMargin(PAD * self.zoom)
        fmt.setTopMargin(_ABOVE * self.zoom)
        fmt.setBottomMargin(_BELOW * self.zoom)
        return fmt

    def block(self, kind: str) -> QTextBlockFormat:
        """Return the paragraph format of a zone's kind."""
        face, fmt = _FACES[kind], QTextBlockFormat()
        fmt.setLineHeight(
            round(face.line * self.zoom * self._leading),
            QTextBlockFormat.LineHeightTypes.FixedHeight.value,
        )
        fmt.setTopMargin(face.above * self.zoom)
        fmt.setBottomMargin(face.below * self.zoom)
        fmt.setLeftMargin(face.indent * self.zoom)
        return fmt

    def char(self, kind: str) -> QTextCharFormat:
        """Return the letters' format; body text keeps the document's own font and colour."""
        face, fmt = _FACES[kind], QTextCharFormat()
        if face.size != SIZE:
            # The property itself: there is no setter for a size in pixels.
            fmt.setProperty(QTextCharFormat.Property.FontPixelSize, round(face.size * self.zoom))
        if face.bold:
            fmt.setFontWeight(QFont.Weight.Bold)
        if face.muted:
            beside = kind == ZoneKind.BOILERPLATE
            fmt.setForeground(QBrush(self._muted if beside else self._subdued))
        return fmt


def _toward(one: QColor, other: QColor) -> QColor:
    """Return a colour two thirds of the way from ``other`` to ``one``."""
    return QColor(
        (2 * one.red() + other.red()) // 3,
        (2 * one.green() + other.green()) // 3,
        (2 * one.blue() + other.blue()) // 3,
    )


class _Paragraph(NamedTuple):
    text: str
    start: int
    end: int
    kind: str


class Typesetter(QObject):
    """Fills ``document`` with a text, in slices of a few milliseconds between other events."""

    grown = Signal()
    """More of the text is in the document."""
    finished = Signal()

    def __init__(self, document: QTextDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._slice)
        self._rest: Iterator[None] = iter(())
        self.set_to = 0

    @property
    def done(self) -> bool:
        """Tell whether the whole text is in the document."""
        return not self._timer.isActive()

    def clear(self, style: Style) -> None:
        """Empty the page, which has the font and margins of a style from then on."""
        self._timer.stop()
        self._document.clear()
        self._document.setDefaultFont(style.font)
        self._document.rootFrame().setFrameFormat(style.frame())
        self.set_to = 0

    def start(
        self, text: str, zones: Sequence[Zone], offsets: Offsets, style: Style, page: QSize
    ) -> None:
        """Set ``text`` on an empty page: what fills the page now, the rest from the loop."""
        self._rest = self._pieces(text, zones, offsets, style, page)
        self._timer.start()
        self.go_on(1)

    def go_on(self, to: int) -> None:
        """Set the text as far as a code point now; the rest still comes from the loop."""
        if self.done or self.set_to >= to:
            return
        if any(self.set_to >= to for _ in self._rest):
            self.grown.emit()
        else:
            self._finish()

    def stop(self) -> None:
        """Leave the rest of the text out."""
        self._timer.stop()

    def _slice(self) -> None:
        until = perf_counter() + _SLICE_SECONDS
        for _ in self._rest:
            if perf_counter() > until:
                self.grown.emit()
                return
        self._finish()

    def _finish(self) -> None:
        self._timer.stop()
        self.grown.emit()
        self.finished.emit()

    def _pieces(
        self, text: str, zones: Sequence[Zone], offsets: Offsets, style: Style, page: QSize
    ) -> Iterator[None]:
        """Put in one piece at each step, as one edit: a document arranges itself after each.

        The first fills the page.
        """
        cursor = QTextCursor(self._document)
        stretches = _Stretches(zones)
        formats = {kind: (style.block(kind), style.char(kind)) for kind in _FACES}

        room = page.height()

        def number(paragraph: _Paragraph) -> int:
            nonlocal room
            if room <= 0:
                return 1 + paragraph.start // _PIECE
            room -= style.least_height(paragraph.kind, len(paragraph.text), page.width())
            return 0

        for _, piece in groupby(_faced(paragraphs(text), stretches), number):
            cursor.beginEditBlock()
            cursor.movePosition(QTextCursor.MoveOperation.End)
            end = self.set_to
            for kind, group in groupby(piece, lambda each: each.kind):
                alike = list(group)
                end = alike[-1].end
                lines = "\n".join(each.text for each in alike)
                _put(cursor, lines, *formats[kind], first=alike[0].start == 0)
            for zone in stretches.other_than_body(self.set_to, end):
                select(cursor, offsets, zone.start, zone.end)
                cursor.setCharFormat(formats[zone.kind][1])
            cursor.endEditBlock()
            self.set_to = end
            yield


def _put(
    cursor: QTextCursor, text: str, block: QTextBlockFormat, char: QTextCharFormat, *, first: bool
) -> None:
    """Put paragraphs set alike at the end of a document."""
    # The format goes first: setting it afterwards would lay the paragraphs out twice.
    if first:
        cursor.setBlockFormat(block)
        cursor.setBlockCharFormat(char)
    else:
        cursor.insertBlock(block, char)
    cursor.insertText(text, char)


def select(cursor: QTextCursor, offsets: Offsets, start: int, end: int) -> None:
    """Select code points ``[start, end)``."""
    cursor.setPosition(offsets.to_qt(start))
    cursor.setPosition(offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)


class _Stretches:
    """Zones by offset."""

    def __init__(self, zones: Sequence[Zone]) -> None:
        self._zones = sorted(zones, key=lambda zone: zone.start)
        self._starts = [zone.start for zone in self._zones]

    def kind_at(self, offset: int) -> str:
        """Return the kind of zone at an offset; what lies in none is set as body."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self._zones[index].end:
            return self._zones[index].kind
        return ZoneKind.BODY

    def other_than_body(self, start: int, end: int) -> Iterator[Zone]:
        """Yield the parts of ``[start, end)`` not set as body, though they may share its line."""
        for zone in self._zones[max(bisect_right(self._starts, start) - 1, 0) :]:
            if zone.start >= end:
                return
            if zone.end > start and zone.kind != ZoneKind.BODY:
                yield Zone(max(zone.start, start), min(zone.end, end), zone.kind)


def _faced(texts: Iterable[str], stretches: _Stretches) -> Iterator[_Paragraph]:
    start = 0
    for text in texts:
        end = start + len(text)
        # A line that holds body text is set as body, whatever is glued in front of it.
        if start == end:
            kind = _BLANK
        else:
            ends = {stretches.kind_at(start), stretches.kind_at(end - 1)}
            kind = ZoneKind.BODY if ZoneKind.BODY in ends else stretches.kind_at(start)
        yield _Paragraph(text, start, end, kind)
        start = end + 1
