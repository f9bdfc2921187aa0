"""One run of training: passes over lessons, a running average of the weights, and a way back in."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from lessons import LABELS, Batch, Lesson, batches
from network import Tagger
from torch import Tensor, nn

from desktop.suggest.network.chain import Floats, best_names

_PIECES = 3_000  # in one batch
_RATES = {"encoder": 1.5e-4, "head": 1e-3}
_WARM = 200  # batches
_DECAY, _CLIP, _SMOOTH = 0.01, 1.0, 0.02
_AVERAGE = 0.998  # how much of the running average each batch leaves


def device() -> torch.device:
    """Return the GPU if there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


class Run:
    """A network being taught; ``average`` holds what is evaluated and shipped.

    The mean of the weights along the way (Polyak and Juditsky, 1992) is steadier than the last.
    """

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger.to(device())
        self.average = {name: value.clone() for name, value in tagger.state_dict().items()}
        groups = {name: list[nn.Parameter]() for name in _RATES}
        for name, parameter in tagger.named_parameters():
            groups[name.split(".", 1)[0]].append(parameter)
        self._optimizer = torch.optim.AdamW(
            [{"params": groups[name], "lr": rate, "top": rate} for name, rate in _RATES.items()],
            weight_decay=_DECAY,
            fused=True,
        )
        self.steps = 0

    def one_pass(
        self, lessons: Iterable[Lesson], chance: random.Random, rates: tuple[float, float]
    ) -> float:
        """Read the lessons once, the learning rate falling between two shares of its top.

        Returns the mean loss.
        """
        self.tagger.train()
        cut = list(batches(lessons, _PIECES, chance))
        losses: list[float] = []
        for number, batch in enumerate(cut):
            share = rates[0] + (rates[1] - rates[0]) * number / len(cut)
            share *= min(1.0, (self.steps + 1) / _WARM)
            for group in self._optimizer.param_groups:
                group["lr"] = group["top"] * share
            losses.append(self._step(batch))
        return sum(losses) / max(1, len(losses))

    def _step(self, batch: Batch) -> float:
        where = (batch.where[0].to(device()), batch.where[1].to(device()))
        with torch.autocast(device().type, torch.bfloat16):
            scores = self.tagger(
                batch.ids.to(device()), batch.cases.to(device()), batch.mask.to(device()), where
            )
        loss = nn.functional.cross_entropy(
            scores, batch.tags.to(device()), reduction="none", label_smoothing=_SMOOTH
        )
        weights = batch.weights.to(device()) * (batch.tags.to(device()) >= 0)
        loss = (loss * weights).sum() / weights.sum().clamp(min=1.0)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.tagger.parameters(), _CLIP)
        self._optimizer.step()
        self.steps += 1
        keep = min(_AVERAGE, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for name, value in self.tagger.state_dict().items():
                self.average[name].lerp_(value, 1 - keep)
        return float(loss.detach())

    def averaged(self) -> Tagger:
        """Return the network with its averaged weights, ready to be asked."""
        self._last = {name: value.clone() for name, value in self.tagger.state_dict().items()}
        self.tagger.load_state_dict(self.average)
        return self.tagger.eval()

    def back(self) -> None:
        """Go on from the last weights instead of the averaged ones."""
        self.tagger.load_state_dict(self._last)

    def state(self) -> dict[str, Any]:
        """Return all that is needed to go on."""
        return {
            "weights": self.tagger.state_dict(),
            "average": self.average,
            "optimizer": self._optimizer.state_dict(),
            "steps": self.steps,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a state."""
        self.tagger.load_state_dict(state["weights"])
        self.average = state["average"]
        self._optimizer.load_state_dict(state["optimizer"])
        self.steps = state["steps"]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a run keeps its state, so that one that was stopped goes on where it was."""

    file: Path

    def save(self, state: dict[str, Any]) -> None:
        """Write aside, then swap in."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        partial = self.file.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(self.file)

    def load(self) -> dict[str, Any] | None:
        """Return the state kept, if there is one."""
        if not self.file.exists():
            return None
        state: dict[str, Any] = torch.load(self.file, map_location=device())
        return state

    def clear(self) -> None:
        """Forget the run: it is finished."""
        self.file.unlink(missing_ok=True)


@torch.inference_mode()
def scores_of(tagger: Tagger, lessons: Sequence[Lesson]) -> list[Floats]:
    """Return the scores of every lesson's tokens, of shape (tokens, tags), in their order."""
    order = sorted(range(len(lessons)), key=lambda n: len(lessons[n].window.ids))
    found: list[Floats] = [None] * len(lessons)  # pyright: ignore[reportAssignmentType]
    place = 0
    for batch in batches([lessons[n] for n in order], 4 * _PIECES, None):
        where = (batch.where[0].to(device()), batch.where[1].to(device()))
        with torch.autocast(device().type, torch.bfloat16):
            scores: Tensor = tagger(
                batch.ids.to(device()), batch.cases.to(device()), batch.mask.to(device()), where
            )
        for row in range(len(batch.ids)):
            found[order[place]] = scores[where[0] == row].cpu().numpy()
            place += 1
    return found


def names_found(
    tagger: Tagger, lessons: Sequence[Lesson]
) -> Iterator[list[tuple[int, int, str, float]]]:
    """Yield, for each lesson, the names as places in its window's tokens, label, probability."""
    for names in best_names(scores_of(tagger, lessons)):
        yield [(one.start, one.end, LABELS[one.label], one.probability) for one in names]
