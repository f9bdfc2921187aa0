"""Records as the network learns them: windows of word pieces with a tag for every token."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from records import NAMES
from spacy.language import Language
from torch import Tensor

from desktop.suggest.evaluation.records import Record
from desktop.suggest.network.chain import B, E, I, S, tag_of
from desktop.suggest.network.pieces import Window, WordPieces

LABELS = tuple(sorted(NAMES))
TAGS = 1 + 4 * len(LABELS)
UNKNOWN = -100  # what PyTorch's loss leaves out


@dataclass(frozen=True, slots=True)
class Lesson:
    """A window, the tag of each token it tells of, and how much they count."""

    window: Window
    tags: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side: ``ids``, ``cases`` and ``mask`` of shape (windows, pieces)."""

    ids: Tensor
    cases: Tensor
    mask: Tensor
    where: tuple[Tensor, Tensor]
    tags: Tensor
    weights: Tensor


def lessons_of(
    nlp: Language, pieces: WordPieces, record: Record, weight: float
) -> Iterator[Lesson]:
    """Yield the windows of a record; a name that is off our tokens is unknown, not absent."""
    doc = nlp.make_doc(record.text)
    tags = [0] * len(doc)
    # First what nobody knows, so that a name may lie within it.
    for start, end in record.ignore:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            tags[span.start : span.end] = [UNKNOWN] * len(span)
    for start, end, label in record.spans:
        span = doc.char_span(start, end)
        if span is None:
            wide = doc.char_span(start, end, alignment_mode="expand")
            if wide is not None:
                tags[wide.start : wide.end] = [UNKNOWN] * len(wide)
            continue
        inside = [token.i for token in span if not token.is_space]
        number = LABELS.index(label)
        if len(inside) == 1:
            tags[inside[0]] = tag_of(S, number)
            continue
        for token in inside:
            tags[token] = tag_of(I, number)
        tags[inside[0]], tags[inside[-1]] = tag_of(B, number), tag_of(E, number)
    for window in pieces.windows([token.text for token in doc]):
        yield Lesson(window, tuple(tags[token] for token in window.tokens), weight)


def batches(
    lessons: Iterable[Lesson], pieces: int, chance: random.Random | None
) -> Iterator[Batch]:
    """Yield batches of about so many pieces, of windows of like length.

    With ``chance`` the order is mixed, and lengths are like only roughly; without, it is by length.
    """
    noise = (lambda: chance.uniform(0.85, 1.15)) if chance else (lambda: 1.0)
    ordered = sorted(lessons, key=lambda lesson: len(lesson.window.ids) * noise())
    groups: list[list[Lesson]] = [[]]
    longest = 0
    for lesson in ordered:
        longest = max(longest, len(lesson.window.ids))
        if groups[-1] and longest * (len(groups[-1]) + 1) > pieces:
            groups.append([])
            longest = len(lesson.window.ids)
        groups[-1].append(lesson)
    if chance:
        chance.shuffle(groups)
    yield from map(collate, filter(None, groups))


def collate(lessons: Sequence[Lesson]) -> Batch:
    """Lay windows side by side."""
    longest = max(len(lesson.window.ids) for lesson in lessons)

    def wide(rows: Iterable[Sequence[int]]) -> Tensor:
        return torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])

    rows, columns, tags, weights = list[int](), list[int](), list[int](), list[float]()
    for row, lesson in enumerate(lessons):
        rows += [row] * len(lesson.tags)
        columns += lesson.window.firsts
        tags += lesson.tags
        weights += [lesson.weight] * len(lesson.tags)
    return Batch(
        ids=wide(lesson.window.ids for lesson in lessons),
        cases=wide(lesson.window.cases for lesson in lessons),
        mask=wide([1] * len(lesson.window.ids) for lesson in lessons),
        where=(torch.tensor(rows), torch.tensor(columns)),
        tags=torch.tensor(tags),
        weights=torch.tensor(weights),
    )
