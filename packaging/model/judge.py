"""The stance network in PyTorch, for training alone: an encoder and two heads on three states.

Of a question in pieces the states of the whole text and of the marks that open target and holder
are joined (Baldini Soares et al., ACL 2019). One head tells which position the text conveys toward
the target, the other which side the holder takes: what is bad news for somebody is not yet
said against them.
"""

from __future__ import annotations

import torch
from network import DROPOUT, WIDTH, Encoder
from torch import Tensor, nn

from desktop.suggest.network.stance import SIDES

HEADS = ("text", "holder")


class Judge(nn.Module):
    """Scores of shape (questions, heads, sides)."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(DROPOUT)
        self.head = nn.Linear(3 * WIDTH, len(HEADS) * len(SIDES))

    def forward(
        self, ids: Tensor, cases: Tensor, mask: Tensor, target: Tensor, holder: Tensor
    ) -> Tensor:
        """Score questions; ``target`` and ``holder`` are places in them, of shape (questions,)."""
        states = self.encoder(ids, cases, mask)
        row = torch.arange(ids.shape[0], device=ids.device)
        joined = torch.cat((states[:, 0], states[row, target], states[row, holder]), dim=1)
        scores = self.head(self.dropout(joined))
        return scores.view(-1, len(HEADS), len(SIDES)).float()
