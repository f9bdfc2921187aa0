"""The network for names taught and asked: its loss, and what it finds in lessons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from learning import device, half
from lessons import LABELS, Batch, Lesson, batches
from network import Tagger
from torch import Tensor, nn

from desktop.suggest.network.chain import Floats, best_names

PIECES = 3_000
"""In one batch."""
_SMOOTH = 0.02


def loss(tagger: Tagger, batch: Batch) -> Tensor:
    """Return the mean loss of the tokens whose tags are known, each as heavy as its lesson."""
    tags = batch.tags.to(device())
    losses = nn.functional.cross_entropy(
        _scores(tagger, batch), tags, reduction="none", label_smoothing=_SMOOTH
    )
    weights = batch.weights.to(device()) * (tags >= 0)
    return (losses * weights).sum() / weights.sum().clamp(min=1.0)


def _scores(tagger: Tagger, batch: Batch) -> Tensor:
    where = (batch.where[0].to(device()), batch.where[1].to(device()))
    with half():
        return tagger(
            batch.ids.to(device()), batch.cases.to(device()), batch.mask.to(device()), where
        )


@torch.inference_mode()
def scores_of(tagger: Tagger, lessons: Sequence[Lesson]) -> list[Floats]:
    """Return the scores of every lesson's tokens, of shape (tokens, tags), in their order."""
    order = sorted(range(len(lessons)), key=lambda n: len(lessons[n].window.ids))
    found: list[Floats] = [None] * len(lessons)  # pyright: ignore[reportAssignmentType]
    place = 0
    for batch in batches([lessons[n] for n in order], 4 * PIECES, None):
        scores = _scores(tagger, batch)
        for row in range(len(batch.ids)):
            found[order[place]] = scores[batch.where[0] == row].cpu().numpy()
            place += 1
    return found


def names_found(
    tagger: Tagger, lessons: Sequence[Lesson]
) -> Iterator[list[tuple[int, int, str, float]]]:
    """Yield, for each lesson, the names as places in its window's tokens, label, probability."""
    for names in best_names(scores_of(tagger, lessons)):
        yield [(one.start, one.end, LABELS[one.label], one.probability) for one in names]
