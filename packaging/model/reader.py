"""The reading network in PyTorch, for training alone: one encoder, and heads that read its states.

*Sides*: of a question in pieces the states of the whole text and of the marks that open target and
holder are joined (Baldini Soares et al., ACL 2019). One head tells which position the text conveys
toward the target, the other which side the holder takes: what is bad news for somebody is not yet
said against them.

*Syntax*: of each word the state of its first piece. Heads and relations are scored by biaffine
attention (Dozat and Manning, ICLR 2017), tags and lemmas by a linear layer each.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from network import DROPOUT, WIDTH, Encoder
from torch import Tensor, nn

from desktop.suggest.network.parser import Inventory
from desktop.suggest.network.questions import SIDES

HEADS = ("text", "holder")
_ARC, _RELATION = 192, 96


class Analysis(NamedTuple):
    """Scores: ``arcs`` (sentences, words, 1 + words), the others (sentences, words, …)."""

    arcs: Tensor
    relations: Tensor
    tags: Tensor
    scripts: Tensor


class Syntax(nn.Module):
    """Scores of heads, relations, tags and lemmas of words."""

    def __init__(self, known: Inventory) -> None:
        super().__init__()
        self.dependent, self.governor = nn.Linear(WIDTH, _ARC), nn.Linear(WIDTH, _ARC)
        self.child, self.parent = nn.Linear(WIDTH, _RELATION), nn.Linear(WIDTH, _RELATION)
        self.arc = nn.Parameter(torch.zeros(_ARC + 1, _ARC))
        self.relation = nn.Parameter(torch.zeros(_RELATION + 1, len(known.deps), _RELATION + 1))
        self.tag = nn.Linear(WIDTH, len(known.tags))
        self.script = nn.Linear(WIDTH, len(known.scripts))
        self.dropout = nn.Dropout(2 * DROPOUT)

    def forward(self, states: Tensor, firsts: Tensor, heads: Tensor) -> Analysis:
        """Score words; relations are scored toward ``heads`` (0 is the root, the whole text)."""
        row = torch.arange(len(states), device=states.device)[:, None]
        words = self.dropout(states[row, firsts])
        rooted = torch.cat((self.dropout(states[:, :1]), words), dim=1)
        dependent, governor = (self.dependent(words).relu(), self.governor(rooted).relu())
        arcs = _with_one(dependent) @ self.arc @ governor.transpose(1, 2)
        child, parent = self.child(words).relu(), self.parent(rooted).relu()
        chosen = parent[row, heads.clamp(min=0)]
        relations = torch.einsum(
            "nwi,ilj,nwj->nwl", _with_one(child), self.relation, _with_one(chosen)
        )
        return Analysis(arcs, relations, self.tag(words), self.script(words))


def _with_one(states: Tensor) -> Tensor:
    return torch.cat((states, torch.ones_like(states[..., :1])), dim=-1)


class Reader(nn.Module):
    """The encoder with both heads."""

    def __init__(self, encoder: Encoder, known: Inventory) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(DROPOUT)
        self.sides = nn.Linear(3 * WIDTH, len(HEADS) * len(SIDES))
        self.syntax = Syntax(known)

    def judge(
        self, ids: Tensor, cases: Tensor, mask: Tensor, target: Tensor, holder: Tensor
    ) -> Tensor:
        """Score questions, as (questions, heads, sides).

        ``target`` and ``holder`` are places in them, of shape (questions,).
        """
        return self.sides_of(self.encoder(ids, cases, mask), target, holder)

    def sides_of(self, states: Tensor, target: Tensor, holder: Tensor) -> Tensor:
        """Score questions whose states are known."""
        row = torch.arange(states.shape[0], device=states.device)
        joined = torch.cat((states[:, 0], states[row, target], states[row, holder]), dim=1)
        scores = self.sides(self.dropout(joined))
        return scores.view(-1, len(HEADS), len(SIDES)).float()

    def parse(
        self, ids: Tensor, cases: Tensor, mask: Tensor, firsts: Tensor, heads: Tensor
    ) -> Analysis:
        """Score the words of sentences."""
        return self.syntax(self.encoder(ids, cases, mask), firsts, heads)
