"""Make the spaCy pipeline of what ``train.py`` taught: int8 ONNX encoder, numpy head.

    python packaging/model/export.py --state build/model --out resources/model

Weights are quantised to eight bits by channel, activations as they come (dynamic quantisation).
``--float32`` leaves the encoder as it was, to see what the eight bits cost.
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
import onnx
import torch
from network import HEADS, WIDTH, Encoder, Tagger, published
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from tokenisation import tokeniser

from desktop.suggest.network.encoder import MODEL, PIECES
from desktop.suggest.network.names import HEAD, Head

OPSET = 17
META = {
    "name": "standfirst_news",
    "version": "0.3.0",
    "description": "Names, syntax and sides in English news: two MiniLM-L6, int8.",
    "author": "The Standfirst authors",
    "license": "CC BY-SA 4.0",
    "spacy_version": ">=3.8.7,<3.9.0",
    "sources": [
        {"name": "MiniLM-L6-H384-uncased, as in all-MiniLM-L6-v2", "license": "Apache-2.0"},
        {"name": "Groningen Meaning Bank", "license": "texts public domain, annotations ODbL/DbCL"},
        {"name": "Re-DocRED", "license": "MIT, texts CC BY-SA"},
        {"name": "GUM", "license": "annotations CC BY 4.0"},
        {"name": "CrossNER, politics", "license": "MIT, texts CC BY-SA"},
        {"name": "UNER English EWT", "license": "CC BY-SA 4.0"},
        {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
        {"name": "NewsMTSC", "license": "MIT"},
        {"name": "Directed Sentiment", "license": "to be used by citing the paper"},
    ],
}


class _Whole(torch.nn.Module):
    """The encoder as ONNX has it: integer mask, all in one go."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: torch.Tensor, cases: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        return self.encoder(ids, cases, mask)


def to_onnx(encoder: Encoder, file: Path, *, float32: bool) -> None:
    """Write the encoder."""
    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {0: "windows", 1: "pieces"}
    to_file(
        _Whole(encoder).eval(),
        (example, example * 0, example),
        file,
        inputs=dict.fromkeys(("ids", "cases", "mask"), axes),
        outputs={"states": axes},
        float32=float32,
    )


def to_file(
    network: torch.nn.Module,
    example: tuple[torch.Tensor, ...],
    file: Path,
    *,
    inputs: dict[str, dict[int, str]],
    outputs: dict[str, dict[int, str]],
    float32: bool,
) -> None:
    """Write a network as ONNX, its attention and normalisation fused.

    ``inputs`` and ``outputs`` tell, by name, which axes are of any length, and what of.
    """
    with tempfile.TemporaryDirectory() as folder:
        raw, fused = Path(folder) / "raw.onnx", Path(folder) / "fused.onnx"
        torch.onnx.export(
            network,
            example,
            str(raw),
            input_names=[*inputs],
            output_names=[*outputs],
            dynamic_axes=inputs | outputs,
            opset_version=OPSET,
            dynamo=False,
        )
        options = FusionOptions("bert")
        options.enable_embed_layer_norm = False  # it would take our cases for sentence numbers
        model = optimizer.optimize_model(
            str(raw), "bert", num_heads=HEADS, hidden_size=WIDTH, optimization_options=options
        )
        print(json.dumps(model.get_fused_operator_statistics()), file=sys.stderr)
        model.save_model_to_file(str(fused))
        if float32:
            shutil.copy(fused, file)
        else:
            quantize_dynamic(
                fused,
                file,
                per_channel=True,
                weight_type=QuantType.QInt8,
                extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
            )


def to_pipeline(state: Path, out: Path, *, float32: bool) -> None:
    """Write the pipeline's steps into ``out``, where the card and the notice stay as they are."""
    kept: dict[str, Any] = torch.load(state / "names.pt", map_location="cpu")
    tagger = Tagger(Encoder(), len(kept["weights"]["head.bias"]))
    tagger.load_state_dict(kept["weights"])
    head = Head(
        tuple(kept["labels"]),
        np.ascontiguousarray(tagger.head.weight.detach().numpy().T),
        tagger.head.bias.detach().numpy(),
        temperature=1.0,
    )
    nlp = tokeniser()
    nlp.meta = nlp.meta | META
    encoder: Any = nlp.add_pipe("standfirst_encoder", name="encoder")
    names: Any = nlp.add_pipe("standfirst_names", name="names")
    with tempfile.TemporaryDirectory() as folder:
        steps = Path(folder)
        to_onnx(tagger.encoder, steps / MODEL, float32=float32)
        shutil.copy(published() / "tokenizer.json", steps / PIECES)
        head.save(steps / HEAD)
        encoder.from_disk(steps)
        names.from_disk(steps)
        for old in ("encoder", "names", "ner", "vocab"):
            shutil.rmtree(out / old, ignore_errors=True)
        nlp.to_disk(out, exclude=["vocab"])


def main() -> int:
    """Export."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--state", type=Path, default=Path("build/model"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float32", action="store_true")
    given = parser.parse_args()
    to_pipeline(given.state, given.out, float32=given.float32)
    return 0


if __name__ == "__main__":
    sys.exit(main())
