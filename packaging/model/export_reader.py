"""Put what ``train_reader.py`` taught into the spaCy pipeline: int8 ONNX network, numpy parser.

    python packaging/model/export_reader.py --data ../shared/data --out resources/model

Then its scores are brought to probabilities on held-out questions: by a temperature and a shift for
each side (vector scaling; Guo et al., ICML 2017), since the network met fewer pairs that take no
side than newspapers have. ``--float32`` leaves the network as it was, to see what eight bits cost.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # the project, when run from anywhere

import numpy as np
import spacy
import torch
from export import META, to_file
from network import Encoder
from numpy.typing import NDArray
from pairs import read_pairs
from reader import Reader
from torch import Tensor, nn

from desktop.suggest.evaluation.scoring import macro_f1
from desktop.suggest.network.parser import Inventory, Parser
from desktop.suggest.network.questions import NEUTRAL, SIDES
from desktop.suggest.network.reader import MODEL, PARSER, SETTINGS, ReaderStep
from desktop.suggest.pipeline import load

HELD_OUT = (("newsmtsc.dev_mt", "newsmtsc.dev_rw"), ("directed_sentiment.dev",))
"""What brings each head's scores to probabilities: the one for the text, the one for holders."""
_STEPS = 400  # of gradient descent on six numbers
STEP = "reader"


class _Whole(nn.Module):
    """The network as ONNX has it: states of pieces and scores of sides, of one encoder."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self, ids: Tensor, cases: Tensor, mask: Tensor, target: Tensor, holder: Tensor
    ) -> tuple[Tensor, Tensor]:
        states = self.reader.encoder(ids, cases, mask)
        return states, self.reader.sides_of(states, target, holder)


def parser_of(reader: Reader, known: Inventory) -> Parser:
    """Return the parser's weights as numpy reads them, each bias in the last row of its weights."""
    syntax = reader.syntax

    def dense(layer: nn.Linear) -> Any:
        return torch.cat((layer.weight.T, layer.bias[None])).detach().numpy()

    return Parser(
        dependent=dense(syntax.dependent),
        governor=dense(syntax.governor),
        child=dense(syntax.child),
        parent=dense(syntax.parent),
        arc=syntax.arc.detach().numpy(),
        relation=syntax.relation.detach().numpy(),
        tag=dense(syntax.tag),
        script=dense(syntax.script),
        deps=np.array(known.deps),
        tags=np.array(known.tags),
        scripts=np.array(known.scripts),
    )


def taught(state: Path) -> tuple[Reader, Inventory]:
    """Return the network as ``train_reader.py`` left it."""
    kept: dict[str, Any] = torch.load(state / "reader.pt", map_location="cpu")
    known = Inventory(**{name: tuple(found) for name, found in kept["known"].items()})
    reader = Reader(Encoder(), known)
    reader.load_state_dict(kept["weights"])
    return reader, known


def to_pipeline(reader: Reader, known: Inventory, out: Path, *, float32: bool) -> None:
    """Write the step beside those that are in ``out`` already."""
    example = torch.ones((2, 8), dtype=torch.int64)
    places = torch.ones(2, dtype=torch.int64)
    pieces = {0: "texts", 1: "pieces"}
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        to_file(
            _Whole(reader).eval(),
            (example, example * 0, example, places, places),
            made / MODEL,
            inputs={
                "ids": pieces,
                "cases": pieces,
                "mask": pieces,
                "target": {0: "texts"},
                "holder": {0: "texts"},
            },
            outputs={"states": pieces, "sides": {0: "texts"}},
            float32=float32,
        )
        parser_of(reader, known).save(made / PARSER)
        plain = {"temperatures": [1.0] * 2, "shifts": [[0.0] * 3] * 2, "neutral_from": [0.5] * 2}
        (made / SETTINGS).write_text(json.dumps(plain), encoding="utf-8")
        nlp = spacy.load(out, exclude=[STEP])  # an earlier one, perhaps of another make
        step: Any = nlp.add_pipe("standfirst_reader", name=STEP)
        step.from_disk(made)
        nlp.meta = nlp.meta | META
        with tempfile.TemporaryDirectory() as whole:
            nlp.to_disk(whole, exclude=["vocab"])
            for file in ("config.cfg", "meta.json"):
                shutil.copy(Path(whole) / file, out / file)
            shutil.rmtree(out / STEP, ignore_errors=True)
            shutil.copytree(Path(whole) / STEP, out / STEP)


def calibrate(data: Path, out: Path) -> dict[str, list[Any]]:
    """Fit and write the temperatures and shifts; return them."""
    step: ReaderStep = load(str(out)).get_pipe(STEP)  # pyright: ignore[reportAssignmentType]
    settings: dict[str, list[Any]] = {"temperatures": [], "shifts": [], "neutral_from": []}
    for files in HELD_OUT:
        pairs = [pair for name in files for pair in read_pairs(data, name)]
        scores = torch.from_numpy(step.side_scores([pair.question for pair in pairs]))
        gold = torch.tensor([pair.side for pair in pairs])
        temperature, shift = _fitted(scores, gold)
        settings["temperatures"].append(temperature)
        settings["shifts"].append(shift)
        chances = ((scores + torch.tensor(shift)) / temperature).softmax(dim=1)
        settings["neutral_from"].append(_neutral_from(chances.numpy(), gold.tolist()))
    (out / STEP / SETTINGS).write_text(json.dumps(settings) + "\n", encoding="utf-8")
    return settings


def _neutral_from(chances: NDArray[np.float32], gold: list[int]) -> float:
    """Return how probable neutral must be for the macro F to be highest, to a twentieth."""
    sided = chances.copy()
    sided[:, NEUTRAL] = -1
    found = {
        step / 20: np.where(chances[:, NEUTRAL] >= step / 20, NEUTRAL, sided.argmax(axis=1))
        for step in range(5, 20)
    }
    return max(found, key=lambda least: macro_f1(gold, found[least].tolist(), len(SIDES)))


def _fitted(scores: Tensor, gold: Tensor) -> tuple[float, list[float]]:
    warmth = torch.zeros(1, requires_grad=True)
    shift = torch.zeros(3, requires_grad=True)
    optimizer = torch.optim.Adam([warmth, shift], lr=0.02)
    for _ in range(_STEPS):
        loss = nn.functional.cross_entropy((scores + shift) / warmth.exp(), gold)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    levelled = shift.detach() - shift.detach().mean()
    return round(float(warmth.exp()), 3), [round(float(one), 3) for one in levelled]


def main() -> int:
    """Export, then calibrate."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--state", type=Path, default=Path("build/model"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float32", action="store_true")
    given = parser.parse_args()
    to_pipeline(*taught(given.state), given.out, float32=given.float32)
    print(json.dumps(calibrate(given.data, given.out)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
