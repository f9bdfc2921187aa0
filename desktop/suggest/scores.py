"""How sure a mention is: what share of its like was exactly right on held-out text.

spaCy's recogniser decides step by step and gives no probability. So
``packaging/model/calibrate.py`` counts, on articles the network was not trained on, how often a
mention of this label and this standing in its article was right, and that share is the score. The
standing is "alone" (the form stands once), "agreed" (all its places say the same), "contested"
(they differ), "propagated" (it stands here because it was found elsewhere), or "rule".
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from db.values import Origin
from desktop.suggest.document import Memory
from desktop.suggest.labels import ours
from desktop.suggest.mention import UNSCORED, Mention
from desktop.suggest.pipeline import is_bundled
from resources import path

if TYPE_CHECKING:
    from spacy.language import Language

Scorer = Callable[[str, str], float]
"""From a label and a standing to the probability, 0 to 1, of being exactly right."""


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
    file = path("model", "scores.json")
    counted: dict[str, dict[str, float]] = json.loads(file.read_text(encoding="utf-8"))
    told = None if is_bundled(nlp) else _precision_told(nlp)

    def score(label: str, standing: str) -> float:
        if told is not None and standing != Origin.RULE.value:
            return told.get(label, UNSCORED)
        return counted.get(label, {}).get(standing, UNSCORED)

    return score


def _precision_told(nlp: Language) -> dict[str, float]:
    performance: Any = nlp.meta.get("performance") or {}
    by_label: dict[str, Any] = performance.get("ents_per_type") or {}
    return {
        label: round(float(figures["p"]), 3)
        for theirs, figures in by_label.items()
        if (label := ours(theirs)) is not None and figures.get("p") is not None
    }
