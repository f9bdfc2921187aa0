"""Teach the suggestions how sure they may be: writes ``scores.json`` and draws how well it holds.

    python packaging/model/calibrate.py --data ../shared/data --out resources/model

See :mod:`desktop.suggest.names.scores`. The held-out files count alike, whatever their size: what
an analyst opens is like none of them. Half of the articles teach what is measured on the other
half; then all teach what is shipped.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))  # the project, when run from anywhere

import numpy as np
from reading import held_out

from db.values import Origin, Span
from desktop.suggest.evaluation.evaluate import conformed
from desktop.suggest.evaluation.records import Record, joined
from desktop.suggest.evaluation.scoring import calibration_error, reliability
from desktop.suggest.names.entities import find_standings
from desktop.suggest.names.mention import Mention
from desktop.suggest.names.scores import Calibration, log_odds
from desktop.suggest.pipeline import load

if TYPE_CHECKING:
    from spacy.language import Language

_IMAGINED = 10  # mentions that draw a rule's share toward nine in ten, so few make no bold claim
_ABROAD = 0.3  # log odds
_PENALTY = 2.0  # on shifts, as if so many mentions spoke against each


@dataclass(frozen=True, slots=True)
class Judged:
    """A suggestion on a held-out article, whether it was right, and how much it counts."""

    mention: Mention
    standing: str
    right: bool
    weight: float


def judged(nlp: Language, files: dict[str, list[Record]]) -> list[list[Judged]]:
    """Return what is suggested, article by article, the files in turn."""
    articles: list[list[Judged]] = []
    for records in files.values():
        found = [list(_of_article(nlp, conformed(one))) for one in joined(records)]
        share = 1000 / max(1, sum(map(len, found)))
        articles += [[Judged(*one, share) for one in article] for article in found]
    return articles


def _of_article(nlp: Language, record: Record) -> Iterator[tuple[Mention, str, bool]]:
    gold = set(record.spans)
    labelled = {label for _, _, label in record.spans}
    for mention, standing in find_standings(nlp, record.text, [Span(0, len(record.text))]):
        start, end = mention.span.start, mention.span.end
        right = (start, end, mention.label) in gold
        known = right or not any(start < e and s < end for s, e in record.ignore)
        if known and (mention.label in labelled or mention.label not in _RARE):
            yield mention, standing, right


_RARE = frozenset({"FAC", "LAW", "EVENT"})  # not every file has them labelled


def fitted(articles: Sequence[Sequence[Judged]]) -> Calibration:
    """Fit a logistic regression to the network's finds, by Newton's method; count the rules'."""
    found = [one for article in articles for one in article]
    rules = [one for one in found if one.standing == Origin.RULE.value]
    rest = [one for one in found if one.standing != Origin.RULE.value]
    labels = sorted({one.mention.label for one in rest})
    standings = sorted({one.standing for one in rest})
    columns = {("label", name): 1 + n for n, name in enumerate(labels)}
    columns |= {("standing", name): 1 + len(labels) + n for n, name in enumerate(standings)}
    x = np.zeros((len(rest), 1 + len(columns)))
    for row, one in enumerate(rest):
        x[row, 0] = log_odds(one.mention.score)
        x[row, columns["label", one.mention.label]] = 1
        x[row, columns["standing", one.standing]] = 1
    y = np.array([one.right for one in rest], float)
    weight = np.array([one.weight for one in rest])
    penalty = np.full(x.shape[1], _PENALTY)
    penalty[0] = 1e-6
    line = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ line))
        slope = x.T @ (weight * (y - p)) - penalty * line
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        line += np.linalg.solve(curve, slope)
    shares: dict[str, list[float]] = defaultdict(lambda: [0.9 * _IMAGINED, _IMAGINED])
    for one in rules:
        shares[one.mention.label][0] += one.right * one.weight
        shares[one.mention.label][1] += one.weight
    return Calibration(
        slope=round(float(line[0]), 4),
        label={name: round(float(line[columns["label", name]]), 4) for name in labels},
        standing={name: round(float(line[columns["standing", name]]), 4) for name in standings},
        rule={label: round(right / many, 3) for label, (right, many) in sorted(shares.items())},
    )


def abroad(calibration: Calibration) -> Calibration:
    """Return the calibration for text that is like none of the held-out files.

    All of them have sisters among the training files, and what an analyst opens has none.
    Recognisers lose ten points and more away from home (Shan et al., 2024), which from nine in
    ten right is half a unit of log odds. Half way between home and abroad is least wrong for both.
    """
    shifted = {name: round(by - _ABROAD, 4) for name, by in calibration.standing.items()}
    return replace(calibration, standing=shifted)


def applied(
    calibration: Calibration, articles: Sequence[Sequence[Judged]]
) -> list[tuple[float, bool]]:
    """Return the confidence of every suggestion, and whether it is right."""
    return [
        (calibration.score(one.mention, one.standing), one.right)
        for article in articles
        for one in article
    ]


def plot(judged_pairs: Sequence[tuple[float, bool]], file: Path) -> None:
    """Draw the share of right suggestions over their confidence."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "standfirst"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(4.6, 4.2))
    bins = reliability(judged_pairs)
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1, label="as promised")
    axes.plot([p for p, _, _ in bins], [r for _, r, _ in bins], "o-", label="found")
    for p, right, many in bins:
        axes.annotate(f"{many:,}", (p, right), (4, -11), textcoords="offset points", fontsize=7)
    axes.set(xlabel="confidence", ylabel="share exactly right", xlim=(0, 1.02), ylim=(0, 1.02))
    axes.legend(loc="upper left", frameon=False)
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})


def main() -> int:
    """Measure on halves, write, draw."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    articles = judged(load(None), held_out(given.data))
    halves = articles[::2], articles[1::2]
    pairs = applied(fitted(halves[0]), halves[1]) + applied(fitted(halves[1]), halves[0])
    calibration = abroad(fitted(articles))
    (given.out / "scores.json").write_text(
        json.dumps(asdict(calibration), indent=1) + "\n", encoding="utf-8"
    )
    plot(pairs, given.out / "reliability.svg")
    print(json.dumps({"suggestions": len(pairs), "error": round(calibration_error(pairs), 4)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
