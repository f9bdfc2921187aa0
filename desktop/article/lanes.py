"""Underlines of names that overlap: each in a lane of its own, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from db.values import Entity, Layer, Span
from desktop.article.geometry import ASCENDER, Piece
from desktop.article.state import ArticleState

_UNDER, _LANE = 5.5, 3.5  # pixels from the letters' feet to the first lane, and on to the next
_FREE = 1.5  # pixels left free above the letters of the next line


class Lane(NamedTuple):
    """The lane of one underline, from 0 down, ``of`` so many that lie under one another."""

    number: int = 0
    of: int = 1

    def y(self, piece: Piece, zoom: float) -> float:
        """Return where to draw the line under a piece: lanes close up where there is no room."""
        return piece.baseline + _UNDER * zoom + self.number * self.step(piece, zoom)

    def step(self, piece: Piece, zoom: float) -> float:
        """Return how far two lanes lie apart under a piece."""
        room = piece.height - ASCENDER * piece.size - (_UNDER + _FREE) * zoom
        return min(_LANE * zoom, max(room, zoom) / max(self.of - 1, 1))


def lanes(entities: Iterable[Entity]) -> list[tuple[Entity, Lane]]:
    """Give each entity an underline lane: those that overlap lie apart, the shortest at lane 0."""
    placed: list[tuple[Entity, int]] = []
    for entity in sorted(entities, key=lambda each: (_length(each), each.span.start, each.id)):
        taken = {lane for other, lane in placed if other.span.overlaps(entity.span)}
        free = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        placed.append((entity, free))
    return [
        (entity, Lane(number, 1 + max(each for _, each in group)))
        for group in _groups(placed)
        for entity, number in group
    ]


def lanes_on(state: ArticleState, span: Span) -> list[tuple[Entity, Lane]]:
    """Give lanes to the entities that meet a stretch.

    They are the same for each stretch an entity meets: what overlaps it elsewhere counts too.
    """
    found = _entities(state, span)
    while found:
        span = Span(min(e.span.start for e in found), max(e.span.end for e in found))
        more = _entities(state, span)
        if len(more) == len(found):
            break
        found = more
    return lanes(found)


def lane_of(state: ArticleState, entity: Entity) -> Lane:
    """Return the lane of one entity."""
    near = lanes_on(state, entity.span)
    return next((lane for each, lane in near if each.id == entity.id), Lane())


def lane_below(state: ArticleState, span: Span) -> Lane:
    """Return the lane under all entities that meet a stretch."""
    deepest = max((lane.number for _, lane in lanes_on(state, span)), default=-1)
    return Lane(deepest + 1, deepest + 2)


def _entities(state: ArticleState, span: Span) -> list[Entity]:
    near = state.between(span.start, span.end, Layer.ENTITY)
    return [each for each in near if isinstance(each, Entity)]


def _groups(placed: list[tuple[Entity, int]]) -> Iterable[list[tuple[Entity, int]]]:
    """Yield those that overlap one another, directly or through others."""
    group: list[tuple[Entity, int]] = []
    end = -1
    for one in sorted(placed, key=lambda each: each[0].span.start):
        if group and one[0].span.start >= end:
            yield group
            group = []
        group.append(one)
        end = max(end, one[0].span.end)
    if group:
        yield group


def _length(entity: Entity) -> int:
    return entity.span.end - entity.span.start
