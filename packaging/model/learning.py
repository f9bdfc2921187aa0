"""One run of training: passes over lessons, a running average of the weights, and a way back in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from torch import Tensor, nn

_RATES = {"encoder": 1.5e-4, "head": 1e-3}
_WARM = 200  # batches
_DECAY, _CLIP = 0.01, 1.0
_AVERAGE = 0.998  # how much of the running average each batch leaves

_HALVES = ("avx512_bf16", "amx_bf16")  # what a processor calls it that reckons with 16 bits

N = TypeVar("N", bound=nn.Module)
B = TypeVar("B")


def device() -> torch.device:
    """Return the GPU if there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def half() -> torch.autocast:
    """Reckon in bfloat16 where the machine does so itself; where it only can with tricks, it takes
    thirty times as long as 32 bits.
    """
    able = torch.cpu.get_capabilities()
    native = device().type == "cuda" or any(able.get(name) for name in _HALVES)
    return torch.autocast(device().type, torch.bfloat16, enabled=native)


class Run(Generic[N, B]):
    """A network being taught; ``average`` holds what is evaluated and shipped.

    The mean of the weights along the way (Polyak and Juditsky, 1992) is steadier than the last.
    """

    def __init__(
        self,
        network: N,
        loss: Callable[[N, B], Tensor],
        rates: dict[str, float] | None = None,
        average: float = _AVERAGE,
    ) -> None:
        """Be ready to teach.

        Args:
            network: its parts are those that ``rates`` names.
            loss: of a batch.
            rates: the top learning rate of each part.
            average: how much of the running average each batch leaves.
        """
        rates = rates or _RATES
        self.network = network.to(device())
        self._loss = loss
        self._keep = average
        self.average = {name: value.clone() for name, value in network.state_dict().items()}
        groups = {name: list[nn.Parameter]() for name in rates}
        for name, parameter in network.named_parameters():
            groups[name.split(".", 1)[0]].append(parameter)
        self._optimizer = torch.optim.AdamW(
            [{"params": groups[name], "lr": rate, "top": rate} for name, rate in rates.items()],
            weight_decay=_DECAY,
            fused=True,
        )
        self.steps = 0

    def one_pass(self, batches: Sequence[B], rates: tuple[float, float]) -> float:
        """Read the batches once, the learning rate falling between two shares of its top.

        Returns the mean loss.
        """
        self.network.train()
        losses: list[float] = []
        for number, batch in enumerate(batches):
            share = rates[0] + (rates[1] - rates[0]) * number / len(batches)
            share *= min(1.0, (self.steps + 1) / _WARM)
            for group in self._optimizer.param_groups:
                group["lr"] = group["top"] * share
            losses.append(self._step(batch))
        return sum(losses) / max(1, len(losses))

    def _step(self, batch: B) -> float:
        loss = self._loss(self.network, batch)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), _CLIP)
        self._optimizer.step()
        self.steps += 1
        keep = min(self._keep, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                self.average[name].lerp_(value, 1 - keep)
        return float(loss.detach())

    def averaged(self) -> N:
        """Return the network with its averaged weights, ready to be asked."""
        self._last = {name: value.clone() for name, value in self.network.state_dict().items()}
        self.network.load_state_dict(self.average)
        return self.network.eval()

    def back(self) -> None:
        """Go on from the last weights instead of the averaged ones."""
        self.network.load_state_dict(self._last)

    def state(self) -> dict[str, Any]:
        """Return all that is needed to go on."""
        return {
            "weights": self.network.state_dict(),
            "average": self.average,
            "optimizer": self._optimizer.state_dict(),
            "steps": self.steps,
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a state."""
        self.network.load_state_dict(state["weights"])
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
