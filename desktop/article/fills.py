"""Keeps the document's own formats in line with the decisions.

A format is what a screen reader is told of; what :mod:`desktop.article.painter` draws around it is
for the eye alone, and shows at once; the formats follow in spare time, once the keys rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QTextCharFormat, QTextCursor, QTextDocument

from db.values import Annotation, Entity, Span, Stance, Statement
from desktop.article.offsets import Offsets
from desktop.article.spare_time import SpareTime
from desktop.article.state import ArticleState
from desktop.article.typesetting import select

_BATCH = 60  # spans in one edit, after which a long document takes milliseconds to arrange itself
_NEAR = 4_000  # code points from the first of them to the last
_REST = 100  # ms without a change: no hand waits for them, and what is painted comes first

Fill = tuple[tuple[Span, ...], QColor]


def filled(annotation: Annotation | None) -> tuple[Span, ...]:
    """Return the stretches an annotation shades: those of a decided entity or stance."""
    match annotation:
        case Entity() if annotation.decision.decided:
            return (annotation.span,)
        case Stance() if annotation.decision.decided:
            return annotation.evidence
        case _:
            return ()


class Fills(QObject):
    """Shades the decisions of one article in ``document``."""

    def __init__(
        self, document: QTextDocument, then: Callable[[], object], parent: QObject | None = None
    ) -> None:
        """``then`` is called when lines may lie elsewhere.

        Where a format ends, letters stand a little further apart, and a line may take a word less.
        """
        super().__init__(parent)
        self._document, self._then = document, then
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(lambda: self._spare.begin(self._slice, self))
        self._spare = SpareTime(self)  # the session's, once there is an article
        self._state: ArticleState | None = None
        self._fills: dict[UUID, Fill] = {}
        self._stale: list[Span] = []

    def start(
        self,
        state: ArticleState,
        offsets: Offsets,
        colour: Callable[[Annotation], QColor],
        spare: SpareTime,
    ) -> None:
        """Begin with a document that has no fills yet."""
        self.stop()
        self._state, self._offsets, self._colour, self._spare = state, offsets, colour, spare
        self._fills.clear()

    @property
    def busy(self) -> bool:
        """Tell whether some formats are yet to follow."""
        return self._rest.isActive() or self._spare.has(self._slice)

    def stop(self) -> None:
        """Leave the rest undone, until started again."""
        self._state = None
        self._rest.stop()
        self._spare.end(self._slice)
        self._stale.clear()

    def update(self, identifiers: Iterable[UUID]) -> None:
        """Bring the fills of some annotations in line, after what there is to paint is painted."""
        if (state := self._state) is None:
            return
        for identifier in identifiers:
            annotation = state.get(identifier)
            spans = filled(annotation)
            new = (spans, self._colour(annotation)) if annotation and spans else None
            old = self._fills.get(identifier)
            if new == old:
                continue
            if new:
                self._fills[identifier] = new
            else:
                del self._fills[identifier]
            self._stale += [span for fill in (old, new) if fill for span in fill[0]]
        if self._stale and not self._spare.has(self._slice):
            self._rest.start()

    def _slice(self) -> bool:
        if (state := self._state) is None:
            return False
        # From the first to the last change of an edit all is arranged anew: so near ones together.
        self._stale.sort(key=lambda span: span.end)
        now = [span for span in self._stale[:_BATCH] if span.end < self._stale[0].end + _NEAR]
        set_to = self._document.characterCount()
        now = [span for span in now if self._offsets.to_qt(span.end) < set_to]
        self._stale = self._stale[len(now) :]
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        for stretch in now:
            self._shade(cursor, stretch, QBrush(Qt.BrushStyle.NoBrush))
            around = state.between(stretch.start, stretch.end)
            for annotation in sorted(around, key=_top_last):
                for span in self._fills.get(annotation.id, ((), None))[0]:
                    part = Span(max(span.start, stretch.start), min(span.end, stretch.end))
                    if part.start < part.end:
                        self._shade(cursor, part, QBrush(self._fills[annotation.id][1]))
        cursor.endEditBlock()
        self._then()
        return bool(self._stale and now)  # what is not in the document yet waits till it is

    def _shade(self, cursor: QTextCursor, span: Span, brush: QBrush) -> None:
        fmt = QTextCharFormat()
        fmt.setBackground(brush)
        select(cursor, self._offsets, span.start, span.end)
        cursor.mergeCharFormat(fmt)


def _top_last(annotation: Annotation) -> tuple[bool, int]:
    """Sort what lies on top last: entities over evidence, the shorter over the longer."""
    match annotation:
        case Entity():
            return True, annotation.span.start - annotation.span.end
        case Stance() | Statement():
            return False, -sum(span.end - span.start for span in filled(annotation))
