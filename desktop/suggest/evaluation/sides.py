"""The network that answers questions of stance, and how often its answers are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from desktop.suggest.evaluation.pairs import Side
from desktop.suggest.evaluation.scoring import calibration_error, macro_f1, precision_recall_f
from desktop.suggest.network.questions import HOLDER, TEXT, Question
from desktop.suggest.pipeline import load
from desktop.suggest.stances.weighing import Judge
from desktop.suggest.text.syntax import STEP, has_reader

if TYPE_CHECKING:
    from spacy.language import Language

FAVOR_FIRST: tuple[Side, ...] = ("favor", "against", "neutral")
"""The sides in the order we print them."""
AT_ONCE = 256
"""Questions asked at once."""


class Answerer(Judge, Protocol):
    """A judge that also says how probable neutral must be to be the answer, by head."""

    neutral_from: tuple[float, float]


def reader_of(nlp: Language) -> Answerer:
    """Return what answers questions in a pipeline; where it has no such step, the bundled one's."""
    step: Any = (nlp if has_reader(nlp) else load(None)).get_pipe(STEP)
    return step


def answers(judge: Answerer, questions: Sequence[Question]) -> list[dict[Side, float]]:
    """Return how probable each side is, for every question, the sum being 1."""
    from desktop.suggest.network.questions import SIDES

    found: list[dict[Side, float]] = []
    for row in judge.sides(questions):
        found.append({side: float(row[SIDES.index(side)]) for side in FAVOR_FIRST})
    return found


def likeliest(judge: Answerer, question: Question, scores: dict[Side, float]) -> Side:
    """Return the answer: neutral where that is probable enough, or else the likelier side.

    Most of what is said of anybody is neutral, so the likeliest answer alone would overlook most
    sides; how probable neutral must be was chosen for the macro F on held-out questions.
    """
    if scores["neutral"] >= judge.neutral_from[TEXT if question.holder is None else HOLDER]:
        return "neutral"
    return "favor" if scores["favor"] > scores["against"] else "against"


@dataclass(slots=True)
class Answered:
    """Answers held against the right ones, added one by one."""

    _gold: list[Side] = field(default_factory=list[Side])
    _found: list[Side] = field(default_factory=list[Side])
    _judged: list[tuple[float, bool]] = field(default_factory=list[tuple[float, bool]])

    def add(self, scores: dict[Side, float], found: Side, gold: Side) -> None:
        """Count one answer, with how probable each was."""
        self._gold.append(gold)
        self._found.append(found)
        self._judged.append((scores[found], found == gold))

    def figures(self) -> dict[str, Any] | None:
        """Return macro F and accuracy in per cent, each side's figures, and the calibration error.

        ``None`` where nothing was asked.
        """
        if not self._gold:
            return None
        gold, found = Counter(self._gold), Counter(self._found)
        right = Counter(
            one for one, other in zip(self._gold, self._found, strict=True) if one == other
        )
        return {
            "pairs": len(self._gold),
            "macro_f1": macro_f1(_numbers(self._gold), _numbers(self._found), len(FAVOR_FIRST)),
            "accuracy": round(100 * right.total() / len(self._gold), 1),
            "calibration_error": round(calibration_error(self._judged), 4),
            "sides": {
                side: {
                    **precision_recall_f(right[side], found[side], gold[side]),
                    "gold": gold[side],
                    "found": found[side],
                }
                for side in FAVOR_FIRST
            },
        }


def _numbers(sides: Iterable[Side]) -> list[int]:
    return [FAVOR_FIRST.index(side) for side in sides]


def evaluate_pairs(judge: Answerer, pairs: Iterator[tuple[Question, Side]]) -> dict[str, Any]:
    """Return the figures of questions with answers, those with and without a holder apart."""
    without, with_holder = Answered(), Answered()
    while batch := list(islice(pairs, AT_ONCE)):
        scored = answers(judge, [question for question, _ in batch])
        for (question, gold), scores in zip(batch, scored, strict=True):
            answered = without if question.holder is None else with_holder
            answered.add(scores, likeliest(judge, question, scores), gold)
    return {
        "given_target": without.figures(),
        "given_holder_and_target": with_holder.figures(),
    }
