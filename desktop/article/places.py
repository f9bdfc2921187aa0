"""Where annotations lie in the text, and in what order the analyst meets them."""

from __future__ import annotations

import sys
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import TypeVar
from uuid import UUID

from db.values import Annotation, Entity, Ref, Span, Stance, Statement

Place = tuple[int, int, int, UUID]
"""Where an annotation stands in reading order: offset, rank, second offset, id."""
AFTER_TEXT = sys.maxsize
"""The offset of what is decided last, when the whole text has been read."""

_Piece = tuple[int, int, UUID]
_Sorted = TypeVar("_Sorted", Place, _Piece)
by_offset: Callable[[Place | _Piece], int] = itemgetter(0)
"""Key for bisecting sorted places by offset alone."""


def place_of(annotation: Annotation) -> Place:
    """Return an annotation's place: a quotation's is before its names, a stance's after them.

    A stance stands where its first piece of evidence ends: by then the reader has met its words.
    That of the article as a whole comes after all of them.
    """
    span = main_span(annotation)
    match annotation:
        case Entity():
            return span.start, 0, -span.end, annotation.id
        case Statement():
            return span.start, -1, -span.end, annotation.id
        case Stance(overall=True):
            return AFTER_TEXT, 0, 0, annotation.id
        case Stance():
            return span.end, -2, span.start, annotation.id


def spans_of(annotation: Annotation) -> list[Span]:
    """Return every stretch an annotation lies on, its slots' mentions included, none twice."""
    match annotation:
        case Entity():
            return [annotation.span]
        case Statement():
            refs = (annotation.source, annotation.addressee)
            found = (*annotation.content, *annotation.cue, *_spans(refs))
        case Stance():
            refs = (annotation.holder, annotation.target, *annotation.nested)
            found = (*annotation.evidence, *annotation.cue, *_spans(refs))
    return list(dict.fromkeys(found))


def main_span(annotation: Annotation) -> Span:
    """Return the stretch an annotation is known by: an entity's span, a stance's first evidence."""
    match annotation:
        case Entity():
            return annotation.span
        case Statement():
            spans = annotation.content or tuple(spans_of(annotation))
        case Stance():
            spans = annotation.evidence or tuple(spans_of(annotation))
    return spans[0] if spans else Span(0, 0)


def in_text(annotation: Annotation | None) -> bool:
    """Tell what lies in the text from a stance of the article as a whole, and from nothing."""
    return annotation is not None and not (isinstance(annotation, Stance) and annotation.overall)


def start_of(annotation: Annotation) -> int:
    """Return where an annotation starts in the text."""
    return main_span(annotation).start


def paragraph(text: str, at: int) -> Span:
    """Return the paragraph an offset lies in, without the line's end."""
    end = text.find("\n", at)
    return Span(text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end)


def remove(places: list[_Sorted], place: _Sorted) -> None:
    """Take a place out of a sorted list, if it is there."""
    at = bisect_left(places, place)
    if at < len(places) and places[at] == place:
        del places[at]


class Extents:
    """Pieces of one layer's annotations, by start, to find those that meet a stretch."""

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        self._pieces: list[_Piece] = sorted(
            (span.start, span.end, each.id) for each in annotations for span in spans_of(each)
        )
        self._longest = max((end - start for start, end, _ in self._pieces), default=0)

    def add(self, annotation: Annotation) -> None:
        """Take in an annotation's pieces."""
        for span in spans_of(annotation):
            insort(self._pieces, (span.start, span.end, annotation.id))
            self._longest = max(self._longest, span.end - span.start)

    def remove(self, annotation: Annotation) -> None:
        """Let go of an annotation's pieces."""
        for span in spans_of(annotation):
            remove(self._pieces, (span.start, span.end, annotation.id))

    def between(self, start: int, end: int) -> Iterator[_Piece]:
        """Yield the first meeting piece of each annotation."""
        seen: set[UUID] = set()
        low = bisect_left(self._pieces, start - self._longest, key=by_offset)
        for piece in self._pieces[low : bisect_left(self._pieces, end, key=by_offset)]:
            if piece[1] > start and piece[2] not in seen:
                seen.add(piece[2])
                yield piece


def _spans(refs: Iterable[Ref | None]) -> Iterator[Span]:
    return (ref.span for ref in refs if ref is not None and ref.span is not None)
