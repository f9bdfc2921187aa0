"""How sure a mention is: the share of its like that was exactly right on held-out text.

The network gives each name a probability. How far it can be believed depends on the label and on
the name's standing in its article: "alone" (the form stands once), "agreed" (all its places say the
same), "contested" (they differ), or "propagated" (it stands here because it was found elsewhere).
So its log odds are stretched by a slope and shifted for label and standing, all four learnt on
articles the network was not trained on (Platt, 1999): ``packaging/model/calibrate.py`` writes them.
What a rule found is as sure as that rule's label was right there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.values import Origin
from desktop.suggest.names.document import Memory
from desktop.suggest.names.labels import ours
from desktop.suggest.names.mention import UNSCORED, Mention
from desktop.suggest.pipeline import is_bundled
from resources import path

if TYPE_CHECKING:
    from spacy.language import Language

Scorer = Callable[[Mention, str], float]
"""From a mention and its standing to the probability, 0 to 1, of being exactly right."""

_NEVER_SURE = 0.995  # nothing here was ever seen to be right always


@dataclass(frozen=True, slots=True)
class Calibration:
    """What ``scores.json`` holds: the line for log odds, and the shares of the rules."""

    slope: float
    label: dict[str, float]
    standing: dict[str, float]
    rule: dict[str, float]

    def score(self, mention: Mention, standing: str) -> float:
        """Return the probability, 0 to 1, of being exactly right."""
        if standing == Origin.RULE.value:
            return self.rule.get(mention.label, UNSCORED)
        if standing == Origin.MEMORY.value:
            return mention.score
        shift = self.label.get(mention.label, 0.0) + self.standing.get(standing, 0.0)
        odds = self.slope * log_odds(mention.score) + shift
        return round(min(_NEVER_SURE, max(0.01, 1 / (1 + math.exp(-odds)))), 3)


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds, kept within what float32 can tell apart."""
    probability = min(1 - 1e-4, max(1e-4, probability))
    return math.log(probability / (1 - probability))


def standing(text: str, mention: Mention, memory: Memory) -> str:
    """Return how a mention stands in its article."""
    if mention.origin is Origin.MODEL:
        return memory.agreement(mention.span.of(text))
    return mention.origin.value


def scorer(nlp: Language) -> Scorer:
    """Return the function that scores the pipeline's mentions.

    Of a pipeline other than the bundled one nothing is known but what it says of itself: the
    precision per label its authors measured, where they left it in its ``meta.json``.
    """
    calibration = Calibration(**json.loads(path("model", "scores.json").read_text("utf-8")))
    if is_bundled(nlp):
        return calibration.score
    told = _precision_told(nlp)

    def score(mention: Mention, standing: str) -> float:
        if standing in (Origin.RULE.value, Origin.MEMORY.value):
            return calibration.score(mention, standing)
        return told.get(mention.label, UNSCORED)

    return score


def _precision_told(nlp: Language) -> dict[str, float]:
    performance: Any = nlp.meta.get("performance") or {}
    by_label: dict[str, Any] = performance.get("ents_per_type") or {}
    return {
        label: round(float(figures["p"]), 3)
        for theirs, figures in by_label.items()
        if (label := ours(theirs)) is not None and figures.get("p") is not None
    }
